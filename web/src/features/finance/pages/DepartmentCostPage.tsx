import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { BudgetUsePanel } from '../components/BudgetUsePanel';
import { costFigures } from '../components/cost-figures';
import { type FinanceFigure, FinanceFigures } from '../components/FinanceFigures';
import { MonthBars } from '../components/MonthBars';
import { MoversPanel } from '../components/MoversPanel';
import { SystemsOfYear } from '../components/SystemsOfYear';
import { ConfirmPanel, DisputesPanel } from '../components/waiting-panels';
import { BudgetUseParts, CostMoversParts, DepartmentCostPageQuery } from '../finance.gql';
import { budgetFigure, thisMonth } from '../finance-words';

/** 单位费用概览: what one department's use costs, how far its budget reaches, and what waits for its word. */
export function DepartmentCostPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const department = id ?? null;
  const to = thisMonth();
  const from = `${to.slice(0, 4)}-01`;
  const [{ data, error }, ask] = useQuery({
    query: DepartmentCostPageQuery,
    variables: { departmentId: department, year: Number(to.slice(0, 4)), from, to },
    requestPolicy: 'cache-and-network',
  });
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const { budgetUse, costOverview: overview, lineDisputes: disputes, statementsToConfirm: toConfirm } = data;
  if (department && overview.departmentName === null)
    return (
      <EmptyState title={t('finance.unknown')} action={<Link to={routes.costs()}>{t('finance.openCosts')}</Link>}>
        {t('finance.unknownText')}
      </EmptyState>
    );
  const figures: FinanceFigure[] = [
    ...costFigures(t, overview, department),
    budgetFigure(t, readFragment(BudgetUseParts, budgetUse), department),
    {
      label: t('finance.toConfirm'),
      value: count(toConfirm.length),
      to: routes.statements(),
      urgent: toConfirm.length > 0,
    },
    {
      label: t('finance.openDisputes'),
      value: count(disputes.totalCount),
      to: routes.disputes({ state: 'OPEN', department }),
    },
  ];
  const { beforeMonth: before, lastMonth: after } = overview;
  // Of one department this says what the total says.
  const several = readFragment(CostMoversParts, overview.departments).movers.length > 1;
  return (
    <>
      <PageHeader
        title={
          department
            ? t('finance.departmentTitle', { department: overview.departmentName ?? '–' })
            : t('finance.ownTitle')
        }
        back={department && <Link to={routes.costs()}>{t('finance.openCosts')}</Link>}
      >
        {t('finance.departmentLead')}
      </PageHeader>
      <FinanceFigures label={t('finance.figures')} figures={figures} />
      <MonthBars overview={overview} department={department} />
      <div className="jy-columns jy-finance-columns">
        <ConfirmPanel statements={toConfirm} />
        <DisputesPanel disputes={disputes} department={department} />
      </div>
      <div className="jy-columns jy-finance-columns">
        <SystemsOfYear systems={data.costPivot} from={from} to={to} department={department} />
        <div className="jy-finance-stack">
          <MoversPanel movers={overview.systems} by="SYSTEM" before={before} after={after} department={department} />
          {several && (
            <MoversPanel
              movers={overview.departments}
              by="DEPARTMENT"
              before={before}
              after={after}
              department={department}
            />
          )}
          <BudgetUsePanel use={budgetUse} department={department} />
        </div>
      </div>
    </>
  );
}
