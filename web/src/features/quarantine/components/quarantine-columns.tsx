import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { QuarantineAction } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { quarantineStates } from '../../../ui/quarantine-states';
import { StateTag } from '../../../ui/StateTag';
import { powerStates } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { QuarantineRow } from '../quarantine.gql';

export type Quarantined = ResultOf<typeof QuarantineRow>;

/** The API counts no further: as many looks are enough for whatever is decided. */
const PASSES_COUNTED = 3;

const nameOf = ({ objectName, objectNamespace }: Quarantined): string => `${objectNamespace}/${objectName}`;

/** 已隔离 alone does not say whether it still runs. */
function stateText(t: TFunction, { haltedAt, objectKind, state }: Quarantined): string {
  const word = t(`quarantine.state.${state}`);
  const done = haltedAt ? 'haltDone' : 'haltOrdered';
  const of = isPolicy(objectKind) ? 'policy' : 'machine';
  return state === 'QUARANTINED' ? `${word} · ${t(`quarantine.${done}.${of}`)}` : word;
}

/** It runs nothing: it is closed, where a machine is stopped. */
export function isPolicy(objectKind: string): boolean {
  return objectKind === 'NetworkPolicy';
}

export function quarantineColumns(t: TFunction): Column<Quarantined>[] {
  return [
    {
      key: 'object',
      title: t('quarantine.object'),
      leading: true,
      render: (row) => (
        <>
          <code className="jy-code jy-wrap-anywhere">{nameOf(row)}</code>
          <div className="jy-quiet-text">{row.objectKind}</div>
        </>
      ),
      text: (row) => `${row.objectKind} ${nameOf(row)}`,
    },
    {
      key: 'state',
      title: t('quarantine.stateLabel'),
      render: (row) => (
        <>
          <StateTag look={quarantineStates[row.state]} word={stateText(t, row)} />
          {row.haltTrouble && <div className="jy-quiet-text jy-wrap-anywhere">{row.haltTrouble}</div>}
        </>
      ),
      text: (row) => stateText(t, row),
    },
    {
      key: 'cause',
      title: t('quarantine.causeLabel'),
      render: ({ cause, claimedId }) => (
        <>
          {t(`quarantine.cause.${cause}`)}
          {claimedId && (
            <div className="jy-quiet-text jy-wrap-anywhere">{t('quarantine.claims', { id: claimedId })}</div>
          )}
        </>
      ),
      text: ({ cause, claimedId }) => `${t(`quarantine.cause.${cause}`)} ${claimedId ?? ''}`.trim(),
    },
    {
      key: 'power',
      title: t('quarantine.power'),
      render: ({ power }) =>
        power ? <StateTag look={powerStates[power]} word={t(`state.power.${power}`)} /> : <span>–</span>,
      text: ({ power }) => power && t(`state.power.${power}`),
    },
    {
      key: 'center',
      title: t('quarantine.center'),
      render: ({ center }) => center && <CenterMark role={center.role} name={center.name} />,
      text: ({ center }) => center?.name ?? null,
    },
    {
      key: 'seen',
      title: t('quarantine.seen'),
      render: ({ firstSeenAt, passes }) => (
        <>
          <Time at={firstSeenAt} />
          <div className="jy-quiet-text">
            {passes < PASSES_COUNTED ? t('quarantine.looks', { passes }) : t('quarantine.manyLooks')}
          </div>
        </>
      ),
      text: ({ firstSeenAt }) => exactTime(firstSeenAt),
    },
    {
      key: 'decision',
      title: t('quarantine.decision'),
      render: ({ decidedAt, decidedBy, events, reason }) =>
        decidedBy ? (
          <>
            {t('common.said', { name: decidedBy, reason: reason ?? '' })}
            <div className="jy-quiet-text">
              <Time at={decidedAt} />
            </div>
            {events.length > 1 && <DoneToIt t={t} events={events} />}
          </>
        ) : (
          '–'
        ),
      text: ({ decidedBy, reason }) => decidedBy && t('common.said', { name: decidedBy, reason: reason ?? '' }),
    },
    {
      key: 'ended',
      title: t('quarantine.ended'),
      optional: true,
      render: ({ endedAt }) => <Time at={endedAt} />,
      text: ({ endedAt }) => endedAt && exactTime(endedAt),
    },
  ];
}

/** What was done before the last decision, and whether it was carried out; folded away, the newest first. */
function DoneToIt({ t, events }: { t: TFunction; events: Quarantined['events'] }) {
  return (
    <details>
      <summary>{t('quarantine.log', { events: events.length })}</summary>
      <ul className="jy-quiet-text">
        {events.map(({ actorName, at, kind, reason }) => (
          <li key={`${at} ${kind}`}>
            <Time at={at} /> {t(`quarantine.event.${kind}`)}
            {actorName && ` · ${t('common.said', { name: actorName, reason: reason ?? '' })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** @param mayTakeIn whether the viewer may bring a machine into the books. */
export function actColumn(
  t: TFunction,
  mayTakeIn: boolean,
  decide: (object: Quarantined, action: QuarantineAction) => void,
): Column<Quarantined> {
  return {
    key: 'acts',
    title: t('life.acts'),
    render: (row) => {
      const mayBind = mayTakeIn && row.objectKind === 'VirtualMachine' && row.endedAt === null;
      if (row.availableActions.length === 0 && !mayBind) return <span className="jy-quiet-text">–</span>;
      return (
        <div className="jy-acts">
          {mayBind && (
            <Link
              to={routes.intakeSearch(row.objectName)}
              aria-label={t('quarantine.bindLabel', { name: nameOf(row) })}
            >
              {t('quarantine.bind')}
            </Link>
          )}
          {row.availableActions.map((action) => (
            <Button
              key={action}
              size="small"
              aria-label={t(`quarantine.ask.${action}`, { name: nameOf(row) })}
              onClick={() => decide(row, action)}
            >
              {t(`quarantine.action.${action}`)}
            </Button>
          ))}
        </div>
      );
    },
    text: () => null,
  };
}
