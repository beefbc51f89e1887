import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines } from './text-lines.js';

/** Chinese is twice as wide as Latin. */
const widthOf = (character: string): number => (character.charCodeAt(0) < 0x2e80 ? 1 : 2);
const lines = (text: string, width: number): string[] => breakLines(text, width, widthOf);

describe('breaking text into lines', () => {
  it.each([
    ['Chinese between any two characters', '政务云资源', 6, ['政务云', '资源']],
    ['no comma first', '政务云，资源', 6, ['政务', '云，资', '源']],
    ['no opening bracket last', '政务（云）资源', 6, ['政务', '（云）', '资源']],
    ['words whole', 'big data center', 8, ['big data', 'center']],
    ['numbers whole', '每月1,371.74元', 9, ['每月', '1,371.74', '元']],
    ['a telephone with its hyphen', '电话 025-8352', 10, ['电话', '025-8352']],
    ['what is longer than a line', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['given breaks', '甲\n\n乙', 10, ['甲', '', '乙']],
    ['nothing', '', 10, ['']],
  ])('keeps %s', (_what, text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('loses no character but spaces at ends of lines, and no line of more than one piece is too wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'政务云，。（）ab1 .-/'), { maxLength: 60 }),
        fc.integer({ min: 6, max: 30 }),
        (characters, width) => {
          const text = characters.join('');
          const broken = lines(text, width);
          expect(broken.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const line of broken)
            expect([...line].reduce((sum, one) => sum + widthOf(one), 0)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
