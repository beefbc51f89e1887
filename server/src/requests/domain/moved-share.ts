/** Decides what a share of a line becomes when an allocator puts its machines elsewhere, and what he may not change with it. */
import type { ChoiceVerdict, ChosenDemand } from '../../allocation/domain/chosen-places.js';
import type { Claim } from '../../allocation/domain/claim.js';
import type { PlacedShare, ShareName } from '../../allocation/domain/dr-shares.js';
import type { PoolFacts, Share } from '../../allocation/domain/placement-facts.js';
import { relationsOf, type Standing, type Stands } from '../../allocation/domain/relations.js';
import type { LineWish } from '../../allocation/domain/request-plan.js';
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { UnitPrice } from '../../pricing/domain/quote.js';
import { fenOf, type QuotedThing, sharePrice } from './line-price.js';

/** What is asked of pools, whatever the center. */
export interface Where {
  readonly demandOf: (share: ShareName) => ChosenDemand;
}

/** null = the line is none of machines. What the other lines say of it binds it as much as its own words. */
export function whereOf(index: number, wishes: readonly Pick<LineWish, 'index' | 'thing'>[]): Where | null {
  const thing = wishes.find((wish) => wish.index === index)?.thing;
  if (thing?.kind !== 'VM') return null;
  const { kind: _, size: __, standbyRatioPercent: ___, ...asked } = thing;
  const machines = wishes.map((wish) => ({
    index: wish.index,
    relations: wish.thing.kind === 'VM' ? wish.thing.relations : [],
  }));
  const relations = relationsOf(machines).get(index) ?? [];
  return {
    demandOf: (share) => ({ ...asked, relations, index, share: share === 'RECOVERY' ? 'RECOVERY' : 'MAIN' }),
  };
}

/** Where what else the request holds stands: the share that is put elsewhere is left out. */
export function standingBeside(
  lines: readonly { readonly id: string }[],
  held: readonly Pick<Claim, 'claimId' | 'lineId' | 'poolId' | 'share'>[],
  moved: readonly Pick<Claim, 'claimId'>[],
  pools: readonly PoolFacts[],
): Standing {
  const ids = new Set(moved.map(({ claimId }) => claimId));
  const byId = new Map(pools.map((pool) => [pool.poolId, pool]));
  const byLine = Map.groupBy(
    held.filter(({ claimId }) => !ids.has(claimId)),
    ({ lineId }) => lineId,
  );
  return new Map(
    lines.map(({ id }, index) => [
      index,
      (byLine.get(id) ?? []).flatMap(({ poolId, share }): Stands[] => {
        const pool = byId.get(poolId);
        return pool ? [{ pool, share: share === 'RECOVERY' ? 'RECOVERY' : 'MAIN' }] : [];
      }),
    ]),
  );
}

/** What a machine grows by stays where the machine is. */
export function standingAlone(claims: readonly Claim[]): Claim[] {
  return claims.filter(({ growsClaimId }) => !growsClaimId);
}

export function placesOf(claims: readonly Claim[]): Share[] {
  return [...Map.groupBy(claims, (claim) => claim.poolId)].map(([poolId, own]) => ({ poolId, count: own.length }));
}

/** An id that is none names a pool that is not there. */
export function withoutIds(
  places: readonly { readonly poolId: string | undefined; readonly count: number }[],
): Share[] {
  return places.map(({ poolId, count }) => ({ poolId: poolId ?? '-', count }));
}

export function sharesAfter(
  shares: readonly PlacedShare[],
  share: ShareName,
  centerId: string,
  pools: readonly Share[],
): PlacedShare[] {
  return shares.map((one) => (one.share === share ? { ...one, centerId, pools } : one));
}

/** One machine of a share, from pool to pool. */
export interface MovedMachine {
  readonly share: ShareName;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly from: { readonly centerId: string | null; readonly poolId: string };
  readonly to: { readonly centerId: string; readonly poolId: string };
}

/**
 * After the grant one machine alone may have to go elsewhere. In another center it is a share of its own, under the same name
 * and with its part of the price; nothing is counted twice, nor lost. A machine that no share knows changes nothing.
 */
