import { describe, expect, it } from '@jest/globals';
import { FULL_FORM } from '../../../../test/support/builders/form.ts';
import { checkCodeOf, isCheckCode, standingOf, voidReasons } from './scan.js';

const HASH = '3f9a27c1'.padEnd(64, '0');
const OTHER = '11111111'.padEnd(64, '0');

describe('the check code', () => {
  it('is what the paper shows', () => {
    expect(checkCodeOf(HASH)).toBe('3F9A-27C1');
  });

  it.each(['3F9A-27C1', '3f9a27c1', ' 3f9a - 27C1 '])('is taken as people type it: %j', (typed) => {
    expect(isCheckCode(typed, HASH)).toBe(true);
  });

  it.each(['', '3F9A', '3F9A-27C2', '3F9A-27C1-0000', '３Ｆ９Ａ２７Ｃ１'])('is of no other paper: %j', (typed) => {
    expect(isCheckCode(typed, HASH)).toBe(false);
  });
});

describe('what was sealed', () => {
  it('stands by the newest content only, whichever scan came last', () => {
    expect(standingOf([], HASH)).toBe('NONE');
    expect(standingOf([{ contentHash: OTHER }], HASH)).toBe('VOID');
    expect(standingOf([{ contentHash: OTHER }, { contentHash: HASH }], HASH)).toBe('VALID');
    expect(standingOf([{ contentHash: HASH }, { contentHash: OTHER }], HASH)).toBe('VALID');
  });

  it('is void with what has changed, and with a word where only the layout has', () => {
    const now = { paper: 'REQUEST_FORM', contentHash: HASH, content: FULL_FORM } as const;
    expect(voidReasons(now, now)).toEqual([]);
    const sealed = { ...FULL_FORM, system: { ...FULL_FORM.system, protectionLevel: 2 } };
    expect(voidReasons({ ...now, contentHash: OTHER, content: sealed }, now).map((reason) => reason.zh)).toEqual([
      '“等级保护级别”已变更',
    ]);
    expect(voidReasons({ ...now, contentHash: OTHER }, now).map((reason) => reason.en)).toEqual([
      'the form has a newer layout',
    ]);
  });
});
