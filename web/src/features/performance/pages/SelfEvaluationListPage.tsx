import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SelfEvaluationState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { selfEvaluationLooks } from '../self-evaluation-looks';
import { SelfEvaluationListQuery, SelfEvaluationRow } from '../usage.gql';

type Row = ResultOf<typeof SelfEvaluationRow>;
const states: SelfEvaluationState[] = ['OPEN', 'HANDED_IN'];
const spec = { search: urlText(), states: urlManyOf(states), late: urlManyOf(['late']) };

/** 自评价: systems whose own evaluation is due, the soonest first. */
export function SelfEvaluationListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'self-evaluations',
    spec,
    query: SelfEvaluationListQuery,
    variables: ({ search, states: chosen, late }) => ({
      filter: {
        search: search || null,
        state: chosen.length === 1 ? chosen[0] : null,
        overdue: late.length > 0 ? true : null,
      },
    }),
    rows: ({ selfEvaluations }) => ({
      ...selfEvaluations,
      rows: readFragment(SelfEvaluationRow, selfEvaluations.nodes),
    }),
  });
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'system',
        title: t('performance.kind.SYSTEM'),
        leading: true,
        render: (row) => <Link to={routes.selfEvaluation(row.id)}>{row.systemName}</Link>,
        text: (row) => row.systemName,
      },
      {
        key: 'state',
        title: t('selfEvaluation.stateLabel'),
        render: (row) => <State row={row} />,
        text: (row) => t(`selfEvaluation.state.${row.state}`),
      },
      {
        key: 'due',
        title: t('selfEvaluation.dueTo'),
        render: (row) => <span className="jy-number">{row.dueTo}</span>,
        text: (row) => row.dueTo,
      },
      {
        key: 'live',
        title: t('selfEvaluation.liveSince'),
        render: (row) => <span className="jy-number">{row.liveSince}</span>,
        text: (row) => row.liveSince,
      },
      {
        key: 'department',
        title: t('performance.department'),
        render: (row) => row.departmentName,
        text: (row) => row.departmentName,
      },
      {
        key: 'handedIn',
        title: t('selfEvaluation.handedIn'),
        render: (row) =>
          row.handedInAt ? (
            <>
              {row.handedInBy} <Time at={row.handedInAt} />
            </>
          ) : (
            '–'
          ),
        text: (row) => (row.handedInAt ? `${row.handedInBy} ${exactTime(row.handedInAt)}` : null),
      },
      {
        key: 'pack',
        title: t('selfEvaluation.pack'),
        render: (row) => (
          <span className="jy-tags">
            <a href={row.pdfUrl}>PDF</a>
            <a href={row.xlsxUrl}>XLSX</a>
          </span>
        ),
        text: (row) => row.pdfUrl,
      },
    ],
    [t],
  );
  return (
    <ListPage
      list={list}
      title={t('selfEvaluation.title')}
      lead={t('selfEvaluation.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('performance.kind.SYSTEM')}
            placeholder={t('selfEvaluation.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
          <ChipFilter
            label={t('selfEvaluation.stateLabel')}
            options={states.map((value) => ({ value, text: t(`selfEvaluation.state.${value}`) }))}
            value={list.filter.states}
            onChange={(chosen) => list.setFilter({ states: chosen })}
          />
          <ChipFilter
            label={t('selfEvaluation.dueTo')}
            options={[{ value: 'late' as const, text: t('selfEvaluation.overdue') }]}
            value={list.filter.late}
            onChange={(late) => list.setFilter({ late })}
          />
        </>
      }
      empty={
        <EmptyState title={t('selfEvaluation.none')} action={<Link to={routes.goLives()}>{t('goLive.title')}</Link>}>
          {t('selfEvaluation.noneText')}
        </EmptyState>
      }
    />
  );
}

function State({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (row.overdue) return <StateTag look={selfEvaluationLooks.OVERDUE} word={t('selfEvaluation.overdue')} />;
  return <StateTag look={selfEvaluationLooks[row.state]} word={t(`selfEvaluation.state.${row.state}`)} />;
}
