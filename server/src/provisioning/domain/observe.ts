/** Decides what is kept of a cluster's objects, and what they say together about one machine. */

import { parseBytes } from '../../kernel/quantity.js';
import type { LiveRoom } from '../../resources/domain/live-resize.js';
import { at, type ClusterObject, listAt, numberAt, textAt } from './cluster-object.js';
import { countOf, MARK, ownerOf } from './marks.js';

const MIB = 1n << 20n;
const GIB = 1n << 30n;

interface ObjectView {
  readonly uid: string;
  /** Of the object as it was seen: what was decided on it is written only while it is still this. */
  readonly resourceVersion: string;
  /** The resource that it belongs to; undefined = none of the console's. */
  readonly owner: string | undefined;
  readonly placementEpoch: number;
  readonly generation: number;
  /** Since when it is being deleted. */
  readonly deletingSince: string | undefined;
  /**
   * What the console applied, as it stands there now: kept of machines and their disks, to see what others wrote; one
   * text, because ten thousand of what it says are too much.
   */
  readonly said?: string;
}

export interface MachineView extends ObjectView {
  /** KubeVirt's one word for it; '' while its controller has not looked yet. */
  readonly printableStatus: string;
  /** What it was given; null where its object does not say. */
  readonly vcpu: number | null;
  readonly memoryMib: number | null;
  /** runStrategy Halted: nothing of it shall run. */
  readonly halted: boolean;
  /** KubeVirt is at its disks: until it is done it takes no other power state and no other disks. */
  readonly heldFor: 'SNAPSHOT' | 'RESTORE' | null;
  readonly conditions: readonly Condition[];
}

