/** Decides, from what is desired and what a cluster shows, what to do next and how to say where a machine stands. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { DesiredMachine } from './desired-machine.js';
import type { Seen } from './observe.js';

export type Phase = 'PENDING' | 'CREATING' | 'RUNNING' | 'STOPPED' | 'DELETING' | 'GONE' | 'FAILED';

/**
 * What to do now; only one thing at a time, for the next look decides anew.
 * READ: ask the cluster itself, not the kept view, for all of the machine's objects.
 */
export type Act = 'APPLY' | 'REMOVE_MACHINE' | 'REMOVE_DISK' | 'READ' | 'NONE';

export interface Facts {
  readonly desired: Pick<DesiredMachine, 'resourceId' | 'generation' | 'placementEpoch' | 'intention'>;
  readonly seen: Seen;
  /** Whether `seen` was just read at the cluster itself. Only then does absence prove anything. */
  readonly fresh: boolean;
  /** Whether it is time to apply again, changed or not, so that what others did is undone. */
  readonly healingDue: boolean;
  readonly now: Date;
}

export interface Decision {
  readonly situation: Situation;
  readonly act: Act;
  readonly phase: Phase;
  readonly statusText: Bilingual;
  /** Of provisioning, 0 to 100, while it is known. */
  readonly progressPercent: number | null;
}

export const SITUATIONS = [
  'TAKEN',
  'SUPERSEDED',
  'LEAVING',
  'MISSING',
  'IMPORT_FAILED',
  'IMPORT_WAITING',
  'IMPORTING',
  'DISK_TROUBLE',
  'UNSCHEDULABLE',
  'START_FAILED',
  'STARTING',
  'STOPPING',
  'STOPPED',
  'NODE_LOST',
  'PAUSED',
  'MIGRATING',
  'RUNNING_WITHOUT_ADDRESS',
  'RUNNING',
  'RELEASE_TAKEN',
  'RELEASE_SUPERSEDED',
  'RELEASE_MACHINE',
  'RELEASE_MACHINE_WAIT',
  'RELEASE_INSTANCE_WAIT',
  'RELEASE_DISK',
  'RELEASE_DISK_WAIT',
  'RELEASE_STUCK',
  'RELEASE_READ',
  'RELEASED',
] as const;
export type Situation = (typeof SITUATIONS)[number];

interface Row {
  /** APPLY_IF_DUE: only where the cluster's objects are behind, or healing is due. */
  readonly act: Act | 'APPLY_IF_DUE';
  readonly phase: Phase;
  readonly text: (facts: Facts) => Bilingual;
  readonly progress?: (facts: Facts) => number;
}

/** Sent 5, disk 10 to 80, start 85: where the time goes when a machine is made. */
const PROGRESS = { sent: 5, diskFrom: 10, diskTo: 80, starting: 85, noAddress: 95 } as const;
/** CDI tries for ever; after the third try a person should know. */
const IMPORT_RESTARTS_MAX = 3;
/** A guest gets two minutes to shut down; what is still there after this needs a person. */
const REMOVAL_MAX_MS = 15 * 60_000;

