import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { QuotaMeter } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { quotaMeters, quotaUnits } from '../../../ui/quota/quota-units';
import type { Column } from '../../../ui/table/columns';
import type { PlanUseRow } from '../plans.gql';
import { UseBar } from './UseBar';

export type UseRow = ResultOf<typeof PlanUseRow>;

const OPTIONAL: ReadonlySet<QuotaMeter> = new Set(['CABINET_HALF_UNIT', 'POWER_W']);

export function planUseColumns(t: TFunction): Column<UseRow>[] {
  return [
    {
      key: 'name',
      title: t('plan.use.subject'),
      leading: true,
      render: (row) => (
        <span className={row.level === 'DEPARTMENT' && row.department.level === 'BUREAU' ? 'jy-tree-2' : undefined}>
          {row.level === 'SYSTEM' ? <Link to={routes.system(row.subjectId)}>{row.name}</Link> : row.name}
          {!row.planned && <span className="jy-quiet-text"> · {t('plan.use.unplanned')}</span>}
        </span>
      ),
      text: (row) => row.name,
    },
    {
      key: 'department',
      title: t('plan.department'),
      optional: true,
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    ...quotaMeters.map(
      (meter): Column<UseRow> => ({
        key: meter,
        title: t(`quota.meter.${meter}`),
        optional: OPTIONAL.has(meter),
        render: (row) => {
          const use = row.meters.find((one) => one.meter === meter);
          return use ? <UseBar use={use} planned={row.planned} /> : '–';
        },
        text: (row) => {
          const use = row.meters.find((one) => one.meter === meter);
          const { per } = quotaUnits[meter];
          return use ? `${use.used / per} / ${use.planned / per}` : null;
        },
      }),
    ),
  ];
}
