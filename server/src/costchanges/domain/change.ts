/** Decides why a use costs other in one month than in the one before: the difference is divided into named parts that add up to the fen. */

import type { Portion } from '../../accounting/domain/accounting-units.js';
import type { ShareName } from '../../allocation/domain/dr-shares.js';
import { amountFen, type Fen, type UnitPriceMicroYuan } from '../../kernel/money.js';
import type { MeteredKind } from '../../metering/domain/intervals.js';
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import { compare, type Fraction, NOTHING, over, plus, rounded, times } from './fraction.js';

/**
 * NEW: came, or is there longer than in the month before. RELEASED: went, or is there for less of it. RESIZED: has more or
 * less of something. PRICE: a unit costs other. MOVED: is another's, system's, project's or center's; nothing in all.
 * DAYS: the month is longer or shorter, or not over. CORRECTION: of earlier months, and what is disputed.
 */
export const CHANGE_PARTS = ['NEW', 'RELEASED', 'RESIZED', 'PRICE', 'MOVED', 'DAYS', 'CORRECTION'] as const;
export type ChangePart = (typeof CHANGE_PARTS)[number];

/** By what costs are divided. */
export interface CostOwner {
  readonly cityId: string | null;
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly kind: MeteredKind;
  readonly share: ShareName;
}

export interface ChargedUseLine extends CostOwner {
  readonly meter: string;
  /** What it is of; null = of an earlier month: nothing but its amount counts. */
  readonly use: {
    readonly quantity: bigint;
    readonly portion: Portion;
    readonly period: UnitPeriod;
    /** null = it had no price. */
    readonly price: UnitPriceMicroYuan | null;
    /** By tiers it is the same version that makes their prices one. */
    readonly versionId: string | null;
    /** 档, from 0; the first is there as long as the thing is. */
    readonly tier: number;
  } | null;
  /** Charged: nothing while it is disputed or has no price. */
  readonly amount: Fen;
}

/** One use on the statements of one month. */
export interface UseInMonth {
  readonly lines: readonly ChargedUseLine[];
  /** What being there all the month, as far as it is known, is worth of a price's period. */
  readonly whole: (period: UnitPeriod) => Portion;
}

export interface OwnerChange {
  readonly owner: CostOwner;
  readonly before: Fen;
  readonly after: Fen;
  /** Their sum is after − before. */
  readonly parts: Readonly<Record<ChangePart, Fen>>;
}

type Parts = Record<ChangePart, Fen>;
type UseLine = ChargedUseLine & { readonly use: NonNullable<ChargedUseLine['use']> };

const noParts = (): Parts => ({ NEW: 0n, RELEASED: 0n, RESIZED: 0n, PRICE: 0n, MOVED: 0n, DAYS: 0n, CORRECTION: 0n });

