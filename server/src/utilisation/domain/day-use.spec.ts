import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate, startOfDay } from '../../kernel/calendar.js';
import { DaySlots, dayOfSample, figuresOf, SLOT_MS, SLOTS_PER_DAY, USE_METRICS, type UseValues } from './day-use.js';

const DAY = '2026-11-28';
const at = (ms: number) => new Date(startOfDay(DAY).getTime() + ms);
const sample = fc.record({
  ms: fc.integer({ min: 0, max: SLOTS_PER_DAY * SLOT_MS - 1 }),
  values: fc.record(Object.fromEntries(USE_METRICS.map((metric) => [metric, fc.integer({ min: 0, max: 10_000 })])), {
    requiredKeys: [],
  }) as fc.Arbitrary<UseValues>,
});
type Sample = { readonly ms: number; readonly values: UseValues };

/** The plainest way: the greatest of each slot in a list, sorted, counted. */
function naive(samples: readonly Sample[]) {
  const figures = USE_METRICS.flatMap((metric) => {
    const slots = new Map<number, number>();
    for (const { ms, values } of samples) {
      const value = values[metric];
      const slot = Math.floor(ms / SLOT_MS);
      if (value !== undefined) slots.set(slot, Math.max(value, slots.get(slot) ?? 0));
    }
    const all = [...slots.values()].sort((a, b) => a - b);
    if (all.length === 0) return [];
    // The least value that so many percent of all are not above.
    const share = (percent: number) =>
      all.find((value) => all.filter((other) => other <= value).length * 100 >= percent * all.length);
    const mean = Math.round(all.reduce((a, b) => a + b, 0) / all.length);
    return [[metric, { p50: share(50), p95: share(95), max: all.at(-1), mean, samples: all.length }]];
  });
  const seen = samples.filter(({ values }) => Object.values(values).some((value) => value !== undefined));
  return {
    figures: Object.fromEntries(figures),
    hours: new Set(seen.map(({ ms }) => Math.floor(ms / 3_600_000))).size,
    samples: new Set(seen.map(({ ms }) => Math.floor(ms / SLOT_MS))).size,
  };
}

function reckoned(samples: readonly Sample[]) {
  let slots = DaySlots.of(new Map());
  const kept = new Map<number, Buffer>();
  for (const { ms, values } of samples) {
    slots.add(DAY, at(ms), values);
    // Kept and read again between any two: as between two rounds of a worker, or two workers.
    for (const [hour, bytes] of slots.changes()) kept.set(hour, bytes);
    slots = DaySlots.of(kept);
  }
  return { figures: slots.figures(), hours: slots.hours, samples: slots.samples };
}

describe('a day of samples', () => {
  it('amounts to what the plainest reckoning says', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
        expect(reckoned(samples)).toEqual(naive(samples));
      }),
    );
  });

  it('amounts to the same whatever came late, twice or out of order', () => {
    fc.assert(
      fc.property(
        fc
          .array(sample, { minLength: 1, maxLength: 30 })
          .chain((samples) =>
            fc.tuple(
              fc.constant(samples),
              fc.shuffledSubarray([...samples, ...samples], { minLength: samples.length * 2 }),
            ),
          ),
        ([samples, again]) => {
          expect(reckoned(again)).toEqual(reckoned(samples));
        },
      ),
    );
  });

  it('has no figures where nothing was seen, and takes no reading that cannot be one', () => {
    const slots = DaySlots.of(new Map());
    slots.add(DAY, at(0), { CPU: Number.NaN, MEMORY: -1, DISK: Number.POSITIVE_INFINITY });
    expect([slots.figures(), slots.hours, slots.samples]).toEqual([{}, 0, 0]);
    slots.add(DAY, at(0), { CPU: 10_300, NET_IN: 5e12 });
    expect(slots.figures()).toMatchObject({ CPU: { max: 10_000 }, NET_IN: { max: 0xff_ff_ff_fe } });
  });

  it('changes the hours alone in which something new was seen', () => {
    const slots = DaySlots.of(new Map());
    slots.add(DAY, at(0), { CPU: 100 });
    slots.add(DAY, at(5 * 3_600_000), { CPU: 100, MEMORY: 0 });
    const changes = slots.changes();
    expect([...changes.keys()]).toEqual([0, 5]);
    const again = DaySlots.of(changes);
    again.add(DAY, at(0), { CPU: 100 });
    again.add(DAY, at(5 * 3_600_000), { CPU: 99 });
    expect(again.changes().size).toBe(0);
    again.add(DAY, at(5 * 3_600_000), { CPU: 101 });
    expect([...again.changes().keys()]).toEqual([5]);
  });

  it('keeps zero apart from a gap', () => {
    const slots = DaySlots.of(new Map());
    slots.add(DAY, at(0), { CPU: 0 });
    slots.add(DAY, at(SLOT_MS), { CPU: 100 });
    expect(slots.figures().CPU).toEqual({ p50: 0, p95: 100, max: 100, mean: 50, samples: 2 });
  });

  it('takes quantiles that were seen', () => {
    expect(figuresOf(Array.from({ length: 100 }, (_, i) => i + 1))).toMatchObject({ p50: 50, p95: 95, max: 100 });
    expect(figuresOf([7])).toEqual({ p50: 7, p95: 7, max: 7, mean: 7, samples: 1 });
  });
});

describe('the day of a sample', () => {
  const now = new Date('2026-11-28T16:02:00.000Z');

  it.each([
    ['the last moment of the day in Shanghai', '2026-11-28T15:59:59.999Z', '2026-11-28'],
    ['the first moment of the next', '2026-11-28T16:00:00.000Z', '2026-11-29'],
    ['yesterday, late', '2026-11-28T03:00:00.000Z', '2026-11-28'],
    ['the day before yesterday: closed', '2026-11-27T15:59:59.999Z', undefined],
    ['a clock a little ahead', '2026-11-28T16:06:00.000Z', '2026-11-29'],
    ['a clock that is wrong', '2026-11-28T17:00:00.000Z', undefined],
  ])('is, for %s, %s', (_what, time, day) => {
    expect(dayOfSample(new Date(time), now)).toBe(day);
  });

  it('is an open one or none', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10 * 86_400_000, max: 86_400_000 }), (ms) => {
        const day = dayOfSample(new Date(now.getTime() + ms), now);
        const today = calendarDate(now);
        if (day !== undefined) expect([today, addDays(today, -1)]).toContain(day);
      }),
    );
  });
});
