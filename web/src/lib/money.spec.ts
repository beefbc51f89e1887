import { describe, expect, it } from '@jest/globals';
import { isTenThousandYuan, plainYuanOfFen, tenThousandYuanOfFen, yuanOfFen } from './money';

describe('yuanOfFen', () => {
  it.each([
    ['0', '¥0.00'],
    ['5', '¥0.05'],
    ['123456', '¥1,234.56'],
    ['-123456', '-¥1,234.56'],
    ['100000000', '¥1,000,000.00'],
  ])('says %s fen as %s', (fen, text) => expect(yuanOfFen(fen)).toBe(text));

  it('keeps every fen of a sum that a float cannot hold', () => {
    expect(yuanOfFen('9007199254740993')).toBe('¥90,071,992,547,409.93');
  });

  it.each(['', '1.5', '1e3', 'abc', ' 1'])('refuses %p', (fen) => expect(() => yuanOfFen(fen)).toThrow(RangeError));
});

describe('tenThousandYuanOfFen', () => {
  it.each([
    ['123456789', '123.46'],
    ['1000000', '1.00'],
    ['1004999', '1.00'],
    ['1005000', '1.01'],
    ['-1005000', '-1.01'],
  ])('rounds %s fen half up to %s', (fen, text) => expect(tenThousandYuanOfFen(fen)).toBe(text));

  it('begins at ten thousand yuan', () => {
    expect(isTenThousandYuan('999999')).toBe(false);
    expect(isTenThousandYuan('1000000')).toBe(true);
  });
});

describe('plainYuanOfFen', () => {
  it('has no sign of currency and no groups', () => expect(plainYuanOfFen('-123456705')).toBe('-1234567.05'));
});
