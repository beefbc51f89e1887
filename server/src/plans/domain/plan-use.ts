/** Decides what of a plan is used and left, and whether a request stays inside it. */
import { QUOTA_METERS, type QuotaMeter } from '../../kernel/refusal.js';
import { type QuotaAmounts, type SomeAmounts, sumAmounts } from '../../quotas/domain/quota.js';
import { amountsOf, countOf, type PlannedLine } from './plan-line.js';

/** In the unit of the meter. */
export interface MeterUse {
  readonly meter: QuotaMeter;
  /** Approved for the year: the plan and its additions. */
  readonly planned: number;
  /** Live now: held and allocated. */
  readonly used: number;
  /** What may still be asked for inside the plan. */
  readonly left: number;
  /** In use beyond the plan. */
  readonly over: number;
}

/** What all these lines ask for together. */
export function plannedAmounts(lines: readonly PlannedLine[]): QuotaAmounts {
  return sumAmounts(lines.map(amountsOf));
}

/** Every meter in its order; over and left are never both more than nothing. */
export function useOf(planned: SomeAmounts, used: SomeAmounts): MeterUse[] {
  return QUOTA_METERS.map((meter) => {
    const [p, u] = [planned[meter] ?? 0, used[meter] ?? 0];
    return { meter, planned: p, used: u, left: Math.max(0, p - u), over: Math.max(0, u - p) };
  });
}

export interface InsideFacts {
  /** What the request asks for; meters that it does not name are not looked at. */
  readonly asked: SomeAmounts;
  /** What it holds already and would be counted twice. */
  readonly own: SomeAmounts;
  /** Live of the system now. */
  readonly used: SomeAmounts;
  /** Approved for the system and year; null = no approved plan. */
  readonly planned: SomeAmounts | null;
  /** Services that it names, by code: what it asks for with what is live of them. */
  readonly services?: ReadonlyMap<string, number>;
  /** Services that the approved plan names for the system, by code. */
  readonly plannedServices?: ReadonlyMap<string, number>;
}

/**
 * A request is inside the plan when every meter that it asks for, together with what is live already, stays within what
 * was approved for its system. Without an approved plan nothing is inside one, nor is a request that asks for nothing.
 */
export function isInsidePlan({ asked, own, used, planned, services, plannedServices }: InsideFacts): boolean {
  if (planned === null) return false;
  const meters = QUOTA_METERS.filter((meter) => (asked[meter] ?? 0) > 0);
  const named = [...(services ?? [])];
  if (meters.length === 0 && named.length === 0) return false;
  return (
    meters.every((meter) => (asked[meter] ?? 0) + (used[meter] ?? 0) - (own[meter] ?? 0) <= (planned[meter] ?? 0)) &&
    named.every(([code, quantity]) => quantity <= (plannedServices?.get(code) ?? 0))
  );
}

/** Services that lines name, by code. */
export function servicesOf(lines: readonly PlannedLine[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines)
    if (line.kind === 'SERVICE' && line.offerCode !== null)
      sums.set(line.offerCode, (sums.get(line.offerCode) ?? 0) + countOf(line));
  return sums;
}
