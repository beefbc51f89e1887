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
import { ChainEditionParts, ChainEditionsQuery } from '../approvals.gql';
import { type Edition, placeWords } from '../chain-words';
import { EditionView } from '../components/EditionView';
import { BeginDraftDialog, EditionActDialog } from '../forms/EditionDialogs';
import { EditionForm } from '../forms/EditionForm';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 审批流程: what is in force, the draft beside it with what keeps it from being published, and what was before. */
export function ChainsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: ChainEditionsQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const editions = readFragment(ChainEditionParts, data.chainEditions);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce;
  const isDraft = shown !== null && shown === draft;
  const edits = may('CHAIN', 'EDIT');
  const publishes = may('CHAIN', 'REVIEW');

  return (
    <>
      <PageHeader
        title={t('chains.title')}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('chains.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('chains.discard')}</Button>}
            {publishes && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('chains.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('chains.lead')}
      </PageHeader>
      <div>
        <Panel title={t('chains.versions')}>
          <EditionList
            editions={editions}
            shown={shown}
            onShow={(id) => setUrl({ edition: id })}
            words={{
              label: t('chains.versions'),
              draft: t('chains.draft'),
              numbered: (number) => t('chains.edition', { number }),
              inForce: t('chains.inForce'),
              publishedBy: (name) => t('chains.publishedBy', { name }),
              changedBy: (name) => t('chains.changedBy', { name }),
            }}
          />
        </Panel>
        {isDraft && <Problems draft={shown} />}
        {isDraft && edits ? (
          // A saved draft comes back with another version: the form begins with what was kept.
          <EditionForm key={`${shown.id} ${shown.version}`} edition={shown} />
        ) : (
          shown && <EditionView edition={shown} against={isDraft ? inForce : null} />
        )}
      </div>
      {open === 'begin' && <BeginDraftDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <EditionActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Problems({ draft }: { draft: Edition }) {
  const { t } = useTranslation();
  return (
    <DraftProblems
      problems={userErrorsOf(draft.problems)}
      titles={{ found: t('chains.problems'), draft: t('chains.draft'), none: t('chains.noProblems') }}
      say={({ message, path }) => t('chains.problemAt', { place: placeWords(t, path), message })}
    />
  );
}
