import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rmbWords } from './rmb-words.js';

describe('an amount in words', () => {
  it.each([
    ['0', '零元整'],
    ['5', '伍分'],
    ['50', '伍角整'],
    ['100', '壹元整'],
    ['123405', '壹仟贰佰叁拾肆元零伍分'],
    ['123450', '壹仟贰佰叁拾肆元伍角整'],
    ['1000000', '壹万元整'],
    ['10000001', '壹拾万元零壹分'],
    ['100010000', '壹佰万零壹佰元整'],
    ['1000000000000', '壹佰亿元整'],
    ['1000000000100', '壹佰亿零壹元整'],
    ['20040567890', '贰亿零肆拾万伍仟陆佰柒拾捌元玖角整'],
    ['10000100000', '壹亿零壹仟元整'],
    ['1070000053', '壹仟零柒拾万元伍角叁分'],
    ['-123', '负壹元贰角叁分'],
  ])('%s fen is %s', (fen, words) => expect(rmbWords(fen)).toBe(words));

  it('is another for every amount, and never has two noughts beside each other', () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        fc.pre(a !== b);
        expect(rmbWords(a.toString())).not.toBe(rmbWords(b.toString()));
        expect(rmbWords(a.toString())).not.toMatch(/零零|零元[^整]|零[万亿]/);
      }),
    );
  });
});
