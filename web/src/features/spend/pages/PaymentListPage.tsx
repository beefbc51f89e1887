import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { ReportLinks } from '../../../ui/ReportLinks';
import { useMay } from '../../../ui/viewer-context';
import { entryColumns } from '../components/entry-columns';
import { useEntryActs } from '../components/use-entry-acts';
import { ReverseDialog } from '../forms/ReverseDialog';
import { ContractEntryRow, EntryListQuery } from '../spend.gql';

const states: readonly SpendState[] = ['ENTERED', 'CONFIRMED', 'WITHDRAWN'];
const spec = { search: urlText(), states: urlManyOf(states) };

/** 付款: what went out, and what waits for the second person. */
export function PaymentListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { acts, refused, reversing, closeReversal } = useEntryActs();
  const list = useList({
    name: 'payments',
    spec,
    query: EntryListQuery,
    variables: ({ search, states: chosen }) => ({
      filter: { kind: 'PAYMENT' as const, search: search || null, states: chosen.length > 0 ? chosen : null },
    }),
    rows: ({ contractEntries }) => ({
      ...contractEntries,
      rows: readFragment(ContractEntryRow, contractEntries.nodes),
    }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => entryColumns(t, true, acts), [t, acts]);
  return (
    <>
      <ListPage
        list={list}
        title={t('entry.payments')}
        lead={
          <>
            {t('entry.paymentsLead')}{' '}
            {data &&
              t('entry.sums', {
                confirmed: yuanOfFen(data.contractEntrySums.confirmed),
                waiting: yuanOfFen(data.contractEntrySums.waiting),
              })}
          </>
        }
        columns={columns}
        rowKey={(row) => row.id}
        actions={may('SPEND', 'EXPORT') && <ReportLinks name="payments" query={{ search: filter.search }} />}
        above={
          refused && (
            <div className="jy-error-summary" role="alert">
              {refused}
            </div>
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('entry.search')}
              placeholder={t('entry.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <ChipFilter
              label={t('spend.state')}
              options={states.map((value) => ({ value, text: t(`spend.states.${value}`) }))}
              value={filter.states}
              onChange={(chosen) => setFilter({ states: chosen })}
            />
          </>
        }
        empty={<EmptyState title={t('entry.none')}>{t('entry.noneText')}</EmptyState>}
      />
      {reversing && <ReverseDialog entry={reversing} onClose={closeReversal} />}
    </>
  );
}
