import { useTranslation } from 'react-i18next';
import type { QuotaMeter } from '../../graphql/enums';
import { quotaFigure, quotaUnits } from './quota-units';

export type MeterState = {
  meter: QuotaMeter;
  limit: number | null;
  held: number;
  allocated: number;
  left: number | null;
};

/** Used and held of one limit, as bar and figures; without a limit there is nothing to fill. */
export function QuotaBar({ state }: { state: MeterState }) {
  const { t } = useTranslation();
  const { meter, limit, held, allocated, left } = state;
  const unit = quotaUnits[meter].unit && ` ${quotaUnits[meter].unit}`;
  const figure = (amount: number) => quotaFigure(meter, amount);
  const share = (amount: number) => `${limit ? Math.min(100, (amount / limit) * 100) : 0}%`;
  const figures = { used: figure(allocated), held: figure(held), limit: limit === null ? '' : figure(limit), unit };
  const sentence =
    limit === null ? t('quota.unlimitedUse', figures) : t('quota.use', { ...figures, left: figure(left ?? 0) });
  return (
    <span className="jy-quota" title={sentence} data-full={left !== null && left <= 0}>
      <span className="jy-quota-figures jy-number" aria-hidden="true">
        <span>{figure(allocated + held)}</span>
        <span className="jy-quiet-text">
          {limit === null ? `${unit} · ${t('quota.unlimited')}` : ` / ${figure(limit)}${unit}`}
        </span>
      </span>
      <span className="jy-quota-parts jy-number" aria-hidden="true">
        {limit === null
          ? t('quota.partsUnlimited', { used: figures.used, held: figures.held })
          : t('quota.parts', { used: figures.used, held: figures.held, left: figure(left ?? 0) })}
      </span>
      {limit !== null && (
        <span className="jy-quota-bar" aria-hidden="true">
          <span data-part="used" style={{ width: share(allocated) }} />
          <span data-part="held" style={{ width: share(held) }} />
        </span>
      )}
      <span className="jy-sr-only">{sentence}</span>
    </span>
  );
}
