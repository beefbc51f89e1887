import { describe, expect, it } from '@jest/globals';
import { plainPrice } from './price-words';

describe('plainPrice', () => {
  it.each([
    ['28.800000', '28.80'],
    ['0.000001', '0.000001'],
    ['7800.000000', '7,800.00'],
    ['999999999999.123450', '999,999,999,999.12345'],
  ])('%s → %s', (text, plain) => expect(plainPrice(text)).toBe(plain));
});
