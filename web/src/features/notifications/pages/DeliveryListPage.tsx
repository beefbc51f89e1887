import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliveryState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { useSend } from '../../../ui/forms/use-send';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useNotice } from '../../../ui/notice';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { allDeliveryStates, DeliveryStateTag } from '../components/states';
import { DeliveryListQuery, DeliveryRow, RetryDeliveryMutation } from '../notifications.gql';

type Row = ResultOf<typeof DeliveryRow>;
const spec = { states: urlManyOf<DeliveryState>(allDeliveryStates) };

/** What went out, what waits and what failed with which words. */
export function DeliveryListPage() {
  const { t } = useTranslation();
  const mayEdit = useMay()('CHANNEL', 'EDIT');
  const notice = useNotice();
  const { send } = useSend(RetryDeliveryMutation, (data) => data.retryDelivery.errors);
  const list = useList({
    name: 'deliveries',
    spec,
    query: DeliveryListQuery,
    variables: ({ states }) => ({ states: states.length > 0 ? states : null }),
    rows: ({ deliveries }) => ({ ...deliveries, rows: readFragment(DeliveryRow, deliveries.nodes) }),
  });
  const columns = useMemo((): Column<Row>[] => {
    const retry = async ({ id, version }: Row): Promise<void> => {
      const [refused] = await send({ id, expectedVersion: version });
      notice(refused ? refused.message : t('delivery.retried'), refused ? 'reason' : 'done');
    };
    return [
      {
        key: 'createdAt',
        title: t('delivery.createdAt'),
        leading: true,
        render: (row) => <Time at={row.createdAt} />,
        text: (row) => exactTime(row.createdAt),
      },
      {
        key: 'channel',
        title: t('delivery.channel'),
        render: (row) => row.channel?.name ?? '–',
        text: (row) => row.channel?.name ?? '',
      },
      {
        key: 'recipient',
        title: t('delivery.recipient'),
        render: (row) => <span className="jy-code">{row.recipient}</span>,
        text: (row) => row.recipient,
      },
      {
        key: 'state',
        title: t('delivery.state'),
        render: (row) => <DeliveryStateTag state={row.state} />,
        text: (row) => t(`delivery.states.${row.state}`),
      },
      {
        key: 'attempts',
        title: t('delivery.attempts'),
        numeric: true,
        render: (row) => <span className="jy-number">{count(row.attempts)}</span>,
        text: (row) => row.attempts,
      },
      {
        key: 'nextAt',
        title: t('delivery.nextAt'),
        render: (row) => (row.nextAt ? <Time at={row.nextAt} /> : '–'),
        text: (row) => (row.nextAt ? exactTime(row.nextAt) : ''),
      },
      {
        key: 'lastError',
        title: t('delivery.lastError'),
        render: (row) => (
          <>
            {row.lastError ?? '–'}{' '}
            {mayEdit && row.state === 'FAILED' && (
              <Button size="small" onClick={() => void retry(row)}>
                {t('delivery.retry')}
              </Button>
            )}
          </>
        ),
        text: (row) => row.lastError ?? '',
      },
    ];
  }, [t, mayEdit, send, notice]);
  return (
    <ListPage
      list={list}
      title={t('delivery.title')}
      back={<Link to={routes.channels()}>{t('channel.title')}</Link>}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <ChipFilter
          label={t('delivery.state')}
          options={allDeliveryStates.map((value) => ({ value, text: t(`delivery.states.${value}`) }))}
          value={list.filter.states}
          onChange={(states) => list.setFilter({ states })}
        />
      }
      empty={<EmptyState title={t('delivery.none')}>{t('delivery.noneText')}</EmptyState>}
    />
  );
}
