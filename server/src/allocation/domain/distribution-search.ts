/** Decides which pool takes how many machines of each line (C2 to C4 of PLACEMENT.md), when all lines have passed alone. */
import { type Amounts, amountsOf, machinesThatFit, minus } from './capacity.js';
import type { JudgedLine } from './criteria.js';
import type { PoolFacts, Share } from './placement-facts.js';

/** C4. A province's center has a handful of pools per architecture and zone, so that real requests take a few dozen steps. */
export const SEARCH_STEPS_MAX = 20_000;

export interface Found {
  readonly shares: ReadonlyMap<number, readonly Share[]>;
  /** Index of the line that found no room; null = all placed. */
  readonly blockedLine: number | null;
  readonly gaveUp: boolean;
}

/** C2 and C3: depth first over lines and their pools, as many as fit first; complete within SEARCH_STEPS_MAX. */
export function search(lines: readonly JudgedLine[]): Found {
  const free = new Map<string, Amounts>();
  for (const { pools } of lines) for (const pool of pools) free.set(pool.poolId, pool.free);
  const freeOf = (pool: PoolFacts): Amounts => free.get(pool.poolId) ?? pool.free;
  const shares = new Map<number, Share[]>();
  let steps = 0;
  let deepest = 0;

  const placeFrom = (position: number): boolean => {
    deepest = Math.max(deepest, position);
    const judged = lines[position];
    return judged === undefined || distribute(judged, 0, judged.line.count, position);
  };
  const distribute = (judged: JudgedLine, poolAt: number, remaining: number, position: number): boolean => {
    if (remaining === 0) return placeFrom(position + 1);
    const pool = judged.pools[poolAt];
    if (pool === undefined || steps >= SEARCH_STEPS_MAX) return false;
    const rest = judged.pools.slice(poolAt + 1).reduce((sum, p) => sum + machinesThatFit(freeOf(p), judged.line), 0);
    const before = freeOf(pool);
    const most = Math.min(remaining, machinesThatFit(before, judged.line));
    for (let count = most; count >= Math.max(0, remaining - rest); count -= 1) {
      steps += 1;
      if (steps >= SEARCH_STEPS_MAX) return false;
      free.set(pool.poolId, minus(before, amountsOf(judged.line, count)));
      const chosen = shares.get(judged.line.index) ?? [];
      shares.set(judged.line.index, count > 0 ? [...chosen, { poolId: pool.poolId, count }] : chosen);
      if (distribute(judged, poolAt + 1, remaining - count, position)) return true;
      shares.set(judged.line.index, chosen);
      free.set(pool.poolId, before);
    }
    return false;
  };
  if (placeFrom(0)) return { shares, blockedLine: null, gaveUp: false };
  const blocked = lines[Math.min(deepest, lines.length - 1)] as JudgedLine;
  return { shares: new Map(), blockedLine: blocked.line.index, gaveUp: steps >= SEARCH_STEPS_MAX };
}
