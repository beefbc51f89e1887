import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LineDisputeState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, FilterMark } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { disputeColumns } from '../components/dispute-columns';
import { disputeStates } from '../dispute-states';
import { LineDisputeListQuery, LineDisputeRow } from '../disputes.gql';

const states = Object.keys(disputeStates) as LineDisputeState[];
const spec = { month: urlText(), department: urlText(), state: urlManyOf(states) };

/** 费用异议: lines that departments do not accept, and what was answered. */
export function DisputeListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'disputes',
    spec,
    query: LineDisputeListQuery,
    variables: ({ department, month, state }) => ({
      month: month || null,
      departmentId: department || null,
      state: state.at(-1) ?? null,
    }),
    rows: ({ lineDisputes }) => ({ ...lineDisputes, rows: readFragment(LineDisputeRow, lineDisputes.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => disputeColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('dispute.list')}
      lead={t('dispute.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <ChipFilter
            label={t('dispute.stateLabel')}
            options={states.map((value) => ({ value, text: t(`dispute.state.${value}`) }))}
            value={filter.state}
            onChange={(chosen) => setFilter({ state: chosen.slice(-1) })}
          />
          {filter.department && (
            <FilterMark
              label={t('dispute.department')}
              name={list.rows?.[0]?.department?.name ?? '–'}
              onRemove={() => setFilter({ department: '' })}
            />
          )}
        </>
      }
      empty={
        <EmptyState title={t('dispute.none')} action={<Link to={routes.statements()}>{t('statement.list')}</Link>}>
          {t('dispute.noneText')}
        </EmptyState>
      }
    />
  );
}
