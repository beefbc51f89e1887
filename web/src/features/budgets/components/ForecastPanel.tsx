import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import type { BudgetParts } from '../budgets.gql';

/** What an item will have been used for at its year's end, and how that is reckoned. */
export function ForecastPanel({ budget }: { budget: ResultOf<typeof BudgetParts> }) {
  const { t } = useTranslation();
  const { forecast, grain, year } = budget;
  if (grain !== 'ITEM') return null;
  if (!forecast)
    return (
      <Panel title={t('budget.forecast')}>
        <p className="jy-quiet-text">{t('budget.forecastUnknown')}</p>
      </Panel>
    );
  const short = BigInt(forecast.left) < 0n;
  return (
    <Panel title={t('budget.forecastOf', { year })}>
      <Facts
        facts={[
          { label: t('budget.forecastTotal'), value: <Money fen={forecast.total} compact /> },
          {
            label: t(short ? 'budget.forecastShort' : 'budget.forecastLeft'),
            value: <Money fen={short ? (-BigInt(forecast.left)).toString() : forecast.left} compact />,
          },
          { label: t('budget.forecastSpent'), value: <Money fen={forecast.spent} compact /> },
          { label: t('budget.forecastDrafted'), value: <Money fen={forecast.drafted} compact /> },
          { label: t('budget.forecastRunning'), value: <Money fen={forecast.running} compact /> },
        ]}
      />
      <p className="jy-quiet-text">
        {t('budget.forecastMethod')}
        {forecast.draftedAt && (
          <>
            {' '}
            {t('budget.forecastDraftedAt')} <Time at={forecast.draftedAt} exact />
          </>
        )}
      </p>
    </Panel>
  );
}
