import type { FormError } from '../../../ui/forms/form-errors';

/** A tier as it is being typed. */
export type TierDraft = { key: string; to: string; unitPrice: string };
/** As the API takes it. */
export type TierInput = { from: string; to: string | null; unitPrice: string };

export const TIERS_MIN = 2;
/** The API's own limit. */
export const TIERS_MAX = 10;

let made = 0;
export function newTier(): TierDraft {
  made += 1;
  return { key: `tier-${made}`, to: '', unitPrice: '' };
}

/** Each begins where the one before ends; the last has no end, whatever was typed while it was not the last. */
export function draftOfTiers(rows: readonly TierDraft[]): TierInput[] {
  return rows.map(({ to, unitPrice }, at) => ({
    from: at === 0 ? '0' : (rows[at - 1]?.to.trim() ?? ''),
    to: at === rows.length - 1 ? null : to.trim(),
    unitPrice: unitPrice.trim(),
  }));
}

const BOUND = /^[1-9]\d{0,11}$/;
const PRICE = /^\d{1,12}(\.\d{1,6})?$/;

/** What can be said before anything is sent; whether bounds rise the API says, row by row. */
export function faultsOfTiers(
  rows: readonly TierInput[],
  words: { readonly bound: string; readonly order: string; readonly price: string },
): FormError[] {
  return rows.flatMap(({ from, to, unitPrice }, at) => {
    const bound = to === null || BOUND.test(to);
    const rises = to === null || !bound || !/^\d+$/.test(from) || Number(to) > Number(from);
    return [
      ...(bound ? [] : [{ field: `tiers.${at}.to`, message: words.bound }]),
      ...(rises ? [] : [{ field: `tiers.${at}.to`, message: words.order }]),
      ...(PRICE.test(unitPrice) ? [] : [{ field: `tiers.${at}.unitPrice`, message: words.price }]),
    ];
  });
}
