/** Decides what a side that serves no more does once it can be asked again: its machines stand still first, then its data follows. */

/**
 * AWAITED   its cluster has not answered since.
 * HALTING   something of it still runs, or is wished to.
 * DEMOTING  nothing runs; its disks are being made copies.
 * FOLLOWS   its disks are copies of the side that serves, and say that they are whole.
 */
export const RETURN_STATES = ['AWAITED', 'HALTING', 'DEMOTING', 'FOLLOWS'] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

/** What is wished of a mirror of a returning side; null = nothing, it is what it should be. */
export type MirrorWish = 'secondary' | 'resync' | null;

export interface SeenMirror {
  /** As it is wished at its cluster now. */
  readonly wished: string;
  /** As its operator says. */
  readonly state: string;
  readonly degraded: boolean;
  /** The placement that wrote it last. */
  readonly epoch: number;
}

/**
 * A disk that both sides wrote is a copy of neither: its operator says so (degraded), and only then is everything brought
 * over anew. What was written under a later placement is nobody's of this one.
 */
export function wishOfMirror(mirror: SeenMirror, epoch: number): MirrorWish {
  if (mirror.epoch > epoch) return null;
  const stands = mirror.wished === 'secondary' || mirror.wished === 'resync';
  if (!stands || mirror.epoch < epoch) return mirror.wished === 'resync' ? 'resync' : 'secondary';
  return mirror.wished === 'secondary' && mirror.state === 'Secondary' && mirror.degraded ? 'resync' : null;
}

export function follows(mirror: SeenMirror, epoch: number): boolean {
  return (
    mirror.epoch > epoch ||
    (mirror.epoch === epoch && mirror.wished !== 'primary' && mirror.state === 'Secondary' && !mirror.degraded)
  );
}

/** @param running names of machines that run or are wished to; @param pending of disks that are no copies yet. */
export function returnStateOf(running: readonly string[], pending: readonly string[]): ReturnState {
  if (running.length > 0) return 'HALTING';
  return pending.length > 0 ? 'DEMOTING' : 'FOLLOWS';
}
