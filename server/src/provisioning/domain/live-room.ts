/** Decides what a machine may become while it runs, from what is wanted of it and what its cluster shows. */
import { type LiveRoom, liveRoomOf } from '../../resources/domain/live-resize.js';
import type { DesiredMachine } from './desired-machine.js';
import type { Condition, Seen } from './observe.js';

/** @param clusterUpdatesLive as whoever keeps the cluster says. */
export function liveRoom(
  clusterUpdatesLive: boolean,
  desired: Pick<DesiredMachine, 'architecture' | 'accelerators' | 'takenOver'>,
  { instance, machine }: Pick<Seen, 'instance' | 'machine'>,
): LiveRoom | null {
  return liveRoomOf({
    clusterUpdatesLive,
    architecture: desired.architecture,
    hasAccelerators: Object.keys(desired.accelerators ?? {}).length > 0,
    takenOver: Boolean(desired.takenOver),
    runs: instance?.phase === 'Running' && instance.deletingSince === undefined,
    migratable: isTrue(instance?.conditions, 'LiveMigratable'),
    restartRequired: isTrue(machine?.conditions, 'RestartRequired'),
    room: instance?.room ?? null,
  });
}

function isTrue(conditions: readonly Condition[] = [], type: string): boolean {
  return conditions.some((each) => each.type === type && each.status === 'True');
}
