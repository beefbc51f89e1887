/** Decides whether a machine's disk outlives it, for how many days, and what may be done to a disk that is kept. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';
import type { LifePolicy } from './life-policy.js';
import type { ResourceManagement } from './management.js';
import { type OperatedMachine, refusalOf, whyNot } from './power-actions.js';
import type { TakenOver } from './taken-over.js';

export const KEPT_DISK_STATES = ['KEPT', 'ATTACHED', 'ENDING', 'GONE'] as const;
export type KeptDiskState = (typeof KEPT_DISK_STATES)[number];
export const KEPT_DISK_MOVES = ['ATTACH', 'DETACH', 'END', 'GONE_OBSERVED'] as const;
export type KeptDiskMove = (typeof KEPT_DISK_MOVES)[number];

export const keptDiskTable = checkedTable({
  name: 'keptDisk',
  states: KEPT_DISK_STATES,
  initial: 'KEPT',
  actions: KEPT_DISK_MOVES,
  transitions: {
    KEPT: { ATTACH: 'ATTACHED', END: 'ENDING' },
    // It ends with its machine, unless that leaves its disks behind again.
    ATTACHED: { DETACH: 'KEPT', END: 'ENDING' },
    // Its storage stays claimed until the cluster has been seen to have it no longer.
    ENDING: { GONE_OBSERVED: 'GONE' },
    GONE: {},
  },
});

/** Why it came to its end. */
export const KEPT_DISK_ENDS = ['TIME', 'GIVEN_UP', 'MACHINE'] as const;
export type KeptDiskEnd = (typeof KEPT_DISK_ENDS)[number];

/** Days before the end at which its people are told, once: time for a copy or a new machine. */
export const KEPT_DISK_REMINDER_DAYS = 3;
/** Kept disks of one machine: each is a card of its bus, and more is a storage service of its own. */
export const ATTACHED_DISKS_MAX = 8;

/** A disk that was kept of another machine, as its new one has it. */
export interface AttachedDisk {
  readonly keptDiskId: string;
  /** From 1; it names the disk in the machine and stays while the disk does. */
  readonly slot: number;
  /** Name of its DataVolume. */
  readonly dataVolume: string;
}

export interface Leaving {
  readonly management: ResourceManagement;
  readonly takenOver: TakenOver | null;
  readonly deliveredAt: Date | null;
}

/** How long the disk of a machine may outlive it; null = not at all. */
export function keepDaysMost(machine: Leaving, { DISK_KEEP_DAYS_MAX }: LifePolicy): number | null {
  // What the console did not make, or what nobody ever wrote to, is nobody's data here.
  const isOurs = machine.management === 'DRIVEN' && machine.takenOver === null && machine.deliveredAt !== null;
  return isOurs && DISK_KEEP_DAYS_MAX > 0 ? DISK_KEEP_DAYS_MAX : null;
}

/** @param days 0 or null = it goes with its machine. */
export function checkKeepDays(machine: Leaving, days: number | null, policy: LifePolicy): Refusal[] {
  if (days === null || days === 0) return [];
  const most = keepDaysMost(machine, policy);
  if (most === null)
    return [
      invalid(
        ['keepDiskDays'],
        'unavailable',
        say('这台资源的磁盘不能单独保留', 'The disk of this resource cannot be kept without it'),
      ),
    ];
  return rangeOf(days, most, ['keepDiskDays']);
}

/** KubeVirt makes what it restored the machine's own: the cluster deletes it with the machine, whoever wants to keep it. */
export function restoredRefusal(): Refusal {
  return invalid(
    ['keepDiskDays'],
    'restored',
    say(
      '这台虚拟机曾从快照恢复，集群会随虚拟机删除它的磁盘，不能单独保留；请先备份数据',
      'It was restored from a snapshot, and its cluster deletes the disk with it; copy the data first',
    ),
  );
}

function rangeOf(days: number, most: number, path: InputPath): Refusal[] {
  return Number.isInteger(days) && days >= 1 && days <= most
    ? []
    : [invalid(path, 'range', say(`磁盘最多保留 ${most} 天`, `A disk is kept for at most ${most} days`))];
}

