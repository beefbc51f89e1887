import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { replaceTaskStates } from '../../../ui/replace-task-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { ReplaceTaskRow } from '../replacements.gql';

export type ReplaceTask = ResultOf<typeof ReplaceTaskRow>;

/** Which nodes and why; that none could be made to give way follows in many words and is in the dialog. */
const nodesOf = (schedulerText: string): string => schedulerText.split(' preemption:')[0] ?? schedulerText;

export function replaceColumns(t: TFunction): Column<ReplaceTask>[] {
  return [
    {
      key: 'resource',
      title: t('resource.name'),
      leading: true,
      render: ({ resource }) => (
        <>
          <Link to={routes.resource(resource.id)}>{resource.name}</Link>
          <div className="jy-code jy-quiet-text">{resource.code}</div>
        </>
      ),
      text: ({ resource }) => `${resource.name} ${resource.code}`,
    },
    {
      key: 'state',
      title: t('replace.stateOf'),
      render: ({ state }) => <StateTag look={replaceTaskStates[state]} word={t(`replace.state.${state}`)} />,
      text: ({ state }) => t(`replace.state.${state}`),
    },
    {
      key: 'center',
      title: t('replace.refusedBy'),
      render: ({ center, pool }) => (
        <>
          {center && <CenterMark role={center.role} name={center.name} />}
          {pool && <span className="jy-code jy-under">{pool.code}</span>}
        </>
      ),
      text: ({ center, pool }) => [center?.name, pool?.code].filter(Boolean).join(' '),
    },
    {
      key: 'scheduler',
      title: t('replace.scheduler'),
      render: ({ refusedSince, schedulerText }) => (
        <>
          <span className="jy-wrap-anywhere" title={schedulerText}>
            {nodesOf(schedulerText)}
          </span>
          <div className="jy-quiet-text">
            {t('replace.since')} <Time at={refusedSince} />
          </div>
        </>
      ),
      text: ({ schedulerText }) => schedulerText,
    },
    {
      key: 'department',
      title: t('request.department'),
      render: ({ resource }) => resource.department.name,
      text: ({ resource }) => resource.department.name,
    },
    {
      key: 'opened',
      title: t('replace.opened'),
      render: ({ openedAt }) => <Time at={openedAt} />,
      text: ({ openedAt }) => exactTime(openedAt),
    },
    {
      key: 'outcome',
      title: t('replace.outcome'),
      render: ({ closedAt, decidedBy, reason, toCenter, toPool }) =>
        closedAt === null ? (
          <span className="jy-quiet-text">–</span>
        ) : (
          <>
            {toCenter && <CenterMark role={toCenter.role} name={toCenter.name} />}
            {toPool && <span className="jy-code jy-under">{toPool.code}</span>}
            {decidedBy && <div>{t('common.said', { name: decidedBy, reason: reason ?? '' })}</div>}
            <div className="jy-quiet-text">
              <Time at={closedAt} />
            </div>
          </>
        ),
      text: ({ decidedBy, reason, toCenter, toPool }) =>
        [toCenter?.name, toPool?.code, decidedBy && t('common.said', { name: decidedBy, reason: reason ?? '' })]
          .filter(Boolean)
          .join(' '),
    },
  ];
}

export function placeColumn(t: TFunction, place: (task: ReplaceTask) => void): Column<ReplaceTask> {
  return {
    key: 'acts',
    title: t('life.acts'),
    render: (task) =>
      task.mayPlace ? (
        <Button
          size="small"
          type="primary"
          aria-label={t('replace.ask', { name: task.resource.name })}
          onClick={() => place(task)}
        >
          {t('replace.place')}
        </Button>
      ) : (
        <span className="jy-quiet-text">–</span>
      ),
    text: () => null,
  };
}
