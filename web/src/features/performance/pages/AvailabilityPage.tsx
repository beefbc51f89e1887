import { UploadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { AvailabilityListQuery, AvailabilityRow } from '../availability.gql';
import { AvailabilityDialog } from '../forms/AvailabilityDialog';
import { lastMonth } from '../words';

type Row = ResultOf<typeof AvailabilityRow>;
const spec = { search: urlText(), month: urlText() };
const isMonth = (text: string) => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text);

/** Of the month, without what does not count: "99.954%". */
function availabilityText({ reading, minutesOfMonth }: Row): string | null {
  if (!reading) return null;
  const up = minutesOfMonth - (reading.downMinutes - reading.excusedMinutes);
  return `${(Math.floor((up * 100_000) / minutesOfMonth) / 1_000).toFixed(3)}%`;
}

const targetText = ({ system }: Row) =>
  system.availabilityPercent === null ? null : `${system.availabilityPercent.toFixed(3)}%`;

/** 可用性台账 of a month: every system, what was entered and what the book of outages proposes. */
export function AvailabilityPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [entering, enter] = useState<Row | null>(null);
  const list = useList({
    name: 'availability',
    spec,
    query: AvailabilityListQuery,
    variables: ({ search, month }) => ({ search: search || null, month: isMonth(month) ? month : lastMonth() }),
    rows: ({ systemAvailability }) => ({
      ...systemAvailability,
      rows: readFragment(AvailabilityRow, systemAvailability.nodes),
    }),
  });
  const month = isMonth(list.filter.month) ? list.filter.month : lastMonth();
  const isOver = list.data?.systemAvailability.isOver ?? false;
  const edits = may('PERFORMANCE', 'EDIT') && isOver;
  const columns = useMemo((): Column<Row>[] => {
    const proposed = ({ recorded }: Row) =>
      recorded
        ? t('availability.minutesOf', { down: count(recorded.downMinutes), excused: count(recorded.excusedMinutes) })
        : '–';
    const all: (Column<Row> | false)[] = [
      {
        ...{ key: 'system', title: t('performance.kind.SYSTEM'), leading: true },
        render: ({ system }) => (
          <>
            <Link to={routes.system(system.id)}>{system.name}</Link>{' '}
            <span className="jy-code jy-quiet-text">{system.code}</span>
          </>
        ),
        text: ({ system }) => `${system.code} ${system.name}`,
      },
      {
        ...{ key: 'department', title: t('performance.department') },
        render: ({ system }) => system.department.name,
        text: ({ system }) => system.department.name,
      },
      {
        ...{ key: 'availability', title: t('availability.share'), numeric: true },
        render: (row) =>
          row.reading ? (
            <span className="jy-number">{availabilityText(row)}</span>
          ) : (
            <span className="jy-quiet-text">{t('availability.notEntered')}</span>
          ),
        text: availabilityText,
      },
      {
        ...{ key: 'target', title: t('availability.target'), numeric: true },
        render: (row) => <span className="jy-number">{targetText(row) ?? '–'}</span>,
        text: targetText,
      },
      ...(['downMinutes', 'excusedMinutes'] as const).map(
        (field): Column<Row> => ({
          ...{ key: field, title: t(`availability.${field}`), numeric: true },
          render: ({ reading }) => <span className="jy-number">{reading ? count(reading[field]) : '–'}</span>,
          text: ({ reading }) => reading?.[field] ?? null,
        }),
      ),
      { ...{ key: 'recorded', title: t('availability.ofRecord') }, render: proposed, text: proposed },
      {
        ...{ key: 'source', title: t('availability.source') },
        render: ({ reading }) =>
          reading ? <span title={`${reading.enteredBy} ${exactTime(reading.enteredAt)}`}>{reading.source}</span> : '–',
        text: ({ reading }) => reading?.source ?? null,
      },
      {
        ...{ key: 'enteredBy', title: t('availability.enteredBy'), optional: true },
        render: ({ reading }) => reading?.enteredBy ?? '–',
        text: ({ reading }) => reading?.enteredBy ?? null,
      },
      edits && {
        ...{ key: 'acts', title: t('spend.acts') },
        render: (row) => (
          <Button size="small" onClick={() => enter(row)}>
            {t(row.reading ? 'availability.correct' : 'availability.enter')}
          </Button>
        ),
        text: () => null,
      },
    ];
    return all.filter((column) => column !== false);
  }, [t, edits]);
  return (
    <>
      <ListPage
        list={list}
        title={t('availability.title')}
        lead={t('availability.lead')}
        columns={columns}
        rowKey={({ system }) => system.id}
        actions={
          may('PERFORMANCE', 'EDIT') && (
            <Button
              icon={<UploadOutlined aria-hidden />}
              onClick={() => void navigate(routes.newImport('availability'))}
            >
              {t('availability.import')}
            </Button>
          )
        }
        above={
          list.data &&
          !isOver && (
            <p className="jy-banner jy-tone-waiting" role="status">
              {t('availability.notOver')}
            </p>
          )
        }
        filters={
          <>
            <Input
              type="month"
              className="jy-filter-select"
              aria-label={t('usageNotice.month')}
              value={month}
              onChange={(event) => list.setFilter({ month: event.target.value })}
            />
            <SearchFilter
              label={t('performance.search')}
              placeholder={t('performance.searchPlaceholder')}
              value={list.filter.search}
              onChange={(search) => list.setFilter({ search })}
            />
          </>
        }
        empty={
          <EmptyState title={t('availability.none')} action={<Link to={routes.systems()}>{t('menu.systems')}</Link>}>
            {t('availability.noneText')}
          </EmptyState>
        }
      />
      {entering && <AvailabilityDialog row={entering} onClose={() => enter(null)} />}
    </>
  );
}
