import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { CpuMaker, Origin, ServerArchitecture, ServerOrder } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type UrlValues, urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { CountChips } from '../components/CountChips';
import { ModelSelect } from '../components/ModelSelect';
import { SystemSelect } from '../components/SystemSelect';
import { serverColumns } from '../components/server-columns';
import { serverStates } from '../components/server-states';
import { useEngineer } from '../components/use-engineer';
import { ServerCountsQuery, ServerListQuery, ServerListRow } from '../servers.gql';

const architectures: readonly ServerArchitecture[] = ['AMD64', 'ARM64', 'LOONGARCH64'];
const makerKeys: readonly CpuMaker[] = ['KUNPENG', 'PHYTIUM', 'HYGON', 'ZHAOXIN', 'LOONGSON', 'INTEL', 'AMD'];
const orders: readonly ServerOrder[] = ['ASSET_NUMBER', 'NEWEST'];

const spec = {
  search: urlText(),
  states: urlManyOf(serverStates),
  maker: urlOneOf<CpuMaker | ''>(['', ...makerKeys], ''),
  architecture: urlOneOf<ServerArchitecture | ''>(['', ...architectures], ''),
  center: urlText(),
  model: urlText(),
  accelerator: urlText(),
  department: urlText(),
  system: urlText(),
  origin: urlOneOf<Origin | ''>(['', 'REQUEST', 'INTAKE'], ''),
  order: urlOneOf(orders, 'ASSET_NUMBER'),
};

const filterOf = (filter: UrlValues<typeof spec>) => ({
  search: filter.search || null,
  states: filter.states.length > 0 ? filter.states : null,
  cpuMaker: filter.maker || null,
  architecture: filter.architecture || null,
  centerId: filter.center || null,
  modelId: filter.model || null,
  accelerator: filter.accelerator || null,
  departmentId: filter.department || null,
  systemId: filter.system || null,
  origin: filter.origin || null,
});

/** Every machine that stands, comes or went, with how many there are of what. */
export function ServerListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const engineer = useEngineer();
  const { permissions } = useViewer();
  const list = useList({
    name: 'servers',
    spec,
    query: ServerListQuery,
    variables: (filter) => ({ orderBy: filter.order, filter: filterOf(filter) }),
    rows: ({ servers }) => ({ ...servers, rows: readFragment(ServerListRow, servers.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const [{ data: groups }] = useQuery({
    query: ServerCountsQuery,
    variables: { filter: filterOf(filter) },
    requestPolicy: 'cache-and-network',
  });
  const makers = useMemo(() => new Map(data?.cpuMakers.map(({ maker, name }) => [maker, name])), [data?.cpuMakers]);
  const columns = useMemo(() => serverColumns(t, makers), [t, makers]);
  const counts = groups?.serverCounts;
  // Whoever sees one department only has nothing to choose from.
  const ofMany = permissions.some(
    ({ object, action, scope }) => object === 'SERVER' && action === 'READ' && scope !== 'OWN_DEPARTMENT',
  );
  const any = (label: string) => ({ value: '' as const, label });
  const register = engineer('CREATE') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newServer())}>
      {t('server.register')}
    </Button>
  );
  const bringIn = may('SERVER', 'IMPORT') && (
    <Button icon={<UploadOutlined aria-hidden />} onClick={() => void navigate(routes.newImport('servers'))}>
      {t('server.import')}
    </Button>
  );

  return (
    <ListPage
      list={list}
      title={t('server.list')}
      lead={t('server.lead')}
      actions={
        <>
          {bringIn}
          {register}
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      order={filter.order}
      onOrder={(order) => setFilter({ order })}
      filters={
        <>
          <SearchFilter
            label={t('server.search')}
            placeholder={t('server.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
          <Select
            className="jy-filter-select"
            aria-label={t('server.architecture')}
            value={filter.architecture}
            onChange={(architecture) => setFilter({ architecture })}
            options={[
              any(t('server.anyArchitecture')),
              ...architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
            ]}
          />
          <ModelSelect
            className="jy-filter-select"
            label={t('server.model')}
            none={t('server.anyModel')}
            value={filter.model}
            onChange={(model) => setFilter({ model })}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('server.accelerators')}
            value={filter.accelerator}
            onChange={(accelerator: string) => setFilter({ accelerator })}
            options={acceleratorOptions(counts?.byAccelerator ?? [], filter.accelerator, {
              any: t('server.anyAccelerator'),
              text: ({ name, amount, count: machines }) =>
                t('server.acceleratorOption', { name, amount: count(amount), machines: count(machines) }),
            })}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('origin.title')}
            value={filter.origin}
            onChange={(origin) => setFilter({ origin })}
            options={[
              any(t('origin.any')),
              ...(['REQUEST', 'INTAKE'] as const).map((value) => ({ value, label: t(`origin.${value}`) })),
            ]}
          />
          {ofMany && (
            <DepartmentSelect
              className="jy-filter-select"
              label={t('request.department')}
              none={t('server.anyDepartment')}
              value={filter.department}
              onChange={(department) => setFilter({ department })}
            />
          )}
          {may('SYSTEM', 'READ') && (
            <SystemSelect
              className="jy-filter-select"
              label={t('request.system')}
              none={t('server.anySystem')}
              value={filter.system}
              onChange={(system) => setFilter({ system })}
            />
          )}
          <CountChips
            counts={counts}
            makers={makers}
            states={filter.states}
            maker={filter.maker}
            onStates={(states) => setFilter({ states })}
            onMaker={(maker) => setFilter({ maker })}
          />
        </>
      }
      empty={
        <EmptyState title={t('server.none')} action={register}>
          {t(engineer('CREATE') ? 'server.noneText' : 'server.noneOfYours')}
        </EmptyState>
      }
    />
  );
}

type AcceleratorGroup = { name: string; count: number; amount: number };

/** Those that there are; the chosen one stays, even where the rest of the filter leaves none of it. */
function acceleratorOptions(
  groups: readonly AcceleratorGroup[],
  chosen: string,
  words: { any: string; text: (group: AcceleratorGroup) => string },
) {
  return [
    { value: '', label: words.any },
    ...groups.map((group) => ({ value: group.name, label: words.text(group) })),
    ...(chosen !== '' && !groups.some(({ name }) => name === chosen) ? [{ value: chosen, label: chosen }] : []),
  ];
}
