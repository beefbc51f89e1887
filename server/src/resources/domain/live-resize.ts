/** Decides what a machine may become while it runs, and whether another size is within that: KubeVirt plugs in, and takes nothing out. */
import type { SizeAmounts } from '../../allocation/domain/resize.js';

/** The most that what runs of a machine can be given without being started anew; null = nothing more of it. */
export interface LiveRoom {
  readonly vcpuMax: number | null;
  readonly memoryMibMax: number | null;
}

/** What decides whether anything can be plugged into what runs of a machine. */
export interface PluggableMachine {
  /** Whoever keeps its cluster says that KubeVirt there updates live and migrates for it; of itself nobody is believed to. */
  readonly clusterUpdatesLive: boolean;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly hasAccelerators: boolean;
  /** It ran before the console: its size stands in words that people chose. */
  readonly takenOver: boolean;
  readonly runs: boolean;
  /** Plugging in is a live migration. */
  readonly migratable: boolean;
  /** Its cluster waits for a restart: until then it passes nothing on to what runs. */
  readonly restartRequired: boolean;
  /** As it was started; null = its cluster left no room. */
  readonly room: LiveRoom | null;
}

/** KubeVirt plugs memory into no guest with less. */
const MEMORY_LEAST_MIB = 1_024;
/** QEMU's block of memory that is plugged in, and the size of a transparent huge page. */
const MEMORY_STEP_MIB = 2;

/** null = any other size is a restart. */
export function liveRoomOf(machine: PluggableMachine): LiveRoom | null {
  const { architecture, clusterUpdatesLive, hasAccelerators, migratable, restartRequired, runs, takenOver } = machine;
  // KubeVirt 1.9 plugs nothing into arm64 guests. A guest with a card of its host's cannot be moved.
  const isOfAKind = architecture === 'AMD64' && !hasAccelerators && !takenOver;
  return clusterUpdatesLive && isOfAKind && runs && migratable && !restartRequired ? machine.room : null;
}

type Size = Pick<SizeAmounts, 'vcpu' | 'memoryMib'>;

/** Whether a machine that runs with `from` gets `to` without a restart. Less of anything is a restart, whatever else grows. */
export function resizesLive(room: LiveRoom | null, from: Size, to: Size): boolean {
  if (room === null) return false;
  return (
    (to.vcpu === from.vcpu || isWithin(from.vcpu, to.vcpu, room.vcpuMax)) &&
    (to.memoryMib === from.memoryMib ||
      (isWithin(from.memoryMib, to.memoryMib, room.memoryMibMax) &&
        to.memoryMib >= MEMORY_LEAST_MIB &&
        to.memoryMib % MEMORY_STEP_MIB === 0))
  );
}

function isWithin(from: number, to: number, most: number | null): boolean {
  return to > from && most !== null && to <= most;
}
