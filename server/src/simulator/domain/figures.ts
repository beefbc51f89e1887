/** Decides what pools, servers and cabinets have free before and after, which meter runs out first, and whether the loss of a center stays covered. */
import type { LossNeed, PoolFacts } from '../../allocation/domain/placement-facts.js';
import type { PlanGround } from '../../allocation/domain/plan-lines.js';
import type { PlannedShare, WishedThing } from '../../allocation/domain/request-plan.js';
import { groupOf } from '../../allocation/domain/scores.js';
import { suits } from '../../allocation/domain/server-placement.js';
import type { SpaceLeft } from '../../cabinets/domain/space-sight.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type AnyPoolMeter, compareMeters, type PoolMeterName } from '../../facilities/domain/pool-meters.js';

export interface PoolChange {
  readonly poolId: string;
  /** That would come to it; data alone is no machine. */
  readonly machines: number;
  readonly meters: readonly {
    readonly meter: AnyPoolMeter;
    readonly total: number;
    readonly freeBefore: number;
    readonly freeAfter: number;
  }[];
}

/** Servers of one class in one center. */
export interface ServerChange {
  readonly centerId: string;
  readonly offerId: string;
  readonly freeBefore: number;
  readonly freeAfter: number;
  /** Free too, but where maintenance runs. */
  readonly away: number;
}

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** What cabinets of one center and zone have for anybody. */
export interface SpaceChange {
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly cabinets: BeforeAfter;
  readonly halfUnits: BeforeAfter;
  readonly powerW: BeforeAfter;
  readonly weightGrams: BeforeAfter;
}

export interface HeadroomAfter extends LossNeed {
  readonly vcpuFree: number;
  readonly memoryMibFree: number;
  readonly kept: boolean;
}

export interface Figures {
  /** Every pool, by code. */
  readonly pools: readonly PoolChange[];
  /** Of each class that is asked for, center by center. */
  readonly servers: readonly ServerChange[];
  /** Of the zones that space is asked for in. */
  readonly spaces: readonly SpaceChange[];
  /** Of what was taken of, the smallest part that is left; null = nothing was taken. */
  readonly runsOutFirst: { readonly poolId: string; readonly meter: AnyPoolMeter } | null;
  /** What the loss of one active center would need of the other, and what is free there then. */
  readonly headroom: readonly HeadroomAfter[];
}

interface AskedLine {
  readonly thing: WishedThing;
  readonly offerId: string | null;
}

export function figuresOf(
  lines: readonly AskedLine[],
  results: readonly { readonly shares: readonly PlannedShare[] }[],
  before: PlanGround,
  after: PlanGround,
): Figures {
  const pools = poolChanges(results, before, after);
  return {
    pools,
    servers: serverChanges(lines, before, after),
    spaces: spaceChanges(lines, before, after),
    runsOutFirst: tightest(pools),
    headroom: headroomAfter(before, after),
  };
}

function poolChanges(
  results: readonly { readonly shares: readonly PlannedShare[] }[],
  before: PlanGround,
  after: PlanGround,
): PoolChange[] {
  const machines = new Map<string, number>();
  for (const { standing, pieces } of results.flatMap(({ shares }) => shares))
    if (standing !== 'DATA')
      for (const { poolId, count } of pieces) machines.set(poolId, (machines.get(poolId) ?? 0) + count);
  const then = new Map(after.facts.pools.map((pool) => [pool.poolId, pool]));
  return before.facts.pools
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ poolId, total, free }): PoolChange => {
      const left = then.get(poolId)?.free ?? free;
      const meters = (Object.keys(total) as AnyPoolMeter[]).toSorted(compareMeters);
      return {
        poolId,
        machines: machines.get(poolId) ?? 0,
        meters: meters.map((meter) => ({
          meter,
          total: of(total, meter),
          freeBefore: of(free, meter),
          freeAfter: of(left, meter),
        })),
      };
    });
}

function of(amounts: PoolFacts['free'], meter: AnyPoolMeter): number {
  return amounts[meter] ?? 0;
}

function serverChanges(lines: readonly AskedLine[], before: PlanGround, after: PlanGround): ServerChange[] {
  const classes = new Map(
    lines.flatMap(({ thing, offerId }) =>
      thing.kind === 'SERVER' && offerId !== null ? [[offerId, thing] as const] : [],
    ),
  );
  return [...classes].flatMap(([offerId, thing]) =>
    before.facts.centers.flatMap(({ centerId }): ServerChange[] => {
      const own = ({ servers }: PlanGround) => servers.filter((server) => suits(server, { ...thing, centerId }));
      const open = (ground: PlanGround) => own(ground).filter((server) => !server.inMaintenance).length;
      const away = own(before).length - open(before);
      const freeBefore = open(before);
      return freeBefore + away === 0 ? [] : [{ centerId, offerId, freeBefore, freeAfter: open(after), away }];
    }),
  );
}

function spaceChanges(lines: readonly AskedLine[], before: PlanGround, after: PlanGround): SpaceChange[] {
  const zones = new Set(lines.flatMap(({ thing }) => (thing.kind === 'CABINET' ? [thing.zone] : [])));
  const then = after.space?.trial().left() ?? [];
  const now = (before.space?.trial().left() ?? []).filter(({ zone }) => zones.has(zone));
  return now.map((was): SpaceChange => {
    const { centerId, zone } = was;
    const is = then.find((one) => one.centerId === centerId && one.zone === zone);
    const change = (amount: 'cabinets' | 'halfUnits' | 'powerW' | 'weightGrams') => amounts(was, is, amount);
    return {
      ...{ centerId, zone, cabinets: change('cabinets'), halfUnits: change('halfUnits') },
      ...{ powerW: change('powerW'), weightGrams: change('weightGrams') },
    };
  });
}

function amounts(
  was: SpaceLeft,
  is: SpaceLeft | undefined,
  amount: 'cabinets' | 'halfUnits' | 'powerW' | 'weightGrams',
): BeforeAfter {
  return { before: was[amount], after: is?.[amount] ?? 0 };
}

function tightest(pools: readonly PoolChange[]): Figures['runsOutFirst'] {
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

function headroomAfter({ facts }: PlanGround, after: PlanGround): HeadroomAfter[] {
  return (facts.lossNeeds ?? []).map((need) => {
    const group = after.facts.pools.filter((pool) => groupOf(pool) === groupOf(need));
    const free = (meter: PoolMeterName): number => group.reduce((sum, pool) => sum + pool.free[meter], 0);
    const [vcpuFree, memoryMibFree] = [free('VCPU'), free('MEMORY_MIB')];
    return { ...need, vcpuFree, memoryMibFree, kept: vcpuFree >= need.vcpu && memoryMibFree >= need.memoryMib };
  });
}
