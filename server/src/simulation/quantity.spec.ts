import { describe, expect, it } from '@jest/globals';
import { formatQuantity, parseQuantity } from './quantity.js';

describe('quantities', () => {
  it.each([
    ['1', 1_000n],
    ['500m', 500n],
    ['1.5', 1_500n],
    ['8Gi', 8n * 1_024n ** 3n * 1_000n],
    ['1e3', 1_000_000n],
    ['-2k', -2_000_000n],
    ['1u', 1n],
  ])('%s', (text, thousandths) => {
    expect(parseQuantity(text)).toBe(thousandths);
  });

  it.each(['', 'many', '1 Gi', '1gi', '--1'])('is none: "%s"', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it.each([
    [1_000n, '1'],
    [1_500n, '1500m'],
    [8n * 1_024n ** 3n * 1_000n, '8Gi'],
    [0n, '0'],
  ])('%s as a text', (thousandths, text) => {
    expect(formatQuantity(thousandths)).toBe(text);
  });
});
