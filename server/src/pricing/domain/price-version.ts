/** Decides which price holds on a day, where a series of prices has gaps, and which new or earlier-ended version is allowed. */
import type { Architecture } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { UnitPriceMicroYuan } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { PriceTier } from './price-tiers.js';

/** Days of the accounting calendar, half-open: `from` is the first day, `to` the first day after; null = no end. */
export interface Term {
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
}

/** For whom a price is: null = whichever. Versions of one item with the same reach are a series and never overlap. */
export interface PriceReach {
  readonly centerId: string | null;
  readonly architecture: Architecture | null;
}

/**
 * STANDARD is charged as it says. 免费 FREE and 内部 INTERNAL (the center bears it) rate to nothing, whatever is used, and
 * say what it would cost: nothing by decision is another thing than a price that is missing.
 */
export const PRICE_KINDS = ['STANDARD', 'FREE', 'INTERNAL'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

export interface PriceVersion extends Term, PriceReach {
  readonly id: string;
  readonly itemId: string;
  readonly kind: PriceKind;
  /** For one unit and one of the item's periods; of a price by tiers, in the first of them. */
  readonly price: UnitPriceMicroYuan;
  /** 阶梯价: the tiers after the first; left out or empty = one price for all. Only what is charged has any. */
  readonly tiers?: readonly PriceTier[];
  /** What it would cost were it not free; null = it is charged. */
  readonly listPrice: UnitPriceMicroYuan | null;
  /** Invented for the demonstration. */
  readonly synthetic: boolean;
  /** By which document, or why. */
  readonly reason: string;
}

export function sameReach(a: PriceReach, b: PriceReach): boolean {
  return a.centerId === b.centerId && a.architecture === b.architecture;
}

export function overlap(a: Term, b: Term): boolean {
  return (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
}

export function holdsOn(term: Term, day: CalendarDate): boolean {
  return term.from <= day && (term.to === null || day < term.to);
}

/**
 * Of the prices that hold on a day, the one that applies. The order, from first to last:
 * 1. of this center and this architecture; 2. of this center, whatever the architecture;
 * 3. of this architecture, whatever the center; 4. whatever the center and the architecture.
 * A center's own price list goes before the province's. No two prices share a place in the order, because versions with
 * the same reach never overlap; another center's or architecture's price never applies.
 */
export function applyingPrice<P extends PriceReach>(
  prices: readonly P[],
  centerId: string | null,
  architecture: Architecture | null,
): P | undefined {
  const order: PriceReach[] = [
    { centerId, architecture },
    { centerId, architecture: null },
    { centerId: null, architecture },
    { centerId: null, architecture: null },
  ];
  for (const reach of order) {
    const found = prices.find((price) => sameReach(price, reach));
    if (found) return found;
  }
  return undefined;
}

/** Days on or after the first version's first day on which neither it nor a later version holds, nor a wider price. */
export function gapsOf(series: readonly Term[], wider: readonly Term[] = []): Term[] {
  const [first] = series.toSorted(byFrom);
  if (!first) return [];
  const gaps: Term[] = [];
  let covered: CalendarDate = first.from;
  for (const term of [...series, ...wider].toSorted(byFrom)) {
    if (term.from > covered) gaps.push({ from: covered, to: term.from });
    if (term.to === null) return gaps;
    if (term.to > covered) covered = term.to;
  }
  return [...gaps, { from: covered, to: null }];
}

/** Versions that a reach falls back to wherever its own series says nothing, for every lookup that reaches it. */
export function widerThan<P extends PriceReach>(versions: readonly P[], reach: PriceReach): P[] {
  return versions.filter(
    (version) =>
      !sameReach(version, reach) &&
      (version.centerId === null || version.centerId === reach.centerId) &&
      (version.architecture === null || version.architecture === reach.architecture),
  );
}

/** Whether a price of the first reach would be taken instead of one of the second, somewhere. */
function goesBefore(first: PriceReach, second: PriceReach): boolean {
  const meet = <T>(a: T | null, b: T | null): boolean => a === null || b === null || a === b;
  const place = (reach: PriceReach): number =>
    (reach.centerId === null ? 2 : 0) + (reach.architecture === null ? 1 : 0);
  return (
    meet(first.centerId, second.centerId) &&
    meet(first.architecture, second.architecture) &&
    place(first) < place(second)
  );
}

function byFrom(a: Term, b: Term): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

export interface NewVersion extends Term, PriceReach {
  /** Ends the version of the same reach that holds until now on the day when this one begins. */
  readonly endsPrevious: boolean;
}

/**
 * Whether a version may join those of its item. What was priced stays priced as it was: a version may begin in the past
 * only where there was no price at all.
 * @returns the version that must end where this one begins, or null.
 */
export function checkNewVersion(
  existing: readonly PriceVersion[],
  wish: NewVersion,
  today: CalendarDate,
): Result<PriceVersion | null, InvalidInput> {
  if (wish.to !== null && wish.to <= wish.from)
    return refuse(invalid('to', 'period', say('终止日须晚于生效日', 'A price ends after the day on which it begins')));
  const series = existing.filter((version) => sameReach(version, wish));
  const previous = wish.endsPrevious
    ? series.find((version) => version.from < wish.from && version.to === null && wish.from > today)
    : undefined;
  const clash = series.find((version) => version !== previous && overlap(version, wish));
  if (clash)
    return refuse(
      invalid(
        'from',
        'priceOverlap',
        say(
          `与 ${termText(clash, 'zh')} 的价格重叠；同一适用范围同一天只能有一个价格`,
          `Overlaps the price of ${termText(clash, 'en')}; one reach has one price a day`,
        ),
      ),
    );
  if (wish.from < today) {
    const past: Term = { from: wish.from, to: wish.to !== null && wish.to < today ? wish.to : today };
    const priced = existing.find((version) => goesBefore(wish, version) && overlap(version, past));
    if (priced)
      return refuse(
        invalid(
          'from',
          'pricedPast',
          say(
            `${termText(priced, 'zh')} 已有价格，已计价的日子不可改价；请从今天或以后生效`,
            `${termText(priced, 'en')} is priced already, and what was priced stays so; let it begin today or later`,
          ),
        ),
      );
  }
  return ok(previous ?? null);
}

/** Whether a version may end on that day (the first day on which it no longer holds). What has passed is never ended afterwards. */
export function checkEnd(version: Term, to: CalendarDate, today: CalendarDate): Result<null, InvalidInput> {
  if (to <= today)
    return refuse(
      invalid(
        'to',
        'future',
        say('已生效的价格只能在以后的日子终止', 'A price ends on a day to come; what has been priced stays so'),
      ),
    );
  if (to <= version.from)
    return refuse(invalid('to', 'period', say('终止日须晚于生效日', 'A price ends after the day on which it begins')));
  if (version.to !== null && to >= version.to)
    return refuse(
      invalid(
        'to',
        'earlier',
        say(
          '价格只能提前终止；如需延续请新增一个版本',
          'A price can only end earlier than it would; to go on, add another version',
        ),
      ),
    );
  return ok(null);
}

export function termText({ from, to }: Term, locale: keyof Bilingual): string {
  if (locale === 'zh') return to === null ? `${from} 起` : `${from} 至 ${to}（不含）`;
  return to === null ? `${from} and after` : `${from} until ${to}`;
}

function invalid(path: string, rule: string, message: Bilingual): InvalidInput {
  return { code: 'INVALID_INPUT', path: [path], rule, message };
}