/** Of one use, by whose it is, in the order of owners; owners to whom nothing changed are not among them. */
export function changeOfUse(before: UseInMonth, after: UseInMonth): OwnerChange[] {
  if (isSame(before, after)) return [];
  const found = new Map<string, { owner: CostOwner; before: Fen; after: Fen; parts: Parts }>();
  const at = (line: ChargedUseLine) => {
    const key = ownerKey(line);
    const known = found.get(key) ?? { owner: ownerOf(line), before: 0n, after: 0n, parts: noParts() };
    found.set(key, known);
    return known;
  };
  // Corrections, and what is not charged of the use itself while it is disputed.
  for (const line of before.lines) {
    const sum = at(line);
    sum.before += line.amount;
    sum.parts.CORRECTION -= line.use ? line.amount - worthOf(line as UseLine) : line.amount;
  }
  for (const line of after.lines) {
    const sum = at(line);
    sum.after += line.amount;
    sum.parts.CORRECTION += line.use ? line.amount - worthOf(line as UseLine) : line.amount;
  }
  const was = Map.groupBy(before.lines.filter(isUse), ownerKey);
  const is = Map.groupBy(after.lines.filter(isUse), ownerKey);
  const [gone, come] = [[...was.keys()].filter((key) => !is.has(key)), [...is.keys()].filter((key) => !was.has(key))];
  for (const [key, some] of was) {
    const now = is.get(key);
    if (now) add(found.get(key)?.parts, bridge(some, now, before.whole, after.whole));
  }
  // What one owner has no longer and another has now is the same use in other hands: it is carried over as it was.
  const [left, right] = [gone.toSorted(), come.toSorted()];
  for (const [index, key] of left.entries()) {
    const some = was.get(key) ?? [];
    const to = right[index];
    const parts = found.get(key)?.parts;
    if (!parts) continue;
    if (to === undefined) parts.RELEASED -= worthOfAll(some);
    else {
      const others = found.get(to)?.parts;
      parts.MOVED -= worthOfAll(some);
      if (others) others.MOVED += worthOfAll(some);
      add(others, bridge(some, is.get(to) ?? [], before.whole, after.whole));
    }
  }
  for (const key of right.slice(left.length)) {
    const parts = found.get(key)?.parts;
    if (parts) parts.NEW += worthOfAll(is.get(key) ?? []);
  }
  return [...found]
    .filter(([, { parts }]) => CHANGE_PARTS.some((part) => parts[part] !== 0n))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

/** What one meter of a use had in a month. */
interface Meter {
  readonly period: UnitPeriod;
  /** Time × quantity, in periods of the price. */
  readonly used: Fraction;
  /** Time, the same. */
  readonly there: Fraction;
  /** In fen, exactly. */
  readonly exact: Fraction;
  /** As its lines were rounded. */
  readonly worth: Fen;
  /** Ids of the price versions that held. */
  readonly versions: ReadonlySet<string | null>;
  /** Something of it lies above the first tier of its price: twice as much of it does not cost twice. */
  readonly tiered: boolean;
}

/**
 * From what it cost to what it costs in steps that change one thing at a time: how long it is there, how much it has, how
 * long the month is, what a unit costs. Each step is what rating would have said in between, rounded once; the last ends at
 * what rating does say. So nothing is left over, and what did not change has no part in it.
 */
function bridge(
  was: readonly UseLine[],
  is: readonly UseLine[],
  wholeBefore: UseInMonth['whole'],
  wholeAfter: UseInMonth['whole'],
): Parts {
  const parts = noParts();
  const [before, after] = [metersOf(was), metersOf(is)];
  const [thereBefore, thereAfter] = [presenceOf(before, wholeBefore), presenceOf(after, wholeAfter)];
  for (const meter of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(meter), after.get(meter)];
    // More of something than it had of it, or no longer any: the thing itself was there in both months.
    if (!a || !b) {
      parts.RESIZED += (b?.worth ?? 0n) - (a?.worth ?? 0n);
      continue;
    }
    const [wasWhole, isWhole] = [fraction(wholeBefore(a.period)), fraction(wholeAfter(b.period))];
    // Of what is common a portion is no time: who bears more of it has more of it, and was there before.
    const presence = isCommon(was) ? ONE : over(thereAfter, thereBefore);
    const sized = isCommon(was)
      ? over(b.used, a.used)
      : over(over(b.used, times(isWhole, thereAfter)), over(a.used, times(wasWhole, thereBefore)));
    const steps: readonly (readonly [ChangePart, Fraction])[] = [
      [presence.n > presence.d ? 'NEW' : 'RELEASED', presence],
      ['RESIZED', sized],
      // Another period is another price altogether.
      ['DAYS', a.period === b.period ? over(isWhole, wasWhole) : ONE],
    ];
    let [exact, fen] = [a.exact, a.worth];
    let last: ChangePart = 'PRICE';
    for (const [part, ratio] of steps) {
      if (ratio.n === ratio.d) continue;
      exact = times(exact, ratio);
      const next = rounded(exact);
      parts[part] += next - fen;
      fen = next;
      last = part;
    }
    // Where no price changed, what is left is what lines were rounded by; by tiers also that more of it costs other a unit.
    const sizes = (a.tiered || b.tiered) && sameVersions(a, b);
    parts[compare(exact, b.exact) === 0n ? last : sizes ? 'RESIZED' : 'PRICE'] += b.worth - fen;
  }
  return parts;
}

