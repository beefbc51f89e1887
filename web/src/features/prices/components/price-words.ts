import type { TFunction } from 'i18next';
import type { Architecture, PriceKind } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';

/** "28.800000" → "28.80": at least two decimals, and never fewer than the price has. */
export function plainPrice(unitPrice: string): string {
  const [yuan = '0', decimals = ''] = unitPrice.split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}

type Tier = { number: number; from: number; to: number | null; unitPrice: string };
type Amount = { kind: PriceKind; unitPrice: string; listPrice: string | null; tiers: readonly Tier[] };

/** Between which bounds a tier lies: "第 2 档 · 100 以上至 1,000 GiB". */
export function tierText(t: TFunction, { number, from, to }: Omit<Tier, 'unitPrice'>, unit: string): string {
  if (from === 0) return t('price.tierUpTo', { number, to: count(to ?? 0), unit });
  if (to === null) return t('price.tierBeyond', { number, from: count(from), unit });
  return t('price.tierBetween', { number, from: count(from), to: count(to), unit });
}

/** From the first tier's price to the last one's, in few characters. */
export function shortPrice(t: TFunction, { kind, unitPrice, tiers }: Omit<Amount, 'listPrice'>): string {
  if (kind !== 'STANDARD') return t(`price.kinds.${kind}`);
  const last = tiers.at(-1);
  if (!last) return plainPrice(unitPrice);
  return t('price.tiered', { first: plainPrice(unitPrice), last: plainPrice(last.unitPrice), n: tiers.length });
}

/** What a version is charged; of what is free, that it is, and what it would cost. */
export function amountText(t: TFunction, { kind, listPrice, tiers, unitPrice }: Amount): string {
  if (tiers.length > 0) return t('price.tierCount', { n: tiers.length });
  if (kind === 'STANDARD') return `${plainPrice(unitPrice)} ${t('price.yuan')}`;
  const word = t(`price.kinds.${kind}`);
  return Number(listPrice) > 0 ? t('price.freeAt', { kind: word, price: plainPrice(listPrice ?? '0') }) : word;
}

type Reach = { center: { name: string } | null; architecture: Architecture | null };

/** For whom a price is, in words: center and architecture, or everywhere. */
export function reachText(t: TFunction, { center, architecture }: Reach): string {
  const parts = [center?.name, architecture && t(`architecture.${architecture}`)].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : t('price.everywhere');
}

export function termText(t: TFunction, { from, to }: { from: string; to: string | null }): string {
  return to === null ? t('price.since', { from }) : t('price.between', { from, to });
}
