import { describe, expect, it } from '@jest/globals';
import { amountFen, formatUnitPrice, parseUnitPrice } from './money.js';

describe('parseUnitPrice', () => {
  it('reads a DECIMAL exactly and writes it back', () => {
    for (const text of ['0.000000', '35.500000', '0.000001', '999999999999.999999'])
      expect(formatUnitPrice(parseUnitPrice(text))).toBe(text);
    expect(parseUnitPrice('12')).toBe(12_000_000n);
  });

  it.each(['', '-1', '1.2345678', '1e3', ' 1', '1.', '.5', 'NaN', '1234567890123'])('refuses %j', (text) => {
    expect(() => parseUnitPrice(text)).toThrow(RangeError);
  });
});

describe('amountFen', () => {
  it('rounds half up to the fen', () => {
    expect(amountFen(parseUnitPrice('0.005'), 1n)).toBe(1n);
    expect(amountFen(parseUnitPrice('0.004999'), 1n)).toBe(0n);
    expect(amountFen(parseUnitPrice('35.5'), 4n)).toBe(14_200n);
  });

  it('prices parts of a unit exactly', () => {
    expect(amountFen(parseUnitPrice('18.25'), 512n, 1024n)).toBe(913n);
    expect(amountFen(parseUnitPrice('0.01'), 1n, 2n)).toBe(1n);
    expect(amountFen(parseUnitPrice('0.01'), 1n, 3n)).toBe(0n);
  });

  it('refuses what is negative', () => {
    expect(() => amountFen(-1n, 1n)).toThrow(RangeError);
    expect(() => amountFen(1n, -1n)).toThrow(RangeError);
    expect(() => amountFen(1n, 1n, 0n)).toThrow(RangeError);
  });
});
