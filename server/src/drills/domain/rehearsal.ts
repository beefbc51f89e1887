/** Decides what a drill does in its cluster next, from what stands there: made in order, and all of it taken away again. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { both } from '../../kernel/said.js';
import { at, type ClusterObject, listAt, textAt } from '../../provisioning/domain/cluster-object.js';
import type { ItemCode } from './drill-items.js';

export const COPY_STATES = ['WAITING', 'SNAPSHOT', 'RESTORED', 'STARTED', 'READY', 'FAILED', 'GONE'] as const;
export type CopyState = (typeof COPY_STATES)[number];

/** What stands of one machine's copy; undefined = it is not there. */
export interface CopySight {
  readonly snapshot: ClusterObject | undefined;
  readonly disks: readonly (ClusterObject | undefined)[];
  readonly machine: ClusterObject | undefined;
  readonly instance: ClusterObject | undefined;
}

export interface CopyStand {
  readonly state: CopyState;
  readonly trouble: Bilingual | null;
}

export function standOf(sight: CopySight): CopyStand {
  const failed = failureOf(sight);
  if (failed !== null) return { state: 'FAILED', trouble: failed };
  return { state: stateOf(sight), trouble: null };
}

function stateOf({ disks, instance, machine, snapshot }: CopySight): CopyState {
  if (machine !== undefined && instance !== undefined && textAt(instance, 'status', 'phase') === 'Running')
    return isTrue(instance, 'AgentConnected') ? 'READY' : 'STARTED';
  if (disks.length > 0 && disks.every((disk) => textAt(disk, 'status', 'phase') === 'Succeeded')) return 'RESTORED';
  return at(snapshot, 'status', 'readyToUse') === true ? 'SNAPSHOT' : 'WAITING';
}

/** What no waiting cures. A disk that CDI tries again and again is waited for until its entry is late. */
function failureOf({ disks, machine, snapshot }: CopySight): Bilingual | null {
  if (textAt(snapshot, 'status', 'phase') === 'Failed' || isTrue(snapshot, 'Failure'))
    return both(textAt(snapshot, 'status', 'error', 'message') ?? say('快照失败', 'the snapshot failed'));
  const disk = disks.find((each) => textAt(each, 'status', 'phase') === 'Failed');
  if (disk !== undefined) {
    const { name } = disk.metadata;
    return say(`${name}：恢复失败`, `${name}: could not be restored`);
  }
  const condition = listAt(machine, 'status', 'conditions').find((each) => at(each, 'type') === 'Failure');
  if (at(condition, 'status') !== 'True') return null;
  return both(textAt(condition, 'message') ?? say('虚拟机无法启动', 'the machine cannot be started'));
}

function isTrue(object: ClusterObject | undefined, type: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    (each) => at(each, 'type') === type && at(each, 'status') === 'True',
  );
}

export interface Copy {
  readonly wave: number;
  readonly state: CopyState;
}

const REACHED: readonly CopyState[] = ['WAITING', 'SNAPSHOT', 'RESTORED', 'STARTED', 'READY'];

function hasReached(state: CopyState, wanted: CopyState): boolean {
  return REACHED.indexOf(state) >= REACHED.indexOf(wanted);
}

/** What an automatic entry waits for; the fence is read at the policies instead. */
const GOAL: { readonly [C in ItemCode]?: CopyState } = {
  SNAPSHOT: 'SNAPSHOT',
  RESTORE: 'RESTORED',
  START: 'STARTED',
  PROBE: 'READY',
};

/** Whether the entry is done by every copy. */
export function isReached(code: ItemCode, copies: readonly Copy[]): boolean {
  const goal = GOAL[code];
  return goal !== undefined && copies.every(({ state }) => hasReached(state, goal));
}

/**
 * What is made for a copy while this entry is at hand. Each wave begins once the wave before it answers: data before what
 * stands on it.
 */
export function makes(code: ItemCode, copy: Copy, all: readonly Copy[]): 'SNAPSHOT' | 'DISKS' | 'MACHINE' | null {
  if (code === 'SNAPSHOT' && !hasReached(copy.state, 'SNAPSHOT')) return 'SNAPSHOT';
  if (code === 'RESTORE' && !hasReached(copy.state, 'RESTORED')) return 'DISKS';
  if (code !== 'START' || hasReached(copy.state, 'STARTED')) return null;
  return all.every(({ state, wave }) => wave >= copy.wave || state === 'READY') ? 'MACHINE' : null;
}
