import type { TFunction } from 'i18next';
import type { Architecture, PriceKind } from '../../../graphql/enums';

/** "28.800000" → "28.80": at least two decimals, and never fewer than the price has. */
export function plainPrice(unitPrice: string): string {
  const [yuan = '0', decimals = ''] = unitPrice.split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}

type Amount = { kind: PriceKind; unitPrice: string; listPrice: string | null };

/** What a version is charged; of what is free, that it is, and what it would cost. */
export function amountText(t: TFunction, { kind, listPrice, unitPrice }: Amount): string {
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
