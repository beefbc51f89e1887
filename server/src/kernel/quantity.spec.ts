import { describe, expect, it } from '@jest/globals';
import { parseBytes } from './quantity.js';

describe('parseBytes', () => {
  it.each([
    ['8Gi', 8n << 30n],
    ['256Mi', 256n << 20n],
    ['1.5Gi', 1536n << 20n],
    ['0.5Ki', 512n],
    ['128', 128n],
    [1_073_741_824, 1n << 30n],
    ['2G', 2_000_000_000n],
    ['1k', 1000n],
    ['1e3', 1000n],
    ['1.5e3', 1500n],
    ['1.', 1n],
    ['16Ei', 16n << 60n],
    ['0', 0n],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each([
    '',
    'Gi',
    '-1Gi',
    '8GiB',
    '8gi',
    '8 Gi',
    '0.1',
    '500m',
    '1e-3',
    '1e999',
    'NaN',
    '9'.repeat(40),
    1.5,
    NaN,
    2 ** 60,
    null,
    undefined,
    {},
    ['8Gi'],
    true,
  ])('refuses %j', (value) => {
    expect(parseBytes(value)).toBeUndefined();
  });
});
