import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { disputeStates } from '../dispute-states';
import type { LineDisputeRow } from '../disputes.gql';

type Row = ResultOf<typeof LineDisputeRow>;

export function disputeColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'code',
      title: t('dispute.code'),
      leading: true,
      render: ({ code, id, resourceCode, resourceName }) => (
        <>
          <Link to={routes.dispute(id)}>{code}</Link>
          <div className="jy-quiet-text">
            {resourceName} · <span className="jy-code">{resourceCode}</span>
          </div>
        </>
      ),
      text: ({ code, resourceCode }) => `${code} ${resourceCode}`,
    },
    {
      key: 'state',
      title: t('dispute.stateLabel'),
      render: ({ state }) => <StateTag look={disputeStates[state]} word={t(`dispute.state.${state}`)} />,
      text: ({ state }) => t(`dispute.state.${state}`),
    },
    {
      key: 'department',
      title: t('request.department'),
      render: ({ department }) => department?.name ?? '–',
      text: ({ department }) => department?.name ?? null,
    },
    { key: 'month', title: t('statement.month'), render: ({ month }) => month, text: ({ month }) => month },
    { key: 'meter', title: t('statement.meter'), render: ({ name }) => name, text: ({ name }) => name },
    {
      key: 'amount',
      title: t('dispute.amount'),
      numeric: true,
      render: ({ amount }) => <Money fen={amount} />,
      text: ({ amount }) => yuanCell(amount),
    },
    {
      key: 'corrected',
      title: t('dispute.corrected'),
      numeric: true,
      render: ({ correctedAmount }) => (correctedAmount === null ? '–' : <Money fen={correctedAmount} />),
      text: ({ correctedAmount }) => (correctedAmount === null ? null : yuanCell(correctedAmount)),
    },
    {
      key: 'raisedAt',
      title: t('dispute.raised'),
      render: ({ raisedAt, raisedBy }) => (
        <>
          {raisedBy} · <Time at={raisedAt} />
        </>
      ),
      text: ({ raisedAt, raisedBy }) => `${raisedBy} ${exactTime(raisedAt)}`,
    },
  ];
}
