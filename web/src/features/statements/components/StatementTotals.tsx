import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { StatementFrameParts } from '../statements.gql';

/** What a statement comes to, and what of it is not in that sum. */
export function StatementTotals({ frame: masked }: { frame: FragmentOf<typeof StatementFrameParts> }) {
  const { t } = useTranslation();
  const { total, cities, proration, sameUnitMinimum } = readFragment(StatementFrameParts, masked);
  const figures = [
    { label: t('statement.amount'), value: <Money fen={total.amount} compact /> },
    { label: t('statement.drAmount'), value: <Money fen={total.drAmount} compact /> },
    ...(total.correctedAmount === '0'
      ? []
      : [{ label: t('statement.corrected'), value: <Money fen={total.correctedAmount} compact /> }]),
    { label: t('statement.resources'), value: count(total.resources) },
    { label: t('statement.unpriced'), value: count(total.unpriced), bad: total.unpriced > 0 },
    { label: t('statement.disputed'), value: count(total.disputed) },
    ...(total.suspended > 0 ? [{ label: t('statement.suspended'), value: count(total.suspended) }] : []),
    ...(cities ? [{ label: t('statement.cities'), value: <Money fen={cities.amount} compact /> }] : []),
  ];
  return (
    <>
      <ul className="jy-figures jy-figures-narrow" aria-label={t('statement.totals')}>
        {figures.map(({ label, value, bad }) => (
          <li key={label} className="jy-figure" data-bad={bad}>
            <div>
              <span className="jy-figure-label">{label}</span>
              <span className="jy-figure-value">{value}</span>
            </div>
          </li>
        ))}
      </ul>
      <ul className="jy-statement-notes">
        {proration && sameUnitMinimum && (
          <li>
            {t('statement.proration')}: {t(`statement.prorations.${proration}`)};{' '}
            {t(`statement.minimums.${sameUnitMinimum}`)}
          </li>
        )}
        {total.unpriced > 0 && <li>{t('statement.unpricedText', { count: total.unpriced })}</li>}
        {total.suspended > 0 && <li>{t('statement.suspendedText', { count: total.suspended })}</li>}
        {total.disputed > 0 && <li>{t('statement.disputedText', { count: total.disputed })}</li>}
      </ul>
    </>
  );
}
