/** Decides how well a pool that fits suits a line: S1 to S4 of PLACEMENT.md, each of 1000, and their weighted sum. */
import { type Amounts, amountsOf, minus } from './capacity.js';
import type { LineDemand, LossNeed, OwnMachines, PlacementFacts, PoolFacts } from './placement-facts.js';

export interface ScoreParts {
  /** S1. */
  readonly balance: number;
  /** S2. */
  readonly fragmentation: number;
  /** S3. */
  readonly locality: number;
  /** S4. */
  readonly headroom: number;
}

export interface Score {
  readonly total: number;
  readonly parts: ScoreParts;
}

/** What refuses beyond what is free, and what the choice weighs. A new edition is a new line here, with its reason. */
export interface PlacementPolicy {
  readonly edition: string;
  /** SCORE: pools that keep the N-1 headroom come first. REFUSE: nothing is placed into it (P20). */
  readonly headroom: 'SCORE' | 'REFUSE';
  /** Of 100 together. */
  readonly weights: { readonly [P in keyof ScoreParts]: number };
}

/**
 * Balance weighs most: an uneven province runs out early in one place while another stands empty. The other three are even,
 * and none outweighs balance alone.
 */
export const PLACEMENT_POLICY: PlacementPolicy = {
  edition: '2026-12',
  headroom: 'SCORE',
  weights: { balance: 40, fragmentation: 20, locality: 20, headroom: 20 },
};

const WHOLE = 1000;
const WEIGHTS_SUM = 100;

/** What the scores of one line are read against; made once a placement. */
export interface ScoreGround {
  readonly policy: PlacementPolicy;
  readonly needs: ReadonlyMap<string, LossNeed>;
  /** Pools that share one need: of one center, architecture and zone. */
  readonly groups: ReadonlyMap<string, readonly PoolFacts[]>;
  readonly ownInPool: ReadonlyMap<string, number>;
  readonly ownInCenter: ReadonlyMap<string, number>;
  readonly ownMachines: number;
  /** Addresses that are left, by center and zone; a zone that is absent keeps no networks. */
  readonly addresses: ReadonlyMap<string, number>;
}

export function zoneOf({ centerId, zone }: Pick<PoolFacts, 'centerId' | 'zone'>): string {
  return `${centerId} ${zone}`;
}

export function scoreGround(facts: PlacementFacts, policy: PlacementPolicy): ScoreGround {
  const own = facts.ownMachines ?? [];
  return {
    policy,
    needs: new Map((facts.lossNeeds ?? []).map((need) => [groupOf(need), need])),
    groups: Map.groupBy(facts.pools, groupOf),
    ownInPool: sums(own, (one) => one.poolId),
    ownInCenter: sums(own, (one) => one.centerId),
    ownMachines: own.reduce((sum, { machines }) => sum + machines, 0),
    addresses: new Map((facts.addressRooms ?? []).map((room) => [zoneOf(room), room.free])),
  };
}

export function groupOf(of: Pick<PoolFacts, 'centerId' | 'architecture' | 'zone'>): string {
  return `${of.centerId} ${of.architecture} ${of.zone}`;
}

/** As the pool would stand after taking `machines` of the line; `freeOf` tells what is free at this turn. */
export function scoreOf(
  pool: PoolFacts,
  line: LineDemand,
  machines: number,
  ground: ScoreGround,
  freeOf: (pool: PoolFacts) => Amounts,
): Score {
  const taken = amountsOf(line, machines);
  const after = minus(freeOf(pool), taken);
  const vcpu = share(after.VCPU, pool.total.VCPU);
  const memory = share(after.MEMORY_MIB, pool.total.MEMORY_MIB);
  const parts: ScoreParts = {
    balance: Math.min(vcpu, memory),
    fragmentation: WHOLE - Math.abs(vcpu - memory),
    locality: locality(pool, ground),
    headroom: headroom(pool, taken, ground, freeOf),
  };
  const { weights } = ground.policy;
  const total =
    parts.balance * weights.balance +
    parts.fragmentation * weights.fragmentation +
    parts.locality * weights.locality +
    parts.headroom * weights.headroom;
  return { total: Math.round(total / WEIGHTS_SUM), parts };
}

/** S3: the share of the system's machines that stand in the pool; those elsewhere in its center count half. */
function locality(pool: PoolFacts, { ownInPool, ownInCenter, ownMachines }: ScoreGround): number {
  if (ownMachines === 0) return 0;
  const here = ownInPool.get(pool.poolId) ?? 0;
  const near = (ownInCenter.get(pool.centerId) ?? 0) - here;
  return share(here + near / 2, ownMachines);
}

/** S4: how much of what the other center's loss would need here is still free afterwards. */
function headroom(
  pool: PoolFacts,
  taken: Amounts,
  { needs, groups }: ScoreGround,
  freeOf: (pool: PoolFacts) => Amounts,
): number {
  const need = needs.get(groupOf(pool));
  if (need === undefined) return WHOLE;
  let [vcpu, memory] = [-taken.VCPU, -taken.MEMORY_MIB];
  for (const one of groups.get(groupOf(pool)) ?? []) {
    const free = freeOf(one);
    vcpu += free.VCPU;
    memory += free.MEMORY_MIB;
  }
  return Math.min(share(vcpu, need.vcpu), share(memory, need.memoryMib));
}

/** Of 1000, between 0 and 1000; all of nothing is there. */
function share(part: number, whole: number): number {
  if (whole <= 0) return part >= 0 ? WHOLE : 0;
  return Math.max(0, Math.min(WHOLE, Math.round((part * WHOLE) / whole)));
}

function sums(own: readonly OwnMachines[], keyOf: (one: OwnMachines) => string | null): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of own) {
    const key = keyOf(one);
    if (key !== null) found.set(key, (found.get(key) ?? 0) + one.machines);
  }
  return found;
}
