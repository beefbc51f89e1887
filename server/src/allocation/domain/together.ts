/** Decides whether lines that name no center are kept in one (D6 of PLACEMENT.md), and what is said of it. */
import { say } from '../../kernel/bilingual.js';
import type { CenterFacts, Check, OwnMachines } from './placement-facts.js';
import { type ChosenShare, hasShares, isOpen, type LineWish, type RequestPlan } from './request-plan.js';

/** Lines of any kind that run alone and may go to more than one center. */
export function openLines(wishes: readonly LineWish[]): number[] {
  return wishes.flatMap((wish) => (hasShares(wish) && wish.shares.some(isOpen) ? [wish.index] : []));
}

/** Where the system is already comes before the order of the rest. */
export function nearestFirst(candidates: readonly string[], own: readonly OwnMachines[] = []): string[] {
  const machines = (centerId: string): number =>
    own.reduce((sum, one) => (one.centerId === centerId ? sum + one.machines : sum), 0);
  return candidates.toSorted((a, b) => machines(b) - machines(a));
}

/** No other center is tried for it. */
export function onlyIn(share: ChosenShare, centerId: string): ChosenShare {
  return isOpen(share) && share.centerIds.includes(centerId) ? { ...share, centerId, centerIds: [centerId] } : share;
}

/** Said of a plan that fits; otherwise of nothing. */
export function saidTogether(plan: RequestPlan, open: readonly number[], centers: readonly CenterFacts[]): RequestPlan {
  if (!plan.feasible || open.length < 2) return plan;
  const names = new Map(centers.map(({ centerId, name }) => [centerId, name]));
  const of = new Set(open);
  const used = new Set(
    plan.lines.flatMap(({ index, shares }) =>
      of.has(index) ? shares.flatMap(({ share, centerId }) => (share === 'MAIN' ? (centerId ?? []) : [])) : [],
    ),
  );
  const where = [...used].map((centerId) => names.get(centerId) ?? centerId).toSorted();
  const check: Check = {
    criterion: 'D6',
    text: say('未指定中心的单中心明细放在一处', 'Lines that run alone and name no center are in one'),
    passed: true,
    figures:
      where.length === 1
        ? say(where[0] as string, where[0] as string)
        : say(`没有中心放得下全部，分放在 ${where.join('、')}`, `no center has room for all: ${where.join(', ')}`),
  };
  return {
    ...plan,
    lines: plan.lines.map((line) =>
      of.has(line.index)
        ? {
            ...line,
            checks: [...line.checks, check],
            shares: line.shares.map((share) =>
              share.share === 'MAIN' ? { ...share, checks: [...share.checks, check] } : share,
            ),
          }
        : line,
    ),
  };
}
