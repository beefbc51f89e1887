import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { AuditPageQuery, AuditRow } from '../audit.gql';
import { auditColumns } from '../components/audit-columns';

const PAGE_SIZE = 50;
const spec = { actor: urlText(), action: urlText(), object: urlText() };
const noFilter = { actor: '', action: '', object: '' };

/** What was done, by whom, from where. Rows are chained: what has no number yet is younger than a second, or an alarm. */
export function AuditPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useUrlState(spec);
  const paging = useKeyPaging();
  const [{ data, error, fetching }, ask] = useQuery({
    query: AuditPageQuery,
    requestPolicy: 'cache-and-network',
    variables: {
      first: PAGE_SIZE,
      after: paging.after,
      filter: { actorName: filter.actor || null, action: filter.action || null, objectType: filter.object || null },
    },
  });
  const columns = useMemo(() => auditColumns(t), [t]);
  const filtered = Object.values(filter).some((value) => value !== '');
  const page = data?.auditEvents;
  const endCursor = page?.pageInfo.endCursor;
  if (error && !page) {
    return (
      <>
        <PageHeader title={t('audit.title')}>{t('audit.lead')}</PageHeader>
        <FailureState
          failure={failureOf(error)}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
          home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
        />
      </>
    );
  }

  return (
    <>
      <PageHeader title={t('audit.title')}>{t('audit.lead')}</PageHeader>
      <FilterBar active={filtered} onClear={() => setFilter(noFilter)}>
        <SearchFilter
          label={t('audit.actor')}
          placeholder={t('audit.actor')}
          value={filter.actor}
          onChange={(actor) => setFilter({ actor })}
        />
        <SearchFilter
          label={t('audit.action')}
          placeholder={t('audit.action')}
          value={filter.action}
          onChange={(action) => setFilter({ action })}
        />
        <SearchFilter
          label={t('audit.object')}
          placeholder={t('audit.object')}
          value={filter.object}
          onChange={(object) => setFilter({ object })}
        />
      </FilterBar>
      {page ? (
        <ResourceTable
          name="audit"
          caption={t('audit.title')}
          columns={columns}
          rows={readFragment(AuditRow, page.nodes)}
          rowKey={(row) => row.id}
          busy={fetching}
          paging={{
            from: paging.from,
            totalCount: page.totalCount,
            onNext: page.pageInfo.hasNextPage && endCursor ? () => paging.next(endCursor, page.nodes.length) : null,
            onPrevious: paging.previous,
          }}
          empty={
            filtered ? (
              <NothingFound onClear={() => setFilter(noFilter)} />
            ) : (
              <EmptyState title={t('audit.none')}>{t('audit.noneText')}</EmptyState>
            )
          }
        />
      ) : (
        <LoadingState rows={10} />
      )}
    </>
  );
}
