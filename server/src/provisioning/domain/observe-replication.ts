/** Decides what a VolSync ReplicationSource and a csi-addons VolumeReplication say of the data that they carry. */
import { intervalOf, type ReplicationObject } from '../../replication/domain/replication-object.js';
import { at, type ClusterObject, listAt, textAt } from './cluster-object.js';

/** Which center the data goes to, by its code; whoever makes such an object may say it. */
export const TOWARDS_LABEL = 'jiyun.internal/replicates-to';
const PROBLEM_LENGTH_MAX = 300;

/** undefined = it carries nothing that the console could name. */
export function replicationView(object: ClusterObject): ReplicationObject | undefined {
  const { namespace } = object.metadata;
  if (namespace === undefined || object.metadata.deletionTimestamp !== undefined) return undefined;
  const common = {
    ...{ namespace, name: object.metadata.name },
    towards: object.metadata.labels?.[TOWARDS_LABEL] ?? null,
    lastSyncAt: timeAt(object, 'status', 'lastSyncTime'),
  };
  return object.kind === 'ReplicationSource' ? volSync(object, common) : volumeReplication(object, common);
}

type Common = Pick<ReplicationObject, 'namespace' | 'name' | 'towards' | 'lastSyncAt'>;

function volSync(object: ClusterObject, common: Common): ReplicationObject | undefined {
  const volume = textAt(object, 'spec', 'sourcePVC');
  if (volume === undefined) return undefined;
  const schedule = textAt(object, 'spec', 'trigger', 'schedule');
  const synchronizing = conditionOf(object, 'Synchronizing');
  const paused = at(object, 'spec', 'paused') === true ? 'paused' : null;
  const mover = textAt(object, 'status', 'latestMoverStatus', 'result') === 'Failed' ? 'the last sync failed' : null;
  const refused = textAt(synchronizing, 'reason') === 'Error' ? (textAt(synchronizing, 'message') ?? 'error') : null;
  // Without a single sync there is no copy, whatever the object wishes.
  const never = common.lastSyncAt === null ? 'never synced' : null;
  return {
    ...common,
    kind: 'ReplicationSource',
    volume,
    role: 'PRIMARY',
    intervalSeconds: schedule === undefined ? null : intervalOf(schedule),
    problem: short(paused ?? refused ?? mover ?? never),
  };
}

const ROLES: { readonly [state: string]: ReplicationObject['role'] } = { Primary: 'PRIMARY', Secondary: 'SECONDARY' };

function volumeReplication(object: ClusterObject, common: Common): ReplicationObject | undefined {
  const volume = textAt(object, 'spec', 'dataSource', 'name');
  if (volume === undefined || textAt(object, 'spec', 'dataSource', 'kind') !== 'PersistentVolumeClaim')
    return undefined;
  const role = ROLES[textAt(object, 'status', 'state') ?? ''] ?? 'UNKNOWN';
  const degraded = conditionOf(object, 'Degraded');
  const resyncing = conditionOf(object, 'Resyncing');
  const completed = conditionOf(object, 'Completed');
  const problem = isTrue(degraded)
    ? (textAt(degraded, 'message') ?? 'degraded')
    : isTrue(resyncing)
      ? (textAt(resyncing, 'message') ?? 'resyncing')
      : completed !== undefined && !isTrue(completed)
        ? (textAt(completed, 'message') ?? 'not completed')
        : role === 'UNKNOWN'
          ? 'no role yet'
          : null;
  return { ...common, kind: 'VolumeReplication', volume, role, intervalSeconds: null, problem: short(problem) };
}

function conditionOf(object: ClusterObject, type: string): unknown {
  return listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type);
}

const isTrue = (condition: unknown): boolean => textAt(condition, 'status') === 'True';
const short = (text: string | null): string | null => text?.slice(0, PROBLEM_LENGTH_MAX) ?? null;

function timeAt(object: ClusterObject, ...path: readonly string[]): Date | null {
  const said = Date.parse(textAt(object, ...path) ?? '');
  return Number.isNaN(said) ? null : new Date(said);
}
