import { useTranslation } from 'react-i18next';
import type { QuotaMeter } from '../../../graphql/enums';
import { quotaFigure, quotaUnits } from '../../../ui/quota/quota-units';

export type MeterUse = { meter: QuotaMeter; planned: number; used: number; left: number; over: number };

const WHOLE_PERCENT = 100;

/** Plan, used and left of one meter, as bar and figures; what is over stands behind the end of the plan. */
export function UseBar({ use, planned }: { use: MeterUse; planned: boolean }) {
  const { t } = useTranslation();
  const { meter } = use;
  const unit = quotaUnits[meter].unit && ` ${quotaUnits[meter].unit}`;
  const figure = (amount: number) => quotaFigure(meter, amount);
  if (use.planned === 0 && use.used === 0) return <span className="jy-quiet-text">–</span>;
  const over = planned && use.planned > 0 && use.over > 0;
  const figures = {
    used: figure(use.used),
    planned: figure(use.planned),
    left: figure(use.left),
    over: figure(use.over),
    unit,
  };
  const sentence = t(over ? 'plan.use.figuresOver' : 'plan.use.figures', figures);
  const whole = Math.max(use.planned, use.used);
  const share = (amount: number) => `${whole > 0 ? (amount / whole) * WHOLE_PERCENT : 0}%`;
  return (
    <span className="jy-quota" title={sentence} data-full={over}>
      <span className="jy-quota-figures jy-number" aria-hidden="true">
        <span>{figures.used}</span>
        <span className="jy-quiet-text">
          {' '}
          / {figures.planned}
          {unit}
        </span>
      </span>
      <span className="jy-quota-parts jy-number" aria-hidden="true">
        {use.planned === 0
          ? t('plan.use.unplannedUse', figures)
          : over
            ? t('plan.use.overBy', figures)
            : t('plan.use.left', figures)}
      </span>
      {use.planned > 0 && (
        <span className="jy-quota-bar" aria-hidden="true">
          <span data-part="used" style={{ width: share(Math.min(use.used, use.planned)) }} />
          <span data-part="over" style={{ width: share(over ? use.over : 0) }} />
        </span>
      )}
      <span className="jy-sr-only">{sentence}</span>
    </span>
  );
}
