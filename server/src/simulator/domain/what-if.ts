/** Decides where machines that nobody asked for yet would go, up to where they fit, and what runs out first. */
import { type Amounts, amountsOf, minus, plus } from '../../allocation/domain/capacity.js';
import { place } from '../../allocation/domain/placement.js';
import type {
  CenterFacts,
  LineDemand,
  LineVerdict,
  LossNeed,
  PlacementFacts,
} from '../../allocation/domain/placement-facts.js';
import { groupOf } from '../../allocation/domain/scores.js';
import { POOL_METERS, type PoolMeterName } from '../../facilities/domain/pool-meters.js';

export interface WhatIfLine
  extends Omit<LineDemand, 'index' | 'share' | 'imageArchitecture' | 'imageMinimumDiskGib' | 'relations'> {
  /** DUAL_ACTIVE: the same in A and in B, whichever center is named. */
  readonly localMode: 'SINGLE' | 'DUAL_ACTIVE';
}

export interface WhatIfLineResult {
  readonly index: number;
  readonly asked: number;
  /** Of a dual-active line: in each of both centers. */
  readonly placed: number;
  /** One for each center that it goes to; where not all fit, what refused all of them. */
  readonly verdicts: readonly LineVerdict[];
}

export interface PoolChange {
  readonly poolId: string;
  readonly machines: number;
  readonly meters: readonly {
    readonly meter: PoolMeterName;
    readonly total: number;
    readonly freeBefore: number;
    readonly freeAfter: number;
  }[];
}

export interface HeadroomAfter extends LossNeed {
  readonly vcpuFree: number;
  readonly memoryMibFree: number;
  readonly kept: boolean;
}

export interface WhatIf {
  readonly feasible: boolean;
  readonly lines: readonly WhatIfLineResult[];
  /** Every pool, by code. */
  readonly pools: readonly PoolChange[];
  /** Of what was taken of, the smallest part that is left; null = nothing was taken. */
  readonly runsOutFirst: { readonly poolId: string; readonly meter: PoolMeterName } | null;
  /** What the loss of one active center would need of the other, and what is free there then. */
  readonly headroom: readonly HeadroomAfter[];
}

/**
 * All of it where all fits. Otherwise line by line in the order given, each as many as find room beside those before it:
 * that tells how far it goes, and at which line it ends.
 */
export function whatIf(lines: readonly WhatIfLine[], facts: PlacementFacts): WhatIf {
  const all = lines.flatMap((line, index) => demandsOf(line, index, line.count, facts.centers));
  const whole = place(all, facts);
  if (whole.feasible) {
    const verdicts = Map.groupBy(whole.lines, (verdict) => verdict.index);
    const results = lines.map((line, index) => ({
      index,
      asked: line.count,
      placed: line.count,
      verdicts: verdicts.get(index) ?? [],
    }));
    return summed(true, results, all, facts);
  }
  let left = facts;
  const taken: LineDemand[] = [];
  const results = lines.map((line, index): WhatIfLineResult => {
    const tried = (count: number) => place(demandsOf(line, index, count, facts.centers), left);
    const asked = tried(line.count);
    const placed = asked.feasible ? line.count : mostThatFits(line.count, (count) => tried(count).feasible);
    const found = placed === 0 ? [] : tried(placed).lines;
    for (const [at, demand] of demandsOf(line, index, placed, facts.centers).entries()) {
      taken.push(demand);
      left = without(left, demand, found[at]);
    }
    const verdicts = asked.lines.map((verdict, at) => ({ ...verdict, shares: found[at]?.shares ?? [] }));
    return { index, asked: line.count, placed, verdicts };
  });
  return summed(false, results, taken, facts);
}

function demandsOf(
  { localMode, ...line }: WhatIfLine,
  index: number,
  count: number,
  centers: readonly CenterFacts[],
): LineDemand[] {
  const demand = {
    ...line,
    index,
    count,
    share: 'MAIN' as const,
    imageArchitecture: line.architecture,
    imageMinimumDiskGib: 0,
  };
  if (localMode === 'SINGLE') return [demand];
  return (['ACTIVE_A', 'ACTIVE_B'] as const).map((role) => {
    const center = centers.find((c) => c.role === role && c.life !== 'STOPPED');
    // A center that is not there refuses by P1, as one that is not open does.
    return { ...demand, centerId: center?.centerId ?? role };
  });
}

function without(facts: PlacementFacts, demand: LineDemand, verdict: LineVerdict | undefined): PlacementFacts {
  const taken = new Map(verdict?.shares.map(({ poolId, count }) => [poolId, amountsOf(demand, count)]));
  return {
    ...facts,
    pools: facts.pools.map((pool) => {
      const amounts = taken.get(pool.poolId);
      return amounts ? { ...pool, free: minus(pool.free, amounts) } : pool;
    }),
  };
}

function mostThatFits(asked: number, fits: (count: number) => boolean): number {
  let [most, tooMany] = [0, asked];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}

function summed(
  feasible: boolean,
  lines: readonly WhatIfLineResult[],
  demands: readonly LineDemand[],
  facts: PlacementFacts,
): WhatIf {
  const sizes = new Map(demands.map((demand) => [demand.index, demand]));
  const taken = new Map<string, { machines: number; amounts: Amounts }>();
  for (const { index, verdicts } of lines)
    for (const { poolId, count } of verdicts.flatMap(({ shares }) => shares)) {
      const amounts = amountsOf(sizes.get(index) as LineDemand, count);
      const before = taken.get(poolId);
      taken.set(poolId, {
        machines: (before?.machines ?? 0) + count,
        amounts: before ? plus(before.amounts, amounts) : amounts,
      });
    }
  const pools = facts.pools
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map((pool): PoolChange => {
      const change = taken.get(pool.poolId);
      const after = change ? minus(pool.free, change.amounts) : pool.free;
      return {
        poolId: pool.poolId,
        machines: change?.machines ?? 0,
        meters: POOL_METERS.map((meter) => ({
          meter,
          total: pool.total[meter],
          freeBefore: pool.free[meter],
          freeAfter: after[meter],
        })),
      };
    });
  return { feasible, lines, pools, runsOutFirst: tightest(pools), headroom: headroomAfter(facts, pools) };
}

function tightest(pools: readonly PoolChange[]): WhatIf['runsOutFirst'] {
  const touched = pools.flatMap(({ poolId, meters }) =>
    meters
      .filter(({ freeBefore, freeAfter, total }) => freeAfter < freeBefore && total > 0)
      .map(({ meter, freeAfter, total }) => ({ poolId, meter, left: freeAfter / total })),
  );
  const first = touched.reduce<(typeof touched)[number] | null>(
    (least, one) => (least === null || one.left < least.left ? one : least),
    null,
  );
  return first && { poolId: first.poolId, meter: first.meter };
}

function headroomAfter(facts: PlacementFacts, pools: readonly PoolChange[]): HeadroomAfter[] {
  const after = new Map(pools.map((change) => [change.poolId, change]));
  return (facts.lossNeeds ?? []).map((need) => {
    const group = facts.pools.filter((pool) => groupOf(pool) === groupOf(need));
    const free = (meter: PoolMeterName): number =>
      group.reduce(
        (sum, { poolId }) => sum + (after.get(poolId)?.meters.find((one) => one.meter === meter)?.freeAfter ?? 0),
        0,
      );
    const [vcpuFree, memoryMibFree] = [free('VCPU'), free('MEMORY_MIB')];
    return { ...need, vcpuFree, memoryMibFree, kept: vcpuFree >= need.vcpu && memoryMibFree >= need.memoryMib };
  });
}
