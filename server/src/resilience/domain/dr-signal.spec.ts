import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DAMPING,
  type HeldSignal,
  held,
  lagBounds,
  newsOf,
  type Reading,
  rawLevel,
  SIGNAL_LEVELS,
  type SignalLevel,
  shownLevel,
  slotOf,
} from './dr-signal.js';

const START = Date.parse('2026-11-30T00:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);
const level = fc.constantFrom(...SIGNAL_LEVELS);
const damping = { worseAfterMs: 60_000, betterAfterMs: 120_000 };

function run(samples: readonly SignalLevel[], everySeconds: number, by = damping): HeldSignal[] {
  const states: HeldSignal[] = [];
  samples.forEach((sample, index) => {
    states.push(held(states.at(-1) ?? null, sample, at(index * everySeconds), by));
  });
  return states;
}
const changesOf = (states: readonly HeldSignal[]) =>
  states.filter((state, index) => index > 0 && state.level !== states[index - 1]?.level).length;

describe('a signal that grows old', () => {
  it('is UNKNOWN beyond its age, whatever it said, and never green', () => {
    fc.assert(
      fc.property(
        level,
        fc.integer({ min: 1, max: 86_400 }),
        fc.integer({ min: 1, max: 10 ** 8 }),
        (said, max, over) => {
          const observedAt = at(0);
          const now = new Date(observedAt.getTime() + max * 1_000 + over);
          expect(shownLevel({ level: said, observedAt, maxAgeSeconds: max }, now)).toBe('UNKNOWN');
        },
      ),
    );
  });
  it('is what it said until then, and nobody believes one from the future', () => {
    const signal = { level: 'GOOD', observedAt: at(100), maxAgeSeconds: 60 } as const;
    expect(shownLevel(signal, at(160))).toBe('GOOD');
    expect(shownLevel(signal, at(161))).toBe('UNKNOWN');
    expect(shownLevel(signal, at(50))).toBe('GOOD');
    expect(shownLevel(signal, at(39))).toBe('UNKNOWN');
  });
});

describe('holding against flapping', () => {
  it('changes at most once for a source that flaps faster than it is believed', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 3, maxLength: 60 }), (samples) => {
        // Every other sample is good: nothing stays bad for a minute, nothing good for two.
        const flapping = samples.flatMap((sample) => [sample, 'GOOD' as const]);
        expect(changesOf(run(['GOOD', ...flapping], 20))).toBe(0);
        expect(changesOf(run(['CRITICAL', ...samples.flatMap((s) => [s, 'CRITICAL' as const])], 20))).toBe(0);
      }),
    );
  });
  it('says what stays: worse after its time, better after the longer one', () => {
    fc.assert(
      fc.property(fc.array(level, { maxLength: 20 }), level, (before, last) => {
        const states = run([...before, ...Array.from({ length: 8 }, () => last)], 30);
        expect(states.at(-1)).toMatchObject({ level: last, pending: null, pendingSince: null });
      }),
    );
  });
  it('holds between two changes for at least the shorter time', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 100 }), (samples) => {
        const states = run(samples, 10);
        const times = states.flatMap((state, i) =>
          i > 0 && state.level !== states[i - 1]?.level ? [state.levelSince.getTime()] : [],
        );
        for (const [i, time] of times.entries())
          if (i > 0) expect(time - (times[i - 1] as number)).toBeGreaterThanOrEqual(damping.worseAfterMs);
      }),
    );
  });
  it('lets a lag hold with its first sample, and believes that it is over after two minutes', () => {
    const states = run(
      ['GOOD', 'CRITICAL', ...Array.from({ length: 12 }, () => 'GOOD' as const)],
      15,
      DAMPING.REPLICATION_LAG,
    );
    expect(states.map((state) => state.level).indexOf('CRITICAL')).toBe(1);
    expect(states.map((state) => state.level).lastIndexOf('CRITICAL')).toBe(9);
  });
  it('waits on where WARN and CRITICAL follow each other', () => {
    const states = run(['GOOD', 'WARN', 'CRITICAL', 'WARN', 'CRITICAL'], 20);
    expect(states.at(-1)?.level).toBe('CRITICAL');
  });
});

describe('a first level', () => {
  const first = { ...damping, firstAfterMs: 300_000 };

  it('that is good holds at once; one that is bad is UNKNOWN until it has been read for its time', () => {
    expect(run(['GOOD'], 30, first)[0]).toMatchObject({ level: 'GOOD', settled: true });
    const states = run(
      Array.from({ length: 11 }, () => 'CRITICAL' as const),
      30,
      first,
    );
    expect(states.map(({ settled }) => settled).indexOf(true)).toBe(10);
    const shown = (state: HeldSignal | undefined) =>
      state && shownLevel({ ...state, observedAt: at(0), maxAgeSeconds: 600 }, at(300));
    expect([shown(states[9]), shown(states[10])]).toEqual(['UNKNOWN', 'CRITICAL']);
    // It has been so since it was read first, and not since that was believed.
    expect(states[10]?.levelSince).toEqual(at(0));
  });
  it('becomes good with the first good reading, without the wait of what was bad in earnest', () => {
    const states = run(['CRITICAL', 'WARN', 'CRITICAL', 'GOOD'], 30, first);
    expect(states.map(({ settled }) => settled)).toEqual([false, false, false, true]);
    expect(states[3]).toMatchObject({ level: 'GOOD', levelSince: at(90), pending: null });
  });
  it('is waited for once: whatever comes after it is held as ever', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('WARN' as const, 'CRITICAL' as const), { maxLength: 5 }),
        fc.array(level, { maxLength: 60 }),
        (begins, then) => {
          const states = run([...begins, 'GOOD', ...then], 30, first);
          const asEver = run(['GOOD', ...then], 30, damping);
          const later = states.slice(begins.length);
          expect(later.every(({ settled }) => settled)).toBe(true);
          expect(later.map((state) => state.level)).toEqual(asEver.map((state) => state.level));
        },
      ),
    );
  });
  it('that flaps while it is young is never shown as bad', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 20 }), (samples) => {
        const flapping = samples.flatMap((sample) => [sample, 'GOOD' as const]);
        for (const state of run(['CRITICAL', ...flapping], 20, first))
          expect(state.settled && state.level !== 'GOOD').toBe(false);
      }),
    );
  });
  it('of copies may be bad for as long as operators of storage need to set them up, and no longer', () => {
    expect(DAMPING.REPLICATION_COVERAGE.firstAfterMs).toBe(600_000);
    // What is late, or silent, is so with its first sample.
    expect(held(null, 'CRITICAL', at(0), DAMPING.REPLICATION_LAG).settled).toBe(true);
  });
});

