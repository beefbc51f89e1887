import { describe, expect, it } from '@jest/globals';
import i18n from 'i18next';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { freeText, lineTierText, plainPrice, portionText, priceText, spanText } from './statement-words';

await withTranslations();
const t = i18n.t.bind(i18n);

const line: Parameters<typeof portionText>[1] = {
  ...{ meter: 'VCPU', name: '虚拟处理器', unit: 'vCPU', quantity: 4, minimum: false, price: null, tier: 0 },
  ...{ from: '2026-10-31T16:00:00.000Z', to: '2026-11-10T04:30:15.000Z', period: 'MONTH', state: 'RATED' },
  ...{
    portionNumerator: '29',
    portionDenominator: '30',
    unitPrice: '28.800000',
    amount: '11136',
    ratedAmount: '11136',
    listAmount: null,
    priceTier: null,
  },
};

describe('what a line says', () => {
  it('of the charged part: as many of how many, and whole where it is whole', () => {
    expect(portionText(t, line)).toBe('29/30 月');
    expect(portionText(t, { ...line, portionNumerator: '30' })).toBe('1 月');
    expect(portionText(t, { ...line, period: 'DAY', portionNumerator: '12', portionDenominator: '1' })).toBe('12 天');
  });

  it('of a price that is nothing by decision: that it is, and what it would be', () => {
    const price = { from: '2026-01-01', to: null, reason: '推广 IPv6' };
    expect(freeText(t, { ...price, kind: 'FREE', listPrice: '3.500000' })).toBe('免费（列示价 3.5 元）');
    expect(freeText(t, { ...price, kind: 'INTERNAL', listPrice: '0.000000' })).toBe('内部不计费');
    expect(freeText(t, { ...price, kind: 'STANDARD', listPrice: null })).toBeNull();
  });

  it('of a price: no noughts that say nothing, and none where there is none', () => {
    expect(['31.500000', '600.000000', '0.220000', '0.000000'].map(plainPrice)).toEqual(['31.5', '600', '0.22', '0']);
    expect(priceText(t, line)).toBe('28.8 元/vCPU·月');
    expect(priceText(t, { ...line, unitPrice: null })).toBeNull();
  });

  it('of a tier: which it is and between which bounds; of one price for all, nothing', () => {
    const of = (number: number, from: number, to: number | null) =>
      lineTierText(t, { ...line, unit: 'GiB', priceTier: { number, from, to } });
    expect([of(1, 0, 100), of(2, 100, 1_000), of(3, 1_000, null)]).toEqual([
      ...['第 1 档 · 不超过 100 GiB', '第 2 档 · 100 以上至 1,000 GiB', '第 3 档 · 1,000 GiB 以上'],
    ]);
    expect(lineTierText(t, line)).toBeNull();
  });

  it('of its time: in Shanghai, to the minute', () => {
    expect(spanText(line)).toBe('2026-11-01 00:00 – 2026-11-10 12:30');
  });
});
