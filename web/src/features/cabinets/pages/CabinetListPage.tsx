import { InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { CabinetOrder, CabinetStatus, NetworkZone } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { type UrlField, urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useViewer } from '../../../ui/viewer-context';
import { CabinetListQuery, CabinetListRow, RoomChoicesQuery } from '../cabinets.gql';
import { cabinetColumns } from '../components/cabinet-columns';
import { NoSpace } from '../components/NoSpace';

const statuses: readonly CabinetStatus[] = ['IN_SERVICE', 'PLANNED', 'CLOSED', 'RETIRED'];
const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const orders: readonly CabinetOrder[] = ['CODE', 'FREE_UNITS', 'LONGEST_FREE_RUN', 'FREE_POWER', 'FREE_WEIGHT'];
/** Taller frames are not made, no feed and no frame carries more. */
const [UNITS_MAX, KILOWATTS_MAX, KILOGRAMS_MAX] = [100, 200, 10_000];
const [WATTS, GRAMS] = [1_000, 1_000];

/** Columns that would be empty in every row of a city's list. */
const FIGURES: ReadonlySet<string> = new Set([
  'usedUnits',
  'heldUnits',
  'blockedUnits',
  'freeUnits',
  'longestFreeRunUnits',
  'freePower',
  'powerLimit',
  'freeWeight',
]);

/** A positive number up to a limit; anything else is none. */
const urlNumber = (max: number): UrlField<number | null> => ({
  read: (text) => {
    const value = Number(text);
    return text && value > 0 && value <= max ? value : null;
  },
  write: (value) => (value === null ? null : String(value)),
});

const spec = {
  search: urlText(),
  center: urlText(),
  room: urlText(),
  zone: urlOneOf<NetworkZone | ''>(['', ...zones], ''),
  statuses: urlManyOf(statuses),
  units: urlNumber(UNITS_MAX),
  kw: urlNumber(KILOWATTS_MAX),
  kg: urlNumber(KILOGRAMS_MAX),
  order: urlOneOf(orders, 'CODE'),
};

export function CabinetListPage() {
  const { t } = useTranslation();
  const { permissions, seesCapacityFigures: seesFigures } = useViewer();
  // Sums over a cabinet would tell of the neighbours: only who reads the whole province may ask for them.
  const seesSums = permissions.some(
    ({ object, action, scope }) => object === 'CABINET' && action === 'READ' && scope === 'PROVINCE',
  );
  const mayOrderBy = (order: CabinetOrder): boolean =>
    seesSums || order === 'CODE' || (seesFigures && order !== 'FREE_POWER' && order !== 'FREE_WEIGHT');
  const list = useList({
    name: 'cabinets',
    spec,
    query: CabinetListQuery,
    variables: (filter) => ({
      orderBy: mayOrderBy(filter.order) ? filter.order : 'CODE',
      filter: {
        search: filter.search || null,
        centerId: filter.center || null,
        roomId: filter.room || null,
        zone: filter.zone || null,
        statuses: filter.statuses.length > 0 ? filter.statuses : null,
        minimumFreeUnits: filter.units === null || !seesFigures ? null : Math.round(filter.units * 2) / 2,
        minimumFreeWatts: filter.kw === null || !seesSums ? null : Math.round(filter.kw * WATTS),
        minimumFreeGrams: filter.kg === null || !seesSums ? null : Math.round(filter.kg * GRAMS),
      },
    }),
    rows: ({ cabinets }) => ({ ...cabinets, rows: readFragment(CabinetListRow, cabinets.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const [rooms] = useQuery({
    query: RoomChoicesQuery,
    variables: { centerId: filter.center },
    pause: filter.center === '',
  });
  const columns = useMemo(
    () =>
      cabinetColumns(t)
        .filter(({ key }) => seesFigures || !FIGURES.has(key))
        .map((column) =>
          seesSums || (column.key !== 'freePower' && column.key !== 'freeWeight')
            ? column
            : { ...column, order: undefined },
        ),
    [t, seesSums, seesFigures],
  );

  return (
    <ListPage
      list={list}
      title={t('cabinet.list')}
      columns={columns}
      rowKey={(row) => row.id}
      order={filter.order}
      onOrder={(order) => setFilter({ order })}
      filters={
        <>
          <SearchFilter
            label={t('cabinet.search')}
            placeholder={t('cabinet.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <CenterFilter
            centers={data?.centers}
            value={filter.center}
            onChange={(center) => setFilter({ center, room: '' })}
          />
          {filter.center !== '' && (
            <Select
              className="jy-filter-select"
              aria-label={t('room.title')}
              value={filter.room}
              onChange={(room: string) => setFilter({ room })}
              options={[
                { value: '', label: t('cabinet.allRooms') },
                ...(rooms.data?.rooms ?? []).map((room) => ({ value: room.id, label: room.name })),
              ]}
            />
          )}
          <Select
            className="jy-filter-select"
            aria-label={t('resource.zone')}
            value={filter.zone}
            onChange={(zone: NetworkZone | '') => setFilter({ zone })}
            options={[
              { value: '', label: t('cabinet.allZones') },
              ...zones.map((value) => ({ value, label: t(`zone.${value}`) })),
            ]}
          />
          {seesFigures && (
            <span className="jy-filter-number">
              <span aria-hidden="true">{t('cabinet.minimumUnits')}</span>
              <InputNumber
                aria-label={t('cabinet.minimumUnits')}
                min={0}
                max={UNITS_MAX}
                step={1}
                value={filter.units}
                onChange={(units) => setFilter({ units: units || null })}
                suffix="U"
              />
            </span>
          )}
          {seesSums && (
            <>
              <span className="jy-filter-number">
                <span aria-hidden="true">{t('cabinet.minimumPower')}</span>
                <InputNumber
                  aria-label={t('cabinet.minimumPower')}
                  min={0}
                  max={KILOWATTS_MAX}
                  step={0.5}
                  value={filter.kw}
                  onChange={(kw) => setFilter({ kw: kw || null })}
                  suffix="kW"
                />
              </span>
              <span className="jy-filter-number">
                <span aria-hidden="true">{t('space.minimumWeight')}</span>
                <InputNumber
                  aria-label={t('space.minimumWeight')}
                  min={0}
                  max={KILOGRAMS_MAX}
                  step={10}
                  value={filter.kg}
                  onChange={(kg) => setFilter({ kg: kg || null })}
                  suffix="kg"
                />
              </span>
            </>
          )}
          <ChipFilter
            label={t('cabinet.statusTitle')}
            options={statuses.map((value) => ({ value, text: t(`cabinet.status.${value}`) }))}
            value={filter.statuses}
            onChange={(chosen) => setFilter({ statuses: chosen })}
          />
        </>
      }
      empty={
        <NoSpace title={t('cabinet.none')} action={<Link to={routes.rooms()}>{t('room.list')}</Link>}>
          {t('cabinet.noneText')}
        </NoSpace>
      }
    />
  );
}
