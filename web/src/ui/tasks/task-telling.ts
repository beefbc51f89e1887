import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { CenterRole, TaskState } from '../../graphql/enums';

/** A task of the workers, whatever it is done to. */
export type LoggedTask = {
  id: string;
  state: TaskState;
  center: { name: string; role: CenterRole } | null;
};

/** What a feature says of its tasks, in their log and beside the thing that they are done to. */
export type TaskTelling<Row extends LoggedTask> = {
  kind: (t: TFunction, task: Row) => string;
  /** Where it stands, how far it is, and what is in its way. */
  where: (task: Row) => ReactNode;
  whereText: (t: TFunction, task: Row) => string;
  begun: (task: Row) => string;
  department: (task: Row) => string | null;
};
