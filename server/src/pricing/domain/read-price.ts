/** Decides what a typed price says: one for all or by tiers, charged or free; what cannot be read is refused where it stands. */
import type { InvalidInput } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { pricesOf } from './price-kind.js';
import { invalid } from './price-refusals.js';
import { readTiers, type TierRow } from './price-tiers.js';
import type { PriceKind, PriceVersion } from './price-version.js';

export interface TypedPrice {
  readonly kind: PriceKind;
  /** null = by tiers. */
  readonly unitPrice: string | null;
  /** Left out or null = one price for all. */
  readonly tiers?: readonly TierRow[] | null;
}

type ReadPrice = Pick<PriceVersion, 'kind' | 'price' | 'listPrice' | 'tiers'>;

export function readPrice(
  meter: string,
  { kind, unitPrice, tiers = null }: TypedPrice,
): Result<ReadPrice, readonly InvalidInput[]> {
  if (tiers === null) {
    try {
      return ok({ ...pricesOf(kind, unitPrice ?? ''), tiers: [] });
    } catch {
      return refuse([
        invalid(
          'unitPrice',
          'unitPrice',
          '单价为不小于 0 的元数，最多 12 位整数、6 位小数',
          'A unit price is yuan, not negative, with at most 12 digits and 6 decimals',
        ),
      ]);
    }
  }
  if (unitPrice !== null)
    return refuse([
      invalid(
        'unitPrice',
        'priceOrTiers',
        '设了阶梯价就不再填写单一单价',
        'A price by tiers has no single unit price beside them',
      ),
    ]);
  if (kind !== 'STANDARD')
    return refuse([
      invalid(
        'tiers',
        'tiersCharged',
        '免费或内部不计费的计费项只有一个列示价，不设阶梯',
        'What is free or internal has one list price and no tiers',
      ),
    ]);
  const read = readTiers(meter, tiers);
  return read.ok ? ok({ kind, listPrice: null, ...read.value }) : read;
}
