import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AddressMatch } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { AddressDifferenceRow, AddressDifferencesQuery, AddressReconciliationRow } from '../addresses.gql';
import { AddressFiguresTable, type NetworkFigures } from '../components/AddressFiguresTable';
import { addressDifferenceColumns } from '../components/address-difference-columns';
import { IntakeTabs } from '../components/IntakeTabs';
import { TakeAddressesDialog } from '../components/TakeAddressesDialog';
import { addressMatchLooks } from '../intake-look';

/** What wants a person; what no machine has is mostly a device's, and is shown when it is asked for. */
const WRONG: AddressMatch[] = ['TWICE', 'RESTING', 'OTHER_HOLDER', 'UNCLAIMED'];
const matches = Object.keys(addressMatchLooks) as AddressMatch[];
const spec = { search: urlText(), network: urlText(), matches: urlManyOf(matches) };

/** 账 / 实 / 差异 of addresses: figures by network, and below them what differs, address by address; without a filter what wants a person. */
export function AddressReconcilePage() {
  const { t } = useTranslation();
  const may = useMay();
  const [taking, setTaking] = useState<NetworkFigures | null>(null);
  const list = useList({
    name: 'address-differences',
    spec,
    query: AddressDifferencesQuery,
    variables: ({ search, network, matches: chosen }) => ({
      search: search || null,
      networkId: network || null,
      matches: chosen.length > 0 ? chosen : WRONG,
    }),
    rows: ({ addressDifferences }) => ({
      ...addressDifferences,
      rows: readFragment(AddressDifferenceRow, addressDifferences.nodes),
    }),
  });
  const { filter, setFilter, data } = list;
  const columns = useMemo(() => addressDifferenceColumns(t), [t]);
  const mayPrepare = may('INTAKE', 'CREATE');
  const networks = readFragment(AddressReconciliationRow, data?.addressReconciliation ?? []);

  return (
    <>
      <ListPage
        list={list}
        title={t('intake.addresses')}
        lead={t('intake.addressesLead')}
        actions={mayPrepare && <Link to={routes.imports()}>{t('intake.byFile')}</Link>}
        above={
          <>
            <IntakeTabs />
            {data && (
              <AddressFiguresTable
                rows={data.addressReconciliation}
                onShow={(network, match) => setFilter({ network, matches: [match], search: '' })}
                onTake={mayPrepare ? setTaking : null}
              />
            )}
          </>
        }
        columns={columns}
        rowKey={(row) => `${row.network.id} ${row.address}`}
        filters={
          <>
            <SearchFilter
              label={t('intake.addressSearch')}
              placeholder={t('intake.addressSearch')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('intake.network')}
              showSearch={{ optionFilterProp: 'label' }}
              value={filter.network}
              onChange={(network: string) => setFilter({ network })}
              options={[
                { value: '', label: t('intake.everyNetwork') },
                ...networks.map(({ network }) => ({ value: network.id, label: network.code })),
              ]}
            />
            <ChipFilter
              label={t('intake.match')}
              options={matches.map((value) => ({ value, text: t(`intake.addressMatches.${value}`) }))}
              value={filter.matches}
              onChange={(chosen) => setFilter({ matches: chosen })}
            />
          </>
        }
        empty={<NothingWrong notSeen={networks.reduce((sum, network) => sum + network.notSeen, 0)} />}
      />
      {taking && <TakeAddressesDialog row={taking} onClose={() => setTaking(null)} />}
    </>
  );
}

/** Nothing that wants a person: said together with what is not seen, which the table above counts. */
export function NothingWrong({ notSeen }: { notSeen: number }) {
  const { t } = useTranslation();
  return notSeen > 0 ? (
    <EmptyState title={t('intake.noAddressToDecide')}>
      {t('intake.notSeenListed', { figure: count(notSeen) })}
    </EmptyState>
  ) : (
    <EmptyState title={t('intake.noAddressDifference')}>{t('intake.noAddressDifferenceText')}</EmptyState>
  );
}
