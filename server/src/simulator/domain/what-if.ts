/** Decides where things that nobody asked for yet would go, up to where they fit, and what runs out first. */
import { expandLine, isOpen, type ShareWish } from '../../allocation/domain/dr-shares.js';
import { groundAfter } from '../../allocation/domain/ground-after.js';
import type { CenterFacts, Check } from '../../allocation/domain/placement-facts.js';
import { type PlanGround, planLines } from '../../allocation/domain/plan-lines.js';
import type { LineWish, PlannedLine, PlannedShare, WishedThing } from '../../allocation/domain/request-plan.js';
import { LINES_HELPED_MAX } from '../../allocation/domain/suggestions.js';
import { type DebtPolicy, mayOwe, modeOf } from '../../drdebts/domain/debt-policy.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import { type Figures, figuresOf } from './figures.js';
import { type Hint, variationsOf } from './hints.js';

/** A line of a request without a system, by what it takes. */
export interface WhatIfLine {
  readonly count: number;
  /** null = whichever center fits best. */
  readonly centerId: string | null;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  readonly thing: WishedThing;
  /** Of servers: the class in the catalog, by which figures are told. */
  readonly offerId: string | null;
  /** 等保 level of the systems that it is for: of machines placement asks, of all kinds the rules of debts do. */
  readonly protectionLevel: number;
  /** Of its compute, how much stands ready under APPLICATION. */
  readonly standbyRatioPercent: number;
}

export interface WhatIfLineResult {
  readonly index: number;
  readonly asked: number;
  /** Of a dual-active line: in each of both centers. */
  readonly placed: number;
  /** One for each center that it goes to, with what is placed there; where not all fit, with what refused all of them. */
  readonly shares: readonly PlannedShare[];
  readonly checks: readonly Check[];
  /** What would make all of it fit where it stands in the list. */
  readonly hints: readonly Hint[];
}

export interface WhatIf extends Figures {
  readonly feasible: boolean;
  readonly lines: readonly WhatIfLineResult[];
}

/** More are no help to read. */
const HINTS_MAX = 4;

/** Why a line has no shares at all is the first refusal of its modes. */
export function wishOf(
  line: WhatIfLine,
  index: number,
  count: number,
  centers: readonly CenterFacts[],
  debts: DebtPolicy,
): LineWish {
  const { thing, centerId, localMode, remoteMode, standbyRatioPercent, protectionLevel } = line;
  const may = (share: ShareWish) => mayOwe(debts, { departmentIds: [], protectionLevel }, modeOf(share));
  const expanded = expandLine(
    {
      ...{ kind: thing.kind, count, localMode, remoteMode, standbyRatioPercent },
      centerId: localMode === 'DUAL_ACTIVE' ? null : centerId,
    },
    centers,
    may,
  );
  return { index, thing, shares: expanded.ok ? expanded.value : expanded.error };
}

/**
 * All of it where all fits: then this is what the preview of such a request says. Otherwise line by line in the order given,
 * each as many as find room beside those before it: that tells how far it goes, and at which line it ends.
 */
export function whatIf(lines: readonly WhatIfLine[], ground: PlanGround, debts: DebtPolicy): WhatIf {
  const { centers } = ground.facts;
  const wishes = lines.map((line, index) => wishOf(line, index, line.count, centers, debts));
  const whole = planLines(wishes, ground);
  if (whole.feasible) {
    const after = wishes.reduce((left, wish, at) => groundAfter(left, wish, whole.lines[at] as PlannedLine), ground);
    const results = whole.lines.map(({ shares, checks }, index): WhatIfLineResult => {
      const { count } = lines[index] as WhatIfLine;
      return { index, asked: count, placed: count, shares, checks, hints: [] };
    });
    return { feasible: true, lines: results, ...figuresOf(lines, results, ground, after) };
  }
  let left = ground;
  let helped = 0;
  const results = lines.map((line, index): WhatIfLineResult => {
    const here = left;
    const tried = (count: number, other = line): PlannedLine =>
      planLines([wishOf(other, 0, count, centers, debts)], here).lines[0] as PlannedLine;
    const all = tried(line.count);
    const placed = all.feasible ? line.count : mostThatFits(line.count, (count) => tried(count).feasible);
    const found = placed === line.count ? all : placed === 0 ? null : tried(placed);
    if (found) left = groundAfter(left, wishOf(line, 0, placed, centers, debts), found);
    const refused = placed < line.count;
    const help = refused && helped < LINES_HELPED_MAX;
    if (help) helped += 1;
    return {
      ...{ index, asked: line.count, placed, checks: all.checks },
      shares: refused ? asFarAsPlaced(all.shares, found?.shares ?? []) : all.shares,
      hints: help ? hintsOf(line, placed, ground, (other) => tried(other.count, other).feasible) : [],
    };
  });
  return { feasible: false, lines: results, ...figuresOf(lines, results, ground, left) };
}

/** What refused all of them, and where the rest of them would be. */
function asFarAsPlaced(asked: readonly PlannedShare[], found: readonly PlannedShare[]): PlannedShare[] {
  return asked.map((share) => {
    const placed = found.find((one) => one.share === share.share);
    const { count = 0, pools = [], pieces = [], serverIds = [] } = placed ?? {};
    return { ...share, centerId: placed?.centerId ?? share.centerId, count, pools, pieces, serverIds };
  });
}

function hintsOf(
  line: WhatIfLine,
  placed: number,
  { facts }: PlanGround,
  fits: (other: WhatIfLine) => boolean,
): Hint[] {
  const open = facts.centers.filter(isOpen);
  return variationsOf(line, placed, open)
    .filter(({ line: other }) => fits(other))
    .slice(0, HINTS_MAX)
    .map(({ hint }) => hint);
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
