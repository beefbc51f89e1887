import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { SpaceParts } from '../capacity.gql';
import { TREND_COLUMNS, TrendCells, TrendHeads } from './TrendCells';
import { UsedBar } from './UsedBar';

type Row = ResultOf<typeof SpaceParts>['space'][number];
type Amounts = Row['amounts'][number];

/** What one unit on the page is of the unit in the answer. */
const SCALE: { readonly [R in Amounts['resource']]: number } = { UNITS: 1, POWER_W: 1_000, WEIGHT_GRAMS: 1_000 };
const PARTS = ['total', 'used', 'held', 'free', 'reserved', 'singleFed', 'closed'] as const;

/** Cabinets: U, kW and kg; total, taken, and free apart by who may have it. */
export function SpacePanel({ report }: { report: FragmentOf<typeof SpaceParts> }) {
  const { t } = useTranslation();
  const { space } = readFragment(SpaceParts, report);
  const table = () => ({
    header: [
      t('capacity.center'),
      t('pool.zone'),
      t('capacity.cabinets'),
      t('maintenance.meter'),
      ...PARTS.map((part) => t(`capacity.spaceParts.${part}`)),
      t('capacity.perMonth'),
      t('capacity.daysToFull'),
    ],
    rows: space.flatMap((row) =>
      row.amounts.map((of) => [
        row.center.name,
        t(`zone.${row.zone}`),
        row.cabinets,
        t(`capacity.resources.${of.resource}`),
        ...PARTS.map((part) => of[part] / SCALE[of.resource]),
        of.trend.perMonth === null ? null : of.trend.perMonth / SCALE[of.resource],
        of.trend.daysToFull,
      ]),
    ),
  });
  return (
    <Panel title={t('capacity.space')} aside={space.length > 0 && <SaveTable name="cabinet-space" table={table} />}>
      {space.length === 0 ? (
        <EmptyState title={t('capacity.noSpace')} />
      ) : (
        <>
          <WideTable label={t('capacity.space')}>
            <table className="jy-small-table jy-capacity-table" aria-label={t('capacity.space')}>
              <thead>
                <tr>
                  <th scope="col">{t('maintenance.meter')}</th>
                  {PARTS.map((part) => (
                    <th key={part} scope="col" className="jy-cell-number">
                      {t(`capacity.spaceParts.${part}`)}
                    </th>
                  ))}
                  <th scope="col">{t('capacity.used')}</th>
                  <TrendHeads />
                </tr>
              </thead>
              {space.map((row) => (
                <SpaceRows key={`${row.center.id} ${row.zone}`} row={row} />
              ))}
            </table>
          </WideTable>
          <p className="jy-quiet-text">
            {t('capacity.spaceMethod')} {t('space.trendMethod')}
          </p>
        </>
      )}
    </Panel>
  );
}

function SpaceRows({ row }: { row: Row }) {
  const { t } = useTranslation();
  return (
    <tbody>
      <tr className="jy-group-row">
        <th scope="rowgroup" colSpan={PARTS.length + 2 + TREND_COLUMNS}>
          <CenterMark role={row.center.role} name={row.center.name} />
          <span className="jy-group-words">
            {t(`zone.${row.zone}`)} · {t('capacity.cabinetCount', { cabinets: count(row.cabinets) })}
          </span>
        </th>
      </tr>
      {row.amounts.map((of) => (
        <tr key={of.resource}>
          <th scope="row">{t(`capacity.resources.${of.resource}`)}</th>
          {PARTS.map((part) => (
            <td key={part} className="jy-cell-number">
              {count(of[part] / SCALE[of.resource])}
            </td>
          ))}
          <td>
            <UsedBar taken={of.used + of.held} total={of.total} />
          </td>
          <TrendCells
            trend={of.trend}
            name={t(`capacity.resources.${of.resource}`)}
            scale={SCALE[of.resource]}
            total={of.total}
          />
        </tr>
      ))}
    </tbody>
  );
}
