/** Decides what a kind of price charges: what it says, or nothing by decision, which then says what it would cost. */
import { parseUnitPrice } from '../../kernel/money.js';
import type { PriceKind, PriceVersion } from './price-version.js';

/** As the audit says it, before the yuan. */
export const KIND_WORDS: {
  readonly [K in PriceKind]: { readonly zh: string; readonly en: (meter: string) => string };
} = {
  STANDARD: { zh: '定价', en: (meter) => `Priced ${meter} at` },
  FREE: { zh: '免费，列示价', en: (meter) => `${meter} is free, its list price is` },
  INTERNAL: { zh: '内部不计费，列示价', en: (meter) => `${meter} is internal, its list price is` },
};

/** @param yuan what is charged, or what it would cost. */
export function pricesOf(kind: PriceKind, yuan: string): Pick<PriceVersion, 'kind' | 'price' | 'listPrice'> {
  const price = parseUnitPrice(yuan);
  return kind === 'STANDARD' ? { kind, price, listPrice: null } : { kind, price: 0n, listPrice: price };
}
