/** Decides how much of a center's free room must stay free so that it carries the loss of the other (N-1). */
import type { Amounts } from './capacity.js';
import type { LossNeed, PlacementFacts, PoolFacts } from './placement-facts.js';
import { groupOf } from './scores.js';

/** What one dual-active system has in one center, on machines of one architecture in one zone. */
export interface SideLoad {
  readonly systemId: string;
  readonly centerId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly amounts: { readonly VCPU?: number; readonly MEMORY_MIB?: number };
}

/** The two active centers. */
export type LossPair = readonly [string, string];

/** Both ways of the dual-active pair: what each side lacks of what the other runs. One system's surplus is not another's. */
export function lossNeeds(pair: LossPair, loads: readonly SideLoad[]): LossNeed[] {
  const [a, b] = pair;
  return [...needsIn(b, a, loads), ...needsIn(a, b, loads)];
}

function needsIn(centerId: string, lostCenterId: string, loads: readonly SideLoad[]): LossNeed[] {
  const needs = new Map<string, LossNeed>();
  const systems = Map.groupBy(loads, (load) => `${load.systemId} ${load.architecture} ${load.zone}`);
  for (const parts of systems.values()) {
    const [first] = parts;
    if (!first) continue;
    const missing = (meter: 'VCPU' | 'MEMORY_MIB'): number => {
      const at = (center: string): number =>
        parts.reduce((sum, part) => (part.centerId === center ? sum + (part.amounts[meter] ?? 0) : sum), 0);
      return Math.max(0, at(lostCenterId) - at(centerId));
    };
    const [vcpu, memoryMib] = [missing('VCPU'), missing('MEMORY_MIB')];
    if (vcpu === 0 && memoryMib === 0) continue;
    const { architecture, zone } = first;
    const key = `${architecture} ${zone}`;
    const before = needs.get(key) ?? { centerId, architecture, zone, vcpu: 0, memoryMib: 0 };
    needs.set(key, { ...before, vcpu: before.vcpu + vcpu, memoryMib: before.memoryMib + memoryMib });
  }
  return [...needs.values()];
}

/** The pools with what they must keep taken off their free room: the emptiest keeps first. */
export function keptForLoss(pools: readonly PoolFacts[], facts: PlacementFacts): PoolFacts[] {
  const left = new Map((facts.lossNeeds ?? []).map((need) => [groupOf(need), { ...need }]));
  const kept = new Map<string, Amounts>();
  const order = facts.pools.toSorted((a, b) => b.free.VCPU - a.free.VCPU || (a.code < b.code ? -1 : 1));
  for (const pool of order) {
    const need = left.get(groupOf(pool));
    if (!need) continue;
    const vcpu = Math.min(need.vcpu, Math.max(0, pool.free.VCPU));
    const memoryMib = Math.min(need.memoryMib, Math.max(0, pool.free.MEMORY_MIB));
    left.set(groupOf(pool), { ...need, vcpu: need.vcpu - vcpu, memoryMib: need.memoryMib - memoryMib });
    kept.set(pool.poolId, { ...pool.free, VCPU: pool.free.VCPU - vcpu, MEMORY_MIB: pool.free.MEMORY_MIB - memoryMib });
  }
  return pools.map((pool) => ({ ...pool, free: kept.get(pool.poolId) ?? pool.free }));
}
