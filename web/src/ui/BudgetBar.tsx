import { useTranslation } from 'react-i18next';
import { yuanOfFen } from '../lib/money';
import { Money } from './Money';

type Figures = { amount: string; reserved: string; spent: string; available: string };

/** Parts of a whole in percent, exact enough to be drawn: no amount passes through a float. */
const share = (part: string, whole: bigint) => (whole > 0n ? Number((BigInt(part) * 1_000n) / whole) / 10 : 0);

/** Spent and reserved of one budget as a bar, with its figures; beyond the amount the bar is full and says so. */
export function BudgetBar({ figures, overrun }: { figures: Figures; overrun: boolean }) {
  const { t } = useTranslation();
  const used = BigInt(figures.spent) + BigInt(figures.reserved);
  const whole = used > BigInt(figures.amount) ? used : BigInt(figures.amount);
  const sentence = t('budget.use', {
    spent: yuanOfFen(figures.spent),
    reserved: yuanOfFen(figures.reserved),
    available: yuanOfFen(figures.available),
  });
  return (
    <span className="jy-quota" title={sentence} data-full={overrun}>
      <span className="jy-quota-figures" aria-hidden="true">
        <Money fen={used.toString()} compact />
        <span className="jy-quiet-text">
          {' / '}
          <Money fen={figures.amount} compact />
        </span>
      </span>
      <span className="jy-quota-bar" aria-hidden="true">
        <span data-part="used" style={{ width: `${share(figures.spent, whole)}%` }} />
        <span data-part="held" style={{ width: `${share(figures.reserved, whole)}%` }} />
      </span>
      <span className="jy-sr-only">{sentence}</span>
    </span>
  );
}
