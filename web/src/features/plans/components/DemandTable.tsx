import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Architecture, NetworkZone } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { decimal } from '../../../lib/quantity';
import { SaveTable } from '../../../ui/SaveTable';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { demandUnits } from '../plan-look';
import type { PlanDemandQuery } from '../plans.gql';
import { MonthBars } from './MonthBars';

export type DemandRow = ResultOf<typeof PlanDemandQuery>['planDemand']['rows'][number];

const ARCHITECTURES: ReadonlySet<string> = new Set(['AMD64', 'ARM64', 'LOONGARCH64']);
const ORDER = Object.keys(demandUnits);

/** What is short first, then by meter: shortages stand out because nothing is above them. */
export const inOrder = (rows: readonly DemandRow[]): DemandRow[] =>
  rows
    .filter((row) => row.demanded > 0 || row.free > 0 || row.arriving > 0)
    .toSorted(
      (a, b) =>
        Number(b.short > 0) - Number(a.short > 0) ||
        Number(b.demanded > 0) - Number(a.demanded > 0) ||
        ORDER.indexOf(a.meter) - ORDER.indexOf(b.meter) ||
        whereKey(a).localeCompare(whereKey(b)),
    );

const whereKey = ({ architecture, zone }: DemandRow): string => `${architecture ?? '~'} ${zone ?? '~'}`;

export function DemandTable({ rows }: { rows: readonly DemandRow[] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('plan.demand.title')}>
      <table className="jy-small-table jy-demand-table" aria-label={t('plan.demand.title')}>
        <thead>
          <tr>
            <th scope="col">{t('plan.demand.meter')}</th>
            <th scope="col">{t('plan.demand.where')}</th>
            {(['free', 'arriving', 'demanded'] as const).map((key) => (
              <th key={key} scope="col" className="jy-cell-number">
                {t(`plan.demand.${key}`)}
              </th>
            ))}
            <th scope="col">{t('plan.demand.short')}</th>
            <th scope="col">{t('plan.demand.months')}</th>
            <th scope="col">{t('plan.demand.byCenter')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.meter} ${whereKey(row)}`} row={row} />
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Row({ row }: { row: DemandRow }) {
  const { t } = useTranslation();
  const amount = (value: number) => figureOf(row, value);
  return (
    <tr data-short={row.short > 0}>
      <th scope="row">{t(`plan.demand.meters.${row.meter}`)}</th>
      <td>{whereOf(t, row)}</td>
      <td className="jy-cell-number">{amount(row.free)}</td>
      <td className="jy-cell-number">{row.arriving > 0 ? amount(row.arriving) : '–'}</td>
      <td className="jy-cell-number">{row.demanded > 0 ? amount(row.demanded) : '–'}</td>
      <td>
        {row.short > 0 ? (
          <span className="jy-state jy-tone-bad">
            <WarningOutlined aria-hidden />
            <span>
              <strong className="jy-number">{amount(row.short)}</strong>
              {row.shortFrom !== null && ` · ${t('plan.demand.shortFrom', { month: row.shortFrom })}`}
            </span>
          </span>
        ) : (
          row.demanded > 0 && (
            <span className="jy-state jy-tone-good">
              <CheckCircleOutlined aria-hidden />
              <span>{t('plan.demand.enough')}</span>
            </span>
          )
        )}
      </td>
      <td>
        {row.demanded > 0 && (
          <MonthBars
            label={t('plan.demand.months')}
            values={row.byMonth}
            room={row.free + row.arriving}
            shortFrom={row.shortFrom}
            figure={amount}
          />
        )}
      </td>
      <td>
        <ul className="jy-demand-centers">
          {row.centers.map(({ center, free, arriving, demanded, short }) => (
            <li key={center.id} data-short={short > 0}>
              <CenterMark role={center.role} name={center.name} />{' '}
              <span className="jy-number">
                {demanded > 0 ? `${amount(demanded)} / ${amount(free + arriving)}` : amount(free + arriving)}
              </span>
            </li>
          ))}
          {row.either > 0 && (
            <li className="jy-quiet-text">{t('plan.demand.either', { amount: amount(row.either) })}</li>
          )}
        </ul>
      </td>
    </tr>
  );
}

/** The same figures in a file, in the shown units. */
export function SaveDemand({ rows, year }: { rows: readonly DemandRow[]; year: number }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const table = () => ({
    header: [
      t('plan.demand.meter'),
      t('plan.demand.where'),
      t('plan.demand.free'),
      t('plan.demand.arriving'),
      t('plan.demand.demanded'),
      t('plan.demand.short'),
      ...Array.from({ length: 12 }, (_, at) => t('plan.line.monthOf', { month: at + 1 })),
    ],
    rows: rows.map((row) => {
      const { per, unit } = demandUnits[row.meter];
      return [
        `${t(`plan.demand.meters.${row.meter}`)}${unit && ` (${unit})`}`,
        whereOf(t, row),
        ...[row.free, row.arriving, row.demanded, row.short, ...row.byMonth].map((value) => value / per),
      ];
    }),
  });
  return <SaveTable name={`plan-demand-${year}`} table={table} />;
}

function figureOf({ meter }: DemandRow, value: number): string {
  const { per, unit } = demandUnits[meter];
  return `${decimal(Math.round((value / per) * 10) / 10)}${unit && ` ${unit}`}`;
}

/** Servers are of no zone, and cabinets of no processor: of these nothing is said. */
function whereOf(t: TFunction, { meter, architecture, zone }: DemandRow): string {
  const ofMachines = meter !== 'CABINET_HALF_UNIT' && meter !== 'POWER_W';
  const parts = [
    ofMachines && (architecture === null ? t('plan.demand.anyArchitecture') : architectureWord(t, architecture)),
    meter !== 'SERVER' && (zone === null ? t('plan.demand.anyZone') : t(`zone.${zone as NetworkZone}`)),
  ].filter(Boolean);
  return parts.join(' · ');
}

function architectureWord(t: TFunction, architecture: string): string {
  return ARCHITECTURES.has(architecture) ? t(`architecture.${architecture as Architecture}`) : architecture;
}
