import type { ResultOf } from '../../../graphql/tada';
import type { TaskTelling } from '../../../ui/tasks/task-telling';
import type { ServerTaskRow } from '../hosts.gql';
import { ServerTaskWhere } from './ServerTaskWhere';

export const serverTasks: TaskTelling<ResultOf<typeof ServerTaskRow>> = {
  kind: (t, { kind }) => t(`task.serverKind.${kind}`),
  where: (task) => <ServerTaskWhere task={task} />,
  whereText: (_t, { text }) => text,
  begun: ({ begunAt }) => begunAt,
  department: ({ server }) => server.department?.name ?? null,
};
