/** Decides which pool takes how many machines of each line (C1 to C5 of PLACEMENT.md), when all lines have passed alone. */
import { type Amounts, amountsOf, machinesThatFit, minus } from './capacity.js';
import type { JudgedLine, Option } from './criteria.js';
import type { PoolFacts, Relation, Share } from './placement-facts.js';
import { maySitBeside, relationsOf, type Stands, staysWhole } from './relations.js';
import { type Score, type ScoreGround, scoreOf, zoneOf } from './scores.js';

/** C4. A province's center has a handful of pools per architecture and zone, so that real requests take a few dozen steps. */
export const SEARCH_STEPS_MAX = 20_000;

/** A pool at the line's turn. */
export interface Ranked {
  readonly pool: PoolFacts;
  readonly fits: number;
  readonly score: Score;
}

export interface Chosen {
  readonly option: Option;
  readonly ranked: readonly Ranked[];
  readonly shares: readonly Share[];
}

export interface Found {
  /** In the order of the lines; empty where not all found room. */
  readonly chosen: readonly Chosen[];
  /** Position of the line that found no room; null = all placed. */
  readonly blocked: number | null;
  readonly gaveUp: boolean;
  readonly steps: number;
}

/** A line is entered by one of its centers: which, and the pools there in the order of this turn. */
interface Entry {
  readonly position: number;
  readonly centers: readonly { readonly option: Option; readonly ranked: readonly Ranked[] }[];
  readonly at: number;
}

/** A pool takes `count` of what remains of a line. */
interface Taking {
  readonly entry: Entry;
  readonly poolAt: number;
  readonly count: number;
  readonly remaining: number;
  readonly before: Amounts;
}

type Frame = { readonly kind: 'ENTRY'; readonly entry: Entry } | { readonly kind: 'TAKING'; readonly taking: Taking };

/** Depth first over lines and their pools, as many as fit first; complete within `stepsMax`. A stack of its own: 1,000 lines nest deep. */
export function search(lines: readonly JudgedLine[], ground: ScoreGround, stepsMax = SEARCH_STEPS_MAX): Found {
  const free = new Map<string, Amounts>();
  for (const { options } of lines)
    for (const { pools } of options) for (const pool of pools) free.set(pool.poolId, pool.free);
  const freeOf = (pool: PoolFacts): Amounts => free.get(pool.poolId) ?? pool.free;
  const addresses = new Map(ground.addresses);
  const relations = relationsOf(lines.map(({ line }) => line));
  const standing = new Map<number, Stands[]>();
  const mains = Map.groupBy(
    [...lines.keys()].filter((position) => lines[position]?.line.share === 'MAIN'),
    (position) => (lines[position] as JudgedLine).line.index,
  );
  const stack: Frame[] = [];
  let steps = 0;
  let deepest = 0;

  const lineAt = (position: number): JudgedLine['line'] => (lines[position] as JudgedLine).line;
  const relationsAt = (position: number): readonly Relation[] => relations.get(lineAt(position).index) ?? [];
  const poolOf = ({ entry, poolAt }: Pick<Taking, 'entry' | 'poolAt'>): PoolFacts =>
    (rankedOf(entry)[poolAt] as Ranked).pool;

  const isToCome = (index: number, position: number): boolean => (mains.get(index)?.at(-1) ?? -1) > position;
  /** Whether its machines and a line that it stands together with in one pool are in that center for certain. */
  const isWhole = (pool: PoolFacts, position: number): boolean => {
    const line = lineAt(position);
    const single = (index: number): boolean => mains.get(index)?.length === 1;
    return staysWhole(
      pool,
      relationsAt(position),
      (index, centerId) =>
        (standing.get(index) ?? []).some((other) => other.pool.centerId === centerId) ||
        // Both run alone: then in one center.
        (line.share === 'MAIN' && single(line.index) && single(index) && isToCome(index, position)),
    );
  };

  const fitsIn = (pool: PoolFacts, position: number, remaining: number): number => {
    const line = lineAt(position);
    const found = relationsAt(position);
    if (found.length > 0 && !maySitBeside(pool, line, found, standing, (index) => isToCome(index, position))) return 0;
    const answers = line.takesAddress ? (addresses.get(zoneOf(pool)) ?? remaining) : remaining;
    const fits = Math.min(remaining, answers, machinesThatFit(freeOf(pool), line));
    return fits < line.count && isWhole(pool, position) ? 0 : fits;
  };
  const rank = (option: Option, position: number): Ranked[] => {
    const line = lineAt(position);
    return option.pools
      .map((pool) => {
        const fits = fitsIn(pool, position, line.count);
        return { pool, fits, score: scoreOf(pool, line, Math.max(1, fits), ground, freeOf) };
      })
      .toSorted(inChoiceOrder);
  };
  const enter = (position: number): Entry => {
    const { options } = lines[position] as JudgedLine;
    const centers = options.map((option) => ({ option, ranked: rank(option, position) }));
    return { position, at: 0, centers: centers.length > 1 ? centers.toSorted(byBestPool) : centers };
  };
  /** What the pools after this one could take of the line. */
  const restAfter = (entry: Entry, poolAt: number, remaining: number): number =>
    rankedOf(entry)
      .slice(poolAt + 1)
      .reduce((sum, { pool }) => sum + fitsIn(pool, entry.position, remaining), 0);

  /** Takes as much as fits from the first pool that can take anything; false = what remains finds no room here. */
  const takeFrom = (entry: Entry, from: number, remaining: number): boolean => {
    for (let poolAt = from; poolAt < rankedOf(entry).length; poolAt += 1) {
      const count = fitsIn(poolOf({ entry, poolAt }), entry.position, remaining);
      if (count === 0) continue;
      if (count < remaining && count + restAfter(entry, poolAt, remaining) < remaining) return false;
      return take({ entry, poolAt, count, remaining });
    }
    return false;
  };
  const giveAddresses = ({ position }: Entry, pool: PoolFacts, count: number): void => {
    const left = lineAt(position).takesAddress ? addresses.get(zoneOf(pool)) : undefined;
    if (left !== undefined) addresses.set(zoneOf(pool), left + count);
  };
  const take = (taking: Omit<Taking, 'before'>): true => {
    const pool = poolOf(taking);
    const line = lineAt(taking.entry.position);
    const before = freeOf(pool);
    steps += 1;
    free.set(pool.poolId, minus(before, amountsOf(line, taking.count)));
    giveAddresses(taking.entry, pool, -taking.count);
    if (taking.count > 0) standing.set(line.index, [...(standing.get(line.index) ?? []), { pool, share: line.share }]);
    stack.push({ kind: 'TAKING', taking: { ...taking, before } });
    return true;
  };
  const giveBack = ({ entry, poolAt, count, before }: Taking): void => {
    const { index } = lineAt(entry.position);
    const pool = poolOf({ entry, poolAt });
    free.set(pool.poolId, before);
    giveAddresses(entry, pool, count);
    if (count > 0) standing.set(index, (standing.get(index) ?? []).slice(0, -1));
  };
  /** The next thing that was not tried yet, from the top of the stack down; false = nothing is left. */
  const tryAnother = (): boolean => {
    for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
      if (steps >= stepsMax) return false;
      if (frame.kind === 'TAKING') {
        const { taking } = frame;
        giveBack(taking);
        const less = isWhole(poolOf(taking), taking.entry.position) ? 0 : taking.count - 1;
        const enough = less + restAfter(taking.entry, taking.poolAt, taking.remaining) >= taking.remaining;
        if (taking.count > 0 && enough) return take({ ...taking, count: less });
      } else {
        const entry = { ...frame.entry, at: frame.entry.at + 1 };
        if (entry.at >= entry.centers.length) continue;
        stack.push({ kind: 'ENTRY', entry });
        return true;
      }
    }
    return false;
  };

  const result = (blocked: number | null, gaveUp: boolean): Found => ({
    chosen: blocked === null ? chosenOf(stack) : [],
    blocked,
    gaveUp,
    steps,
  });
  if (lines.length === 0) return result(null, false);
  stack.push({ kind: 'ENTRY', entry: enter(0) });
  for (;;) {
    const top = stack.at(-1) as Frame;
    const { entry, from, remaining } = openPoint(top, lineAt);
    if (remaining === 0) {
      if (entry.position + 1 === lines.length) return result(null, false);
      deepest = Math.max(deepest, entry.position + 1);
      stack.push({ kind: 'ENTRY', entry: enter(entry.position + 1) });
    } else if (steps >= stepsMax) return result(deepest, true);
    else if (!takeFrom(entry, from, remaining) && !tryAnother()) return result(deepest, steps >= stepsMax);
  }
}

