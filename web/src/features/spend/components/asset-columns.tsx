import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { OwnedAssetRow } from '../spend.gql';
import { spendStates } from './spend-words';

export type AssetRow = ResultOf<typeof OwnedAssetRow>;

type Acts = {
  onDecide: (asset: AssetRow, action: 'CONFIRM' | 'WITHDRAW') => void;
  onChange: (asset: AssetRow) => void;
  onDispose: (asset: AssetRow) => void;
  /** Of the disposal, or of what takes it back. */
  onDecideDisposal: (of: { id: string; version: number }, action: 'CONFIRM' | 'WITHDRAW') => void;
  onReverse: (asset: AssetRow) => void;
  mayEdit: boolean;
  busy: boolean;
};

const money = (key: string, title: string, of: (row: AssetRow) => string, optional = false): Column<AssetRow> => ({
  ...{ key, title, optional, numeric: true },
  render: (row) => <Money fen={of(row)} compact />,
  text: (row) => yuanCell(of(row)),
});

type Disposal = NonNullable<AssetRow['disposal']>;

function disposalText(t: TFunction, { disposedOn, reversal, state }: Disposal): string {
  if (reversal) return t('asset.reversing', { on: disposedOn });
  return t(state === 'CONFIRMED' ? 'asset.disposed' : 'asset.disposing', { on: disposedOn });
}

/** What it is, and, where it ended, when, by which document and at what loss. */
function AssetState({ row, t }: { row: AssetRow; t: TFunction }) {
  const { disposal } = row;
  if (!disposal) return <StateTag look={spendStates[row.state]} word={t(`spend.states.${row.state}`)} />;
  return (
    <span className="jy-spend-hands">
      <StateTag
        look={disposal.state === 'CONFIRMED' ? spendStates.WITHDRAWN : spendStates.ENTERED}
        word={disposalText(t, disposal)}
      />
      <span className="jy-quiet-text">
        {t('asset.writeDown')} <Money fen={disposal.writeDown} compact />
      </span>
      <span className="jy-quiet-text">{disposal.document}</span>
    </span>
  );
}

export function assetColumns(t: TFunction, acts: Acts): Column<AssetRow>[] {
  return [
    {
      ...{ key: 'name', title: t('asset.name'), leading: true },
      render: (row) => (
        <span className="jy-spend-hands">
          <span>{row.name}</span>
          <span className="jy-code">{row.code}</span>
        </span>
      ),
      text: (row) => row.name,
    },
    {
      ...{ key: 'code', title: t('asset.code'), optional: true },
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      ...{ key: 'center', title: t('asset.center') },
      render: (row) => row.center.name,
      text: (row) => row.center.name,
    },
    {
      ...{ key: 'acquiredOn', title: t('asset.acquiredOn'), optional: true },
      render: (row) => <span className="jy-number">{row.acquiredOn}</span>,
      text: (row) => row.acquiredOn,
    },
    money('cost', t('asset.cost'), (row) => row.cost),
    money('residual', t('asset.residual'), (row) => row.residual, true),
    {
      ...{ key: 'life', title: t('asset.life'), numeric: true },
      render: (row) => count(row.lifeMonths),
      text: (row) => row.lifeMonths,
    },
    money('depreciation', t('asset.depreciation'), (row) => row.thisMonth.depreciation),
    money('maintenance', t('asset.maintenance'), (row) => row.thisMonth.maintenance),
    money('power', t('asset.power'), (row) => row.thisMonth.power),
    money('netValue', t('asset.netValue'), (row) => row.thisMonth.netValue),
    {
      ...{ key: 'state', title: t('spend.state') },
      render: (row) => <AssetState row={row} t={t} />,
      text: (row) => (row.disposal ? disposalText(t, row.disposal) : t(`spend.states.${row.state}`)),
    },
    {
      ...{ key: 'acts', title: t('spend.acts') },
      render: (row) => (
        <span className="jy-row-acts jy-spend-acts">
          {row.availableActions.map((action) => (
            <Button
              key={action}
              size="small"
              type={action === 'CONFIRM' ? 'primary' : 'default'}
              disabled={acts.busy}
              onClick={() => acts.onDecide(row, action)}
            >
              {t(action === 'CONFIRM' ? 'spend.confirm' : 'spend.withdraw')}
            </Button>
          ))}
          {row.disposal?.availableActions.map((action) => (
            <Button
              key={`disposal ${action}`}
              size="small"
              type={action === 'CONFIRM' ? 'primary' : 'default'}
              disabled={acts.busy}
              onClick={() => row.disposal && acts.onDecideDisposal(row.disposal, action)}
            >
              {t(action === 'CONFIRM' ? 'asset.disposeConfirm' : 'asset.disposeWithdraw')}
            </Button>
          ))}
          {row.disposal?.reversal?.availableActions.map((action) => (
            <Button
              key={`reversal ${action}`}
              size="small"
              type={action === 'CONFIRM' ? 'primary' : 'default'}
              disabled={acts.busy}
              onClick={() => row.disposal?.reversal && acts.onDecideDisposal(row.disposal.reversal, action)}
            >
              {t(action === 'CONFIRM' ? 'asset.reverseConfirm' : 'asset.reverseWithdraw')}
            </Button>
          ))}
          {acts.mayEdit && row.disposal?.state === 'CONFIRMED' && row.disposal.reversal === null && (
            <Button size="small" onClick={() => acts.onReverse(row)}>
              {t('asset.reverse')}
            </Button>
          )}
          {acts.mayEdit && row.state === 'CONFIRMED' && row.disposal === null && (
            <>
              <Button size="small" onClick={() => acts.onChange(row)}>
                {t('asset.upkeep')}
              </Button>
              <Button size="small" onClick={() => acts.onDispose(row)}>
                {t('asset.dispose')}
              </Button>
            </>
          )}
        </span>
      ),
      text: () => null,
    },
  ];
}
