import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskState } from '../../../graphql/enums';
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
import { CenterFilter } from '../../../ui/three-centers/CenterFilter';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { failureWord, TaskWhere } from '../components/TaskWhere';
import { taskStates } from '../task-states';
import { TaskListQuery, TaskRow } from '../tasks.gql';

type Row = ResultOf<typeof TaskRow>;

const states = Object.keys(taskStates) as TaskState[];
const spec = { search: urlText(), states: urlManyOf(states), center: urlText() };

/** 任务日志: what the workers do and did in the clusters, for whom, and what is in their way. */
export function TaskListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'resource-tasks',
    spec,
    query: TaskListQuery,
    variables: ({ center, search, states }) => ({
      centerId: center || null,
      resourceId: null,
      search: search || null,
      states: states.length > 0 ? states : null,
    }),
    rows: ({ resourceTasks }) => ({ ...resourceTasks, rows: readFragment(TaskRow, resourceTasks.nodes) }),
  });
  const { data, filter, setFilter } = list;
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'resource',
        title: t('resource.name'),
        leading: true,
        render: ({ resource }) => (
          <>
            <Link to={routes.resource(resource.id)}>{resource.name}</Link>
            <div className="jy-code jy-quiet-text">{resource.code}</div>
          </>
        ),
        text: ({ resource }) => `${resource.name} ${resource.code}`,
      },
      {
        key: 'kind',
        title: t('task.kindOf'),
        render: (row) => t(`task.kind.${row.kind}`),
        text: (row) => t(`task.kind.${row.kind}`),
      },
      {
        key: 'state',
        title: t('task.stateOf'),
        render: (row) => <StateTag look={taskStates[row.state]} word={t(`task.state.${row.state}`)} />,
        text: (row) => t(`task.state.${row.state}`),
      },
      {
        key: 'where',
        title: t('task.where'),
        render: (row) => <TaskWhere task={row} />,
        text: (row) =>
          [row.text, row.failureClass && failureWord(t, row.failureClass), row.failureMessage]
            .filter(Boolean)
            .join(' · '),
      },
      {
        key: 'center',
        title: t('resource.center'),
        render: ({ center }) => center && <CenterMark role={center.role} name={center.name} />,
        text: ({ center }) => center?.name ?? null,
      },
      {
        key: 'department',
        title: t('request.department'),
        render: ({ resource }) => resource.department.name,
        text: ({ resource }) => resource.department.name,
      },
      {
        key: 'begun',
        title: t('task.begun'),
        render: (row) => <Time at={row.begunAt ?? row.queuedAt} />,
        text: (row) => exactTime(row.begunAt ?? row.queuedAt),
      },
      {
        key: 'took',
        title: t('task.took'),
        render: (row) => <span className="jy-number">{tookText(t, row.seconds)}</span>,
        text: (row) => tookText(t, row.seconds),
      },
    ],
    [t],
  );
  return (
    <ListPage
      list={list}
      title={t('task.title')}
      lead={t('task.lead')}
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter
            label={t('task.search')}
            placeholder={t('task.searchPlaceholder')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <CenterFilter centers={data?.centers} value={filter.center} onChange={(center) => setFilter({ center })} />
          <ChipFilter
            label={t('task.stateOf')}
            options={states.map((value) => ({ value, text: t(`task.state.${value}`) }))}
            value={filter.states}
            onChange={(chosen) => setFilter({ states: chosen })}
          />
        </>
      }
      empty={
        <EmptyState title={t('task.none')} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
          {t('task.noneText')}
        </EmptyState>
      }
    />
  );
}

const SECONDS_OF_MINUTE = 60;

function tookText(t: TFunction, seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < SECONDS_OF_MINUTE) return t('task.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  return t('task.minutes', { minutes: Math.round(seconds / SECONDS_OF_MINUTE) });
}
