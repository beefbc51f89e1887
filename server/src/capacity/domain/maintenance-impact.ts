/** Decides what a maintenance window would break: which live claims no longer fit into what is left of their pool. */
import type { AnyPoolMeter, PoolAmounts } from '../../facilities/domain/pool-meters.js';

export interface LiveClaim {
  readonly claimId: string;
  readonly state: 'HELD' | 'ALLOCATED';
  readonly createdAt: Date;
  readonly amounts: PoolAmounts;
}

/**
 * The claims that would have to go so that the others fit: what is only held goes before what runs, the youngest first,
 * and none goes that would not help.
 */
export function displacedClaims<C extends LiveClaim>(claims: readonly C[], left: PoolAmounts): C[] {
  const over = new Map<AnyPoolMeter, number>();
  for (const { amounts } of claims)
    for (const [meter, amount] of Object.entries(amounts) as [AnyPoolMeter, number][])
      over.set(meter, (over.get(meter) ?? 0) + amount);
  for (const [meter, amount] of over) over.set(meter, amount - (left[meter] ?? 0));
  const order = claims.toSorted(
    (a, b) =>
      Number(a.state === 'ALLOCATED') - Number(b.state === 'ALLOCATED') ||
      b.createdAt.getTime() - a.createdAt.getTime() ||
      (a.claimId < b.claimId ? 1 : -1),
  );
  const displaced: C[] = [];
  for (const claim of order) {
    const taken = Object.entries(claim.amounts) as [AnyPoolMeter, number][];
    if (!taken.some(([meter, amount]) => amount > 0 && (over.get(meter) ?? 0) > 0)) continue;
    displaced.push(claim);
    for (const [meter, amount] of taken) over.set(meter, (over.get(meter) ?? 0) - amount);
  }
  return displaced;
}

/** Of the systems that run on both sides, those that would have nothing left in this center. */
export function sidesLost(
  displaced: readonly { readonly systemId: string }[],
  here: readonly { readonly systemId: string; readonly machines: number }[],
): string[] {
  const going = Map.groupBy(displaced, (machine) => machine.systemId);
  return here.filter(({ systemId, machines }) => (going.get(systemId)?.length ?? 0) >= machines).map((s) => s.systemId);
}
