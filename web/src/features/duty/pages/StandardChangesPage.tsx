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
import { StandardTable } from '../components/StandardTable';
import { BeginStandardDialog, StandardActDialog } from '../forms/StandardDialogs';
import { StandardForm } from '../forms/StandardForm';
import { StandardParts, StandardsQuery } from '../plans.gql';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 标准变更目录: what is approved beforehand, edition by edition; who runs the desk drafts the next, a leader puts it in force. */
export function StandardChangesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: StandardsQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={8} />
    );
  const editions = readFragment(StandardParts, data.dutyStandardCatalogs);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const shown =
    editions.find(({ id }) => id === chosen) ?? draft ?? editions.find(({ inForce }) => inForce) ?? editions[0] ?? null;
  const isDraft = shown !== null && shown === draft;
  const edits = may('DUTY', 'EDIT');
  const problems = isDraft ? userErrorsOf(shown.problems) : [];
  return (
    <>
      <PageHeader
        title={t('standardChange.title')}
        back={<Link to={routes.duty()}>{t('desk.name')}</Link>}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('standardChange.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('standardChange.discard')}</Button>}
            {may('DUTY', 'REVIEW') && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('standardChange.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('standardChange.lead')}
      </PageHeader>
      {editions.length === 0 ? (
        <EmptyState title={t('standardChange.none')}>{t('standardChange.noneText')}</EmptyState>
      ) : (
        <Panel title={t('standardChange.editions')}>
          <EditionList
            editions={editions}
            shown={shown}
            onShow={(id) => setUrl({ edition: id })}
            words={{
              label: t('standardChange.editions'),
              draft: t('standardChange.draft'),
              numbered: (number) => t('standardChange.numbered', { number }),
              inForce: t('standardChange.inForce'),
              publishedBy: (name) => t('standardChange.publishedBy', { name }),
              changedBy: (name) => t('standardChange.changedBy', { name }),
            }}
          />
        </Panel>
      )}
      {isDraft && (
        <DraftProblems
          problems={problems}
          titles={{
            ...{ found: t('standardChange.problems', { count: problems.length }), draft: t('standardChange.draft') },
            none: t('standardChange.noProblems'),
          }}
          say={({ message }) => message}
        />
      )}
      {isDraft && edits ? (
        // A saved draft comes back with another version: the form begins with what was kept.
        <StandardForm key={`${shown.id} ${shown.version}`} catalog={shown} />
      ) : (
        shown && <StandardTable catalog={shown} uses={data.dutyStandardUses} />
      )}
      {open === 'begin' && <BeginStandardDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <StandardActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
