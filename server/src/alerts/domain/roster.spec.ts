import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onDutyOf, overlap, passedAt, type Shift, wrongShifts } from './roster.js';

const NOW = new Date('2026-11-30T00:00:00.000Z');
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const shift = (from: number, to: number, more: Partial<Shift> = {}): Shift => ({
  ...{ id: `${from}`, centerId: 'a', role: 'ENGINEER', userId: 'u', fromAt: at(from), toAt: at(to) },
  ...more,
});
const fields = (wishes: Shift[], standing: Shift[] = []) =>
  wrongShifts(wishes, standing, NOW).map(({ path }) => path.join('.'));

describe('wrongShifts', () => {
  it('takes neighbours that touch, and the same time at another desk', () => {
    expect(
      fields([shift(0, 8), shift(8, 16), shift(0, 8, { role: 'LEADER' }), shift(0, 8, { centerId: 'b' })]),
    ).toEqual([]);
  });
  it('refuses what is over, too long, backwards, or of half minutes', () => {
    expect(fields([shift(-9, -1)])).toEqual(['rows.0.toAt']);
    expect(fields([shift(0, 24 * 8)])).toEqual(['rows.0.toAt']);
    expect(fields([shift(8, 0)])).toContain('rows.0.toAt');
    expect(fields([{ ...shift(0, 8), fromAt: new Date(NOW.getTime() + 1_500) }])).toEqual(['rows.0.fromAt']);
  });
  it('finds every overlap: with what stands and among themselves, whatever their order', () => {
    const hours = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 12 }), (spans, split) => {
        const all = spans.map(([from, long], n) => shift(from, from + long, { id: String(n) }));
        const [standing, wishes] = [all.slice(0, split), all.slice(split)];
        const clash = wishes.some((one) => all.some((other) => other !== one && overlap(one, other)));
        return fields(wishes, standing).length > 0 === clash;
      }),
    );
  });
});

describe('onDutyOf', () => {
  it('takes the center’s own, and for a desk that it has not, another center’s', () => {
    const shifts = [
      shift(-1, 7),
      shift(-1, 7, { centerId: 'b', userId: 'v' }),
      shift(-1, 7, { centerId: 'b', role: 'LEADER', userId: 'l' }),
    ];
    expect(onDutyOf(shifts, 'a', NOW)).toEqual({ ENGINEER: 'u', LEADER: 'l' });
    expect(onDutyOf(shifts, 'b', NOW)).toEqual({ ENGINEER: 'v', LEADER: 'l' });
    expect(onDutyOf(shifts, 'a', at(7))).toEqual({});
  });
});

describe('passedAt', () => {
  it('leaves no minute without anybody and none with two', () => {
    const passed = passedAt(shift(-2, 6), NOW);
    expect(passed).toEqual({ kept: { fromAt: at(-2), toAt: NOW }, taken: { fromAt: NOW, toAt: at(6) } });
    expect(passedAt(shift(1, 2), NOW)).toBeNull();
    expect(passedAt(shift(-2, 0), NOW)).toBeNull();
  });
});
