/** Decides what is left of the place once a planned line has taken what it was given. */
import { type Amounts, amountsOf, minus, plus } from './capacity.js';
import { type PlanGround, placesTaken } from './plan-lines.js';
import type { LineWish, PlannedLine } from './request-plan.js';
import { zoneOf } from './scores.js';

export function groundAfter(ground: PlanGround, wish: LineWish, planned: PlannedLine): PlanGround {
  const pieces = planned.shares.flatMap((share) => share.pieces);
  const serverIds = new Set(planned.shares.flatMap((share) => share.serverIds ?? []));
  const places = placesTaken(wish, planned, ground.asker);
  const taken = new Map<string, Amounts>();
  for (const { poolId, size, count } of pieces) {
    const amounts = amountsOf(size, count);
    const before = taken.get(poolId);
    taken.set(poolId, before ? plus(before, amounts) : amounts);
  }
  const pools = ground.facts.pools.map((pool) => {
    const amounts = taken.get(pool.poolId);
    return amounts ? { ...pool, free: minus(pool.free, amounts) } : pool;
  });
  const answering = addressesTaken(ground, wish, planned, serverIds);
  const addressRooms = ground.facts.addressRooms?.map((room) => ({
    ...room,
    free: room.free - (answering.get(zoneOf(room)) ?? 0),
  }));
  return {
    ...ground,
    facts: { ...ground.facts, pools, ...(addressRooms ? { addressRooms } : {}) },
    servers: serverIds.size === 0 ? ground.servers : ground.servers.filter(({ id }) => !serverIds.has(id)),
    space: places.length === 0 ? ground.space : (ground.space?.after(places) ?? null),
  };
}

/** By center and zone. Data alone answers nowhere; a server that has an address keeps it. */
function addressesTaken(
  { servers }: PlanGround,
  { thing }: LineWish,
  { shares }: PlannedLine,
  serverIds: ReadonlySet<string>,
): Map<string, number> {
  const taken = new Map<string, number>();
  const add = (zone: string, count: number) => taken.set(zone, (taken.get(zone) ?? 0) + count);
  if (thing.kind === 'VM')
    for (const { centerId, standing, pieces } of shares)
      if (centerId !== null && standing !== 'DATA')
        add(
          zoneOf({ centerId, zone: thing.zone }),
          pieces.reduce((sum, { count }) => sum + count, 0),
        );
  for (const { id, addressZone } of servers) if (addressZone && serverIds.has(id)) add(addressZone, 1);
  return taken;
}
