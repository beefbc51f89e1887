import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { QuotaMeter } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { quotaFigure, quotaMeters, quotaUnits } from '../../../ui/quota/quota-units';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { planStates } from '../plan-look';
import type { PlanRow } from '../plans.gql';

export type PlanListRow = ResultOf<typeof PlanRow>;

/** What a list shows at once; the rest is a click away. */
const SHOWN: ReadonlySet<QuotaMeter> = new Set(['VCPU', 'MEMORY_MIB', 'STORAGE_GIB']);

export function planColumns(t: TFunction): Column<PlanListRow>[] {
  return [
    {
      key: 'code',
      title: t('plan.code'),
      leading: true,
      render: (row) => (
        <Link className="jy-code" to={routes.plan(row.id)}>
          {row.code}
        </Link>
      ),
      text: (row) => row.code,
    },
    {
      key: 'department',
      title: t('plan.department'),
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    {
      key: 'kind',
      title: t('plan.kind'),
      render: (row) => t(`plan.kinds.${row.kind}`),
      text: (row) => t(`plan.kinds.${row.kind}`),
    },
    {
      key: 'state',
      title: t('plan.state'),
      render: (row) => <StateTag look={planStates[row.state]} word={t(`plan.states.${row.state}`)} />,
      text: (row) => t(`plan.states.${row.state}`),
    },
    {
      key: 'next',
      title: t('plan.next'),
      optional: true,
      render: (row) => t(`plan.nextBy.${row.state}`),
      text: (row) => t(`plan.nextBy.${row.state}`),
    },
    {
      key: 'since',
      title: t('plan.since'),
      render: (row) => <Time at={row.stateSince} />,
      text: (row) => exactTime(row.stateSince),
    },
    ...quotaMeters.map(
      (meter): Column<PlanListRow> => ({
        key: meter,
        title: t(`quota.meter.${meter}`),
        numeric: true,
        optional: !SHOWN.has(meter),
        render: (row) => {
          const amount = row.amounts.find((one) => one.meter === meter);
          const { unit } = quotaUnits[meter];
          return amount ? `${quotaFigure(meter, amount.accepted)}${unit && ` ${unit}`}` : '–';
        },
        text: (row) => {
          const amount = row.amounts.find((one) => one.meter === meter);
          return amount ? amount.accepted / quotaUnits[meter].per : null;
        },
      }),
    ),
    {
      key: 'lines',
      title: t('plan.lineCount'),
      numeric: true,
      optional: true,
      render: (row) => count(row.lineCount),
      text: (row) => row.lineCount,
    },
    {
      key: 'monthly',
      title: t('plan.monthly'),
      numeric: true,
      render: (row) => <Money fen={row.monthly} compact />,
      text: (row) => (row.monthly === null ? null : yuanCell(row.monthly)),
    },
  ];
}
