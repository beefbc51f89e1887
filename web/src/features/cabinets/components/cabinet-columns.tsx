import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { CabinetOrder } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { CabinetListRow } from '../cabinets.gql';
import { CabinetStatusTag } from './CabinetStatusTag';
import { kilograms, kilowatts } from './use-cabinet-words';

type Row = ResultOf<typeof CabinetListRow>;

/** null = not for this viewer. */
const number = (value: string | number | null) => (value === null ? '–' : <span className="jy-number">{value}</span>);
const orNone = (value: number | null | undefined, words: (value: number) => string) =>
  value === null || value === undefined ? null : words(value);
const thousands = (value: number | null | undefined) => (value === null || value === undefined ? null : value / 1_000);

export function cabinetColumns(t: TFunction): Column<Row, CabinetOrder>[] {
  return [
    {
      key: 'code',
      title: t('cabinet.code'),
      leading: true,
      order: { ascending: 'CODE' },
      render: (row) => <Link to={routes.cabinet(row.id)}>{row.code}</Link>,
      text: (row) => row.code,
    },
    {
      key: 'status',
      title: t('cabinet.statusTitle'),
      render: (row) => <CabinetStatusTag status={row.status} />,
      text: (row) => t(`cabinet.status.${row.status}`),
    },
    {
      key: 'center',
      title: t('resource.center'),
      render: (row) => <CenterMark role={row.center.role} name={row.center.name} />,
      text: (row) => row.center.name,
    },
    {
      key: 'room',
      title: t('room.title'),
      render: (row) => <Link to={routes.room(row.room.id)}>{row.room.name}</Link>,
      text: (row) => row.room.name,
    },
    {
      key: 'row',
      title: t('cabinet.row'),
      render: (row) => <Link to={routes.cabinetRow(row.row.id)}>{row.row.code}</Link>,
      text: (row) => row.row.code,
    },
    {
      key: 'zone',
      title: t('resource.zone'),
      render: (row) => t(`zone.${row.zone}`),
      text: (row) => t(`zone.${row.zone}`),
    },
    {
      key: 'department',
      title: t('cabinet.wholeDepartment'),
      optional: true,
      render: (row) => row.department?.name ?? '–',
      text: (row) => row.department?.name ?? null,
    },
    {
      key: 'heightUnits',
      title: t('cabinet.heightUnits'),
      numeric: true,
      optional: true,
      render: (row) => number(row.heightUnits),
      text: (row) => row.heightUnits,
    },
    {
      key: 'usedUnits',
      title: t('cabinet.usedUnitsTitle'),
      numeric: true,
      render: (row) => number(row.usedUnits),
      text: (row) => row.usedUnits,
    },
    {
      key: 'heldUnits',
      title: t('cabinet.heldUnitsTitle'),
      numeric: true,
      optional: true,
      render: (row) => number(row.heldUnits),
      text: (row) => row.heldUnits,
    },
    {
      key: 'blockedUnits',
      title: t('cabinet.blockedUnitsTitle'),
      numeric: true,
      optional: true,
      render: (row) => number(row.blockedUnits),
      text: (row) => row.blockedUnits,
    },
    {
      key: 'freeUnits',
      title: t('cabinet.freeUnitsTitle'),
      numeric: true,
      order: { descending: 'FREE_UNITS' },
      render: (row) => number(row.freeUnits),
      text: (row) => row.freeUnits,
    },
    {
      key: 'longestFreeRunUnits',
      title: t('cabinet.longestTitle'),
      numeric: true,
      order: { descending: 'LONGEST_FREE_RUN' },
      render: (row) => number(row.longestFreeRunUnits),
      text: (row) => row.longestFreeRunUnits,
    },
    {
      key: 'freePower',
      title: t('cabinet.freePowerTitle'),
      numeric: true,
      order: { descending: 'FREE_POWER' },
      render: (row) => number(orNone(row.power?.freeW, kilowatts)),
      text: (row) => thousands(row.power?.freeW),
    },
    {
      key: 'measuredPower',
      title: t('cabinet.measuredPowerTitle'),
      numeric: true,
      optional: true,
      render: (row) =>
        row.measuredPowerW === null ? (
          <span className="jy-quiet-text">{row.power?.usedW == null ? '–' : t('energy.unknown')}</span>
        ) : (
          <span title={row.powerMeasuredAt ? `${exactTime(row.powerMeasuredAt)} UTC+8` : undefined}>
            {number(kilowatts(row.measuredPowerW))}
          </span>
        ),
      text: (row) => (row.measuredPowerW === null ? null : row.measuredPowerW / 1_000),
    },
    {
      key: 'powerLimit',
      title: t('cabinet.powerLimitTitle'),
      numeric: true,
      optional: true,
      render: (row) => number(orNone(row.power?.limitW, kilowatts)),
      text: (row) => thousands(row.power?.limitW),
    },
    {
      key: 'freeWeight',
      title: t('cabinet.freeWeightTitle'),
      numeric: true,
      optional: true,
      order: { descending: 'FREE_WEIGHT' },
      render: (row) => number(orNone(row.weight?.freeGrams, kilograms)),
      text: (row) => thousands(row.weight?.freeGrams),
    },
    {
      key: 'rackType',
      title: t('cabinet.rackType'),
      optional: true,
      render: (row) => row.rackType ?? '–',
      text: (row) => row.rackType,
    },
  ];
}
