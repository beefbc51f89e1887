/** Decides how every pool that a line could be put into compares: what it could take, and how well. */
import { machinesThatFit } from './capacity.js';
import { candidatesLeftOut, judgeLine } from './criteria.js';
import type { Candidate, LineDemand, PlacementFacts } from './placement-facts.js';
import { PLACEMENT_POLICY, type PlacementPolicy, scoreGround, scoreOf } from './scores.js';

/**
 * One machine must pass every criterion there; then the pool tells how many of the line it takes. The best first; those that
 * a criterion leaves out come last, by code.
 */
export function candidatesFor(
  line: LineDemand,
  facts: PlacementFacts,
  taken: ReadonlyMap<string, number> = new Map(),
  policy: PlacementPolicy = PLACEMENT_POLICY,
): Candidate[] {
  const ground = scoreGround(facts, policy);
  const judged = judgeLine({ ...line, count: 1 }, facts, policy);
  const codes = new Map(facts.pools.map((pool) => [pool.poolId, pool.code]));
  const fitting = judged.options.flatMap(({ pools }) =>
    pools.map((pool): Candidate => {
      const fits = Math.min(line.count, machinesThatFit(pool.free, line));
      const { total, parts } = scoreOf(pool, line, Math.max(1, fits), ground, (one) => one.free);
      return {
        poolId: pool.poolId,
        centerId: pool.centerId,
        fits,
        taken: taken.get(pool.poolId) ?? 0,
        score: total,
        parts,
        refusedBy: null,
      };
    }),
  );
  const left = judged.verdict
    ? judged.verdict.candidates
    : candidatesLeftOut(judged.options.flatMap(({ leftOut }) => leftOut));
  const codeOf = ({ poolId }: Candidate): string => codes.get(poolId) ?? poolId;
  return [
    ...fitting.toSorted(
      (a, b) =>
        Number(b.fits > 0) - Number(a.fits > 0) || (b.score ?? 0) - (a.score ?? 0) || (codeOf(a) < codeOf(b) ? -1 : 1),
    ),
    ...left.toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1)),
  ].map((candidate) => ({ ...candidate, taken: taken.get(candidate.poolId) ?? 0 }));
}
