import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';
import type { Figures } from './CeilingBar';

type Props = { label: string; figures: Figures; payable?: string };

/** Ceiling, accepted, deducted, paid, and what is left of it, side by side. */
export function SpendFigures({ label, figures, payable }: Props) {
  const { t } = useTranslation();
  const left = (BigInt(figures.accepted) - BigInt(figures.deducted) - BigInt(figures.paid)).toString();
  const shown = [
    { name: t('spend.figures.ceiling'), fen: figures.ceiling },
    { name: t('spend.figures.accepted'), fen: figures.accepted },
    { name: t('spend.figures.deducted'), fen: figures.deducted },
    { name: t('spend.figures.paid'), fen: figures.paid },
    payable === undefined
      ? { name: t('spend.figures.left'), fen: left }
      : { name: t('spend.figures.payable'), fen: payable },
  ];
  return (
    <ul className="jy-figures jy-figures-narrow" aria-label={label}>
      {shown.map(({ name, fen }) => (
        <li key={name} className="jy-figure">
          <div>
            <span className="jy-figure-label">{name}</span>
            <span className="jy-figure-value">
              <Money fen={fen} compact />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
