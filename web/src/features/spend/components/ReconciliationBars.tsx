import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import type { CellParts } from '../reconciliation.gql';

export type Cell = ResultOf<typeof CellParts>;

const BOX = { width: 480, height: 96 };
const GROUP_GAP = 0.3;
const LEAST = 1;
const THOUSAND = 1_000n;

/** Height of an amount in a box where `top` fills it: in thousandths, so that no sum passes through a float. */
function heightOf(fen: bigint, top: bigint): number {
  if (fen <= 0n || top <= 0n) return 0;
  return Math.max(LEAST, (Number((fen * THOUSAND) / top) / Number(THOUSAND)) * BOX.height);
}

type Props = { name: string; months: readonly string[]; cells: readonly Cell[] };

/** Two bars a month: what was paid, and what use is accounted at. The table below says the same in figures. */
export function ReconciliationBars({ name, months, cells }: Props) {
  const { t } = useTranslation();
  const byMonth = new Map(cells.map((cell) => [cell.month, cell]));
  const top = cells.reduce((most, { spend, accounted }) => {
    const larger = BigInt(spend) > BigInt(accounted) ? BigInt(spend) : BigInt(accounted);
    return larger > most ? larger : most;
  }, 0n);
  const step = BOX.width / Math.max(1, months.length);
  const bar = (step * (1 - GROUP_GAP)) / 2;
  return (
    <figure className="jy-reconcile-chart">
      <figcaption aria-hidden="true">
        <span className="jy-reconcile-key">
          <i data-side="spend" /> {t('reconcile.spend')} <i data-side="accounted" /> {t('reconcile.accounted')}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={t('reconcile.chart', { center: name })}
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
      >
        {months.map((month, at) => {
          const cell = byMonth.get(month);
          const [spend, accounted] = [BigInt(cell?.spend ?? '0'), BigInt(cell?.accounted ?? '0')];
          const x = at * step + (step * GROUP_GAP) / 2;
          return (
            <g key={month}>
              <title>
                {t('reconcile.bar', {
                  month,
                  spend: yuanOfFen(spend.toString()),
                  accounted: yuanOfFen(accounted.toString()),
                })}
              </title>
              {[
                { side: 'spend', fen: spend, x },
                { side: 'accounted', fen: accounted, x: x + bar },
              ].map(({ side, fen, x: left }) => (
                <rect
                  key={side}
                  data-side={side}
                  x={left}
                  y={BOX.height - heightOf(fen, top)}
                  width={bar}
                  height={heightOf(fen, top)}
                />
              ))}
            </g>
          );
        })}
      </svg>
      <div className="jy-reconcile-months" aria-hidden="true">
        <span>{months[0]}</span>
        <span>{months.at(-1)}</span>
      </div>
    </figure>
  );
}
