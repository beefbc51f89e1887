import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { LatestTasks } from '../../../ui/tasks/LatestTasks';
import { TaskRow, TasksOfResourceQuery } from '../tasks.gql';
import { machineTasks } from './task-telling';

type Props = {
  id: string;
  code: string;
  /** Another number: the machine or its tasks have news. */
  news: number;
};

/** What the workers do and did for this machine. */
export function TasksPanel({ id: resourceId, code, news }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: TasksOfResourceQuery,
    variables: { resourceId },
    requestPolicy: 'cache-and-network',
  });
  const found = data?.resourceTasks;
  return (
    <LatestTasks
      telling={machineTasks}
      found={found && { totalCount: found.totalCount, tasks: readFragment(TaskRow, found.nodes) }}
      error={error}
      ask={ask}
      news={news}
      to={routes.tasks({ search: code })}
      none={t('task.noneHere')}
    />
  );
}