describe('what was read anew', () => {
  const kept = {
    ...({ subjectKind: 'TIER', subjectId: 't', name: 'REPLICATION_COVERAGE', towards: 'RECOVERY' } as const),
    ...({ value: 100, level: 'GOOD', pending: null, observedAt: at(0), maxAgeSeconds: 60 } as const),
  };
  const read: Reading = { ...kept, source: 'VolSync', observedAt: at(15) };
  const isNews = (reading: Reading, before: Partial<Parameters<typeof newsOf>[1][number]> = {}) =>
    newsOf([reading], [{ ...kept, ...before }], at(15)).length === 1;

  it('is news where it is the first of its kind, of its way, or of its subject', () => {
    expect(newsOf([read], [], at(15))).toEqual([read]);
    expect(isNews(read)).toBe(false);
    expect(isNews({ ...read, towards: 'ACTIVE_B' })).toBe(true);
    expect(isNews({ ...read, subjectId: 'other' })).toBe(true);
    expect(isNews({ ...read, towards: null }, { towards: '' })).toBe(false);
  });

  it('is news where the level is another, is waited for, or was too old to be one', () => {
    expect(isNews({ ...read, value: 99 })).toBe(true);
    expect(isNews(read, { pending: 'CRITICAL' })).toBe(true);
    expect(isNews(read, { maxAgeSeconds: 14 })).toBe(true);
  });

  it('is news by its value alone, unless that grows with the time', () => {
    expect(isNews({ ...read, value: 90 }, { value: 0, level: 'CRITICAL' })).toBe(true);
    const lag: Reading = { ...read, name: 'REPLICATION_LAG', value: 45 };
    expect(isNews(lag, { name: 'REPLICATION_LAG', value: 30 })).toBe(false);
    expect(isNews({ ...lag, value: 601 }, { name: 'REPLICATION_LAG', value: 30 })).toBe(true);
  });

  it('leaves out only what is kept with the same value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ before: fc.integer({ min: 0, max: 100 }), now: fc.integer({ min: 0, max: 100 }) }), {
          minLength: 1,
          maxLength: 8,
        }),
        (pairs) => {
          const coverage = (value: number, index: number) => ({ ...kept, subjectId: `t${index}`, value });
          const rows = pairs.map(({ before }, index) => ({
            ...coverage(before, index),
            level: rawLevel({ name: kept.name, value: before }),
          }));
          const readings = pairs.map(({ now }, index) => ({
            ...coverage(now, index),
            source: 'x',
            observedAt: at(15),
          }));
          const news = new Set(newsOf(readings, rows, at(15)));
          for (const [index, reading] of readings.entries())
            if (!news.has(reading)) expect(reading.value).toBe(rows[index]?.value);
        },
      ),
    );
  });
});

describe('levels of values', () => {
  it('measure a lag by its interval and by the promised RPO, whichever is stricter', () => {
    const lag = (value: number, rpo: number | null) =>
      rawLevel({ name: 'REPLICATION_LAG', value, bounds: lagBounds(300, rpo) });
    expect([600, 601, 900].map((value) => lag(value, null))).toEqual(['GOOD', 'WARN', 'CRITICAL']);
    expect([100, 101, 200].map((value) => lag(value, 200))).toEqual(['GOOD', 'WARN', 'CRITICAL']);
    // Nothing is lost: no asynchronous copy keeps that.
    expect(lag(0, 0)).toBe('CRITICAL');
  });
  it('know one writer, and neither none nor two', () => {
    expect([0, 1, 2].map((value) => rawLevel({ name: 'WRITER_COUNT', value }))).toEqual([
      'CRITICAL',
      'GOOD',
      'CRITICAL',
    ]);
  });
  it('want every disk replicated and a fifth of room to spare', () => {
    expect([100, 99].map((value) => rawLevel({ name: 'REPLICATION_COVERAGE', value }))).toEqual(['GOOD', 'CRITICAL']);
    expect([120, 119, 99].map((value) => rawLevel({ name: 'TARGET_CAPACITY', value }))).toEqual([
      'GOOD',
      'WARN',
      'CRITICAL',
    ]);
  });
  it('begin a roll-up at the round minutes', () => {
    expect(slotOf(new Date('2026-11-30T03:07:59.999Z'), 5).toISOString()).toBe('2026-11-30T03:05:00.000Z');
  });
});
