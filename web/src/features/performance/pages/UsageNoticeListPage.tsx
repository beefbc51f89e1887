import { InfoCircleOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { plainYuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { Money } from '../../../ui/Money';
import { EmptyState } from '../../../ui/page-states';
import { GradeTag } from '../../../ui/performance/GradeTag';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { UsageNoticeListQuery, UsageNoticeRow } from '../usage.gql';
import { percentText } from '../words';

type Row = ResultOf<typeof UsageNoticeRow>;
const spec = { search: urlText(), unread: urlManyOf(['unread']) };

/** 资源使用通报 of the departments that the viewer has to do with, the newest first. */
export function UsageNoticeListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'usage-notices',
    spec,
    query: UsageNoticeListQuery,
    variables: ({ search, unread }) => ({
      filter: { search: search || null, unread: unread.length > 0 ? true : null },
    }),
    rows: ({ usageNotices }) => ({ ...usageNotices, rows: readFragment(UsageNoticeRow, usageNotices.nodes) }),
  });
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'month',
        title: t('usageNotice.month'),
        leading: true,
        render: (row) => <Link to={routes.usageNotice(row.id)}>{t('usageNotice.name', { month: row.month })}</Link>,
        text: (row) => row.month,
      },
      {
        key: 'department',
        title: t('performance.department'),
        render: (row) => row.departmentName,
        text: (row) => row.departmentName,
      },
      {
        key: 'findings',
        title: t('usageNotice.findings'),
        render: (row) =>
          row.findings.length > 0 ? (
            <StateTag
              look={{ tone: 'waiting', icon: InfoCircleOutlined }}
              word={t('usageNotice.findingsCount', { total: row.findings.length })}
            />
          ) : (
            <span className="jy-quiet-text">{t('usageNotice.nothing')}</span>
          ),
        text: (row) => row.findings.join('; '),
      },
      {
        key: 'machines',
        title: t('usageNotice.machines'),
        render: (row) => <span className="jy-number">{row.machines}</span>,
        text: (row) => String(row.machines),
      },
      {
        key: 'use',
        title: t('usageNotice.use'),
        render: (row) => <span className="jy-number">{meansText(row)}</span>,
        text: meansText,
      },
      {
        key: 'cost',
        title: t('usageNotice.cost'),
        render: (row) => <Money fen={row.cost} compact />,
        text: (row) => plainYuanOfFen(row.cost),
      },
      {
        key: 'grade',
        title: t('performance.gradeLabel'),
        render: (row) => <GradeTag grade={row.grade} />,
        text: (row) => (row.grade ? t(`performance.grade.${row.grade}`) : null),
      },
      {
        key: 'read',
        title: t('usageNotice.read'),
        render: (row) =>
          row.readAt ? (
            <>
              {row.readBy} <Time at={row.readAt} />
            </>
          ) : (
            <span className="jy-mark">{t('usageNotice.unread')}</span>
          ),
        text: (row) => (row.readAt ? `${row.readBy} ${exactTime(row.readAt)}` : t('usageNotice.unread')),
      },
    ],
    [t],
  );
  return (
    <ListPage
      list={list}
      title={t('usageNotice.title')}
      lead={t('usageNotice.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('performance.department')}
            placeholder={t('usageNotice.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
          <ChipFilter
            label={t('usageNotice.read')}
            options={[{ value: 'unread' as const, text: t('usageNotice.unread') }]}
            value={list.filter.unread}
            onChange={(unread) => list.setFilter({ unread })}
          />
        </>
      }
      empty={
        <EmptyState
          title={t('usageNotice.none')}
          action={<Link to={routes.departmentUse()}>{t('menu.departmentUse')}</Link>}
        >
          {t('usageNotice.noneText')}
        </EmptyState>
      }
    />
  );
}

function meansText({ cpuMean, memoryMean }: Row): string {
  return `CPU ${percentText(cpuMean, '–')} · MEM ${percentText(memoryMean, '–')}`;
}
