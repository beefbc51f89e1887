import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ServerTaskState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useList } from '../../../ui/list/use-list';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { TaskLog, taskLogSpec, taskLogVariables } from '../../../ui/tasks/TaskLog';
import { serverTasks } from '../components/server-task-telling';
import { ServerTaskListQuery, ServerTaskRow } from '../hosts.gql';

type Row = ResultOf<typeof ServerTaskRow>;

const states: readonly ServerTaskState[] = ['QUEUED', 'RUNNING', 'FAILED', 'DONE', 'SUPERSEDED'];
const spec = taskLogSpec(states);

/** The log of what is done to hosts of servers. */
export function ServerTaskListPage() {
  const { t } = useTranslation();
  const list = useList({
    name: 'server-tasks',
    spec,
    query: ServerTaskListQuery,
    variables: taskLogVariables,
    rows: ({ serverTasks: page }) => ({ ...page, rows: readFragment(ServerTaskRow, page.nodes) }),
  });
  const subject = useMemo(
    (): Column<Row> => ({
      key: 'server',
      title: t('server.assetNumber'),
      leading: true,
      render: ({ server }) => <Link to={routes.server(server.id)}>{server.assetNumber}</Link>,
      text: ({ server }) => server.assetNumber,
    }),
    [t],
  );
  const ended = useMemo(
    (): Column<Row> => ({
      key: 'ended',
      title: t('task.ended'),
      render: ({ endedAt }) => (endedAt ? <Time at={endedAt} /> : '–'),
      text: ({ endedAt }) => endedAt && exactTime(endedAt),
    }),
    [t],
  );
  return (
    <TaskLog
      list={list}
      telling={serverTasks}
      states={states}
      centers={list.data?.centers}
      subject={subject}
      end={ended}
      lead={t('task.leadServers')}
      search={{ label: t('task.searchServers'), placeholder: t('task.searchServersPlaceholder') }}
      empty={{ text: t('task.noneTextServers'), action: <Link to={routes.servers()}>{t('server.list')}</Link> }}
    />
  );
}
