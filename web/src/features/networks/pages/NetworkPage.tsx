import { AppstoreOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { AddressState, IpFamily } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { type UrlField, urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { AddressMap } from '../components/AddressMap';
import { addressColumns, type Claim } from '../components/address-columns';
import { NetworkFacts, NetworkFigures } from '../components/NetworkPanels';
import { StackTag } from '../components/StackTag';
import { useNetworkRights } from '../components/use-network-rights';
import { ClaimDialog } from '../forms/ClaimDialog';
import { ReleaseDialog } from '../forms/ReleaseDialog';
import { familyName, stackOf } from '../network-look';
import { AddressRow, NetworkPageQuery } from '../networks.gql';

/** What is released is free, so it is in no list of what is not. */
const states: readonly AddressState[] = ['ALLOCATED', 'HELD', 'QUARANTINE'];
const families: readonly IpFamily[] = ['IPV4', 'IPV6'];
const spec = { search: urlText(), states: urlManyOf(states), family: urlOneOf<IpFamily | ''>(['', ...families], '') };

/** Number of the block whose map is open; null = none is. */
const urlBlock: UrlField<number | null> = {
  read: (text) => (text !== null && /^\d{1,3}$/.test(text) ? Number(text) : null),
  write: (value) => (value === null ? null : String(value)),
};
const mapSpec = { map: urlBlock };

/** One network: where it is, how full it is, and who has which of its addresses. */
export function NetworkPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useNetworkRights();
  const { id = '' } = useParams();
  const [{ map }, setMap] = useUrlState(mapSpec);
  /** The address that the claim begins with; empty = the next free ones. */
  const [claiming, setClaiming] = useState<string | null>(null);
  const [releasing, setReleasing] = useState<Claim | null>(null);
  const list = useList({
    name: 'network-addresses',
    spec,
    query: NetworkPageQuery,
    variables: ({ search, states: chosen, family }) => ({
      id,
      search: search || null,
      states: chosen.length > 0 ? chosen : null,
      family: family || null,
    }),
    rows: ({ network }) => ({ ...network.addressClaims, rows: readFragment(AddressRow, network.addressClaims.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const mayEdit = may('EDIT');
  const columns = useMemo(() => addressColumns(t, mayEdit ? setReleasing : null), [t, mayEdit]);
  const back = <Link to={routes.networks()}>{t('network.list')}</Link>;
  if (!data)
    return list.error ? (
      <FailureState wholePage failure={failureOf(list.error)} onRetry={list.retry} home={back} />
    ) : (
      <LoadingState rows={12} />
    );
  const { network } = data;
  const claim = mayEdit && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setClaiming('')}>
      {t('network.claim')}
    </Button>
  );
  return (
    <>
      <ListPage
        list={list}
        title={network.name}
        back={back}
        state={<StackTag stack={stackOf(network)} reason={network.singleStackReason} />}
        lead={<span className="jy-code">{network.code}</span>}
        actions={
          <>
            {network.figures && network.ipv4Prefix && map === null && (
              <Button icon={<AppstoreOutlined aria-hidden />} onClick={() => setMap({ map: 0 })}>
                {t('network.map')}
              </Button>
            )}
            {mayEdit && (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(routes.editNetwork(network.id))}>
                {t('network.edit')}
              </Button>
            )}
            {claim}
          </>
        }
        above={
          <>
            <div className="jy-network-panels" data-counted={network.figures !== null}>
              <NetworkFacts network={network} />
              {network.figures && <NetworkFigures figures={network.figures} />}
            </div>
            {network.figures && map !== null && (
              <AddressMap
                networkId={network.id}
                block={map}
                onBlock={(block) => setMap({ map: block })}
                onFree={mayEdit ? setClaiming : null}
                onTaken={(address) => setFilter({ search: address, states: [], family: 'IPV4' })}
                onClose={() => setMap({ map: null })}
              />
            )}
            <h2 className="jy-list-title">{t(network.figures ? 'network.claims' : 'network.claimsOwn')}</h2>
          </>
        }
        caption={t('network.claims')}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <SearchFilter
              label={t('network.searchAddress')}
              placeholder={t('network.searchAddressPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('network.family')}
              value={filter.family}
              onChange={(family: IpFamily | '') => setFilter({ family })}
              options={[
                { value: '', label: t('network.bothFamilies') },
                ...families.map((value) => ({ value, label: familyName[value] })),
              ]}
            />
            <ChipFilter
              label={t('resource.state')}
              options={states.map((value) => ({ value, text: t(`network.state.${value}`) }))}
              value={filter.states}
              onChange={(chosen) => setFilter({ states: chosen })}
            />
          </>
        }
        empty={
          <EmptyState title={t('network.claimsNone')} action={claim}>
            {mayEdit && t('network.claimsNoneText')}
          </EmptyState>
        }
      />
      {claiming !== null && <ClaimDialog network={network} address={claiming} onClose={() => setClaiming(null)} />}
      {releasing && <ReleaseDialog claim={releasing} onClose={() => setReleasing(null)} />}
    </>
  );
}
