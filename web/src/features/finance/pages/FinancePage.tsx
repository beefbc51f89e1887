import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { BudgetUsePanel } from '../components/BudgetUsePanel';
import { ClosingPanel } from '../components/ClosingPanel';
import { costFigures } from '../components/cost-figures';
import { type FinanceFigure, FinanceFigures } from '../components/FinanceFigures';
import { MonthBars } from '../components/MonthBars';
import { MoversPanel } from '../components/MoversPanel';
import { DifferencePanel, PaymentsPanel } from '../components/spend-panels';
import { DisputesPanel } from '../components/waiting-panels';
import { BudgetUseParts, DuePaymentsParts, FinancePageQuery } from '../finance.gql';
import { budgetFigure, thisMonth } from '../finance-words';

/** 财政首页: where the month, the year, the close, the budgets and the payments stand; every figure opens its page. */
export function FinancePage() {
  const { t } = useTranslation();
  const may = useMay();
  const viewer = useViewer();
  const year = Number(thisMonth().slice(0, 4));
  const [{ data, error }, ask] = useQuery({
    query: FinancePageQuery,
    variables: { year, spends: may('SPEND', 'READ') },
    requestPolicy: 'cache-and-network',
  });
  const header = (
    <PageHeader title={t('finance.title')}>
      {t('finance.lead', { scope: viewer.departmentName ?? t('shell.wholeProvince') })}
    </PageHeader>
  );
  if (!data)
    return (
      <>
        {header}
        {error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={12} />
        )}
      </>
    );
  const { costOverview: overview, spendReconciliation: reconciled } = data;
  const due = readFragment(DuePaymentsParts, data.duePayments ?? null);
  const figures: FinanceFigure[] = [
    ...costFigures(t, overview, null),
    budgetFigure(t, readFragment(BudgetUseParts, data.budgetUse), null),
    ...(due
      ? [
          {
            label: t('finance.duePayments', { until: due.until }),
            value: <Money fen={due.rest} compact />,
            note: due.overdueCount > 0 ? t('finance.overdue', { count: due.overdueCount }) : null,
            to: routes.contracts(),
            bad: due.overdueCount > 0,
          },
        ]
      : []),
    ...(reconciled
      ? [
          {
            label: t('finance.unexplained', { year }),
            value: <Money fen={reconciled.total.unexplained} compact signed />,
            to: routes.reconciliation(year),
          },
        ]
      : []),
  ];
  const { beforeMonth: before, lastMonth: after } = overview;
  return (
    <>
      {header}
      <FinanceFigures label={t('finance.figures')} figures={figures} />
      <MonthBars overview={overview} department={null} />
      <div className="jy-columns jy-finance-columns">
        <ClosingPanel closing={data.monthToClose} />
        <div className="jy-finance-stack">
          <DisputesPanel disputes={data.lineDisputes} department={null} />
          {data.duePayments && <PaymentsPanel due={data.duePayments} />}
        </div>
      </div>
      <div className="jy-columns jy-finance-columns">
        <MoversPanel movers={overview.departments} by="DEPARTMENT" before={before} after={after} department={null} />
        <MoversPanel movers={overview.systems} by="SYSTEM" before={before} after={after} department={null} />
      </div>
      <div className="jy-columns jy-finance-columns">
        {reconciled && <DifferencePanel year={year} centers={reconciled.centers} total={reconciled.total} />}
        <BudgetUsePanel use={data.budgetUse} department={null} />
      </div>
    </>
  );
}
