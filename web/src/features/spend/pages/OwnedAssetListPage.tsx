import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../graphql/tada';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { SearchFilter } from '../../../ui/FilterBar';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useNotice } from '../../../ui/notice';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { type AssetRow, assetColumns } from '../components/asset-columns';
import { ConfirmDisposalMutation, WithdrawDisposalMutation } from '../contract-life.gql';
import { AssetDialog } from '../forms/AssetDialog';
import { DisposalDialog } from '../forms/DisposalDialog';
import { DisposalReversalDialog } from '../forms/DisposalReversalDialog';
import { UpkeepDialog } from '../forms/UpkeepDialog';
import {
  ConfirmOwnedAssetMutation,
  OwnedAssetListQuery,
  OwnedAssetRow,
  WithdrawOwnedAssetMutation,
} from '../spend.gql';

const spec = { search: urlText(), center: urlText() };
const opened = { create: urlText() };

/** 自有资产: what the province owns, what it costs this month and what it is still worth. */
export function OwnedAssetListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const [{ create }, open] = useUrlState(opened);
  const [changing, change] = useState<AssetRow | null>(null);
  const [disposing, dispose] = useState<AssetRow | null>(null);
  const [reversing, reverse] = useState<AssetRow | null>(null);
  const confirmEnd = useOutcome(ConfirmDisposalMutation);
  const withdrawEnd = useOutcome(WithdrawDisposalMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const confirm = useOutcome(ConfirmOwnedAssetMutation);
  const withdraw = useOutcome(WithdrawOwnedAssetMutation);
  const list = useList({
    name: 'owned-assets',
    spec,
    query: OwnedAssetListQuery,
    variables: ({ search, center }) => ({ search: search || null, centerId: center || null }),
    rows: ({ ownedAssets }) => ({ ...ownedAssets, rows: readFragment(OwnedAssetRow, ownedAssets.nodes) }),
  });
  const { filter, setFilter, data } = list;
  const decide = async (asset: AssetRow, action: 'CONFIRM' | 'WITHDRAW') => {
    const wish = { id: asset.id, expectedVersion: asset.version };
    const answer = await (action === 'CONFIRM' ? confirm.send(wish) : withdraw.send(wish));
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t(action === 'CONFIRM' ? 'spend.confirmed' : 'spend.withdrawn'));
  };
  const decideDisposal = async ({ id, version }: { id: string; version: number }, action: 'CONFIRM' | 'WITHDRAW') => {
    const wish = { id, expectedVersion: version };
    const answer = await (action === 'CONFIRM' ? confirmEnd.send(wish) : withdrawEnd.send(wish));
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t(action === 'CONFIRM' ? 'spend.confirmed' : 'spend.withdrawn'));
  };
  const mayEdit = may('SPEND', 'EDIT');
  const columns = assetColumns(t, {
    onDecide: (row, action) => void decide(row, action),
    onChange: change,
    onDispose: dispose,
    onDecideDisposal: (of, action) => void decideDisposal(of, action),
    onReverse: reverse,
    mayEdit: may('SPEND', 'EDIT'),
    busy: confirm.busy || withdraw.busy || confirmEnd.busy || withdrawEnd.busy,
  });
  const enter = mayEdit && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ create: '1' })}>
      {t('asset.create')}
    </Button>
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('asset.list')}
        lead={t('asset.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        above={
          refused && (
            <div className="jy-error-summary" role="alert">
              {refused}
            </div>
          )
        }
        actions={enter}
        filters={
          <>
            <SearchFilter
              label={t('asset.search')}
              placeholder={t('asset.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('asset.center')}
              value={filter.center}
              onChange={(center: string) => setFilter({ center })}
              options={[
                { value: '', label: t('reconcile.all') },
                ...(data?.centers ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </>
        }
        empty={
          <EmptyState title={t('asset.none')} action={enter || undefined}>
            {t('asset.noneText')}
          </EmptyState>
        }
      />
      {create && mayEdit && data && <AssetDialog centers={data.centers} onClose={() => open({ create: '' })} />}
      {disposing && mayEdit && <DisposalDialog asset={disposing} onClose={() => dispose(null)} />}
      {reversing && mayEdit && <DisposalReversalDialog asset={reversing} onClose={() => reverse(null)} />}
      {changing && mayEdit && <UpkeepDialog asset={changing} onClose={() => change(null)} />}
    </>
  );
}
