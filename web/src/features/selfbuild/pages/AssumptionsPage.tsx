import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { DraftProblems } from '../../../ui/DraftProblems';
import { EditionList } from '../../../ui/editions/EditionList';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { AssumptionTable } from '../components/AssumptionTable';
import { AssumptionForm } from '../forms/AssumptionForm';
import { BeginDraftDialog, DraftActDialog } from '../forms/EditionDialogs';
import { SelfBuildEditionParts, SelfBuildEditionsQuery } from '../selfbuild.gql';
import type { Edition } from '../selfbuild-words';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 测算参数: what is assumed about building for oneself, edition by edition, and the draft of the next for those who keep it. */
export function AssumptionsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: SelfBuildEditionsQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const editions = readFragment(SelfBuildEditionParts, data.selfBuildEditions);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce ?? editions[0] ?? null;
  const isDraft = shown !== null && shown === draft;
  const edits = may('SPEND', 'EDIT');
  return (
    <>
      <PageHeader
        title={t('selfBuild.assumptions')}
        back={<Link to={routes.selfBuild()}>{t('selfBuild.title')}</Link>}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('selfBuild.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('selfBuild.discard')}</Button>}
            {may('SPEND', 'REVIEW') && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('selfBuild.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('selfBuild.assumptionsLead')}
      </PageHeader>
      {editions.length === 0 ? (
        <EmptyState title={t('selfBuild.noEdition')}>{t('selfBuild.noEditionText')}</EmptyState>
      ) : (
        <Panel title={t('selfBuild.editions')}>
          <div className="jy-self-build-editions">
            <EditionList
              editions={editions}
              shown={shown}
              onShow={(id) => setUrl({ edition: id })}
              words={{
                label: t('selfBuild.editions'),
                draft: t('selfBuild.draft'),
                numbered: (number) => t('selfBuild.editionOf', { number }),
                inForce: t('selfBuild.inForce'),
                from: (date) => t('selfBuild.from', { date }),
                publishedBy: (name) => t('selfBuild.publishedBy', { name }),
                changedBy: (name) => t('selfBuild.changedBy', { name }),
              }}
            />
          </div>
        </Panel>
      )}
      {isDraft && <Problems draft={shown} />}
      {isDraft && edits ? (
        // A saved draft comes back with another version: the form begins with what was kept.
        <AssumptionForm key={`${shown.id} ${shown.version}`} edition={shown} />
      ) : (
        shown && <AssumptionTable edition={shown} />
      )}
      {open === 'begin' && <BeginDraftDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <DraftActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

/** What keeps the draft from being in force: each named by what it is of. */
function Problems({ draft }: { draft: Edition }) {
  const { t } = useTranslation();
  const problems = userErrorsOf(draft.problems);
  return (
    <DraftProblems
      problems={problems}
      titles={{
        ...{ found: t('selfBuild.problems', { count: problems.length }), draft: t('selfBuild.draft') },
        none: t('selfBuild.noProblems'),
      }}
      say={({ message, path: [field, key] }) => (
        <>
          {field === 'assumptions' && key && <strong>{t(`selfBuild.keys.${key as 'PUE'}`)} </strong>}
          {message}
        </>
      )}
    />
  );
}
