import { describe, expect, it } from '@jest/globals';
import { DateTimeScalar } from './scalars.js';

const parse = (text: unknown) => new DateTimeScalar().parseValue(text).toISOString();

describe('DateTime', () => {
  it.each([
    ['2026-03-01T08:30:00.000Z', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T08:30:00+08:00', '2026-03-01T00:30:00.000Z'],
    ['2026-03-01T08:30Z', '2026-03-01T08:30:00.000Z'],
  ])('reads %s', (text, time) => {
    expect(parse(text)).toBe(time);
  });

  it.each([
    ['a year that no DATETIME holds', '+275760-09-13T00:00:00.000Z'],
    ['the year 9999', '9999-12-31T23:59:59.999Z'],
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['an hour that does not exist', '2026-03-01T25:00:00Z'],
    ['the server’s own time zone', '2026-03-01T08:30:00'],
    ['what only Date understands', '1'],
    ['a number', 1_772_000_000_000],
  ])('refuses %s', (_what, text) => {
    expect(() => parse(text)).toThrow('RFC 3339');
  });
});
