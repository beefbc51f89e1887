import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { exactTime } from '../../../lib/time';
import type { StatementFrameParts, StatementLineRow } from '../statements.gql';

type Line = ResultOf<typeof StatementLineRow>;

/** The running month of the accounting calendar, which is Shanghai's. */
export const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

/** "12/30 月": the part of the price's period that a line is charged, in lowest terms where it is whole. */
export function portionText(t: TFunction, { portionNumerator, portionDenominator, period }: Line): string {
  const [part, whole] = [BigInt(portionNumerator), BigInt(portionDenominator)];
  const said = part % whole === 0n ? (part / whole).toString() : `${part}/${whole}`;
  return t(`statement.portions.${period}`, { part: said });
}

/** A price without the noughts that say nothing: "31.5" of "31.500000". */
export const plainPrice = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

export const priceText = (t: TFunction, { unitPrice, period, unit }: Line): string | null =>
  unitPrice === null ? null : t(`statement.per.${period}`, { price: plainPrice(unitPrice), unit });

/** Of a common cost: all that was spread, in the place of a price. */
export const sharedAmountText = (t: TFunction, { unitPrice }: Line): string =>
  t('sharedCost.ofAll', { yuan: plainPrice(unitPrice ?? '0') });

export const weightText = (t: TFunction, { portionDenominator, portionNumerator }: Line): string =>
  t('sharedCost.weight', { part: portionNumerator, whole: portionDenominator });

/** Nothing by decision is another thing than no price: what it would cost is said beside it. */
export function freeText(t: TFunction, { kind, listPrice }: NonNullable<Line['price']>): string | null {
  if (kind === 'STANDARD') return null;
  const price = plainPrice(listPrice ?? '0');
  return price === '0' ? t(`price.kinds.${kind}`) : t(`statement.free.${kind}`, { price });
}

/** Of a price by tiers: which, and what lies in it. */
export function lineTierText(t: TFunction, { priceTier, unit }: Line): string | null {
  if (priceTier === null) return null;
  const { from, number, to } = priceTier;
  if (from === 0) return t('price.tierUpTo', { number, to: count(to ?? 0), unit });
  return to === null
    ? t('price.tierBeyond', { number, from: count(from), unit })
    : t('price.tierBetween', { number, from: count(from), to: count(to), unit });
}

/** Minutes are enough on a page; the exported file has seconds. */
export const spanText = ({ from, to }: Line): string => `${minute(from)} – ${minute(to)}`;
const minute = (iso: string): string => exactTime(iso).slice(0, 16);

/** The last day that a draft knows. */
export function leadText(t: TFunction, frame: ResultOf<typeof StatementFrameParts>): string {
  const { month, complete, proration } = frame;
  if (proration === null) return t('statement.notAccounted', { month });
  if (frame.closing?.state === 'CLOSED') return t('statement.leadClosed', { month });
  if (complete) return t('statement.leadComplete', { month });
  return t('statement.lead', { until: exactTime(frame.until).slice(0, 16) });
}
