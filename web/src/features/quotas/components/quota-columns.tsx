import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { QuotaMeter } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { QuotaBar } from '../../../ui/quota/QuotaBar';
import { quotaMeters, quotaUnits } from '../../../ui/quota/quota-units';
import type { Column } from '../../../ui/table/columns';
import type { QuotaRow } from '../quotas.gql';

export type QuotaListRow = ResultOf<typeof QuotaRow>;

/** Servers and cabinets stand behind the machines that everyone asks for. */
const OPTIONAL: ReadonlySet<QuotaMeter> = new Set(['ACCELERATOR', 'CABINET_HALF_UNIT', 'POWER_W']);

export function quotaColumns(t: TFunction, onEdit: (id: string) => void): Column<QuotaListRow>[] {
  return [
    {
      key: 'name',
      title: t('quota.subject'),
      leading: true,
      render: (row) => (
        <span className={row.level === 'DEPARTMENT' && row.department.level === 'BUREAU' ? 'jy-tree-2' : undefined}>
          {row.editable ? (
            <Button
              type="link"
              className="jy-inline-button"
              aria-label={t('quota.editOf', { name: row.name })}
              icon={<EditOutlined aria-hidden />}
              iconPlacement="end"
              onClick={() => onEdit(row.id)}
            >
              {row.name}
            </Button>
          ) : (
            row.name
          )}
        </span>
      ),
      text: (row) => row.name,
    },
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    ...quotaMeters.map(
      (meter): Column<QuotaListRow> => ({
        key: meter,
        title: t(`quota.meter.${meter}`),
        optional: OPTIONAL.has(meter),
        render: (row) => {
          const state = row.meters.find((one) => one.meter === meter);
          return state ? <QuotaBar state={state} /> : '–';
        },
        text: (row) => {
          const state = row.meters.find((one) => one.meter === meter);
          const { per } = quotaUnits[meter];
          return state
            ? `${(state.allocated + state.held) / per} / ${state.limit === null ? t('quota.unlimited') : state.limit / per}`
            : null;
        },
      }),
    ),
  ];
}
