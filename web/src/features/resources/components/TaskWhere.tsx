import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { ProgressLine } from '../../../ui/ProgressLine';
import type { TaskRow } from '../tasks.gql';

type Row = ResultOf<typeof TaskRow>;

/** Where a task stands: what is said of it, how far it is, and what is in its way. */
export function TaskWhere({ task }: { task: Row }) {
  const { t } = useTranslation();
  const wait =
    task.retryAt && task.state === 'WAITING'
      ? t('task.retryAt', { at: exactTime(task.retryAt), failures: task.failures })
      : null;
  return (
    <div className="jy-task-where">
      <span>{task.text}</span>
      {task.state === 'RUNNING' && (
        <ProgressLine percent={task.progressPercent} label={t('task.progress', { name: task.resource.name })} />
      )}
      {task.failureClass && (
        <span className="jy-quiet-text">
          {failureWord(t, task.failureClass)}
          {wait && ` · ${wait}`}
        </span>
      )}
      {task.failureMessage && <code className="jy-task-message">{task.failureMessage}</code>}
    </div>
  );
}

const FAILURES = [
  'RETRYABLE',
  'CONFLICT',
  'NOT_FOUND',
  'GONE',
  'UNREACHABLE',
  'INTERNAL',
  'QUOTA',
  'FORBIDDEN',
  'SCHEMA',
  'INVALID',
  'NO_MULTUS',
] as const;

/** A word for what the worker knows; what it will know one day is shown as it says it. */
export function failureWord(t: TFunction, failureClass: string): string {
  const known = FAILURES.find((each) => each === failureClass);
  return known ? t(`task.failure.${known}`) : failureClass;
}
