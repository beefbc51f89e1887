import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { PowerAction, ResourceOrder, ResourceOrigin, ResourceState, UseFinding } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { BatchBar } from '../../../ui/list/BatchBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useSelection } from '../../../ui/list/use-selection';
import { EmptyState } from '../../../ui/page-states';
import { resourceStates } from '../../../ui/states';
import type { Column } from '../../../ui/table/columns';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay } from '../../../ui/viewer-context';
import { BatchPowerDialog } from '../components/BatchPowerDialog';
import { BatchReleaseDialog } from '../components/BatchReleaseDialog';
import { resourceColumns } from '../components/resource-columns';
import { ResourceListQuery, ResourceRow } from '../resources.gql';

type Row = ResultOf<typeof ResourceRow>;

const states = Object.keys(resourceStates) as ResourceState[];
const origins: readonly ResourceOrigin[] = ['REQUEST', 'INTAKE'];
const uses: readonly UseFinding[] = ['IDLE', 'OVERSIZED'];
const orders: readonly ResourceOrder[] = ['NEWEST', 'NAME'];
const spec = {
  search: urlText(),
  states: urlManyOf(states),
  center: urlText(),
  origin: urlManyOf(origins),
  use: urlManyOf(uses),
  department: urlText(),
  order: urlOneOf(orders, 'NEWEST'),
};

/** Into the bin only: what goes at once is released alone, on its own page. */
const mayRelease = (row: Row) =>
  row.state === 'IN_USE' && row.availableActions.some((one) => one.action === 'RELEASE' && !one.disabledReason);

const powers: readonly PowerAction[] = ['START', 'STOP'];
const mayDo = (row: Row, action: PowerAction) =>
  row.availableActions.some((one) => one.action === action && !one.disabledReason);
const mayTick = (row: Row) => mayRelease(row) || powers.some((action) => mayDo(row, action));

export function ResourceListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'resources',
    spec,
    tableName: ({ use }) => (use.length > 0 ? 'resources-use' : 'resources'),
    query: ResourceListQuery,
    variables: ({ search, states, center, origin, use, department, order }) => ({
      orderBy: order,
      ofUse: use.length > 0,
      filter: {
        search: search || null,
        states: states.length > 0 ? states : null,
        centerId: center || null,
        // Both is every one.
        origin: origin.length === 1 ? (origin[0] ?? null) : null,
        uses: use.length > 0 ? use : null,
        departmentId: department || null,
      },
    }),
    rows: ({ resources }) => ({ ...resources, rows: readFragment(ResourceRow, resources.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const selection = useSelection(list.rows, mayTick);
  const { selected, select, selectable, chosen } = selection;
  const [asked, setAsked] = useState<'RELEASE' | PowerAction | null>(null);
  const releasable = chosen.filter(mayRelease);
  const close = () => {
    setAsked(null);
    selection.clear();
  };
  const navigate = useNavigate();
  const systems = new Set(chosen.map(({ system }) => system.id));
  const ofUse = filter.use.length > 0;
  const columns = useMemo((): Column<Row, ResourceOrder>[] => {
    const tick: Column<Row, ResourceOrder> = {
      key: 'select',
      title: t('life.select'),
      tick: true,
      leading: true,
      render: (row) => (
        <Checkbox
          aria-label={t('life.selectOne', { name: row.name })}
          disabled={!mayTick(row)}
          checked={selected.has(row.id)}
          onChange={(event) => select(row.id, event.target.checked)}
        />
      ),
      text: () => null,
    };
    // Every machine has a price; who keeps machines running reads none.
    const rest = resourceColumns(t, ofUse).filter(({ key }) => key !== 'monthlyCost' || may('PRICE', 'READ'));
    return may('RESOURCE', 'RELEASE') || may('RESOURCE', 'OPERATE') ? [tick, ...rest] : rest;
  }, [t, may, selected, select, ofUse]);
  const options = useMemo(() => states.map((value) => ({ value, text: t(`state.resource.${value}`) })), [t]);

  return (
    <>
      <ListPage
        list={list}
        title={t('resource.list')}
        columns={columns}
        rowKey={(row) => row.id}
        order={filter.order}
        onOrder={(order) => setFilter({ order })}
        actions={
          selectable.length > 0 && (
            <BatchBar
              danger
              all={selection.all}
              chosen={releasable.length}
              text={may('RESOURCE', 'RELEASE') ? t('life.release', { selected: releasable.length }) : undefined}
              onToggleAll={selection.toggleAll}
              onPress={() => setAsked('RELEASE')}
              other={
                <>
                  {powers.map((action) => {
                    const able = chosen.filter((row) => mayDo(row, action)).length;
                    return (
                      <Button key={action} disabled={able === 0} onClick={() => setAsked(action)}>
                        {t('operate.batch', { act: t(`resource.action.${action}`), selected: able })}
                      </Button>
                    );
                  })}
                  {may('REQUEST', 'CREATE') && (
                    <Button
                      disabled={releasable.length === 0 || systems.size > 1}
                      title={systems.size > 1 ? t('change.oneSystem') : undefined}
                      onClick={() => void navigate(routes.changeRequest(releasable.map(({ id }) => id)))}
                    >
                      {t('change.startMany', { machines: releasable.length })}
                    </Button>
                  )}
                </>
              }
            />
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('resource.search')}
              placeholder={t('resource.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
            {may('DEPARTMENT', 'READ') && (
              <DepartmentSelect
                className="jy-filter-select"
                label={t('request.department')}
                none={t('use.anyDepartment')}
                value={filter.department}
                onChange={(department) => setFilter({ department })}
              />
            )}
            <ChipFilter
              label={t('resource.state')}
              options={options}
              value={filter.states}
              onChange={(chosen) => setFilter({ states: chosen })}
            />
            <ChipFilter
              label={t('origin.title')}
              options={origins.map((value) => ({ value, text: t(`origin.${value}`) }))}
              value={filter.origin}
              onChange={(chosen) => setFilter({ origin: chosen })}
            />
            <ChipFilter
              label={t('use.title')}
              options={uses.map((value) => ({ value, text: t(`use.filter.${value}`) }))}
              value={filter.use}
              onChange={(chosen) => setFilter({ use: chosen })}
            />
          </>
        }
        empty={
          <EmptyState
            title={t(filter.use.length > 0 ? 'use.noneFound' : 'resource.none')}
            action={may('REQUEST', 'CREATE') && <Link to={routes.newRequest()}>{t('request.new')}</Link>}
          >
            {t(filter.use.length > 0 ? 'use.noneFoundText' : 'resource.noneText')}
          </EmptyState>
        }
      />
      {asked === 'RELEASE' && <BatchReleaseDialog rows={releasable} onClose={close} />}
      {asked !== null && asked !== 'RELEASE' && (
        <BatchPowerDialog action={asked} rows={chosen.filter((row) => mayDo(row, asked))} onClose={close} />
      )}
    </>
  );
}
