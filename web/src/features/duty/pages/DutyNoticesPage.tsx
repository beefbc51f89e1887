import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { type NoticeLine, NoticeListQuery, NoticeRow } from '../duty.gql';
import { useDutyLive } from '../use-duty-live';

/** Whom each was sent to is said on its own page: here a department reads who of it has read it. */
type Line = NoticeLine;
const SHOWN = ['UNREAD'] as const;
const spec = { shown: urlManyOf(SHOWN) };

/** 通告: for the desk all of them and who has not read them; for a department what it was sent. */
export function DutyNoticesPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'duty-notices',
    spec,
    query: NoticeListQuery,
    variables: ({ shown }) => ({ unreadOnly: shown.includes('UNREAD') }),
    rows: ({ dutyNotices }) => ({
      ...dutyNotices,
      rows: readFragment(NoticeRow, dutyNotices.nodes),
    }),
  });
  useDutyLive(list.retry);
  const { filter, setFilter } = list;
  const columns = useMemo((): Column<Line>[] => noticeColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('desk.notices')}
      lead={t('desk.noticesLead')}
      columns={columns}
      rowKey={({ id }) => id}
      filters={
        <ChipFilter
          label={t('desk.shownLabel')}
          options={SHOWN.map((value) => ({ value, text: t('desk.unreadOnly') }))}
          value={filter.shown}
          onChange={(shown) => setFilter({ shown })}
        />
      }
      empty={<EmptyState title={t('desk.noNotices')}>{t('desk.noNoticesText')}</EmptyState>}
    />
  );
}

function noticeColumns(t: TFunction): Column<Line>[] {
  return [
    {
      ...{ key: 'title', title: t('desk.noticeTitle'), leading: true },
      render: ({ code, id, title }) => (
        <>
          <Link to={routes.dutyNotice(id)}>{title}</Link>
          <div className="jy-quiet-text jy-code">{code}</div>
        </>
      ),
      text: ({ code, title }) => `${code} ${title}`,
    },
    {
      ...{ key: 'kind', title: t('desk.noticeKind') },
      render: ({ kind }) => t(`desk.noticeKinds.${kind}`),
      text: ({ kind }) => t(`desk.noticeKinds.${kind}`),
    },
    {
      ...{ key: 'sent', title: t('desk.sentAt') },
      render: ({ sentAt, sentBy }) => (
        <>
          <Time at={sentAt} />
          <div className="jy-quiet-text">{sentBy}</div>
        </>
      ),
      text: ({ sentAt }) => exactTime(sentAt),
    },
    {
      ...{ key: 'read', title: t('desk.receipts') },
      render: ({ mayRead, ownReader, reading }) =>
        reading ? (
          t('desk.readOf', { read: reading.read, told: reading.told })
        ) : mayRead ? (
          <span className="jy-desk-late">{t('desk.toRead')}</span>
        ) : ownReader ? (
          t('desk.readBy', { by: ownReader })
        ) : (
          t('desk.unread')
        ),
      text: ({ reading }) => (reading ? `${reading.read}/${reading.told}` : ''),
    },
  ];
}
