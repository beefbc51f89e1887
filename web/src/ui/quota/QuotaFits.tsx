import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { QuotaLevel, QuotaMeter } from '../../graphql/enums';
import { quotaFigure, quotaUnits } from './quota-units';

type Fit = {
  level: QuotaLevel;
  subjectName: string;
  meter: QuotaMeter;
  requested: number;
  left: number;
  fits: boolean;
};

/** Every limit on the way that is asked for; those that are too small stand open, the rest folds away. */
export function QuotaFits({ quotas }: { quotas: readonly Fit[] }) {
  const { t } = useTranslation();
  if (quotas.length === 0) return null;
  const fitting = quotas.filter((quota) => quota.fits).length;
  return (
    <details open={fitting < quotas.length}>
      <summary>{t('quota.fit', { passed: fitting, total: quotas.length })}</summary>
      <ul className="jy-checks">
        {quotas.map(({ level, subjectName, meter, requested, left, fits }) => (
          <li key={`${level} ${subjectName} ${meter}`} data-passed={fits}>
            {fits ? <CheckCircleOutlined aria-hidden /> : <CloseCircleOutlined aria-hidden />}
            <span>
              <span className="jy-sr-only">{t(fits ? 'preview.passed' : 'preview.failed')}</span>
              {t('quota.fitLeft', {
                name: subjectName,
                meter: t(`quota.meter.${meter}`),
                requested: quotaFigure(meter, requested),
                left: quotaFigure(meter, left),
                unit: quotaUnits[meter].unit && ` ${quotaUnits[meter].unit}`,
              })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
