/** Decides which tables of tiers (阶梯价) a price may have, and which part of a quantity costs the price of which tier. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { amountFen, type Fen, parseUnitPrice, type UnitPriceMicroYuan } from '../../kernel/money.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';

/**
 * What of a quantity lies above `from` costs this price, as far as the next tier begins; the quantity is what one resource
 * has of the price's meter, in the price's unit. The first tier is the price itself and begins at nothing, so tables cover
 * every quantity without gap or overlap however they are kept.
 */
export interface PriceTier {
  /** Whole units of the price, above nothing. */
  readonly from: bigint;
  readonly price: UnitPriceMicroYuan;
}

export interface TieredPrice {
  /** Of the first tier; of a price without tiers, of all. */
  readonly price: UnitPriceMicroYuan;
  /** The second and all above it, in their order; left out or empty = one price for all. */
  readonly tiers?: readonly PriceTier[];
}

/** A tier with its two bounds, as people read it. */
export interface TierRange {
  /** From 0. */
  readonly tier: number;
  readonly from: bigint;
  /** null = without end. */
  readonly to: bigint | null;
  readonly price: UnitPriceMicroYuan;
}

/** What of a quantity lies in one tier. */
export interface TierPart {
  readonly tier: number;
  readonly quantity: bigint;
  readonly price: UnitPriceMicroYuan;
}

/** A table that people can still read as one; published ones have three to five. */
export const TIERS_MAX = 10;
/** Twelve digits of units: beyond any quantity of one resource, and its product with a price stays within a decimal column. */
const BOUND_DIGITS_MAX = 12;
/** Counted one by one, each its own resource: no quantity of one of them ever reaches a second tier. */
const SINGLE_METERS = /^(?:SERVER:.*|CABINET_WHOLE|ADDRESS|ADDRESS_INTERNAL|ADDRESS_IPV6)$/;

export function isTiered({ tiers }: TieredPrice): boolean {
  return tiers !== undefined && tiers.length > 0;
}

/** All tiers, the first among them; of a price without tiers that one. */
export function rangesOf({ price, tiers = [] }: TieredPrice): TierRange[] {
  const starts: PriceTier[] = [{ from: 0n, price }, ...tiers];
  return starts.map((start, tier) => ({ tier, ...start, to: starts[tier + 1]?.from ?? null }));
}

/**
 * The parts of a quantity, none of them empty; together they are the quantity.
 * @param per so many of the quantity's units are one unit of the price, e.g. 1024 MiB.
 */
export function partsOf(price: TieredPrice, quantity: bigint, per = 1n): TierPart[] {
  if (!isTiered(price)) return quantity > 0n ? [{ tier: 0, quantity, price: price.price }] : [];
  const parts: TierPart[] = [];
  for (const { tier, from, to, price: each } of rangesOf(price)) {
    const end = to === null || to * per > quantity ? quantity : to * per;
    if (end > from * per) parts.push({ tier, quantity: end - from * per, price: each });
  }
  return parts;
}

/** What a whole period of a quantity costs: each part rounded alone, as its line on a statement is. */
export function fenOfQuantity(price: TieredPrice, quantity: bigint, per = 1n): Fen {
  return partsOf(price, quantity, per).reduce((sum, part) => sum + amountFen(part.price, part.quantity, per), 0n);
}

/** A row as it was typed. */
export interface TierRow {
  readonly from: string;
  /** null or empty = without end. */
  readonly to: string | null;
  readonly unitPrice: string;
}

/**
 * The price that a typed table says, or everything that is wrong with it, each by its row. Rows are in their order and cover
 * all quantities: the first begins at 0, each where the one before ends, the last has no end.
 */
export function readTiers(meter: string, rows: readonly TierRow[]): Result<TieredPrice, readonly InvalidInput[]> {
  if (SINGLE_METERS.test(meter))
    return refuse([
      wrong(['tiers'], 'tierUnreachable', {
        zh: `${meter} 逐件计量，每件都在第一档，不能设阶梯价`,
        en: `${meter} is counted one by one, so that nothing would ever reach a second tier`,
      }),
    ]);
  if (rows.length < 2 || rows.length > TIERS_MAX)
    return refuse([
      wrong(['tiers'], 'tierCount', {
        zh: `阶梯价须有 2 至 ${TIERS_MAX} 档`,
        en: `A price by tiers has 2 to ${TIERS_MAX} of them`,
      }),
    ]);
  const faults: InvalidInput[] = [];
  const tiers: PriceTier[] = [];
  let expected: bigint | null = 0n;
  for (const [at, row] of rows.entries()) {
    const from = wholeOf(row.from);
    const last = at === rows.length - 1;
    const open = row.to === null || row.to.trim() === '';
    const to = open ? null : wholeOf(row.to as string);
    const fault = (field: string, rule: string, words: Bilingual) =>
      faults.push(wrong(['tiers', String(at), field], rule, words));
    if (from === undefined) fault('from', 'tierBound', BOUND_WORDS);
    else if (expected !== null && from !== expected)
      fault('from', from > expected ? 'tierGap' : 'tierOverlap', beginsAt(at, expected));
    if (to === undefined) fault('to', 'tierBound', BOUND_WORDS);
    else if (last !== open)
      fault(
        'to',
        'tierEnd',
        last
          ? say(
              '最后一档不设上限，否则更大的用量没有价格',
              'The last tier has no end: larger quantities would have no price',
            )
          : say('只有最后一档不设上限', 'Only the last tier has no end'),
      );
    else if (to !== null && from !== undefined && to <= from)
      fault('to', 'tierOrder', say('上限须大于下限', 'A tier ends above where it begins'));
    const price = priceOf(row.unitPrice);
    if (price === undefined)
      fault(
        'unitPrice',
        'unitPrice',
        say(
          '单价为不小于 0 的元数，最多 12 位整数、6 位小数',
          'A unit price is yuan, not negative, with at most 12 digits and 6 decimals',
        ),
      );
    else tiers.push({ from: from ?? 0n, price });
    // Where a bound cannot be read, the next row has nothing to be held against.
    expected = to ?? null;
  }
  const [first, ...more] = tiers;
  return faults.length > 0 || !first ? refuse(faults) : ok({ price: first.price, tiers: more });
}

const BOUND_WORDS = say(
  `档位界限为不小于 0 的整数，最多 ${BOUND_DIGITS_MAX} 位`,
  `A tier's bound is a whole number, not negative, with at most ${BOUND_DIGITS_MAX} digits`,
);

function beginsAt(row: number, expected: bigint): Bilingual {
  return row === 0
    ? say('第一档从 0 起', 'The first tier begins at 0')
    : say(
        `第 ${row + 1} 档须从 ${expected} 起，与上一档相接`,
        `Tier ${row + 1} begins at ${expected}, where the one before ends`,
      );
}

function wholeOf(text: string): bigint | undefined {
  return new RegExp(`^(?:0|[1-9]\\d{0,${BOUND_DIGITS_MAX - 1}})$`).test(text.trim()) ? BigInt(text.trim()) : undefined;
}

function priceOf(text: string): UnitPriceMicroYuan | undefined {
  try {
    return parseUnitPrice(text.trim());
  } catch {
    return undefined;
  }
}

function wrong(path: InputPath, rule: string, message: Bilingual): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message };
}
