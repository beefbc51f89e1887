import type { ResultOf } from '../../../graphql/tada';
import type { TaskTelling } from '../../../ui/tasks/task-telling';
import type { TaskRow } from '../tasks.gql';
import { failureWord, TaskWhere } from './TaskWhere';

export const machineTasks: TaskTelling<ResultOf<typeof TaskRow>> = {
  kind: (t, { kind }) => t(`task.kind.${kind}`),
  where: (task) => <TaskWhere task={task} />,
  whereText: (t, { text, failureClass, failureMessage }) =>
    [text, failureClass && failureWord(t, failureClass), failureMessage].filter(Boolean).join(' · '),
  begun: ({ begunAt, queuedAt }) => begunAt ?? queuedAt,
  department: ({ resource }) => resource.department.name,
};
