/** Decides whether one side of the dual-active pair carries all dual-active load when the other is lost. */
import type { PoolAmounts } from '../../facilities/domain/pool-meters.js';

export interface Where {
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
}

/** What one dual-active system has in one center, on machines of one architecture in one zone. */
export interface SystemLoad extends Where {
  readonly systemId: string;
  readonly centerId: string;
  readonly amounts: PoolAmounts;
}

/** What the pools of one center, architecture and zone can still take. */
export interface FreeRoom extends Where {
  readonly centerId: string;
  readonly amounts: PoolAmounts;
}

export interface LossShortage extends Where {
  readonly meter: string;
  /** Beyond what the systems already run on the other side. */
  readonly needed: number;
  readonly free: number;
  readonly short: number;
}

export interface LossVerdict {
  readonly lostCenterId: string;
  readonly otherCenterId: string;
  readonly carried: boolean;
  /** Dual-active systems with machines in the lost center. */
  readonly systems: number;
  /** Of those, the ones whose other side is smaller than what is lost. */
  readonly systemsShort: readonly string[];
  readonly shortages: readonly LossShortage[];
}

/**
 * A dual-active system runs whole on both sides, so what it has there already carries it; what it lacks there must be
 * found in free room of the same architecture and zone, for all systems together. One system's surplus is not another's.
 */
export function centerLoss(
  lostCenterId: string,
  otherCenterId: string,
  loads: readonly SystemLoad[],
  free: readonly FreeRoom[],
): LossVerdict {
  const needed = new Map<string, { where: Where; amounts: Map<string, number> }>();
  const lost = Map.groupBy(
    loads.filter((load) => load.centerId === lostCenterId),
    (load) => `${load.systemId} ${keyOf(load)}`,
  );
  const there = Map.groupBy(
    loads.filter((load) => load.centerId === otherCenterId),
    (load) => `${load.systemId} ${keyOf(load)}`,
  );
  const short = new Set<string>();
  for (const [key, parts] of lost) {
    const [first] = parts;
    if (!first) continue;
    const [gone, kept] = [sumOf(parts), sumOf(there.get(key) ?? [])];
    for (const [meter, amount] of gone) {
      const missing = amount - (kept.get(meter) ?? 0);
      if (missing <= 0) continue;
      short.add(first.systemId);
      const place = needed.get(keyOf(first)) ?? { where: first, amounts: new Map<string, number>() };
      place.amounts.set(meter, (place.amounts.get(meter) ?? 0) + missing);
      needed.set(keyOf(first), place);
    }
  }
  const shortages = [...needed].flatMap(([key, { where, amounts }]) => {
    const room = sumOf(free.filter((f) => f.centerId === otherCenterId && keyOf(f) === key));
    return [...amounts].flatMap(([meter, amount]): LossShortage[] => {
      const left = Math.max(0, room.get(meter) ?? 0);
      const { architecture, zone } = where;
      return amount <= left ? [] : [{ architecture, zone, meter, needed: amount, free: left, short: amount - left }];
    });
  });
  return {
    lostCenterId,
    otherCenterId,
    carried: shortages.length === 0,
    systems: new Set(loads.filter((l) => l.centerId === lostCenterId).map((l) => l.systemId)).size,
    systemsShort: [...short].toSorted(),
    shortages: shortages.toSorted((a, b) => (`${keyOf(a)} ${a.meter}` < `${keyOf(b)} ${b.meter}` ? -1 : 1)),
  };
}

function keyOf({ architecture, zone }: Where): string {
  return `${architecture} ${zone}`;
}

function sumOf(parts: readonly { readonly amounts: PoolAmounts }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { amounts } of parts)
    for (const [meter, amount] of Object.entries(amounts)) sums.set(meter, (sums.get(meter) ?? 0) + (amount ?? 0));
  return sums;
}
