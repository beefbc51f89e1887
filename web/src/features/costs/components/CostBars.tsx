import { useTranslation } from 'react-i18next';
import type { CostDimension } from '../../../graphql/enums';
import { yuanOfFen } from '../../../lib/money';
import { keyWord, type Table } from './cost-words';

const BOX = { width: 640, height: 120, gap: 0.28 };

/** What each span of time comes to, as bars; the table below says the same to the fen. What is still drafted is hollow. */
export function CostBars({ table, columns }: { table: Table; columns: CostDimension }) {
  const { t } = useTranslation();
  const amounts = table.amounts.map((amount) => Number(amount));
  const high = Math.max(0, ...amounts);
  const low = Math.min(0, ...amounts);
  const range = high - low || 1;
  const step = BOX.width / Math.max(1, amounts.length);
  const y = (amount: number) => ((high - amount) / range) * BOX.height;
  const drafted = new Set(table.draftedMonths);
  return (
    <figure className="jy-cost-bars">
      <svg
        role="img"
        aria-label={t('cost.barsLabel', { by: t(`cost.dimensions.${columns}`) })}
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
      >
        <line className="jy-cost-axis" x1={0} x2={BOX.width} y1={y(0)} y2={y(0)} />
        {table.columns.map((column, at) => {
          const amount = amounts[at] ?? 0;
          const top = Math.min(y(amount), y(0));
          return (
            <rect
              key={column.key ?? ''}
              className="jy-cost-bar"
              data-drafted={column.key !== null && drafted.has(column.key)}
              x={at * step + (step * BOX.gap) / 2}
              width={step * (1 - BOX.gap)}
              y={top}
              height={Math.max(Math.abs(y(amount) - y(0)), amount === 0 ? 0 : 1)}
            >
              <title>{`${keyWord(t, columns, column)} ${yuanOfFen(table.amounts[at] ?? '0')}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption>
        <span>{table.columns[0] && keyWord(t, columns, table.columns[0])}</span>
        <span>{table.columns.length > 1 && keyWord(t, columns, table.columns.at(-1) as Table['columns'][number])}</span>
      </figcaption>
    </figure>
  );
}
