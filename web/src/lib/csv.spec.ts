import { describe, expect, it } from '@jest/globals';
import { csvText } from './csv';

const lineOf = (...cells: (string | number | null)[]) => csvText(['h'], [cells]).split('\r\n')[1];

describe('csvText', () => {
  it('begins with a byte order mark, so that Excel reads Chinese', () =>
    expect(csvText(['名称'], [])).toBe('\uFEFF名称\r\n'));

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1+1', '＋1', '－1', '＠SUM(A1)', '\0=1', '\n=1'])(
    'takes the formula out of %p',
    (cell) => {
      expect(lineOf(cell)?.replaceAll('"', '')).toBe(`'${cell}`);
    },
  );

  it('leaves numbers numbers', () => expect(lineOf(-5, 0)).toBe('-5,0'));
  it('quotes commas, quotes and line breaks', () =>
    expect(lineOf('a,b', 'say "x"', 'l1\nl2')).toBe('"a,b","say ""x""","l1\nl2"'));
  it('leaves an absent value empty', () => expect(lineOf(null, 'x')).toBe(',x'));
});
