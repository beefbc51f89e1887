/** Decides whether places that a person chose for held machines fit by the same criteria, and which machines move. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type MachineSize, sizeOf } from './capacity.js';
import { place } from './placement.js';
import type { Check, LineDemand, LineVerdict, PlacementFacts, PoolFacts, Share } from './placement-facts.js';
import { maySitBeside, type Standing } from './relations.js';
import { toldOf } from './told-check.js';

export interface HeldMachine {
  readonly claimId: string;
  readonly poolId: string;
  readonly size: MachineSize;
}

export interface Move {
  readonly claimId: string;
  readonly fromPoolId: string;
  readonly toPoolId: string;
  readonly size: MachineSize;
}

export type ChoiceVerdict =
  | { readonly fits: true; readonly moves: readonly Move[]; readonly checks: readonly Check[] }
  | {
      readonly fits: false;
      /** Of the choice that does not do; null = of all of them together. */
      readonly at: number | null;
      readonly text: Bilingual;
      readonly verdict: LineVerdict | null;
    };

/** More pools than a center has of one kind; the choice is written down as one sentence. */
export const PLACES_MAX = 20;

/** Everything of a line's demand but how many there are, how big, and where. */
export type ChosenDemand = Omit<LineDemand, 'count' | 'centerId' | keyof MachineSize>;

/**
 * Who stays stays: a machine whose pool is chosen is not moved as long as the pool's number allows. `facts` count what these
 * machines hold as free; `beside` is where the request's other machines stand.
 */
export function judgeChoice(
  machines: readonly HeldMachine[],
  choice: readonly Share[],
  demand: ChosenDemand,
  facts: PlacementFacts,
  beside: Standing = new Map(),
): ChoiceVerdict {
  const wanted = choice.reduce((sum, { count }) => sum + count, 0);
  const refused = (at: number | null, zh: string, en: string, verdict: LineVerdict | null = null): ChoiceVerdict => ({
    fits: false,
    at,
    text: say(zh, en),
    verdict,
  });
  const none = choice.findIndex(({ count }) => !Number.isInteger(count) || count < 1);
  if (none >= 0) return refused(none, '每个资源池至少放 1 台', 'A pool that is named takes one machine at least');
  if (choice.length > PLACES_MAX) return refused(null, `最多选 ${PLACES_MAX} 个资源池`, `At most ${PLACES_MAX} pools`);
  if (wanted !== machines.length)
    return refused(
      null,
      `须正好放下 ${machines.length} 台，现为 ${wanted} 台`,
      `It must be ${machines.length} machines, and is ${wanted}`,
    );
  if (new Set(choice.map(({ poolId }) => poolId)).size < choice.length)
    return refused(null, '同一资源池选了两次', 'A pool is named twice');
  const kinds = choice.map(({ poolId }) => facts.pools.find((pool) => pool.poolId === poolId)?.kind);
  const other = kinds.findIndex((kind) => kind !== undefined && kind !== kinds[0]);
  if (other > 0)
    return refused(
      other,
      '一条明细的虚拟机不能部分自动开通、部分人工开通',
      'Machines of one line are made by a cluster or by people, not both',
    );
  const placed = assign(machines, choice);
  let checks: readonly Check[] = [];
  for (const [at, { poolId }] of choice.entries()) {
    const pool = facts.pools.find((one) => one.poolId === poolId);
    if (!pool) return refused(at, '没有这个资源池', 'There is no such pool');
    const verdicts = judgeIn(
      pool,
      placed.filter((one) => one.toPoolId === poolId),
      demand,
      facts,
    );
    const verdict = verdicts.find((line) => !line.feasible);
    const failed = verdict?.checks.find((check) => !check.passed);
    if (verdict && failed) {
      const { zh, en } = toldOf(failed);
      return refused(
        at,
        `${pool.code} 放不下（${failed.criterion}）${zh}`,
        `${pool.code} does not take it (${failed.criterion}): ${en}`,
        verdict,
      );
    }
    if (!maySitBeside(pool, demand, demand.relations ?? [], beside))
      return refused(
        at,
        `${pool.code} 不合明细之间分开或同处的要求（P17）`,
        `${pool.code} breaks what lines say of each other (P17)`,
      );
    if (at === 0) checks = verdicts[0]?.checks ?? [];
  }
  return { fits: true, checks, moves: placed.filter((one) => one.fromPoolId !== one.toPoolId) };
}

/** As demands of that pool alone, one a size. */
function judgeIn(
  pool: PoolFacts,
  own: readonly Move[],
  demand: ChosenDemand,
  facts: PlacementFacts,
): readonly LineVerdict[] {
  const sizes = [...Map.groupBy(own, ({ size }) => JSON.stringify(sizeOf(size))).values()];
  const demands = sizes.map((same): LineDemand => {
    const [first] = same as [Move];
    return { ...demand, ...sizeOf(first.size), relations: [], count: same.length, centerId: pool.centerId };
  });
  return place(demands, { ...facts, pools: [pool] }).lines;
}

function assign(machines: readonly HeldMachine[], choice: readonly Share[]): Move[] {
  const left = new Map(choice.map(({ poolId, count }) => [poolId, count]));
  const take = (poolId: string): boolean => {
    const count = left.get(poolId) ?? 0;
    if (count > 0) left.set(poolId, count - 1);
    return count > 0;
  };
  const stays = new Set(machines.filter(({ poolId }) => take(poolId)).map(({ claimId }) => claimId));
  return machines.map(({ claimId, poolId, size }): Move => {
    if (stays.has(claimId)) return { claimId, fromPoolId: poolId, toPoolId: poolId, size };
    const toPoolId = [...left].find(([, count]) => count > 0)?.[0] ?? poolId;
    take(toPoolId);
    return { claimId, fromPoolId: poolId, toPoolId, size };
  });
}
