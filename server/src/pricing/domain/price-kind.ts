/** Decides what a kind of price charges: what it says, or nothing by decision, which then says what it would cost. */
import { formatUnitPrice, parseUnitPrice } from '../../kernel/money.js';
import { rangesOf, type TieredPrice } from './price-tiers.js';
import type { PriceKind, PriceVersion } from './price-version.js';

/** As the audit says it, before the yuan. */
export const KIND_WORDS: {
  readonly [K in PriceKind]: { readonly zh: string; readonly en: (meter: string) => string };
} = {
  STANDARD: { zh: '定价', en: (meter) => `Priced ${meter} at` },
  FREE: { zh: '免费，列示价', en: (meter) => `${meter} is free, its list price is` },
  INTERNAL: { zh: '内部不计费，列示价', en: (meter) => `${meter} is internal, its list price is` },
};

/** "0–10: 2.000000, 10–: 1.500000", as the audit says a table of tiers. */
export function tiersText(price: TieredPrice): string {
  return rangesOf(price)
    .map(({ from, to, price: each }) => `${from}–${to ?? ''}: ${formatUnitPrice(each)}`)
    .join(', ');
}

/** @param yuan what is charged, or what it would cost. */
export function pricesOf(kind: PriceKind, yuan: string): Pick<PriceVersion, 'kind' | 'price' | 'listPrice'> {
  const price = parseUnitPrice(yuan);
  return kind === 'STANDARD' ? { kind, price, listPrice: null } : { kind, price: 0n, listPrice: price };
}
