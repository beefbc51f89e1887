import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterRole, TaskState } from '../../graphql/enums';
import { exactTime } from '../../lib/time';
import { type UrlValues, urlManyOf, urlText } from '../../lib/url-state';
import { ChipFilter, SearchFilter } from '../FilterBar';
import { ListPage } from '../list/ListPage';
import type { List } from '../list/use-list';
import { EmptyState } from '../page-states';
import { StateTag } from '../StateTag';
import { Time } from '../Time';
import type { Column } from '../table/columns';
import { CenterFilter } from '../three-centers/CenterFilter';
import { CenterMark } from '../three-centers/CenterMark';
import { TaskTabs } from './TaskTabs';
import { taskStates } from './task-states';
import type { LoggedTask, TaskTelling } from './task-telling';

/** What of a task log stands in its address. */
export const taskLogSpec = <State extends TaskState>(states: readonly State[]) => ({
  search: urlText(),
  states: urlManyOf(states),
  center: urlText(),
});

type Spec<State extends TaskState> = ReturnType<typeof taskLogSpec<State>>;

/** The same as variables of its query. */
export const taskLogVariables = <State extends TaskState>({ center, search, states }: UrlValues<Spec<State>>) => ({
  centerId: center || null,
  search: search || null,
  states: states.length > 0 ? states : null,
});

type Props<Row extends LoggedTask, State extends TaskState> = {
  list: List<Row, Spec<State>>;
  telling: TaskTelling<Row>;
  states: readonly State[];
  centers: readonly { id: string; name: string; role: CenterRole }[] | undefined;
  /** Two columns are its own: what it was done to, and when it was over or how long it took. */
  subject: Column<Row>;
  end: Column<Row>;
  lead: string;
  search: { label: string; placeholder: string };
  empty: { text: string; action: ReactNode };
};

/** 任务日志: what the workers do and did in the clusters, for whom, and what is in their way. */
export function TaskLog<Row extends LoggedTask, State extends TaskState>(props: Props<Row, State>) {
  const { list, telling, states, centers, subject, end, lead, search, empty } = props;
  const { t } = useTranslation();
  const { filter, setFilter } = list;
  const columns = useMemo(
    (): Column<Row>[] => [
      subject,
      {
        key: 'kind',
        title: t('task.kindOf'),
        render: (row) => telling.kind(t, row),
        text: (row) => telling.kind(t, row),
      },
      {
        key: 'state',
        title: t('task.stateOf'),
        render: ({ state }) => <StateTag look={taskStates[state]} word={t(`task.state.${state}`)} />,
        text: ({ state }) => t(`task.state.${state}`),
      },
      {
        key: 'where',
        title: t('task.where'),
        render: (row) => telling.where(row),
        text: (row) => telling.whereText(t, row),
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
        render: (row) => telling.department(row) ?? '–',
        text: (row) => telling.department(row),
      },
      {
        key: 'begun',
        title: t('task.begun'),
        render: (row) => <Time at={telling.begun(row)} />,
        text: (row) => exactTime(telling.begun(row)),
      },
      end,
    ],
    [t, telling, subject, end],
  );
  return (
    <ListPage
      list={list}
      title={t('task.title')}
      lead={
        <>
          {lead}
          <TaskTabs />
        </>
      }
      columns={columns}
      rowKey={(row) => row.id}
      filters={
        <>
          <SearchFilter {...search} value={filter.search} onChange={(text) => setFilter({ search: text })} />
          <CenterFilter centers={centers} value={filter.center} onChange={(center) => setFilter({ center })} />
          <ChipFilter
            label={t('task.stateOf')}
            options={states.map((value) => ({ value, text: t(`task.state.${value as TaskState}`) }))}
            value={filter.states}
            onChange={(chosen) => setFilter({ states: chosen })}
          />
        </>
      }
      empty={
        <EmptyState title={t('task.none')} action={empty.action}>
          {empty.text}
        </EmptyState>
      }
    />
  );
}
