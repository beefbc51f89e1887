import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useList } from '../../../ui/list/use-list';
import type { Column } from '../../../ui/table/columns';
import { TaskLog, taskLogSpec, taskLogVariables } from '../../../ui/tasks/TaskLog';
import { taskStates } from '../../../ui/tasks/task-states';
import { machineTasks } from '../components/task-telling';
import { TaskListQuery, TaskRow } from '../tasks.gql';

type Row = ResultOf<typeof TaskRow>;

const states = Object.keys(taskStates) as TaskState[];
const spec = taskLogSpec(states);

export function TaskListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'resource-tasks',
    spec,
    query: TaskListQuery,
    variables: (filter) => ({ ...taskLogVariables(filter), resourceId: null }),
    rows: ({ resourceTasks }) => ({ ...resourceTasks, rows: readFragment(TaskRow, resourceTasks.nodes) }),
  });
  const subject = useMemo(
    (): Column<Row> => ({
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
    }),
    [t],
  );
  const took = useMemo(
    (): Column<Row> => ({
      key: 'took',
      title: t('task.took'),
      render: (row) => <span className="jy-number">{tookText(t, row.seconds)}</span>,
      text: (row) => tookText(t, row.seconds),
    }),
    [t],
  );
  return (
    <TaskLog
      list={list}
      telling={machineTasks}
      states={states}
      centers={list.data?.centers}
      subject={subject}
      end={took}
      lead={t('task.lead')}
      search={{ label: t('task.search'), placeholder: t('task.searchPlaceholder') }}
      empty={{ text: t('task.noneText'), action: <Link to={routes.resources()}>{t('resource.list')}</Link> }}
    />
  );
}

const SECONDS_OF_MINUTE = 60;

function tookText(t: TFunction, seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < SECONDS_OF_MINUTE) return t('task.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  return t('task.minutes', { minutes: Math.round(seconds / SECONDS_OF_MINUTE) });
}
