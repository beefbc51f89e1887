import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { EmptyState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { GroupParts } from '../capacity.gql';
import { TrendCells, TrendHeads } from './TrendCells';
import { UsedBar } from './UsedBar';

type Group = ResultOf<typeof GroupParts>['groups'][number];
type Meter = Group['meters'][number];

const MIB_PER_GIB = 1024;
/** Per center, zone and architecture and meter: what is left, and until when. */
export function GroupTable({ report }: { report: FragmentOf<typeof GroupParts> }) {
  const { t } = useTranslation();
  const { groups } = readFragment(GroupParts, report);
  if (groups.length === 0) return <EmptyState title={t('capacity.none')}>{t('capacity.noneText')}</EmptyState>;
  return (
    <WideTable label={t('capacity.group')}>
      <table className="jy-small-table jy-capacity-table" aria-label={t('capacity.group')}>
        <thead>
          <tr>
            <th scope="col">{t('maintenance.meter')}</th>
            {(['total', 'allocated', 'held', 'free'] as const).map((key) => (
              <th key={key} scope="col" className="jy-cell-number">
                {t(`capacity.${key}`)}
              </th>
            ))}
            <th scope="col">{t('capacity.used')}</th>
            <TrendHeads />
          </tr>
        </thead>
        {groups.map((group) => (
          <GroupRows key={group.pools.map(({ id }) => id).join(' ')} group={group} />
        ))}
      </table>
    </WideTable>
  );
}

/** The same figures in a file; a month's growth and the days left as they are shown. */
export function SaveGroups({ report }: { report: FragmentOf<typeof GroupParts> }) {
  const { t } = useTranslation();
  const { groups } = readFragment(GroupParts, report);
  if (groups.length === 0) return null;
  const table = () => ({
    header: [
      t('capacity.center'),
      t('pool.zone'),
      t('pool.architecture'),
      t('maintenance.meter'),
      ...(['total', 'allocated', 'held', 'free', 'perMonth', 'daysToFull'] as const).map((key) => t(`capacity.${key}`)),
    ],
    rows: groups.flatMap((group) =>
      group.meters.map((row) => [
        group.center.name,
        t(`zone.${group.zone}`),
        t(`architecture.${group.architecture}`),
        nameOf(t, row.meter),
        ...[row.total, row.allocated, row.held, row.free, row.perMonth].map((value) =>
          value === null ? null : value / scaleOf(row.meter),
        ),
        row.daysToFull,
      ]),
    ),
  });
  return <SaveTable name="pool-capacity" table={table} />;
}

const scaleOf = (meter: string): number => (meter === 'MEMORY_MIB' ? MIB_PER_GIB : 1);

function GroupRows({ group }: { group: Group }) {
  const { t } = useTranslation();
  return (
    <tbody>
      <tr className="jy-group-row">
        <th scope="rowgroup" colSpan={9}>
          <CenterMark role={group.center.role} name={group.center.name} />
          <span className="jy-group-words">
            {t(`zone.${group.zone}`)} · {t(`architecture.${group.architecture}`)}{' '}
            <span className="jy-code jy-quiet-text">{group.pools.map(({ code }) => code).join(' ')}</span>
          </span>
        </th>
      </tr>
      {group.meters.map((meter) => (
        <MeterRow key={meter.meter} row={meter} />
      ))}
    </tbody>
  );
}

function MeterRow({ row }: { row: Meter }) {
  const name = useMeterName(row.meter);
  const scale = scaleOf(row.meter);
  const amount = (value: number) => count(value / scale);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="jy-cell-number">{amount(row.total)}</td>
      <td className="jy-cell-number">{amount(row.allocated)}</td>
      <td className="jy-cell-number">{amount(row.held)}</td>
      <td className="jy-cell-number">{amount(row.free)}</td>
      <td>
        <UsedBar taken={row.allocated + row.held} total={row.total} />
      </td>
      <TrendCells trend={row} name={name} scale={scale} total={row.total} />
    </tr>
  );
}

const KNOWN = ['VCPU', 'MEMORY_MIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const;

/** A counter's meter in words. */
export function useMeterName(meter: string): string {
  const { t } = useTranslation();
  return nameOf(t, meter);
}

function nameOf(t: TFunction, meter: string): string {
  const known = KNOWN.find((name) => name === meter);
  return known ? t(`capacity.meters.${known}`) : meter.replace('ACCELERATOR:', '');
}
