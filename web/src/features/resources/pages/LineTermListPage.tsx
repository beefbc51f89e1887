import { Button, Radio } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LineTermList } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { OriginMark } from '../../../ui/OriginMark';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { ExtendDialog } from '../components/ExtendDialog';
import { LifeTabs } from '../components/LifeTabs';
import { ReviewLineDialog } from '../components/ReviewLineDialog';
import { LineTermListQuery, LineTermRow } from '../life.gql';
import { leftWords } from '../life-words';

type Row = ResultOf<typeof LineTermRow>;

const lists: readonly LineTermList[] = ['ENDING', 'TO_REVIEW'];
const spec = { search: urlText(), list: urlOneOf(lists, 'ENDING') };

/** Servers, places in cabinets and services that wait for their owner or for the calendar, the nearest first. */
export function LineTermListPage() {
  const { t } = useTranslation();
  const now = useNow();
  const navigate = useNavigate();
  const list = useList({
    name: 'line-terms',
    spec,
    query: LineTermListQuery,
    variables: ({ search, list: which }) => ({ list: which, search: search || null }),
    rows: ({ linesDue }) => ({ ...linesDue, rows: readFragment(LineTermRow, linesDue.nodes) }),
  });
  const which = list.filter.list;
  const [acting, setActing] = useState<Row | null>(null);
  const columns = useMemo(
    (): Column<Row>[] => [
      ...commonColumns(t),
      ...(which === 'ENDING' ? endingColumns(t, now) : reviewColumns(t, now)),
      {
        key: 'acts',
        title: t('life.acts'),
        render: (row) => {
          const { mayAct, mayOpenReclaim, reclaimCaseId } = row;
          if (!mayAct && !mayOpenReclaim && !reclaimCaseId) return <span className="jy-quiet-text">–</span>;
          const word = t(which === 'ENDING' ? 'life.lineExtend' : 'life.lineReview');
          return (
            <span className="jy-tags">
              {mayAct && (
                <Button size="small" aria-label={`${word} ${row.name}`} onClick={() => setActing(row)}>
                  {word}
                </Button>
              )}
              {mayOpenReclaim && (
                <Button
                  size="small"
                  aria-label={`${t('life.openCase')} ${row.name}`}
                  onClick={() => void navigate(routes.newLineReclaimCase(row.lineId))}
                >
                  {t('life.openCase')}
                </Button>
              )}
              {reclaimCaseId && <Link to={routes.reclaimCase(reclaimCaseId)}>{t('life.caseOpen')}</Link>}
            </span>
          );
        },
        text: () => null,
      },
    ],
    [t, which, now, navigate],
  );
  const close = () => setActing(null);
  return (
    <>
      <ListPage
        list={list}
        title={t('life.title')}
        lead={t('life.lead')}
        caption={t('life.lines')}
        above={<LifeTabs />}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <>
            <Radio.Group
              aria-label={t('life.lineListLabel')}
              optionType="button"
              value={which}
              options={lists.map((value) => ({ value, label: t(`life.lineList.${value}`) }))}
              onChange={(event) => list.setFilter({ list: event.target.value as LineTermList })}
            />
            <SearchFilter
              label={t('resource.search')}
              placeholder={t('life.lineSearchPlaceholder')}
              value={list.filter.search}
              onChange={(search) => list.setFilter({ search })}
            />
          </>
        }
        empty={
          <EmptyState
            title={t(`life.noneLines${which}`)}
            action={<Link to={routes.requests()}>{t('menu.requests')}</Link>}
          >
            {t(`life.noneLines${which}Text`)}
          </EmptyState>
        }
      />
      {acting && which === 'TO_REVIEW' && <ReviewLineDialog line={acting} onClose={close} />}
      {acting && which === 'ENDING' && (
        <ExtendDialog ofLine resource={{ ...acting, id: acting.lineId, life: acting }} onClose={close} />
      )}
    </>
  );
}

function commonColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('resource.name'),
      leading: true,
      render: ({ name, request }) => (request ? <Link to={routes.request(request.id)}>{name}</Link> : name),
      text: (row) => row.name,
    },
    {
      key: 'kind',
      title: t('life.lineKindLabel'),
      render: (row) => t(`lineKind.${row.kind}`),
      text: (row) => t(`lineKind.${row.kind}`),
    },
    {
      key: 'count',
      title: t('life.lineCount'),
      numeric: true,
      render: (row) => <span className="jy-number">{count(row.count)}</span>,
      text: (row) => String(row.count),
    },
    { key: 'system', title: t('request.system'), render: (row) => row.system.name, text: (row) => row.system.name },
    {
      key: 'department',
      title: t('request.department'),
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    {
      key: 'request',
      title: t('life.lineRequest'),
      optional: true,
      render: ({ request, takenInBy }) => (
        <>
          <span className="jy-code">{request?.code ?? takenInBy ?? '–'}</span>
          <OriginMark origin={takenInBy ? 'INTAKE' : null} />
        </>
      ),
      text: ({ request, takenInBy }) => request?.code ?? takenInBy,
    },
  ];
}

function endingColumns(t: TFunction, now: number): Column<Row>[] {
  return [
    {
      key: 'until',
      title: t('life.untilLabel'),
      render: ({ temporaryUntil }) =>
        temporaryUntil && <DayLeft day={temporaryUntil} text={leftWords(t, temporaryUntil, now)} />,
      text: ({ temporaryUntil }) => temporaryUntil,
    },
    {
      key: 'leavesOn',
      title: t('life.leavesOn'),
      render: ({ leavesOn, termOverAt }) => (
        <span className={termOverAt ? 'jy-tone-waiting' : undefined}>
          {leavesOn && t('life.leavesOnText', { day: leavesOn })}
          {termOverAt && <> · {t('life.lineOver')}</>}
        </span>
      ),
      text: ({ leavesOn }) => leavesOn,
    },
  ];
}

function reviewColumns(t: TFunction, now: number): Column<Row>[] {
  const dayOf = (at: string | null) => (at === null ? null : exactTime(at).slice(0, 10));
  return [
    {
      key: 'due',
      title: t('life.reviewDue'),
      render: ({ reviewDueAt }) => {
        const due = dayOf(reviewDueAt);
        return due && <DayLeft day={due} text={leftWords(t, due, now)} />;
      },
      text: ({ reviewDueAt }) => dayOf(reviewDueAt),
    },
    {
      key: 'stage',
      title: t('life.reached'),
      render: ({ reviewStage }) => t(`life.stage.${reviewStage}`),
      text: ({ reviewStage }) => t(`life.stage.${reviewStage}`),
    },
  ];
}

function DayLeft({ day, text }: { day: string; text: string }) {
  return (
    <span>
      <span className="jy-number">{day}</span> <span className="jy-quiet-text">{text}</span>
    </span>
  );
}
