/** Decides in which networks of one center's zone so many machines get their addresses, one of each family that a network has. */
import type { IpFamily } from './address-plan.js';

export interface FamilyRoom {
  readonly family: IpFamily;
  readonly free: bigint;
}

/** What one network has left. */
export interface NetworkRoom {
  readonly networkId: string;
  readonly code: string;
  readonly families: readonly FamilyRoom[];
  /** The department that asks has addresses there already. */
  readonly isNear: boolean;
}

/** No form asks for more machines; keeps what a /64 has within whole numbers. */
const MACHINES_MAX = 1_000_000;

/** The family that runs out first. */
export function scarcest({ families }: NetworkRoom): FamilyRoom {
  return families.reduce((least, one) => (one.free < least.free ? one : least));
}

export function machinesIn(room: NetworkRoom): number {
  const { free } = scarcest(room);
  return free <= 0n ? 0 : Math.min(MACHINES_MAX, Number(free));
}

export function machinesInAll(rooms: readonly NetworkRoom[]): number {
  return Math.min(
    MACHINES_MAX,
    rooms.reduce((sum, room) => sum + machinesIn(room), 0),
  );
}

export interface NetworkPart {
  readonly networkId: string;
  readonly count: number;
}

/**
 * Where the department has addresses already comes first, then by code. The first that has room for all of them takes them, so
 * that a line's machines see each other without a router; otherwise one after the other. null = all together have too little.
 */
export function divideOver(rooms: readonly NetworkRoom[], count: number): readonly NetworkPart[] | null {
  const order = rooms.toSorted((a, b) => Number(b.isNear) - Number(a.isNear) || (a.code < b.code ? -1 : 1));
  const whole = order.find((room) => machinesIn(room) >= count);
  if (whole) return [{ networkId: whole.networkId, count }];
  if (machinesInAll(rooms) < count) return null;
  let left = count;
  return order.flatMap((room) => {
    const taken = Math.min(left, machinesIn(room));
    left -= taken;
    return taken > 0 ? [{ networkId: room.networkId, count: taken }] : [];
  });
}

/** The rooms when so many machines have theirs. */
export function withoutParts(rooms: readonly NetworkRoom[], parts: readonly NetworkPart[]): NetworkRoom[] {
  const taken = new Map(parts.map(({ networkId, count }) => [networkId, BigInt(count)]));
  return rooms.map((room) => ({
    ...room,
    families: room.families.map(({ family, free }) => ({ family, free: free - (taken.get(room.networkId) ?? 0n) })),
  }));
}
