import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { AuditPageQuery, AuditRow } from '../audit.gql';
import { auditColumns } from '../components/audit-columns';

const spec = { actor: urlText(), action: urlText(), object: urlText() };

/** What was done, by whom, from where. Rows are chained: what has no number yet is younger than a second, or an alarm. */
export function AuditPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'audit',
    spec,
    query: AuditPageQuery,
    variables: ({ actor, action, object }) => ({
      filter: { actorName: actor || null, action: action || null, objectType: object || null },
    }),
    rows: ({ auditEvents }) => ({ ...auditEvents, rows: readFragment(AuditRow, auditEvents.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => auditColumns(t), [t]);

  return (
    <ListPage
      list={list}
      title={t('audit.title')}
      lead={t('audit.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
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
        </>
      }
      empty={<EmptyState title={t('audit.none')}>{t('audit.noneText')}</EmptyState>}
    />
  );
}
