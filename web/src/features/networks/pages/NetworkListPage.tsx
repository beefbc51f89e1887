import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { NetworkStack, NetworkZone } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { networkColumns } from '../components/network-columns';
import { useNetworkRights } from '../components/use-network-rights';
import { NetworkListQuery, NetworkListRow } from '../networks.gql';

const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const stacks: readonly NetworkStack[] = ['DUAL', 'IPV4_ONLY', 'IPV6_ONLY'];
const spec = {
  search: urlText(),
  center: urlText(),
  zone: urlOneOf<NetworkZone | ''>(['', ...zones], ''),
  stack: urlOneOf<NetworkStack | ''>(['', ...stacks], ''),
};

export function NetworkListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useNetworkRights();
  const list = useList({
    name: 'networks',
    spec,
    query: NetworkListQuery,
    variables: ({ search, center, zone, stack }) => ({
      filter: { search: search || null, centerId: center || null, zone: zone || null, stack: stack || null },
    }),
    rows: ({ networks }) => ({ ...networks, rows: readFragment(NetworkListRow, networks.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const counts = may('READ');
  const columns = useMemo(() => networkColumns(t, counts), [t, counts]);
  const create = may('CREATE') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newNetwork())}>
      {t('network.create')}
    </Button>
  );

  return (
    <ListPage
      list={list}
      title={t('network.list')}
      lead={t(counts ? 'network.lead' : 'network.leadOwn')}
      actions={create}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('network.search')}
            placeholder={t('network.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
          <Select
            className="jy-filter-select"
            aria-label={t('resource.zone')}
            value={filter.zone}
            onChange={(zone: NetworkZone | '') => setFilter({ zone })}
            options={[
              { value: '', label: t('network.allZones') },
              ...zones.map((value) => ({ value, label: t(`zone.${value}`) })),
            ]}
          />
          <Select
            className="jy-filter-select"
            aria-label={t('network.stackTitle')}
            value={filter.stack}
            onChange={(stack: NetworkStack | '') => setFilter({ stack })}
            options={[
              { value: '', label: t('network.allStacks') },
              ...stacks.map((value) => ({ value, label: t(`network.stack.${value}`) })),
            ]}
          />
        </>
      }
      empty={
        <EmptyState title={t('network.none')} action={create}>
          {t(counts ? 'network.noneText' : 'network.noneOwnText')}
        </EmptyState>
      }
    />
  );
}
