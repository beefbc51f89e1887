import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hoursOfMonth, monthEnergy, pueOf } from './energy.js';
import { parsePush, type Reading, strangers } from './push.js';

const now = new Date('2026-11-24T08:00:00Z');

describe('monthEnergy', () => {
  const sums = (totalHours: number, bothHours: number) => ({
    month: '2026-10',
    totalWh: totalHours * 1_300,
    totalHours,
    bothTotalWh: bothHours * 1_300,
    bothItWh: bothHours * 1_000,
    bothHours,
  });

  it('leaves a month that nobody measured unknown, never nought', () => {
    expect(monthEnergy('2026-10', 744, undefined, undefined)).toEqual({
      month: '2026-10',
      totalKwh: null,
      itKwh: null,
      totalBesideItKwh: null,
      pue: null,
      knownHours: 0,
      hours: 744,
      source: null,
    });
  });

  it('compares only hours in which both were measured', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 744 }), fc.integer({ min: 0, max: 744 }), (hours, both) => {
        const found = monthEnergy('2026-10', 744, undefined, sums(hours, Math.min(both, hours)));
        if (Math.min(both, hours) === 0)
          expect([found.pue, found.itKwh, found.totalBesideItKwh]).toEqual([null, null, null]);
        else {
          expect(found.pue).toBeCloseTo(1.3, 9);
          // What it drew beside its racks is known of those hours only: an hour without IT is no hour of overhead alone.
          expect((found.totalBesideItKwh ?? 0) - (found.itKwh ?? 0)).toBeCloseTo(0.3 * Math.min(both, hours), 6);
        }
        expect(found).toMatchObject({ knownHours: hours, source: 'READINGS' });
      }),
    );
  });

  it('takes the meter’s month before the hours', () => {
    const meter = { month: '2026-10', totalKwh: 1_500, itKwh: 1_000 };
    expect(monthEnergy('2026-10', 744, meter, sums(10, 10))).toMatchObject({ pue: 1.5, source: 'METER' });
    expect(monthEnergy('2026-10', 744, { ...meter, itKwh: null }, undefined)).toMatchObject({
      pue: null,
      totalKwh: 1_500,
    });
  });

  it('knows no PUE without IT load', () => {
    expect(pueOf(100, 0)).toBeNull();
    expect(pueOf(null, 100)).toBeNull();
  });
});

describe('hoursOfMonth', () => {
  it('counts hours of Shanghai’s month, of the running one those that have begun', () => {
    expect(hoursOfMonth('2026-10', now)).toBe(744);
    expect(hoursOfMonth('2026-11', new Date('2026-10-31T16:30:00Z'))).toBe(1);
    expect(hoursOfMonth('2026-12', now)).toBe(0);
  });
});

describe('parsePush', () => {
  const one = { kind: 'IT_TOTAL', subject: 'center-a', at: '2026-11-24T07:59:00Z', powerW: 350_000 };

  it('takes what is well formed', () => {
    const { readings, faults } = parsePush(
      { readings: [one, { ...one, kind: 'CABINET', subject: 'center-a/r1/A-01' }] },
      now,
    );
    expect(faults).toEqual([]);
    expect(readings).toHaveLength(2);
  });

  it.each([
    [{ kind: 'PDU' }, 'kind'],
    [{ subject: 'center-a/x' }, 'subject'],
    [{ subject: '../etc' }, 'subject'],
    [{ at: 'yesterday' }, 'at'],
    [{ at: '2026-11-24T09:00:00Z' }, 'at'],
    [{ at: '2026-10-01T09:00:00Z' }, 'at'],
    [{ powerW: -1 }, 'powerW'],
    [{ powerW: 1.5 }, 'powerW'],
    [{ powerW: '5' }, 'powerW'],
  ])('names the field of %j', (more, field) => {
    const { faults } = parsePush({ readings: [one, { ...one, ...more }] }, now);
    expect(faults).toMatchObject([{ index: 1, field }]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const { readings, faults } = parsePush(body, now);
        expect(readings.length > 0 || faults.length > 0).toBe(true);
      }),
    );
    expect(parsePush({ readings: Array.from({ length: 1_001 }, () => one) }, now).faults).toHaveLength(1);
  });
});

describe('strangers', () => {
  const kinds = fc.constantFrom('CENTER_TOTAL' as const, 'CABINET' as const, 'FEED' as const);
  const readings: fc.Arbitrary<Reading[]> = fc.array(
    fc.tuple(kinds, fc.constantFrom('a', 'b'), fc.constantFrom('r1/A-01', 'r1/A-02')).map(([subjectKind, c, path]) => ({
      subjectKind,
      subject: subjectKind === 'CENTER_TOTAL' ? c : subjectKind === 'FEED' ? `${c}/f1` : `${c}/${path}`,
      at: now,
      powerW: 1,
    })),
    { maxLength: 20 },
  );

  it('names exactly what is about another center, or a cabinet that is not there', () => {
    const known = new Set(['a/r1/A-01']);
    fc.assert(
      fc.property(readings, (all) => {
        const wrong = all.flatMap(({ subjectKind, subject }, index) =>
          subject.startsWith('b') || (subjectKind === 'CABINET' && !known.has(subject)) ? [index] : [],
        );
        expect(strangers(all, new Set(['a']), known).map((fault) => fault.index)).toEqual(wrong);
      }),
    );
  });
});
