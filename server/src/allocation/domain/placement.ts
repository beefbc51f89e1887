/** Decides which pools take the machines of a request, or which numbered criterion of PLACEMENT.md refuses it and by how much. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { bare, type JudgedLine, judgeLine } from './criteria.js';
import { search } from './distribution-search.js';
import type { Check, LineDemand, LineVerdict, Placement, PlacementFacts } from './placement-facts.js';

export function place(demands: readonly LineDemand[], facts: PlacementFacts): Placement {
  const alone = demands.map((line) => judgeLine(line, facts));
  if (alone.some((v) => v.verdict !== null))
    return {
      feasible: false,
      lines: alone.map((v) => v.verdict ?? { ...bare(v.line), feasible: true, checks: v.checks }),
    };
  const found = search(alone);
  if (found.blockedLine !== null) {
    const blocked = found.blockedLine;
    return {
      feasible: false,
      lines: alone.map((v) =>
        v.line.index === blocked
          ? refusedTogether(v, alone, found.gaveUp)
          : { ...bare(v.line), feasible: true, checks: [...v.checks, p11(true, null)] },
      ),
    };
  }
  return {
    feasible: true,
    lines: alone.map((v) => ({
      ...bare(v.line),
      feasible: true,
      shares: found.shares.get(v.line.index) ?? [],
      checks: [...v.checks, p11(true, null)],
    })),
  };
}

function p11(passed: boolean, figures: Bilingual | null): Check {
  return { criterion: 'P11', text: say('各明细合起来放得下', 'All lines fit together'), passed, figures };
}

/** The line finds no room beside the others: refused with the number of its machines that would still fit. */
function refusedTogether(judged: JudgedLine, lines: readonly JudgedLine[], gaveUp: boolean): LineVerdict {
  const { line, pools } = judged;
  const fits = gaveUp ? 0 : mostBesideOthers(judged, lines);
  const figures = gaveUp
    ? say('组合太多，未能在限定步数内找到放法，请拆分申请', 'too many combinations; split the request')
    : say(
        `与其他明细合计，${line.count} 台中只放得下 ${fits} 台`,
        `beside the other lines only ${fits} of ${line.count} fit`,
      );
  return {
    ...bare(line),
    feasible: false,
    checks: [...judged.checks, p11(false, figures)],
    shortage: {
      criterion: 'P11',
      centerId: line.centerId,
      poolId: pools.length === 1 ? (pools[0]?.poolId ?? null) : null,
      meter: 'MACHINE',
      requested: line.count,
      free: fits,
      short: line.count - fits,
    },
  };
}

/** Fewer machines of a line never make the others harder to place, so the boundary is found by halving. */
function mostBesideOthers(judged: JudgedLine, lines: readonly JudgedLine[]): number {
  const placedWith = (count: number): boolean =>
    search(
      lines.flatMap((l) =>
        l.line.index !== judged.line.index ? [l] : count === 0 ? [] : [{ ...l, line: { ...l.line, count } }],
      ),
    ).blockedLine === null;
  let [fits, misfits] = [0, judged.line.count];
  while (misfits - fits > 1) {
    const middle = Math.floor((fits + misfits) / 2);
    if (placedWith(middle)) fits = middle;
    else misfits = middle;
  }
  return fits;
}
