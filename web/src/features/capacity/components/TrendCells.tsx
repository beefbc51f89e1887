import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { TrendLine } from './TrendLine';

/** Below these a person should look, and act. */
const SOON_DAYS = 180;
const VERY_SOON_DAYS = 60;

export type Trend = {
  history: readonly { month: string; amount: number }[];
  perMonth: number | null;
  daysToFull: number | null;
};

/** Of the columns below. */
export const TREND_COLUMNS = 3;

export function TrendHeads() {
  const { t } = useTranslation();
  return (
    <>
      <th scope="col">{t('capacity.trend')}</th>
      <th scope="col" className="jy-cell-number">
        {t('capacity.perMonth')}
      </th>
      <th scope="col" className="jy-cell-number">
        {t('capacity.daysToFull')}
      </th>
    </>
  );
}

type Props = {
  trend: Trend;
  name: string;
  /** What one unit on the page is of the unit in the answer. */
  scale: number;
  total: number;
};

/** How use went, what it grows by in a month, and in how many days there is no room left. */
export function TrendCells({ trend, name, scale, total }: Props) {
  const { t } = useTranslation();
  const values = trend.history.map((month) => month.amount / scale);
  const { perMonth } = trend;
  return (
    <>
      <td>
        <TrendLine
          values={values}
          label={t('capacity.trendText', {
            meter: name,
            first: count(values[0] ?? 0),
            last: count(values.at(-1) ?? 0),
          })}
        />
      </td>
      <td className="jy-cell-number">{perMonth === null ? '–' : signed(count(perMonth / scale))}</td>
      <td className="jy-cell-number">
        <Days days={trend.daysToFull} total={total} />
      </td>
    </>
  );
}

function Days({ days, total }: { days: number | null; total: number }) {
  const { t } = useTranslation();
  if (total === 0) return <>–</>;
  if (days === null) return <span className="jy-quiet-text">{t('capacity.notFilling')}</span>;
  const text = days === 0 ? t('capacity.full') : t('capacity.days', { days: count(days) });
  const tone = days < VERY_SOON_DAYS ? 'jy-bad-text' : days < SOON_DAYS ? 'jy-waiting-text' : undefined;
  return <span className={tone}>{text}</span>;
}

/** What is shown as nought has no sign. */
function signed(amount: string): string {
  if (!/[1-9]/.test(amount)) return amount.replace(/^[-−]/, '');
  return /^[-−]/.test(amount) ? amount : `+${amount}`;
}
