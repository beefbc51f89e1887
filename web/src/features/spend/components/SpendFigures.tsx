import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money';
import type { Figures } from './CeilingBar';

type Props = {
  label: string;
  figures: Figures;
  /** Of one contract. */
  payable?: string;
  /** Of many: what was paid before its acceptance, and so is nothing that another is paid less. */
  outstanding?: string;
};

/** Ceiling, accepted, deducted, paid, and what is left of it, side by side. */
export function SpendFigures({ label, figures, payable, outstanding = '0' }: Props) {
  const { t } = useTranslation();
  const { accepted, deducted, paid } = figures;
  const left = (BigInt(accepted) - BigInt(deducted) - BigInt(paid) + BigInt(outstanding)).toString();
  const shown = [
    { name: t('spend.figures.ceiling'), fen: figures.ceiling },
    { name: t('spend.figures.accepted'), fen: figures.accepted },
    { name: t('spend.figures.deducted'), fen: figures.deducted },
    { name: t('spend.figures.paid'), fen: figures.paid },
    payable === undefined
      ? { name: t('spend.figures.left'), fen: left }
      : { name: t('spend.figures.payable'), fen: payable.startsWith('-') ? '0' : payable },
    ...(outstanding === '0' ? [] : [{ name: t('spend.figures.advanced'), fen: outstanding }]),
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
