import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { BudgetYearParts, BudgetYearQuery } from '../budget-years.gql';
import { OpeningPanel } from '../components/OpeningPanel';
import { UnpaidList } from '../components/UnpaidList';
import { ThresholdsPanel } from '../forms/ThresholdsPanel';
import { YearEndPanel } from '../forms/YearEndPanel';

/** The budget year is the calendar year in Shanghai. */
const thisYear = () => new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const spec = { year: urlText() };

/** 预算年度: opened for what runs, spent by closed months, brought to its end; and the rule of thresholds. */
export function BudgetYearPage() {
  const { t } = useTranslation();
  const [{ year: chosen }, choose] = useUrlState(spec);
  const year = Number.parseInt(chosen, 10) || thisYear();
  const [{ data, error }, ask] = useQuery({
    query: BudgetYearQuery,
    variables: { year },
    requestPolicy: 'cache-and-network',
  });
  const back = <Link to={routes.budgets()}>{t('budget.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const budgetYear = readFragment(BudgetYearParts, data.budgetYear);
  const now = thisYear();
  const years = [...new Set([year, now, now + 1, ...data.budgetTotals.years])].sort((a, b) => b - a);
  const { firstUnspent, unpaid } = budgetYear;
  return (
    <>
      <PageHeader
        title={t('budgetYear.title')}
        back={back}
        actions={
          <Select
            className="jy-filter-select"
            aria-label={t('budget.year')}
            value={year}
            onChange={(value: number) => choose({ year: String(value) })}
            options={years.map((value) => ({ value, label: t('budget.ofYear', { year: value }) }))}
          />
        }
      >
        {t('budgetYear.lead')}
      </PageHeader>
      <OpeningPanel key={`opening ${year}`} budgetYear={budgetYear} />
      <Panel title={t('budgetYear.spending')}>
        <p>
          {firstUnspent === null
            ? t('budgetYear.allSpent', { year })
            : t('budgetYear.firstUnspent', { month: firstUnspent })}
        </p>
        <UnpaidList sums={unpaid} />
      </Panel>
      <YearEndPanel key={`end ${year}`} budgetYear={budgetYear} />
      <ThresholdsPanel thresholds={data.budgetThresholds} />
    </>
  );
}
