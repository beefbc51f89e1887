import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CombinedError } from 'urql';
import { failureOf } from '../../graphql/failure';
import { Panel } from '../Panel';
import { FailureState, LoadingState } from '../page-states';
import { StateTag } from '../StateTag';
import { Time } from '../Time';
import { taskStates } from './task-states';
import type { LoggedTask, TaskTelling } from './task-telling';

type Props<Row extends LoggedTask> = {
  telling: TaskTelling<Row>;
  /** undefined = not come yet. */
  found: { totalCount: number; tasks: readonly Row[] } | undefined;
  error: CombinedError | undefined;
  ask: (again: { requestPolicy: 'network-only' }) => void;
  /** Another value: the thing or its tasks have news. */
  news: string | number;
  /** Their whole log. */
  to: string;
  /** Said where nothing was done yet; without it there is no panel until there is a task. */
  none?: string;
};

/** What the workers do and did for one thing, the newest wish first; asked for again whenever there is news. */
export function LatestTasks<Row extends LoggedTask>(props: Props<Row>) {
  const { telling, found, error, ask, news, to, none } = props;
  const { t } = useTranslation();
  const asked = useRef(news);
  useEffect(() => {
    if (asked.current === news) return;
    asked.current = news;
    ask({ requestPolicy: 'network-only' });
  }, [news, ask]);
  const tasks = found?.tasks ?? [];
  if (none === undefined && !error && tasks.length === 0) return null;
  return (
    <Panel title={t('task.title')} aside={found && <Link to={to}>{t('task.all', { total: found.totalCount })}</Link>}>
      {error && !found && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {!found && !error && <LoadingState rows={3} />}
      {found && tasks.length === 0 && none && <p className="jy-quiet-text">{none}</p>}
      <ul className="jy-policies">
        {tasks.map((task) => (
          <li key={task.id}>
            <div className="jy-policy-head">
              <span>
                {telling.kind(t, task)} <Time at={telling.begun(task)} />
              </span>
              <StateTag look={taskStates[task.state]} word={t(`task.state.${task.state}`)} />
            </div>
            {telling.where(task)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
