import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KeptDiskState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { Money } from '../../../ui/Money';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { KeptDiskActs } from '../components/KeptDiskActs';
import { type DiskAct, KeptDiskDialog } from '../components/KeptDiskDialogs';
import { LifeTabs } from '../components/LifeTabs';
import { keptDiskStates } from '../kept-disk-states';
import { KeptDiskListQuery, KeptDiskRow } from '../kept-disks.gql';
import { leftWords } from '../life-words';

type Row = ResultOf<typeof KeptDiskRow>;

const states = Object.keys(keptDiskStates) as KeptDiskState[];
const spec = { search: urlText(), states: urlManyOf(states) };

/** Disks that outlived their machines: how big, until when, and what may be done about each. */
export function KeptDiskListPage() {
  const { t } = useTranslation();
  const now = useNow();
  const list = useList({
    name: 'kept-disks',
    spec,
    query: KeptDiskListQuery,
    variables: ({ search, states: chosen }) => ({
      search: search || null,
      states: chosen.length > 0 ? chosen : null,
    }),
    rows: ({ keptDisks }) => ({ ...keptDisks, rows: readFragment(KeptDiskRow, keptDisks.nodes) }),
  });
  const [acting, setActing] = useState<{ act: DiskAct; disk: Row } | null>(null);
  const columns = useMemo(
    (): Column<Row>[] => [
      ...columnsOf(t, now),
      {
        key: 'acts',
        title: t('life.acts'),
        render: (disk) => <KeptDiskActs disk={disk} onAct={(act) => setActing({ act, disk })} />,
        text: () => null,
      },
    ],
    [t, now],
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('life.title')}
        lead={t('keptDisk.lead')}
        caption={t('keptDisk.list')}
        above={<LifeTabs />}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('resource.search')}
              placeholder={t('keptDisk.searchPlaceholder')}
              value={list.filter.search}
              onChange={(search) => list.setFilter({ search })}
            />
            <ChipFilter
              label={t('resource.state')}
              options={states.map((value) => ({ value, text: t(`keptDisk.state.${value}`) }))}
              value={list.filter.states}
              onChange={(chosen) => list.setFilter({ states: chosen })}
            />
          </>
        }
        empty={
          <EmptyState title={t('keptDisk.none')} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
            {t('keptDisk.noneText')}
          </EmptyState>
        }
      />
      {acting && <KeptDiskDialog {...acting} onClose={() => setActing(null)} />}
    </>
  );
}

function columnsOf(t: TFunction, now: number): Column<Row>[] {
  return [
    {
      key: 'machine',
      title: t('keptDisk.machine'),
      leading: true,
      render: ({ resource }) => <Link to={routes.resource(resource.id)}>{resource.name}</Link>,
      text: ({ resource }) => resource.name,
    },
    {
      key: 'code',
      title: t('resource.code'),
      optional: true,
      render: ({ resource }) => <span className="jy-code">{resource.code}</span>,
      text: ({ resource }) => resource.code,
    },
    {
      key: 'state',
      title: t('resource.state'),
      render: (row) => (
        <>
          <StateTag look={keptDiskStates[row.state]} word={t(`keptDisk.state.${row.state}`)} />
          {row.trouble && <div className="jy-tone-bad">{row.trouble}</div>}
        </>
      ),
      text: (row) => [t(`keptDisk.state.${row.state}`), row.trouble].filter(Boolean).join('；'),
    },
    {
      key: 'size',
      title: t('resource.disk'),
      numeric: true,
      render: (row) => sizeOf(t, row),
      text: (row) => sizeOf(t, row),
    },
    {
      key: 'until',
      title: t('keptDisk.until'),
      render: (row) => <Until row={row} now={now} />,
      text: (row) => row.until && exactTime(row.until),
    },
    {
      key: 'system',
      title: t('request.system'),
      render: ({ resource }) => resource.system.name,
      text: ({ resource }) => resource.system.name,
    },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: ({ resource }) => resource.department.name,
      text: ({ resource }) => resource.department.name,
    },
    {
      key: 'center',
      title: t('resource.center'),
      render: ({ resource }) => <PlaceMark center={resource.center} />,
      text: ({ resource }) => resource.center?.name ?? null,
    },
    {
      key: 'cost',
      title: t('request.monthlyCost'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyCost} />,
      text: (row) => (row.monthlyCost === null ? null : yuanCell(row.monthlyCost)),
    },
  ];
}

const sizeOf = (t: TFunction, { diskGib, storageTier }: Row) => `${t(`tier.${storageTier}`)} ${count(diskGib)} GiB`;

function Until({ row, now }: { row: Row; now: number }) {
  const { t } = useTranslation();
  if (row.attachedTo)
    return (
      <>
        {t('keptDisk.attachedTo')} <Link to={routes.resource(row.attachedTo.id)}>{row.attachedTo.name}</Link>
      </>
    );
  if (!row.until)
    return <span className="jy-quiet-text">{row.endCause ? t(`keptDisk.end.${row.endCause}`) : '–'}</span>;
  const day = exactTime(row.until).slice(0, 10);
  return (
    <span>
      <span className="jy-number">{day}</span> <span className="jy-quiet-text">{leftWords(t, day, now)}</span>
    </span>
  );
}