export interface KeptDisk {
  readonly state: KeptDiskState;
  readonly version: number;
  readonly systemId: string;
  readonly centerId: string;
  /** What is wrong with it in the cluster; null = nothing is. */
  readonly trouble: string | null;
}

export interface AttachingMachine extends OperatedMachine, Pick<Leaving, 'takenOver'> {
  readonly systemId: string;
  readonly centerId: string | null;
  readonly attachedDisks: readonly AttachedDisk[] | null;
}

export function attachRefusal(disk: KeptDisk, machine: AttachingMachine): Refusal | null {
  const illegal = moveRefusal(disk, 'ATTACH');
  if (illegal) return illegal;
  if (disk.trouble !== null)
    return refused(
      'DISK_TROUBLE',
      say(`磁盘在集群中有问题：${disk.trouble}`, `The disk is in trouble: ${disk.trouble}`),
    );
  return targetRefusal(disk, machine);
}

/** Why a machine cannot be given a disk now; null = it can. */
export function targetRefusal(
  disk: Pick<KeptDisk, 'systemId' | 'centerId'>,
  machine: AttachingMachine,
): Refusal | null {
  // The storage is promised to this system in this center: elsewhere it would be somebody else's quota and another cluster.
  if (machine.systemId !== disk.systemId || machine.centerId !== disk.centerId)
    return refused(
      'OTHER_PLACE',
      say('只能挂载到同一系统、同一数据中心的虚拟机', 'Only to a machine of the same system in the same center'),
    );
  if (machine.takenOver !== null)
    return refused(
      'TAKEN_OVER',
      say(
        '这台是纳管前就在运行的虚拟机，磁盘不由集云管理',
        'It ran before the console, which does not manage its disks',
      ),
    );
  const why = whyNot(machine, 'ATTACH_DISK');
  if (why !== null) return refusalOf(machine, 'ATTACH_DISK', why);
  if ((machine.attachedDisks ?? []).length >= ATTACHED_DISKS_MAX)
    return refused(
      'DISK_LIMIT',
      say(`每台最多挂载 ${ATTACHED_DISKS_MAX} 块保留的磁盘`, `At most ${ATTACHED_DISKS_MAX} kept disks of a machine`),
    );
  return null;
}

export function detachRefusal(disk: KeptDisk, machine: AttachingMachine, days: number, most: number): Refusal[] {
  const illegal = moveRefusal(disk, 'DETACH');
  if (illegal) return [illegal];
  const why = whyNot(machine, 'ATTACH_DISK');
  if (why !== null) return [refusalOf(machine, 'ATTACH_DISK', why)];
  return rangeOf(days, most, ['days']);
}

/** What a machine still has is not given up under it. */
export function giveUpRefusal(disk: KeptDisk): Refusal | null {
  if (disk.state === 'ATTACHED')
    return refused('ATTACHED', say('磁盘正挂载在虚拟机上，请先卸下', 'A machine has it; detach it first'));
  return moveRefusal(disk, 'END');
}

function moveRefusal({ state }: KeptDisk, action: KeptDiskMove): Refusal | null {
  if (nextState(keptDiskTable, state, action) !== undefined) return null;
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action, message: WORDS[state] };
}

const WORDS: Readonly<Record<KeptDiskState, Bilingual>> = {
  KEPT: say('磁盘没有挂载', 'No machine has the disk'),
  ATTACHED: say('磁盘已挂载在虚拟机上', 'A machine has the disk'),
  ENDING: say('磁盘正在删除', 'The disk is being deleted'),
  GONE: say('磁盘已删除', 'The disk has been deleted'),
};

/** The smallest number that no other disk of the machine has. */
export function freeSlot(attached: readonly AttachedDisk[]): number {
  const taken = new Set(attached.map(({ slot }) => slot));
  let slot = 1;
  while (taken.has(slot)) slot += 1;
  return slot;
}

function refused(reason: string, message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message };
}

function invalid(path: InputPath, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}
