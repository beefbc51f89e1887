import { useTranslation } from 'react-i18next';
import { QuotaFits } from '../../../ui/quota/QuotaFits';
import { quotaFigure, quotaUnits } from '../../../ui/quota/quota-units';
import { barOf, type QuotaFit, tightest } from './quota-use';

/** Of each quota that binds: used, this request, left. The other levels fold away. */
export function QuotaUse({ quotas }: { quotas: readonly QuotaFit[] }) {
  const { t } = useTranslation();
  if (quotas.length === 0) return null;
  const { binding, others } = tightest(quotas);
  return (
    <section className="jy-preview-part" aria-label={t('previewMore.quota')}>
      <h3>{t('previewMore.quota')}</h3>
      <ul className="jy-quota-uses">
        {binding.map((quota) => (
          <QuotaLine key={quota.meter} quota={quota} />
        ))}
      </ul>
      <QuotaFits quotas={others} />
    </section>
  );
}

function QuotaLine({ quota }: { quota: QuotaFit }) {
  const { t } = useTranslation();
  const { meter, limit, left, requested, fits } = quota;
  const unit = quotaUnits[meter].unit && ` ${quotaUnits[meter].unit}`;
  const figure = (amount: number) => `${quotaFigure(meter, amount)}${unit}`;
  const { used, asked } = barOf(quota);
  const after = left - requested;
  return (
    <li data-passed={fits}>
      <span className="jy-quota-meter">
        {t(`quota.meter.${meter}`)} <span className="jy-quiet-text">{quota.subjectName}</span>
      </span>
      <span className="jy-quota-bar" aria-hidden="true">
        <span data-part="used" style={{ width: `${used}%` }} />
        <span data-part={fits ? 'held' : 'over'} style={{ width: `${asked}%` }} />
      </span>
      <span className="jy-quota-parts jy-number">
        {t(fits ? 'previewMore.quotaParts' : 'previewMore.quotaShort', {
          used: figure(limit - left),
          asked: figure(requested),
          left: figure(Math.max(0, after)),
          short: figure(Math.max(0, -after)),
        })}
      </span>
    </li>
  );
}