export function sharesAfterMachine(shares: readonly PlacedShare[], machine: MovedMachine): PlacedShare[] {
  const { from, to } = machine;
  const of = (centerId: string | null) => (one: PlacedShare) =>
    one.share === machine.share && !one.owed && one.centerId === centerId;
  const at = shares.findIndex(
    (one) => of(from.centerId)(one) && one.pools.some(({ poolId }) => poolId === from.poolId),
  );
  const source = shares[at];
  if (!source) return [...shares];
  const without = countedBy(source.pools, from.poolId, -1);
  if (from.centerId === to.centerId) return shares.with(at, { ...source, pools: countedBy(without, to.poolId, 1) });
  const eachFen = fenOfMachine(source, machine);
  const rest = { ...source, count: source.count - 1, pools: without, monthlyFen: fenPlus(source.monthlyFen, -eachFen) };
  const moved = shares.with(at, rest);
  const there = shares.findIndex(of(to.centerId));
  const target = shares[there];
  const one = { count: 1, pools: [{ poolId: to.poolId, count: 1 }], monthlyFen: eachFen.toString() };
  const after = target
    ? moved.with(there, {
        ...target,
        count: target.count + 1,
        pools: countedBy(target.pools, to.poolId, 1),
        monthlyFen: fenPlus(target.monthlyFen, eachFen),
      })
    : moved.toSpliced(at + 1, 0, {
        ...source,
        ...one,
        centerId: to.centerId,
        monthlyFen: source.monthlyFen === null ? null : one.monthlyFen,
      });
  return after.filter(({ count, owed }) => owed || count > 0);
}

function countedBy(pools: readonly Share[], poolId: string, by: number): Share[] {
  const known = pools.some((pool) => pool.poolId === poolId);
  return [...pools, ...(known ? [] : [{ poolId, count: 0 }])]
    .map((pool) => (pool.poolId === poolId ? { ...pool, count: pool.count + by } : pool))
    .filter(({ count }) => count > 0);
}

function fenOfMachine({ count, monthlyFen, prices }: PlacedShare, { memoryMib, vcpu }: MovedMachine): bigint {
  const price = prices.find((one) => one.vcpu === vcpu && one.memoryMib === memoryMib);
  return price ? BigInt(price.eachFen) : BigInt(monthlyFen ?? 0) / BigInt(count);
}

function fenPlus(fen: string | null, by: bigint): string | null {
  return fen === null ? null : (BigInt(fen) + by).toString();
}

/**
 * A share stays in one center; that of a dual-active or recovery share is its mode's. What runs alone may change its center,
 * at the same price only: a cost that was signed is not changed by whoever places.
 */
export function mayStandIn(
  line: { readonly shares: readonly PlacedShare[] },
  name: ShareName,
  centerIds: readonly string[],
  priced: { readonly thing: QuotedThing; readonly prices: readonly UnitPrice[] },
): Refusal | null {
  const share = line.shares.find((one) => one.share === name);
  const [centerId] = centerIds;
  if (!share || centerId === undefined) return gone();
  const refused = (zh: string, en: string): Refusal => ({
    code: 'INVALID_INPUT',
    path: ['places'],
    rule: 'center',
    message: say(zh, en),
  });
  if (centerIds.some((id) => id !== centerId))
    return refused('同一份额须放在一个数据中心', 'A share stands in one center');
  if (centerId === share.centerId) return null;
  if (name !== 'MAIN')
    return refused('该份额的数据中心由容灾模式决定', 'The center of this share is that of its DR mode');
  const price = sharePrice(priced.prices, priced.thing, share, centerId, []);
  return price.ok && fenOf(price.value).toString() === share.monthlyFen
    ? null
    : refused(
        '该中心的计费标准不同，费用会改变；请退回申请人修改',
        'It costs otherwise there: return the request to the applicant for that',
      );
}

export function gone(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['lineId'],
    message: say('没有预占着的这些云主机', 'There are no such machines held'),
  };
}

export function refusalOf({ at, text, verdict }: Extract<ChoiceVerdict, { fits: false }>): Refusal {
  const path = at === null ? ['places'] : ['places', String(at)];
  return verdict?.shortage
    ? { ...verdict.shortage, code: 'CAPACITY_SHORTAGE', path, message: text }
    : { code: 'INVALID_INPUT', path, rule: 'placement', message: text };
}
