import { CheckCircleOutlined, FieldTimeOutlined, QuestionCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { SharedPoolRow, SharedSpreadParts } from '../shared-costs.gql';
import { plainPrice } from './statement-words';

export type Pool = ResultOf<typeof SharedPoolRow>;
export type PoolVersion = Pool['versions'][number];
type Spread = ResultOf<typeof SharedSpreadParts>;

/** A common cost with what of it was spread in the month; null = nothing yet. */
export type PoolOfMonth = Pool & { spread: Spread | null };

/** The rule of a month: of the latest version that has begun. */
export const versionIn = (versions: readonly PoolVersion[], month: string): PoolVersion | undefined =>
  versions.findLast(({ fromMonth }) => fromMonth <= month);

export function methodText(t: TFunction, { method, monthlyAmount, pricePerKwh }: PoolVersion): string {
  if (method === 'PUE') return t('sharedCost.pueAt', { price: plainPrice(pricePerKwh ?? '0') });
  return t('sharedCost.fixedAt', { yuan: yuanCell(monthlyAmount ?? '0').yuan });
}

export const basisText = (t: TFunction, { basis, meterName, meter }: PoolVersion): string =>
  basis === 'AMOUNT' ? t('sharedCost.bases.AMOUNT') : t('sharedCost.byMeter', { meter: meterName ?? meter });

const looks = {
  SETTLED: { tone: 'good', icon: CheckCircleOutlined },
  RUNNING: { tone: 'waiting', icon: FieldTimeOutlined },
  UNALLOCATED: { tone: 'bad', icon: WarningOutlined },
  UNMEASURED: { tone: 'bad', icon: QuestionCircleOutlined },
  NONE: { tone: 'quiet', icon: QuestionCircleOutlined },
} as const;

function stateOf({ spread }: PoolOfMonth): keyof typeof looks {
  if (!spread) return 'NONE';
  if (spread.amount === null) return 'UNMEASURED';
  if (spread.unallocated !== '0') return 'UNALLOCATED';
  return spread.settled ? 'SETTLED' : 'RUNNING';
}

export function sharedColumns(t: TFunction, month: string, open: (id: string) => void): Column<PoolOfMonth>[] {
  const money = (key: 'amount' | 'spread' | 'unallocated', title: string): Column<PoolOfMonth> => ({
    key,
    title,
    numeric: true,
    render: ({ spread }) => {
      const fen = spread?.[key] ?? null;
      return fen === null ? '–' : <Money fen={fen} />;
    },
    text: ({ spread }) => {
      const fen = spread?.[key] ?? null;
      return fen === null ? null : yuanCell(fen);
    },
  });
  return [
    {
      key: 'name',
      title: t('sharedCost.name'),
      leading: true,
      render: ({ code, id, name }) => (
        <>
          <button type="button" className="jy-link-button jy-long-name" onClick={() => open(id)}>
            {name}
          </button>
          <div className="jy-code jy-quiet-text">{code}</div>
        </>
      ),
      text: ({ code, name }) => `${code} ${name}`,
    },
    {
      key: 'kind',
      title: t('sharedCost.kind'),
      render: ({ kind }) => t(`sharedCost.kinds.${kind}`),
      text: ({ kind }) => t(`sharedCost.kinds.${kind}`),
    },
    {
      key: 'center',
      title: t('statement.center'),
      render: ({ center }) => center?.name ?? '–',
      text: ({ center }) => center?.name ?? null,
    },
    {
      key: 'rule',
      title: t('sharedCost.rule'),
      render: ({ versions }) => {
        const version = versionIn(versions, month);
        if (!version) return '–';
        return (
          <span className="jy-words">
            {methodText(t, version)}
            <br />
            <span className="jy-quiet-text">{basisText(t, version)}</span>
          </span>
        );
      },
      text: ({ versions }) => {
        const version = versionIn(versions, month);
        return version ? `${methodText(t, version)} ${basisText(t, version)}` : null;
      },
    },
    money('amount', t('sharedCost.amount')),
    {
      key: 'carried',
      title: t('sharedCost.carried'),
      numeric: true,
      render: ({ spread }) => (spread && spread.carried !== '0' ? <Money fen={spread.carried} /> : '–'),
      text: ({ spread }) => (spread ? yuanCell(spread.carried) : null),
    },
    money('spread', t('sharedCost.spread')),
    money('unallocated', t('sharedCost.unallocated')),
    {
      key: 'bearers',
      title: t('sharedCost.bearers'),
      numeric: true,
      render: ({ spread }) => (spread ? count(spread.bearers) : '–'),
      text: ({ spread }) => spread?.bearers ?? null,
    },
    {
      key: 'state',
      title: t('sharedCost.state'),
      render: (row) => <StateTag look={looks[stateOf(row)]} word={t(`sharedCost.states.${stateOf(row)}`)} />,
      text: (row) => t(`sharedCost.states.${stateOf(row)}`),
    },
  ];
}
