import type { Preview } from './use-preview';

export type QuotaFit = Preview['result']['quotas'][number];

/** Of each meter the limit that binds most: what is left after this request is the least there. What is too small comes first. */
export function tightest(quotas: readonly QuotaFit[]): { binding: QuotaFit[]; others: QuotaFit[] } {
  const ofMeter = new Map<string, QuotaFit>();
  const after = ({ left, requested }: QuotaFit) => left - requested;
  for (const quota of quotas) {
    const now = ofMeter.get(quota.meter);
    if (!now || after(quota) < after(now)) ofMeter.set(quota.meter, quota);
  }
  const binding = [...ofMeter.values()].sort((one, other) => Number(one.fits) - Number(other.fits));
  return { binding, others: quotas.filter((quota) => !binding.includes(quota)) };
}

/** Parts of a bar in percent: used before, this request, and (beyond the limit) nothing more. */
export function barOf({ limit, left, requested }: Pick<QuotaFit, 'limit' | 'left' | 'requested'>): {
  used: number;
  asked: number;
} {
  if (limit <= 0) return { used: 0, asked: 100 };
  const used = Math.min(100, Math.max(0, ((limit - left) / limit) * 100));
  return { used, asked: Math.min(100 - used, (requested / limit) * 100) };
}
