import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { lastMonth } from '../../../ui/closing-states';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { MonthSelect } from '../../../ui/MonthSelect';
import { EmptyState } from '../../../ui/page-states';
import { ClosingListQuery, ClosingRow } from '../closings.gql';
import { closingColumns } from '../components/closing-columns';
import { MonthPanel } from '../components/MonthPanel';

const spec = { month: urlText(), city: urlText() };
/** Of which month, and whose book: no filter. */
const keeps = ['month', 'city'];
const PROVINCE = '';

/** 月末结账: the checklist of a month, who asks and who approves, and everything that was ever closed or reversed. */
export function ClosingListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'closings',
    spec,
    keeps,
    query: ClosingListQuery,
    variables: ({ city, month }) => ({ month: month || lastMonth(), cityId: city || null }),
    rows: ({ closingRecord }) => ({ ...closingRecord, rows: readFragment(ClosingRow, closingRecord.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const month = filter.month || lastMonth();
  const columns = useMemo(() => closingColumns(t), [t]);
  const books = data?.closingBooks ?? [];
  return (
    <ListPage
      list={list}
      title={t('closing.list')}
      lead={t('closing.lead')}
      caption={t('closing.record')}
      columns={columns}
      rowKey={(row) => row.id}
      above={data?.closingMonth && <MonthPanel month={data.closingMonth} cityId={filter.city || null} />}
      filters={
        <>
          <MonthSelect
            label={t('closing.month')}
            months={data?.statementMonths ?? []}
            value={month}
            onChange={(chosen) => setFilter({ month: chosen === lastMonth() ? '' : chosen })}
          />
          {books.length > 1 && (
            <Select
              className="jy-filter-select"
              aria-label={t('closing.book')}
              value={filter.city}
              onChange={(city) => setFilter({ city })}
              options={books.map(({ cityId, name }) => ({
                value: cityId ?? PROVINCE,
                label: cityId === null ? t('closing.province') : name,
              }))}
            />
          )}
        </>
      }
      empty={
        <EmptyState title={t('closing.none')} action={<Link to={routes.statements()}>{t('statement.list')}</Link>}>
          {t('closing.noneText')}
        </EmptyState>
      }
    />
  );
}