const ROWS: Readonly<Record<Situation, Row>> = {
  TAKEN: row(
    'NONE',
    'FAILED',
    '集群中已有同名对象且不属于本资源，未作任何改动',
    'An object of this name in the cluster is not ours; nothing was touched',
  ),
  SUPERSEDED: row(
    'NONE',
    'PENDING',
    '集群中的对象属于更新的一次放置，未作任何改动',
    'The cluster holds a newer placement of this machine; nothing was touched',
  ),
  LEAVING: row(
    'NONE',
    'CREATING',
    '对象正被删除，删除完成后将重新创建',
    'Its objects are being deleted; it is made again when they are gone',
  ),
  MISSING: {
    ...row('APPLY', 'PENDING', '已下发到集群，等待处理', 'Sent to the cluster; waiting for it to begin'),
    progress: () => PROGRESS.sent,
  },
  IMPORT_FAILED: {
    act: 'APPLY_IF_DUE',
    phase: 'FAILED',
    text: ({ seen }) =>
      say(
        `系统盘导入失败：${seen.disk?.trouble ?? '原因未知'}`,
        `The disk could not be imported: ${seen.disk?.trouble ?? 'reason unknown'}`,
      ),
  },
  IMPORT_WAITING: {
    ...row('APPLY_IF_DUE', 'CREATING', '系统盘等待创建', 'The disk waits to be made'),
    progress: () => PROGRESS.diskFrom,
  },
  IMPORTING: {
    act: 'APPLY_IF_DUE',
    phase: 'CREATING',
    text: ({ seen }) =>
      seen.disk?.percent === undefined
        ? say('正在导入系统盘', 'Importing the disk')
        : say(`正在导入系统盘 ${seen.disk.percent}%`, `Importing the disk, ${seen.disk.percent}%`),
    progress: ({ seen }) =>
      PROGRESS.diskFrom + Math.floor(((seen.disk?.percent ?? 0) * (PROGRESS.diskTo - PROGRESS.diskFrom)) / 100),
  },
  DISK_TROUBLE: row(
    'APPLY_IF_DUE',
    'CREATING',
    '系统盘暂不可用，集群正在重试',
    'The disk cannot be used yet; the cluster keeps trying',
  ),
  UNSCHEDULABLE: row('APPLY_IF_DUE', 'CREATING', '暂无节点可以放置，等待资源', 'No node has room for it now; it waits'),
  START_FAILED: row(
    'APPLY_IF_DUE',
    'FAILED',
    '反复启动失败，集群仍在重试',
    'It fails to start again and again; the cluster keeps trying',
  ),
  STARTING: { ...row('APPLY_IF_DUE', 'CREATING', '正在启动', 'Starting'), progress: () => PROGRESS.starting },
  STOPPING: row('APPLY_IF_DUE', 'STOPPED', '正在关机', 'Shutting down'),
  STOPPED: row('APPLY_IF_DUE', 'STOPPED', '已关机', 'Stopped'),
  // Nothing is concluded from not knowing: no phase that would deliver it.
  NODE_LOST: row(
    'APPLY_IF_DUE',
    'STOPPED',
    '所在节点失去联系，运行状态未知',
    'Its node is lost; whether it runs is unknown',
  ),
  PAUSED: row('APPLY_IF_DUE', 'RUNNING', '已暂停', 'Paused'),
  MIGRATING: row('APPLY_IF_DUE', 'RUNNING', '运行中，正在热迁移', 'Running; moving to another node'),
  RUNNING_WITHOUT_ADDRESS: {
    ...row('APPLY_IF_DUE', 'CREATING', '已启动，等待网络地址', 'Started; waiting for an address'),
    progress: () => PROGRESS.noAddress,
  },
  RUNNING: row('APPLY_IF_DUE', 'RUNNING', '运行中', 'Running'),
  RELEASE_TAKEN: row(
    'NONE',
    'DELETING',
    '集群中的同名对象不属于本资源，未作删除，需人工核实',
    'The object of this name is not ours; nothing was deleted, a person must look',
  ),
  RELEASE_SUPERSEDED: row(
    'NONE',
    'DELETING',
    '集群中的对象属于更新的一次放置，未作删除',
    'The cluster holds a newer placement; nothing was deleted',
  ),
  RELEASE_MACHINE: row('REMOVE_MACHINE', 'DELETING', '正在关机并删除虚拟机', 'Shutting down and deleting the machine'),
  RELEASE_MACHINE_WAIT: row('NONE', 'DELETING', '正在关机并删除虚拟机', 'Shutting down and deleting the machine'),
  RELEASE_INSTANCE_WAIT: row(
    'NONE',
    'DELETING',
    '虚拟机已删除，等待其运行实例退出',
    'The machine is deleted; waiting for its instance to end',
  ),
  RELEASE_DISK: row(
    'REMOVE_DISK',
    'DELETING',
    '虚拟机已删除，正在删除系统盘',
    'The machine is deleted; deleting its disk',
  ),
  RELEASE_DISK_WAIT: row(
    'NONE',
    'DELETING',
    '虚拟机已删除，正在删除系统盘',
    'The machine is deleted; deleting its disk',
  ),
  RELEASE_STUCK: row(
    'NONE',
    'DELETING',
    '删除已超过15分钟未完成，需人工核实',
    'Deletion has taken more than 15 minutes; a person must look',
  ),
  RELEASE_READ: row('READ', 'DELETING', '正在向集群核实是否已全部删除', 'Reading at the cluster whether all is gone'),
  RELEASED: row('NONE', 'GONE', '已释放', 'Released'),
};

function row(act: Row['act'], phase: Phase, zh: string, en: string): Row {
  const text = say(zh, en);
  return { act, phase, text: () => text };
}

