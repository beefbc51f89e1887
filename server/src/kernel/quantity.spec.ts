import { describe, expect, it } from '@jest/globals';
import { memoryWords, parseBytes } from './quantity.js';

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

describe('memoryWords', () => {
  it.each([
    [1024, '1 GiB'],
    [8192, '8 GiB'],
    [512, '0.5 GiB'],
    [1000, '1000 MiB'],
    [0, '0 GiB'],
  ])('says %d MiB as %s', (mib, words) => expect(memoryWords(mib)).toBe(words));
});
