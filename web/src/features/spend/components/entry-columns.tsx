import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { ContractEntryRow } from '../spend.gql';
import { periodText } from './contract-columns';
import { shareText, spendStates } from './spend-words';

export type EntryRow = ResultOf<typeof ContractEntryRow>;

export type EntryActs = {
  onDecide: (entry: EntryRow, action: 'CONFIRM' | 'WITHDRAW') => void;
  onReverse: (entry: EntryRow) => void;
  busy: boolean;
};

/** What it is of, in one line: the services paid for, the minutes assessed, the reason. */
function about(t: TFunction, row: EntryRow): string {
  const { assessment, note } = row;
  const facts = assessment
    ? t('entry.assessed', {
        month: assessment.month,
        down: assessment.downMinutes,
        excused: assessment.excusedMinutes,
        availability: shareText(assessment.availability),
        fee: yuanOfFen(assessment.fee),
        share: shareText(assessment.share),
      })
    : row.from && row.to
      ? periodText(t, { from: row.from, to: row.to })
      : '';
  return [facts, note].filter(Boolean).join(' · ');
}

/** `ofMany`: of several contracts, each named. */
export function entryColumns(t: TFunction, ofMany: boolean, acts: EntryActs): Column<EntryRow>[] {
  const kind = (row: EntryRow) => {
    const word = row.advance ? t('entry.advance') : t(`entry.kinds.${row.kind}`);
    return row.reversesId ? `${t('entry.reversal')} · ${word}` : word;
  };
  const all: (Column<EntryRow> | false)[] = [
    {
      ...{ key: 'onDate', title: t('spend.onDate'), leading: true },
      render: (row) => <span className="jy-number">{row.onDate}</span>,
      text: (row) => row.onDate,
    },
    !ofMany && {
      ...{ key: 'kind', title: t('entry.kind') },
      render: (row) => <span className="jy-spend-hands">{kind(row)}</span>,
      text: kind,
    },
    ofMany && {
      ...{ key: 'contract', title: t('entry.contract') },
      render: (row) => <Link to={routes.contract(row.contract.id)}>{row.contract.name}</Link>,
      text: (row) => `${row.contract.number} ${row.contract.name}`,
    },
    {
      ...{ key: 'voucher', title: t('entry.voucher') },
      render: (row) => (row.voucher ? <span className="jy-code">{row.voucher}</span> : '–'),
      text: (row) => row.voucher ?? '',
    },
    {
      ...{ key: 'amount', title: t('spend.amount'), numeric: true },
      render: (row) => <Money fen={row.amount} />,
      text: (row) => yuanCell(row.amount),
    },
    {
      ...{ key: 'note', title: t('spend.note') },
      render: (row) => (
        <>
          {ofMany && row.reversesId && `${t('entry.reversal')} · `}
          {ofMany && row.advance && `${t('entry.advance')} · `}
          {about(t, row)}
          {row.files.map((file) => (
            <a key={file.id} className="jy-spend-file" href={file.url}>
              {file.name}
            </a>
          ))}
        </>
      ),
      text: (row) => about(t, row),
    },
    {
      ...{ key: 'hands', title: t('spend.hands') },
      render: ({ hands }) => (
        <span className="jy-spend-hands">
          <span title={exactTime(hands.enteredAt)}>{hands.enteredBy}</span>
          {hands.decidedBy && (
            <span title={hands.decidedAt ? exactTime(hands.decidedAt) : undefined}>{hands.decidedBy}</span>
          )}
        </span>
      ),
      text: ({ hands }) => [hands.enteredBy, hands.decidedBy].filter(Boolean).join(' / '),
    },
    {
      ...{ key: 'state', title: t('spend.state') },
      render: (row) => (
        <StateTag
          look={spendStates[row.reversedById ? 'WITHDRAWN' : row.state]}
          word={row.reversedById ? t('entry.reversed') : t(`spend.states.${row.state}`)}
        />
      ),
      text: (row) => t(`spend.states.${row.state}`),
    },
    {
      ...{ key: 'acts', title: t('spend.acts') },
      render: (row) => <EntryButtons t={t} row={row} acts={acts} />,
      text: () => null,
    },
  ];
  return all.filter((column) => column !== false);
}

function EntryButtons({ t, row, acts }: { t: TFunction; row: EntryRow; acts: EntryActs }) {
  return (
    <span className="jy-row-acts">
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
      {row.mayReverse && (
        <Button size="small" onClick={() => acts.onReverse(row)}>
          {t('entry.reverse')}
        </Button>
      )}
    </span>
  );
}