function openPoint(
  top: Frame,
  lineAt: (position: number) => { readonly count: number },
): { entry: Entry; from: number; remaining: number } {
  if (top.kind === 'ENTRY') return { entry: top.entry, from: 0, remaining: lineAt(top.entry.position).count };
  const { entry, poolAt, count, remaining } = top.taking;
  return { entry, from: poolAt + 1, remaining: remaining - count };
}

function rankedOf({ centers, at }: Entry): readonly Ranked[] {
  return centers[at]?.ranked ?? [];
}

function chosenOf(stack: readonly Frame[]): Chosen[] {
  const chosen: { option: Option; ranked: readonly Ranked[]; shares: Share[] }[] = [];
  for (const frame of stack) {
    if (frame.kind === 'ENTRY') {
      const { centers, at, position } = frame.entry;
      const center = centers[at] as Entry['centers'][number];
      chosen[position] = { ...center, shares: [] };
    } else if (frame.taking.count > 0) {
      const { entry, poolAt, count } = frame.taking;
      const { poolId } = (rankedOf(entry)[poolAt] as Ranked).pool;
      chosen[entry.position]?.shares.push({ poolId, count });
    }
  }
  return chosen;
}

/** C1: what takes anything comes before what takes nothing, then the higher score; equals go by code. */
function inChoiceOrder(a: Ranked, b: Ranked): number {
  return (
    Number(b.fits > 0) - Number(a.fits > 0) ||
    b.score.total - a.score.total ||
    (a.pool.code < b.pool.code ? -1 : a.pool.code > b.pool.code ? 1 : 0)
  );
}

type Tried = Entry['centers'][number];

/** C6, then C5: what a cluster makes at once comes first, then the center whose best pool scores highest; equals keep their order. */
function byBestPool(a: Tried, b: Tried): number {
  const [ofA, ofB] = [best(a), best(b)];
  const handmade = Number(a.option.kind === 'RECORDED') - Number(b.option.kind === 'RECORDED');
  return ofA >= 0 && ofB >= 0 ? handmade || ofB - ofA : ofB - ofA;
}

function best({ ranked }: { readonly ranked: readonly Ranked[] }): number {
  const [first] = ranked;
  return first && first.fits > 0 ? first.score.total : -1;
}