export function nextPhase(facts: Facts): Decision {
  const situation = facts.desired.intention === 'PRESENT' ? present(facts) : absent(facts);
  const { act, phase, progress, text } = ROWS[situation];
  return {
    situation,
    act: act === 'APPLY_IF_DUE' ? (isBehind(facts) || facts.healingDue ? 'APPLY' : 'NONE') : act,
    phase,
    statusText: text(facts),
    progressPercent: progress?.(facts) ?? null,
  };
}

function isBehind({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some(
    (each) =>
      each !== undefined && (each.generation < desired.generation || each.placementEpoch < desired.placementEpoch),
  );
}

function isTaken({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some((each) => each !== undefined && each.owner !== desired.resourceId);
}

function isSuperseded({ desired, seen }: Facts): boolean {
  return [seen.machine, seen.disk].some((each) => each !== undefined && each.placementEpoch > desired.placementEpoch);
}

function present(facts: Facts): Situation {
  const { disk, instance, machine } = facts.seen;
  if (isTaken(facts)) return 'TAKEN';
  if (isSuperseded(facts)) return 'SUPERSEDED';
  if (machine?.deletingSince !== undefined || disk?.deletingSince !== undefined) return 'LEAVING';
  if (machine === undefined || disk === undefined) return 'MISSING';
  if (instance?.phase === 'Unknown') return 'NODE_LOST';
  if (instance?.phase === 'Running' && instance.deletingSince === undefined)
    return (
      RUNNING_BY_STATUS[machine.printableStatus] ??
      (instance.addresses.length > 0 ? 'RUNNING' : 'RUNNING_WITHOUT_ADDRESS')
    );
  if (disk.phase === 'Failed' || (disk.trouble !== undefined && disk.restarts >= IMPORT_RESTARTS_MAX))
    return 'IMPORT_FAILED';
  return WAITING_BY_STATUS[machine.printableStatus] ?? IMPORT_BY_PHASE[disk.phase] ?? 'IMPORTING';
}

/** KubeVirt's word for a machine whose instance runs, where it says more than that. */
const RUNNING_BY_STATUS: Readonly<Partial<Record<string, Situation>>> = {
  Paused: 'PAUSED',
  Migrating: 'MIGRATING',
  Stopping: 'STOPPING',
};

/** KubeVirt's word for a machine that does not run (yet), where it says why. */
const WAITING_BY_STATUS: Readonly<Partial<Record<string, Situation>>> = {
  ErrorUnschedulable: 'UNSCHEDULABLE',
  ErrorPvcNotFound: 'DISK_TROUBLE',
  DataVolumeError: 'DISK_TROUBLE',
  ErrImagePull: 'START_FAILED',
  ImagePullBackOff: 'START_FAILED',
  CrashLoopBackOff: 'START_FAILED',
  Stopping: 'STOPPING',
  Stopped: 'STOPPED',
};

/** CDI's phases that are no import under way; every other phase is one. */
const IMPORT_BY_PHASE: Readonly<Partial<Record<string, Situation>>> = {
  '': 'IMPORT_WAITING',
  Pending: 'IMPORT_WAITING',
  PVCBound: 'IMPORT_WAITING',
  ImportScheduled: 'IMPORT_WAITING',
  CloneScheduled: 'IMPORT_WAITING',
  Paused: 'IMPORT_WAITING',
  // The disk waits for the machine to start, not the machine for the disk.
  WaitForFirstConsumer: 'STARTING',
  PendingPopulation: 'STARTING',
  Succeeded: 'STARTING',
};

function absent(facts: Facts): Situation {
  const { disk, instance, machine } = facts.seen;
  if (isTaken(facts)) return 'RELEASE_TAKEN';
  if (isSuperseded(facts)) return 'RELEASE_SUPERSEDED';
  if (machine) return removal(facts, machine.deletingSince, 'RELEASE_MACHINE', 'RELEASE_MACHINE_WAIT');
  if (instance) return removal(facts, instance.deletingSince, 'RELEASE_INSTANCE_WAIT', 'RELEASE_INSTANCE_WAIT');
  if (disk) return removal(facts, disk.deletingSince, 'RELEASE_DISK', 'RELEASE_DISK_WAIT');
  return facts.fresh ? 'RELEASED' : 'RELEASE_READ';
}

function removal(facts: Facts, since: string | undefined, start: Situation, wait: Situation): Situation {
  if (since === undefined) return start;
  return facts.now.getTime() - Date.parse(since) > REMOVAL_MAX_MS ? 'RELEASE_STUCK' : wait;
}
