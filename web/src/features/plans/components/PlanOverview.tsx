import { useTranslation } from 'react-i18next';
import type { PlanKind, PlanState } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { underWay } from '../plan-look';

type Sum = { state: PlanState; kind: PlanKind; plans: number; monthly: string };
type Props = { year: number; departments: number; sums: readonly Sum[] };

const begun: readonly PlanState[] = ['DRAFT', 'RETURNED', ...underWay, 'APPROVED'];

/** How far the year's plans are, and what they would cost. */
export function PlanOverview({ year, departments, sums }: Props) {
  const { t } = useTranslation();
  const plans = (kind: PlanKind, states: readonly PlanState[]) =>
    sums.filter((sum) => sum.kind === kind && states.includes(sum.state)).reduce((total, sum) => total + sum.plans, 0);
  const monthly = (states: readonly PlanState[]) =>
    sums
      .filter((sum) => states.includes(sum.state))
      .reduce((total, sum) => total + BigInt(sum.monthly), 0n)
      .toString();
  const started = plans('ANNUAL', begun);
  return (
    <Panel title={t('plan.overview.title', { year })}>
      <Facts
        facts={[
          { label: t('plan.overview.departments'), value: count(departments) },
          { label: t('plan.overview.begun'), value: count(started) },
          { label: t('plan.overview.missing'), value: count(Math.max(0, departments - started)) },
          { label: t('plan.overview.waiting'), value: count(plans('ANNUAL', underWay)) },
          { label: t('plan.overview.approved'), value: count(plans('ANNUAL', ['APPROVED'])) },
          { label: t('plan.overview.additions'), value: count(plans('ADDITION', begun)) },
          {
            label: t('plan.overview.declaredMonthly'),
            value: <Money fen={monthly([...underWay, 'APPROVED'])} compact />,
          },
          { label: t('plan.overview.approvedMonthly'), value: <Money fen={monthly(['APPROVED'])} compact /> },
        ]}
      />
    </Panel>
  );
}
