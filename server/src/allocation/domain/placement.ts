/** Decides which pools take the machines of a request, or which numbered criterion of PLACEMENT.md refuses it and by how much. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { bare, candidatesLeftOut, type JudgedLine, judgeLine } from './criteria.js';
import { type Chosen, SEARCH_STEPS_MAX, search } from './distribution-search.js';
import type {
  Candidate,
  Check,
  LineDemand,
  LineVerdict,
  Placement,
  PlacementFacts,
  Relation,
} from './placement-facts.js';
import { brokenByCenters, relationsOf } from './relations.js';
import { PLACEMENT_POLICY, type PlacementPolicy, type ScoreGround, scoreGround } from './scores.js';

/** Kept with a request for each line: what a person compares, and what a row may grow by. */
export const CANDIDATES_KEPT_MAX = 12;

export interface PlaceOptions {
  readonly policy?: PlacementPolicy;
  readonly stepsMax?: number;
}

export function place(
  demands: readonly LineDemand[],
  facts: PlacementFacts,
  { policy = PLACEMENT_POLICY, stepsMax = SEARCH_STEPS_MAX }: PlaceOptions = {},
): Placement {
  const alone = demands.map((line) => judgeLine(line, facts, policy));
  if (alone.some((v) => v.verdict !== null))
    return { feasible: false, steps: 0, lines: alone.map((judged) => judged.verdict ?? fitsAlone(judged, [])) };
  const broken = brokenByCenters(alone);
  if (broken) return refusedByCenters(demands, facts, { policy, stepsMax }, broken);
  const ground = scoreGround(facts, policy);
  const found = search(alone, ground, stepsMax);
  const { blocked, steps } = found;
  const related = relationsOf(demands);
  if (blocked !== null)
    return {
      feasible: false,
      steps,
      lines: alone.map((judged, position) =>
        position === blocked
          ? refusedTogether(alone, blocked, found.gaveUp, ground, stepsMax)
          : fitsAlone(judged, together(related.has(judged.line.index))),
      ),
    };
  return {
    feasible: true,
    steps,
    lines: alone.map((judged, position) =>
      placed(judged, found.chosen[position] as Chosen, together(related.has(judged.line.index))),
    ),
  };
}

/** What does not fit without a word is told first (A1). */
function refusedByCenters(
  demands: readonly LineDemand[],
  facts: PlacementFacts,
  options: PlaceOptions,
  { position: broken, relation }: { readonly position: number; readonly relation: Relation },
): Placement {
  const free = place(
    demands.map((line) => ({ ...line, relations: [] })),
    facts,
    options,
  );
  if (!free.feasible) return free;
  const why =
    relation.kind === 'APART'
      ? say(
          '两条明细在同一中心都有主份额，按中心分不开',
          'both run in one and the same center whatever pools are chosen',
        )
      : say('两条明细的主份额不在相同的中心', 'they do not run in the same centers');
  return {
    ...free,
    feasible: false,
    lines: free.lines.map((line, position): LineVerdict => {
      const { index, centerId, checks } = line;
      const bareLine = { index, centerId, shares: [], candidates: [], shortage: null };
      return position === broken
        ? {
            ...bareLine,
            feasible: false,
            checks: [...checks.filter(({ criterion }) => criterion !== 'P11'), p17(false, why)],
          }
        : { ...bareLine, feasible: true, checks };
    }),
  };
}

/** Another line refuses: this one is feasible as far as it can be told, and has no place. */
function fitsAlone(judged: JudgedLine, more: readonly Check[]): LineVerdict {
  return { ...bare(judged.line), feasible: true, checks: [...(judged.options[0]?.checks ?? []), ...more] };
}

function placed({ line }: JudgedLine, { option, ranked, shares }: Chosen, more: readonly Check[]): LineVerdict {
  const candidates: Candidate[] = ranked.map(({ pool: { poolId, centerId }, fits, score }) => ({
    poolId,
    centerId,
    fits,
    taken: shares.find((share) => share.poolId === poolId)?.count ?? 0,
    score: score.total,
    parts: score.parts,
    refusedBy: null,
  }));
  return {
    ...bare(line),
    centerId: option.centerId,
    feasible: true,
    shares,
    checks: [...option.checks, ...more],
    candidates: [...candidates, ...candidatesLeftOut(option.leftOut)].slice(0, CANDIDATES_KEPT_MAX),
  };
}

/** P17 and P11 of a line that found its place beside the others. */
function together(related: boolean): Check[] {
  return [...(related ? [p17(true, null)] : []), p11(true, null)];
}

function p11(passed: boolean, figures: Bilingual | null): Check {
  return { criterion: 'P11', text: say('各明细合起来放得下', 'All lines fit together'), passed, figures };
}

function p17(passed: boolean, figures: Bilingual | null): Check {
  return {
    criterion: 'P17',
    text: say('与其他明细的分开或同处要求', 'Apart from and together with other lines, as said'),
    passed,
    figures,
  };
}

/** The line finds no room beside the others: refused with the number of its machines that would still fit. */
function refusedTogether(
  lines: readonly JudgedLine[],
  blocked: number,
  gaveUp: boolean,
  ground: ScoreGround,
  stepsMax: number,
): LineVerdict {
  const { line, options } = lines[blocked] as JudgedLine;
  const checks = options[0]?.checks ?? [];
  const free = lines.map((judged) => ({ ...judged, line: { ...judged.line, relations: [] } }));
  const said = lines.some((judged) => (judged.line.relations ?? []).length > 0);
  if (said && search(free, ground, stepsMax).blocked === null)
    return {
      ...bare(line),
      feasible: false,
      checks: [...checks, p17(false, say('不作此要求则放得下', 'without it all lines fit'))],
    };
  const fits = gaveUp ? 0 : mostBesideOthers(lines, blocked, ground, stepsMax);
  const figures = gaveUp
    ? say('组合太多，未能在限定步数内找到放法，请拆分申请', 'too many combinations; split the request')
    : say(
        `与其他明细合计，${line.count} 台中只放得下 ${fits} 台`,
        `beside the other lines only ${fits} of ${line.count} fit`,
      );
  const [option] = options;
  const pools = options.length === 1 ? (option?.pools ?? []) : [];
  return {
    ...bare(line),
    feasible: false,
    checks: [...checks, p11(false, figures)],
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
function mostBesideOthers(
  lines: readonly JudgedLine[],
  blocked: number,
  ground: ScoreGround,
  stepsMax: number,
): number {
  const { count: asked } = (lines[blocked] as JudgedLine).line;
  const placedWith = (count: number): boolean =>
    search(
      lines.flatMap((judged, position) =>
        position !== blocked ? [judged] : count === 0 ? [] : [{ ...judged, line: { ...judged.line, count } }],
      ),
      ground,
      stepsMax,
    ).blocked === null;
  let [fits, misfits] = [0, asked];
  while (misfits - fits > 1) {
    const middle = Math.floor((fits + misfits) / 2);
    if (placedWith(middle)) fits = middle;
    else misfits = middle;
  }
  return fits;
}
