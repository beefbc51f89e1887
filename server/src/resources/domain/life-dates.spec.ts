import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../kernel/calendar.js';
import { checkLifePolicy, INITIAL_LIFE_POLICY, LIFE_POLICY_BOUNDS, LIFE_POLICY_NAMES } from './life-policy.js';
import { REVIEW_STAGES, type ReviewStage, stageDue } from './review.js';
import { binsAt, checkTemporaryUntil, daysLeft, REMINDER_DAYS, reminderDue, reminderWindows, stopsAt } from './term.js';

const DAY_MS = 86_400_000;

describe('the reminders of a term', () => {
  /** Days left at which a reminder was given, when somebody looks every day. */
  const given = (term: number): [number, number][] => {
    const start = '2026-12-01';
    const until = addDays(start, term);
    const found: [number, number][] = [];
    let told: number | null = null;
    for (let day = start; day <= addDays(until, 3); day = addDays(day, 1)) {
      const due = reminderDue(until, day, told);
      if (due === null) continue;
      told = due;
      found.push([daysLeft(until, day), due]);
    }
    return found;
  };

  it('are given 30, 15, 7 and 1 days before, each once', () =>
    expect(given(60)).toEqual([
      [30, 30],
      [15, 15],
      [7, 7],
      [1, 1],
    ]));
  it('begin with the most pressing one where the term is short', () => {
    expect(given(10)).toEqual([
      [10, 15],
      [7, 7],
      [1, 1],
    ]);
    expect(given(0)).toEqual([[0, 1]]);
  });
  it('are never given twice, nor after the last day, however seldom somebody looks', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.array(fc.integer({ min: 1, max: 20 })), (term, steps) => {
        const until = addDays('2026-12-01', term);
        const gifts: number[] = [];
        let day = '2026-12-01';
        for (const step of [0, ...steps]) {
          day = addDays(day, step);
          const due = reminderDue(until, day, gifts.at(-1) ?? null);
          if (due === null) continue;
          expect(day <= until).toBe(true);
          gifts.push(due);
        }
        expect(gifts).toEqual([...new Set(gifts)].toSorted((a, b) => b - a));
        for (const gift of gifts) expect(REMINDER_DAYS).toContain(gift);
      }),
      { numRuns: 300 },
    ));
  it('is searched for in the windows in which it is due', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 60 }),
        fc.constantFrom(null, ...REMINDER_DAYS),
        (left: number, told: number | null) => {
          const until = addDays('2026-12-01', left);
          const found = reminderWindows('2026-12-01').filter(
            ({ from, to, days }) => from <= until && until <= to && (told === null || told > days),
          );
          const due = reminderDue(until, '2026-12-01', told);
          expect(found.map(({ days }) => days)).toEqual(due === null ? [] : [due]);
        },
      ),
      { numRuns: 300 },
    ));
});

describe('the end of a term', () => {
  it('is the end of its last day in Shanghai, and the bin comes after the grace', () => {
    expect(stopsAt('2026-12-31').toISOString()).toBe('2026-12-31T16:00:00.000Z');
    expect(binsAt('2026-12-31', { TERM_GRACE_DAYS: 15 }).toISOString()).toBe('2027-01-15T16:00:00.000Z');
    expect(calendarDate(new Date(stopsAt('2026-12-31').getTime() - 1))).toBe('2026-12-31');
  });
  it('is asked for between tomorrow and the longest term, as a day that exists', () => {
    const codes = (until: string) =>
      checkTemporaryUntil(until, '2026-12-01', { TEMPORARY_DAYS_MAX: 100 }, ['until']).map((r) => r.code);
    expect(codes('2026-12-02')).toEqual([]);
    expect(codes('2027-03-11')).toEqual([]);
    for (const wrong of ['2026-12-01', '2026-11-30', '2027-03-12', '2026-02-30', 'soon'])
      expect([wrong, codes(wrong)]).toEqual([wrong, ['INVALID_INPUT']]);
  });
});

describe('the stages of a review', () => {
  it('come one after the other, none left out, at their days', () => {
    const from = new Date('2026-01-01T00:00:00.000Z');
    const reached: [string, number][] = [];
    let stage: ReviewStage = 'NONE';
    for (let day = 0; day < 500; day += 1) {
      const next = stageDue(from, stage, new Date(from.getTime() + day * DAY_MS), INITIAL_LIFE_POLICY);
      if (next === null) continue;
      stage = next;
      reached.push([next, day]);
    }
    expect(reached).toEqual([
      ['OWNER', 335],
      ['HEAD', 372],
      ['CENTER', 380],
      ['CASE', 395],
    ]);
  });
  it('leaves none out even when nobody looked for years', () => {
    const late = new Date('2030-01-01T00:00:00.000Z');
    const stages: ReviewStage[] = [];
    for (let stage: ReviewStage | null = 'NONE'; stage !== null; ) {
      stages.push(stage);
      stage = stageDue(new Date('2026-01-01T00:00:00.000Z'), stage, late, INITIAL_LIFE_POLICY);
    }
    expect(stages).toEqual([...REVIEW_STAGES]);
  });
});

describe('checkLifePolicy', () => {
  const paths = (over: object) => checkLifePolicy({ ...INITIAL_LIFE_POLICY, ...over }).map((r) => r.path.at(-1));
  it('takes what the rules are at first', () => expect(paths({})).toEqual([]));
  it('keeps every rule within its bounds', () => {
    for (const name of LIFE_POLICY_NAMES)
      for (const value of [LIFE_POLICY_BOUNDS[name].least - 1, LIFE_POLICY_BOUNDS[name].most + 1, 1.5, Number.NaN])
        expect(paths({ [name]: value })).toEqual([name]);
  });
  it('keeps the order in which an overdue review is escalated', () => {
    expect(paths({ REVIEW_CENTER_DAYS: 6 })).toEqual(['REVIEW_CENTER_DAYS']);
    expect(paths({ REVIEW_CASE_DAYS: 10 })).toEqual(['REVIEW_CASE_DAYS']);
  });
});
