import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { taskStates } from '../task-states';
import { TaskRow, TasksOfResourceQuery } from '../tasks.gql';
import { TaskWhere } from './TaskWhere';

type Props = {
  id: string;
  code: string;
  /** Another number: the machine or its tasks have news. */
  news: number;
};

/** What the workers do and did for this machine, the newest wish first; asked for again whenever there is news. */
export function TasksPanel({ id: resourceId, code, news }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: TasksOfResourceQuery,
    variables: { resourceId },
    requestPolicy: 'cache-and-network',
  });
  const asked = useRef(news);
  useEffect(() => {
    if (asked.current === news) return;
    asked.current = news;
    ask({ requestPolicy: 'network-only' });
  }, [news, ask]);
  const tasks = readFragment(TaskRow, data?.resourceTasks.nodes ?? []);
  return (
    <Panel
      title={t('task.title')}
      aside={
        data && (
          <Link to={routes.tasks({ search: code })}>{t('task.all', { total: data.resourceTasks.totalCount })}</Link>
        )
      }
    >
      {error && !data && (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      )}
      {!data && !error && <LoadingState rows={3} />}
      {data && tasks.length === 0 && <p className="jy-quiet-text">{t('task.noneHere')}</p>}
      <ul className="jy-policies">
        {tasks.map((task) => (
          <li key={task.id}>
            <div className="jy-policy-head">
              <span>
                {t(`task.kind.${task.kind}`)} <Time at={task.begunAt ?? task.queuedAt} />
              </span>
              <StateTag look={taskStates[task.state]} word={t(`task.state.${task.state}`)} />
            </div>
            <TaskWhere task={task} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
