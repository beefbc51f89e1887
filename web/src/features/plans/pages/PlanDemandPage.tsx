import { Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { PlanDemandBasis } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { DemandTable, inOrder, SaveDemand } from '../components/DemandTable';
import { PlanTabs } from '../components/PlanTabs';
import { yearsToChoose, yearToPlan } from '../plan-years';
import { PlanDemandQuery } from '../plans.gql';

const bases: readonly PlanDemandBasis[] = ['DECLARED', 'APPROVED'];
const spec = { year: urlText(), basis: urlOneOf(bases, 'DECLARED') };

/** The province's plans against what its centers have: what is short, where, and from when on. */
export function PlanDemandPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useUrlState(spec);
  const year = Number.parseInt(filter.year, 10) || yearToPlan();
  const [{ data, error, fetching }, ask] = useQuery({
    query: PlanDemandQuery,
    variables: { year, basis: filter.basis },
    requestPolicy: 'cache-and-network',
  });
  const report = data?.planDemand;
  const rows = useMemo(() => inOrder(report?.rows ?? []), [report]);
  const short = rows.filter((row) => row.short > 0).length;
  return (
    <>
      <PageHeader title={t('plan.demand.title')} actions={<SaveDemand rows={rows} year={year} />}>
        {t('plan.demand.lead')}
        <PlanTabs />
      </PageHeader>
      <div className="jy-filter-bar">
        <Select
          className="jy-filter-select"
          aria-label={t('plan.year')}
          value={year}
          onChange={(value: number) => setFilter({ year: String(value) })}
          options={yearsToChoose(year, data?.planYears).map((value) => ({
            value,
            label: t('plan.ofYear', { year: value }),
          }))}
        />
        <Segmented
          aria-label={t('plan.demand.basis')}
          value={filter.basis}
          onChange={(basis) => setFilter({ basis })}
          options={bases.map((value) => ({ value, label: t(`plan.demand.bases.${value}`) }))}
        />
      </div>
      {report ? (
        <Panel
          title={short > 0 ? t('plan.demand.shortages', { count: short }) : t('plan.demand.noShortage')}
          aside={
            <span className="jy-quiet-text">
              {t('plan.demand.summed', { departments: report.departments, systems: report.systems })}
            </span>
          }
        >
          {report.systems === 0 ? (
            <EmptyState title={t('plan.demand.none')} action={<Link to={routes.plans()}>{t('plan.list')}</Link>}>
              {t('plan.demand.noneText')}
            </EmptyState>
          ) : (
            <div aria-busy={fetching}>
              <DemandTable rows={rows} />
            </div>
          )}
        </Panel>
      ) : error ? (
        <FailureState
          failure={failureOf(error)}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
          home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
        />
      ) : (
        <LoadingState rows={10} />
      )}
    </>
  );
}