function sameVersions(a: Meter, b: Meter): boolean {
  return a.versions.size === b.versions.size && [...a.versions].every((id) => b.versions.has(id));
}

const ONE: Fraction = { n: 1n, d: 1n };

function metersOf(lines: readonly UseLine[]): Map<string, Meter> {
  const meters = new Map<string, Meter>();
  for (const line of lines) {
    const { meter, use } = line;
    const there = fraction(use.portion);
    const used = times({ n: use.quantity, d: 1n }, there);
    const known = meters.get(meter);
    meters.set(meter, {
      period: use.period,
      // Tiers of one price stand beside each other in time; the first is there as long as any.
      there: use.tier > 0 ? (known?.there ?? NOTHING) : plus(known?.there ?? NOTHING, there),
      used: plus(known?.used ?? NOTHING, used),
      exact: plus(
        known?.exact ?? NOTHING,
        times(used, { n: use.price ?? 0n, d: MICRO_YUAN_PER_FEN * perPricedUnit(meter) }),
      ),
      worth: (known?.worth ?? 0n) + worthOf(line),
      versions: new Set([...(known?.versions ?? []), use.versionId]),
      tiered: (known?.tiered ?? false) || use.tier > 0,
    });
  }
  return meters;
}

const MICRO_YUAN_PER_FEN = 10_000n;

/** For what part of the month the thing was there: as long as that of it which was there longest. */
function presenceOf(meters: ReadonlyMap<string, Meter>, whole: UseInMonth['whole']): Fraction {
  let longest = NOTHING;
  for (const { period, there } of meters.values()) {
    const part = over(there, fraction(whole(period)));
    if (compare(part, longest) > 0n) longest = part;
  }
  return longest;
}

/** Nothing is known of a month before its first unit has ended; what is there then is there for all that is known. */
function fraction({ denominator, numerator }: Portion): Fraction {
  return numerator === 0n ? ONE : { n: numerator, d: denominator };
}

function isCommon([line]: readonly UseLine[]): boolean {
  return line?.kind === 'SHARED';
}

/** What a line comes to by its price, charged or not; a part of what is common has the fen that rounding left over, too. */
function worthOf({ amount, kind, meter, use }: UseLine): Fen {
  if (use.price === null) return 0n;
  if (kind === 'SHARED' && amount !== 0n) return amount;
  return amountFen(use.price, use.quantity * use.portion.numerator, perPricedUnit(meter) * use.portion.denominator);
}

function worthOfAll(lines: readonly UseLine[]): Fen {
  return lines.reduce((sum, line) => sum + worthOf(line), 0n);
}

function add(to: Parts | undefined, more: Parts): void {
  if (to) for (const part of CHANGE_PARTS) to[part] += more[part];
}

function isUse(line: ChargedUseLine): line is UseLine {
  return line.use !== null;
}

/** Most uses are what they were: nothing is reckoned of those. */
function isSame(before: UseInMonth, after: UseInMonth): boolean {
  if (before.lines.length !== after.lines.length) return false;
  const keyOf = ({ meter, use }: ChargedUseLine) => `${meter} ${use?.tier}`;
  const byMeter = new Map(after.lines.map((line) => [keyOf(line), line]));
  return (
    byMeter.size === after.lines.length &&
    before.lines.every((was) => {
      const is = byMeter.get(keyOf(was));
      return (
        is?.amount === was.amount &&
        is.use?.quantity === was.use?.quantity &&
        is.use?.price === was.use?.price &&
        is.use !== null &&
        was.use !== null &&
        is.use.period === was.use.period &&
        compare(fraction(is.use.portion), fraction(was.use.portion)) === 0n &&
        compare(fraction(before.whole(was.use.period)), fraction(after.whole(is.use.period))) === 0n &&
        ownerKey(is) === ownerKey(was)
      );
    })
  );
}

function ownerOf({ centerId, cityId, departmentId, kind, projectId, share, systemId }: CostOwner): CostOwner {
  return { cityId, departmentId, systemId, projectId, centerId, kind, share };
}

function ownerKey({ centerId, cityId, departmentId, kind, projectId, share, systemId }: CostOwner): string {
  return [cityId, departmentId, systemId, projectId, centerId, kind, share].join(' ');
}