export interface InstanceView extends ObjectView {
  readonly phase: string;
  /** With which size it runs at this moment; null where its object does not say. */
  readonly vcpu: number | null;
  readonly memoryMib: number | null;
  /** What can be plugged into it, as it was started; absent = nothing. */
  readonly room?: LiveRoom;
  readonly nodeName: string | undefined;
  readonly addresses: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface DiskView extends ObjectView {
  readonly phase: string;
  /** As big as it was made; null where its object does not say. */
  readonly gib: number | null;
  /** Whole percent, while CDI knows. */
  readonly percent: number | undefined;
  readonly restarts: number;
  /** What the importer last said went wrong. */
  readonly trouble: string | undefined;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly since: string | null;
}

export type Power = 'RUNNING' | 'STARTING' | 'STOPPED' | 'STOPPING' | 'UNKNOWN';

/** What is there for one machine. */
export interface Seen {
  readonly machine: MachineView | undefined;
  readonly instance: InstanceView | undefined;
  readonly disk: DiskView | undefined;
}

/** The conditions that a person can do something with. */
const CONDITIONS = {
  machine: ['Ready', 'Paused', 'Failure', 'RestartRequired', 'ManualRecoveryRequired'],
  instance: ['PodScheduled', 'AgentConnected', 'AccessCredentialsSynchronized', 'LiveMigratable', 'Synchronized'],
  disk: ['Bound', 'Running', 'Ready'],
} as const;

export function machineView(object: ClusterObject): MachineView {
  return {
    ...objectView(object),
    printableStatus: textAt(object, 'status', 'printableStatus') ?? '',
    ...sizeOf(at(object, 'spec', 'template', 'spec', 'domain')),
    halted: textAt(object, 'spec', 'runStrategy') === 'Halted',
    heldFor: heldFor(object),
    conditions: conditionsOf(object, CONDITIONS.machine, ''),
  };
}

function heldFor(object: ClusterObject): MachineView['heldFor'] {
  if (textAt(object, 'status', 'restoreInProgress') !== undefined) return 'RESTORE';
  return textAt(object, 'status', 'snapshotInProgress') === undefined ? null : 'SNAPSHOT';
}

/** KubeVirt: vCPU = sockets × cores × threads, each 1 where it is not written; memory by its guest size, else by request. */
function sizeOf(domain: unknown): Pick<MachineView, 'vcpu' | 'memoryMib'> {
  const cpu = at(domain, 'cpu');
  const parts = ['sockets', 'cores', 'threads'].map((part) => numberAt(cpu, part) ?? 1);
  const bytes = parseBytes(at(domain, 'memory', 'guest') ?? at(domain, 'resources', 'requests', 'memory'));
  return {
    vcpu: cpu === undefined ? null : parts.reduce((product, part) => product * part, 1),
    memoryMib: bytes === undefined ? null : Number(bytes / MIB),
  };
}

/**
 * What is plugged in stands in the spec at once and runs only after a move: its status says what runs. Of memory only where
 * it was plugged in since the start, for what a guest then says that it has is rounded its own way.
 */
function runningSizeOf(object: ClusterObject): Pick<InstanceView, 'vcpu' | 'memoryMib'> {
  const domain = at(object, 'spec', 'domain');
  const asked = sizeOf(domain);
  const parts = ['sockets', 'cores', 'threads'].map((part) => numberAt(object, 'status', 'currentCPUTopology', part));
  const vcpu = parts.every((part) => part === undefined || part === 0)
    ? asked.vcpu
    : parts.reduce<number>((product, part) => product * (part || 1), 1);
  const bytes = (part: string) => parseBytes(at(object, 'status', 'memory', part));
  const current = bytes('guestCurrent');
  const guest = parseBytes(at(domain, 'memory', 'guest'));
  const isPlugged = ['guestAtBoot', 'guestRequested'].some((part) => (bytes(part) ?? guest) !== guest);
  return { vcpu, memoryMib: isPlugged && current !== undefined ? Number(current / MIB) : asked.memoryMib };
}

/** Sockets are plugged in: as many vCPU as these only where a socket is one. A cluster that does not update live leaves no room. */
function roomOf(domain: unknown): Pick<InstanceView, 'room'> {
  const isOneEach = ['cores', 'threads'].every((part) => (numberAt(at(domain, 'cpu'), part) ?? 1) === 1);
  const vcpuMax = isOneEach ? numberAt(at(domain, 'cpu'), 'maxSockets') || null : null;
  const bytes = parseBytes(at(domain, 'memory', 'maxGuest'));
  const memoryMibMax = bytes === undefined ? null : Number(bytes / MIB);
  return vcpuMax === null && memoryMibMax === null ? {} : { room: { vcpuMax, memoryMibMax } };
}

export function instanceView(object: ClusterObject): InstanceView {
  const found = listAt(object, 'status', 'interfaces').flatMap((each) => [
    textAt(each, 'ipAddress'),
    ...listAt(each, 'ipAddresses'),
  ]);
  return {
    ...objectView(object),
    phase: textAt(object, 'status', 'phase') ?? '',
    ...runningSizeOf(object),
    ...roomOf(at(object, 'spec', 'domain')),
    nodeName: textAt(object, 'status', 'nodeName'),
    addresses: [...new Set(found)].filter((each): each is string => typeof each === 'string' && isReachable(each)),
    conditions: conditionsOf(object, CONDITIONS.instance, ''),
  };
}

export function diskView(object: ClusterObject): DiskView {
  const running = listAt(object, 'status', 'conditions').find((each) => at(each, 'type') === 'Running');
  const failing = textAt(running, 'status') === 'False' && textAt(running, 'reason') === 'Error';
  const bytes = parseBytes(at(object, 'spec', 'storage', 'resources', 'requests', 'storage'));
  return {
    ...objectView(object),
    phase: textAt(object, 'status', 'phase') ?? '',
    gib: bytes === undefined ? null : Number(bytes / GIB),
    percent: percentOf(textAt(object, 'status', 'progress')),
    restarts: numberAt(object, 'status', 'restartCount') ?? 0,
    trouble: failing ? textAt(running, 'message') : undefined,
    conditions: conditionsOf(object, CONDITIONS.disk, 'Disk'),
  };
}

export function powerOf({ instance, machine }: Seen): Power {
  if (instance?.phase === 'Unknown') return 'UNKNOWN';
  if (machine?.deletingSince || instance?.deletingSince || machine?.printableStatus === 'Stopping') return 'STOPPING';
  if (instance?.phase === 'Running') return 'RUNNING';
  if (instance && !['Succeeded', 'Failed'].includes(instance.phase)) return 'STARTING';
  return machine?.printableStatus === 'Starting' ? 'STARTING' : 'STOPPED';
}

function objectView(object: ClusterObject): ObjectView {
  return {
    uid: object.metadata.uid ?? '',
    resourceVersion: object.metadata.resourceVersion ?? '',
    owner: ownerOf(object),
    placementEpoch: countOf(object, MARK.placementEpoch),
    generation: countOf(object, MARK.generation),
    deletingSince: object.metadata.deletionTimestamp,
  };
}

/** Heartbeat times are left out: they change without anything having changed. */
function conditionsOf(object: ClusterObject, types: readonly string[], prefix: string): readonly Condition[] {
  return listAt(object, 'status', 'conditions').flatMap((each) => {
    const type = textAt(each, 'type');
    if (type === undefined || !types.includes(type)) return [];
    // That a node was found shows in everything else; only why none was is news.
    if (type === 'PodScheduled' && textAt(each, 'status') !== 'False') return [];
    return {
      type: prefix + type,
      status: textAt(each, 'status') ?? 'Unknown',
      reason: textAt(each, 'reason') ?? null,
      message: textAt(each, 'message') ?? null,
      since: textAt(each, 'lastTransitionTime') ?? null,
    };
  });
}

/** "45.30%"; CDI says "N/A" while it does not know. */
function percentOf(progress: string | undefined): number | undefined {
  const match = /^(\d{1,3})(?:\.\d+)?%$/.exec(progress ?? '');
  return match ? Math.min(100, Number(match[1])) : undefined;
}

/** A link-local address is the guest's own affair. */
function isReachable(address: string): boolean {
  return address !== '' && !/^(fe80:|169\.254\.)/i.test(address);
}
