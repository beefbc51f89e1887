import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { LatestTasks } from '../../../ui/tasks/LatestTasks';
import { ServerTaskRow, TasksOfServerQuery } from '../hosts.gql';
import { serverTasks } from './server-task-telling';

type Props = {
  id: string;
  assetNumber: string;
  /** Another text: its host has news. */
  news: string;
};

/** What the workers do and did to this server; nothing where people do everything to it. */
export function ServerTasksPanel({ id: serverId, assetNumber, news }: Props) {
  const [{ data, error }, ask] = useQuery({
    query: TasksOfServerQuery,
    variables: { serverId },
    requestPolicy: 'cache-and-network',
  });
  const found = data?.serverTasks;
  return (
    <LatestTasks
      telling={serverTasks}
      found={found && { totalCount: found.totalCount, tasks: readFragment(ServerTaskRow, found.nodes) }}
      error={error}
      ask={ask}
      news={news}
      to={routes.serverTasks({ search: assetNumber })}
    />
  );
}
