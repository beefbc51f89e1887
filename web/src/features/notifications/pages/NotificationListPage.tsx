import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMutation } from 'urql';
import type { NoticeKind } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { noticeKinds } from '../notice-kinds';
import { MarkNotificationsReadMutation, NotificationListQuery, NotificationRow } from '../notifications.gql';
import { subjectRoute } from '../subject-route';

type Row = ResultOf<typeof NotificationRow>;
const spec = { read: urlManyOf(['unread']), kinds: urlManyOf<NoticeKind>(noticeKinds) };

/** What one was told, newest first. Opening what a notice is about is reading it. */
export function NotificationListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'notifications',
    spec,
    query: NotificationListQuery,
    variables: ({ read, kinds }) => ({
      filter: { unreadOnly: read.length > 0, kinds: kinds.length > 0 ? kinds : null },
    }),
    rows: ({ notifications }) => ({ ...notifications, rows: readFragment(NotificationRow, notifications.nodes) }),
  });
  const [{ fetching }, mark] = useMutation(MarkNotificationsReadMutation);
  const { filter, setFilter, data } = list;
  const unread = data?.inbox.unreadCount ?? 0;
  const columns = useMemo((): Column<Row>[] => {
    const read = (id: string) => void mark({ input: { ids: [id] } });
    return [
      {
        key: 'text',
        title: t('notification.text'),
        leading: true,
        render: (row) => {
          const to = subjectRoute(row.subjectType, row.subjectId);
          const text = (
            <span className={row.readAt ? 'jy-quiet-text' : 'jy-strong'}>
              {!row.readAt && <span className="jy-sr-only">{t('notification.unreadMark')}</span>}
              {row.text}
            </span>
          );
          return to ? (
            <Link to={to} onClick={() => !row.readAt && read(row.id)}>
              {text}
            </Link>
          ) : (
            text
          );
        },
        text: (row) => row.text,
      },
      {
        key: 'kind',
        title: t('notification.kind'),
        render: (row) => t(`notification.kinds.${row.kind}`),
        text: (row) => t(`notification.kinds.${row.kind}`),
      },
      {
        key: 'at',
        title: t('notification.at'),
        render: (row) => <Time at={row.at} />,
        text: (row) => exactTime(row.at),
      },
      {
        key: 'read',
        title: t('notification.read'),
        render: (row) =>
          row.readAt ? (
            <Time at={row.readAt} />
          ) : (
            <Button size="small" onClick={() => read(row.id)}>
              {t('notification.markRead')}
            </Button>
          ),
        text: (row) => (row.readAt ? exactTime(row.readAt) : ''),
      },
    ];
  }, [t, mark]);
  return (
    <ListPage
      list={list}
      title={t('notification.title')}
      lead={t('notification.lead', { unread })}
      actions={
        <>
          <Link className="jy-link-as-button" to={routes.notificationSettings()}>
            {t('notification.settings')}
          </Link>
          {unread > 0 && (
            <Button
              icon={<CheckOutlined aria-hidden />}
              loading={fetching}
              onClick={() => void mark({ input: { ids: null } })}
            >
              {t('notification.markAllRead')}
            </Button>
          )}
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <ChipFilter
            label={t('notification.read')}
            options={[{ value: 'unread', text: t('notification.unreadOnly') }]}
            value={filter.read}
            onChange={(read) => setFilter({ read })}
          />
          <ChipFilter
            label={t('notification.kind')}
            options={noticeKinds.map((value) => ({ value, text: t(`notification.kinds.${value}`) }))}
            value={filter.kinds}
            onChange={(kinds) => setFilter({ kinds })}
          />
        </>
      }
      empty={<EmptyState title={t('notification.none')}>{t('notification.noneText')}</EmptyState>}
    />
  );
}
