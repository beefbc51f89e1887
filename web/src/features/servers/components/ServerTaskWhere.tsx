import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { ProgressLine } from '../../../ui/ProgressLine';
import type { ServerTaskRow } from '../hosts.gql';

/** Where a task stands, and how far it is. */
export function ServerTaskWhere({ task }: { task: ResultOf<typeof ServerTaskRow> }) {
  const { t } = useTranslation();
  const isUnderWay = task.state === 'RUNNING' || task.state === 'QUEUED';
  return (
    <div className="jy-task-where">
      <span>{task.text}</span>
      {isUnderWay && (
        <ProgressLine percent={task.progressPercent} label={t('task.progress', { name: task.server.assetNumber })} />
      )}
      {task.tries > 0 && <span className="jy-quiet-text">{t('server.host.triesOf', { count: task.tries })}</span>}
    </div>
  );
}
