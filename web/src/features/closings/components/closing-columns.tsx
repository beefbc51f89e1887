import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { closingStates } from '../../../ui/closing-states';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { ClosingRow } from '../closings.gql';

type Row = ResultOf<typeof ClosingRow>;

export function closingColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'ofMonth',
      title: t('closing.month'),
      leading: true,
      render: ({ id, kind, ofMonth, round }) => (
        <>
          <Link to={routes.closing(id)}>{ofMonth}</Link>
          <div className="jy-quiet-text">
            {t(`closing.kinds.${kind}`)}
            {round > 1 && ` · ${t('closing.round', { round })}`}
          </div>
        </>
      ),
      text: ({ kind, ofMonth, round }) => `${ofMonth} ${t(`closing.kinds.${kind}`)} ${round}`,
    },
    {
      key: 'state',
      title: t('closing.stateLabel'),
      render: ({ state }) => <StateTag look={closingStates[state]} word={t(`closing.state.${state}`)} />,
      text: ({ state }) => t(`closing.state.${state}`),
    },
    {
      key: 'amount',
      title: t('closing.amount'),
      numeric: true,
      render: ({ amount }) => <Money fen={amount} />,
      text: ({ amount }) => yuanCell(amount),
    },
    {
      key: 'lines',
      title: t('closing.lines'),
      numeric: true,
      render: ({ lines }) => count(lines),
      text: ({ lines }) => lines,
    },
    {
      key: 'people',
      title: t('closing.people'),
      render: ({ decidedBy, requestedBy }) => (decidedBy ? `${requestedBy} → ${decidedBy}` : requestedBy),
      text: ({ decidedBy, requestedBy }) => `${requestedBy} ${decidedBy ?? ''}`.trim(),
    },
    {
      key: 'closedAt',
      title: t('closing.closedAt'),
      render: ({ document }) => (document ? <Time at={document.closedAt} /> : '–'),
      text: ({ document }) => (document ? exactTime(document.closedAt) : null),
    },
    {
      key: 'hash',
      title: 'SM3',
      render: ({ document }) => (document ? <span className="jy-code">{document.hash.slice(0, 16)}…</span> : '–'),
      text: ({ document }) => document?.hash ?? null,
    },
  ];
}
