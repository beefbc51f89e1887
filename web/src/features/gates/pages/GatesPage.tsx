import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { DraftProblems } from '../../../ui/DraftProblems';
import { EditionList } from '../../../ui/editions/EditionList';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { ProductsView } from '../components/ProductsView';
import { RulesView } from '../components/RulesView';
import { BeginGateDialog, GateActDialog } from '../forms/GateDialogs';
import { GateForm } from '../forms/GateForm';
import type { Edition } from '../gate-words';
import { GateEditionParts, GatesPageQuery } from '../gates.gql';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 准入规则: by what every request is judged, since when, and the draft of what comes next for those who keep it. */
export function GatesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: GatesPageQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const editions = readFragment(GateEditionParts, data.gateEditions);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce;
  const isDraft = shown !== null && shown === draft;
  const edits = may('GATE', 'EDIT');

  return (
    <>
      <PageHeader
        title={t('gates.title')}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('gates.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('gates.discard')}</Button>}
            {may('GATE', 'REVIEW') && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('gates.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('gates.lead')}
      </PageHeader>
      <Panel title={t('gates.versions')}>
        <EditionList
          editions={editions}
          shown={shown}
          onShow={(id) => setUrl({ edition: id })}
          words={{
            label: t('gates.versions'),
            draft: t('gates.draft'),
            numbered: (number) => t('gates.edition', { number }),
            inForce: t('gates.inForce'),
            from: (date) => t('gates.from', { date }),
            publishedBy: (name) => t('gates.publishedBy', { name }),
            changedBy: (name) => t('gates.changedBy', { name }),
          }}
        />
      </Panel>
      {isDraft && <Problems draft={shown} />}
      {isDraft && edits ? (
        // A saved draft comes back with another version: the form begins with what was kept.
        <GateForm key={`${shown.id} ${shown.version}`} edition={shown} meanings={data.gateChecks} />
      ) : (
        shown && (
          <>
            <RulesView edition={shown} />
            <ProductsView edition={shown} />
          </>
        )
      )}
      {open === 'begin' && <BeginGateDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <GateActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Problems({ draft }: { draft: Edition }) {
  const { t } = useTranslation();
  return (
    <DraftProblems
      problems={userErrorsOf(draft.problems)}
      titles={{ found: t('gates.problems'), draft: t('gates.draft'), none: t('gates.noProblems') }}
      say={({ message, path: [field, at] }) => (
        <>
          {field === 'rules' && at !== undefined && <strong>{t('gates.rule', { number: Number(at) + 1 })} </strong>}
          {field === 'products' && at !== undefined && (
            <strong>{draft.products[Number(at)]?.name || t('gates.newProduct')} </strong>
          )}
          {message}
        </>
      )}
    />
  );
}
