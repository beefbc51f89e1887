import { useTranslation } from 'react-i18next';
import { yuanOfFen } from '../../../lib/money';
import { Money } from '../../../ui/Money';

export type Figures = { ceiling: string; accepted: string; deducted: string; claimed: string; paid: string };

/** Parts of a whole in percent, exact enough to be drawn: no amount passes through a float. */
const share = (part: bigint, whole: bigint) => (whole > 0n ? Number((part * 1_000n) / whole) / 10 : 0);

/** What is paid, and accepted beyond it, of a contract's ceiling. */
export function CeilingBar({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const [ceiling, accepted, paid] = [BigInt(figures.ceiling), BigInt(figures.accepted), BigInt(figures.paid)];
  const sentence = t('spend.bar', {
    ceiling: yuanOfFen(figures.ceiling),
    accepted: yuanOfFen(figures.accepted),
    paid: yuanOfFen(figures.paid),
    deducted: yuanOfFen(figures.deducted),
  });
  return (
    <span className="jy-quota jy-spend-use" title={sentence}>
      <span className="jy-quota-figures" aria-hidden="true">
        <Money fen={figures.paid} compact />
        <span className="jy-quiet-text">
          {' / '}
          <Money fen={figures.ceiling} compact />
        </span>
      </span>
      <span className="jy-quota-bar" aria-hidden="true">
        <span data-part="used" style={{ width: `${share(paid, ceiling)}%` }} />
        <span data-part="held" style={{ width: `${share(accepted - paid, ceiling)}%` }} />
      </span>
      <span className="jy-sr-only">{sentence}</span>
    </span>
  );
}
