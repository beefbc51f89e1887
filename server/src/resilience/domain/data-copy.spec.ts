import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CopyFacts, judgedCopy, worseCopy } from './data-copy.js';

const NOW = new Date('2026-11-30T03:00:00.000Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const copy = (of: Partial<CopyFacts> = {}): CopyFacts => ({
  ...{ lastSyncAt: ago(200), readAt: ago(10), intervalSeconds: 300, rpoSeconds: null, problem: null, ...of },
});
const level = (of: Partial<CopyFacts>) => judgedCopy(copy(of), NOW).level;

it('is as old as its last copy, against its interval and what was promised', () => {
  expect(judgedCopy(copy(), NOW)).toEqual({ level: 'GOOD', ageSeconds: 200 });
  expect(level({ lastSyncAt: ago(700) })).toBe('WARN');
  expect(level({ lastSyncAt: ago(900) })).toBe('CRITICAL');
  expect(level({ lastSyncAt: ago(240), rpoSeconds: 240 })).toBe('CRITICAL');
  expect(level({ lastSyncAt: null, problem: 'never synced' })).toBe('CRITICAL');
  expect(level({ problem: 'no route' })).toBe('WARN');
});

it('is never said to be good when nobody has read it lately, however young it was', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 61, max: 1e6 })), fc.integer({ min: 0, max: 1e6 }), (read, synced) => {
      const of = copy({ readAt: read === null ? null : ago(read), lastSyncAt: ago(synced) });
      expect(judgedCopy(of, NOW)).toEqual({ level: 'UNKNOWN', ageSeconds: null });
    }),
  );
});

it('is not said to have never arrived where its operator is content and says no time: a mirror that writes both sides at once', () => {
  expect(judgedCopy(copy({ lastSyncAt: null }), NOW)).toEqual({ level: 'UNKNOWN', ageSeconds: null });
});

it('stands before others that need a person less, and of equals the oldest first', () => {
  const of = (lastSyncAt: Date | null, more: Partial<CopyFacts> = {}) => judgedCopy(copy({ lastSyncAt, ...more }), NOW);
  const all = [
    of(ago(10)),
    of(ago(700)),
    of(ago(100)),
    of(ago(10), { readAt: null }),
    of(null, { problem: 'never synced' }),
    of(ago(1_000)),
  ];
  expect(all.toSorted(worseCopy).map((one) => [one.level, one.ageSeconds])).toEqual([
    ...([
      ['CRITICAL', null],
      ['CRITICAL', 1_000],
      ['UNKNOWN', null],
      ['WARN', 700],
      ['GOOD', 100],
      ['GOOD', 10],
    ] as const),
  ]);
});
