import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import type { Simulation } from './LineResults';

type Pool = Simulation['pools'][number];
type Meter = Pool['meters'][number];

const METERS = ['VCPU', 'MEMORY_MIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD'] as const;
const ACCELERATOR = 'ACCELERATOR:';
const MIB_PER_GIB = 1024;
const PERCENT = 100;

export const scaled = (meter: string, value: number): number => (meter === 'MEMORY_MIB' ? value / MIB_PER_GIB : value);

/** Each pool before and after, meter by meter; the one that runs out first is marked. */
export function PoolChanges({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  // Only where something is taken of them: most questions ask for none.
  const cards = simulation.pools.some(({ meters }) =>
    accelerators(meters).some((one) => one.freeBefore > one.freeAfter),
  );
  return (
    <WideTable label={t('simulator.pools')}>
      <table className="jy-small-table jy-what-if-pools" aria-label={t('simulator.pools')}>
        <thead>
          <tr>
            <th scope="col">{t('pool.code')}</th>
            <th scope="col" className="jy-cell-number">
              {t('simulator.machines')}
            </th>
            {METERS.map((meter) => (
              <th key={meter} scope="col">
                {t(`capacity.meters.${meter}`)}
              </th>
            ))}
            {cards && <th scope="col">{t('simulator.column.accelerator')}</th>}
          </tr>
        </thead>
        <tbody>
          {simulation.pools.map((row) => (
            <PoolRow key={row.pool.id} row={row} cards={cards} />
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function accelerators(meters: readonly Meter[]): Meter[] {
  return meters.filter(({ meter }) => meter.startsWith(ACCELERATOR));
}

function PoolRow({ row, cards }: { row: Pool; cards: boolean }) {
  const { t } = useTranslation();
  const { pool } = row;
  return (
    <tr data-touched={row.meters.some(({ freeBefore, freeAfter }) => freeBefore !== freeAfter)}>
      <th scope="row">
        {pool.center && <CenterMark role={pool.center.role} name={pool.center.name} />}
        <span className="jy-under jy-quiet-text">
          <span className="jy-code">{pool.code}</span> {t(`architecture.${pool.architecture}`)} {t(`zone.${pool.zone}`)}
        </span>
      </th>
      <td className="jy-cell-number">{row.machines > 0 ? `+${count(row.machines)}` : '–'}</td>
      {METERS.map((name) => {
        const meter = row.meters.find((one) => one.meter === name);
        return <td key={name}>{meter && <Change meter={meter} first={row.runsOutFirst === name} />}</td>;
      })}
      {cards && (
        <td>
          {accelerators(row.meters).map((meter) => (
            <div key={meter.meter}>
              <span className="jy-code">{meter.meter.slice(ACCELERATOR.length)}</span>
              <Change meter={meter} first={row.runsOutFirst === meter.meter} />
            </div>
          ))}
        </td>
      )}
    </tr>
  );
}

/** One bar: what is taken today, what would come to it, what stays free. */
function Change({ meter, first }: { meter: Meter; first: boolean }) {
  const { t } = useTranslation();
  const { total, freeBefore, freeAfter } = meter;
  if (total <= 0) return <span className="jy-quiet-text">–</span>;
  const part = (amount: number) => `${Math.max(0, Math.min(PERCENT, (amount / total) * PERCENT))}%`;
  const amount = (value: number) => count(scaled(meter.meter, value));
  return (
    <span className="jy-change">
      <span className="jy-change-track" aria-hidden="true">
        <span className="jy-change-taken" style={{ width: part(total - freeBefore) }} />
        <span className="jy-change-new" style={{ width: part(freeBefore - freeAfter) }} />
      </span>
      <span className="jy-number">
        {freeBefore === freeAfter
          ? t('simulator.left', { free: amount(freeAfter) })
          : t('simulator.leftAfter', { before: amount(freeBefore), after: amount(freeAfter) })}
      </span>
      {first && <StateTag look={{ tone: 'waiting', icon: WarningOutlined }} word={t('simulator.runsOutFirst')} />}
    </span>
  );
}
