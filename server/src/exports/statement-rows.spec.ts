import { describe, expect, it } from '@jest/globals';
import { parseUnitPrice } from '../kernel/money.js';
import { freeText, type Line, lineRow } from './statement-rows.js';

const use = { resourceId: 'r', code: 'VM-1', name: '前置机', systemId: null };
const day = (text: string) => Date.parse(`${text}T00:00:00.000+08:00`);
const line = {
  ...{
    meter: 'VCPU',
    kind: 'MACHINE',
    quantity: 4n,
    from: day('2026-09-01'),
    to: day('2026-10-01'),
    minimum: false,
    tier: 0,
  },
  ...{ state: 'RATED', suspended: false, amount: 0n, portion: { numerator: 1n, denominator: 1n } },
  version: { id: 'v', price: 0n },
} as unknown as Line;
const words = { name: { zh: 'vCPU' }, unit: { zh: '核' } };

describe('a line on paper that comes to nothing', () => {
  it('says why its price is nought, and what it would be', () => {
    const listPrice = parseUnitPrice('46');
    expect(freeText({ kind: 'FREE', listPrice })).toBe('免费，列示价 46.00 元');
    expect(freeText({ kind: 'INTERNAL', listPrice: parseUnitPrice('0.3835') })).toBe('内部承担，列示价 0.3835 元');
    expect(freeText({ kind: 'FREE', listPrice: null })).toBe('免费');
    expect(freeText({ kind: 'STANDARD', listPrice: null })).toBe('');
    expect(lineRow(use, line, words, '免费，列示价 46.00 元').slice(4, 7)).toEqual([
      ...['0.00', '09-01 至 09-30', '免费，列示价 46.00 元'],
    ]);
  });

  it('says that beside what else is to be said, and of a dispute only that', () => {
    expect(lineRow(use, { ...line, minimum: true }, words, '免费')[6]).toBe('当日起止，免费');
    expect(lineRow(use, { ...line, suspended: true }, words, '免费')[6]).toBe('异议中，暂不计费');
    expect(lineRow(use, { ...line, minimum: true, tier: 2 }, words, '')[6]).toBe('第 3 档，当日起止');
    expect(lineRow(use, line, words, '')[6]).toBe('');
  });
});
