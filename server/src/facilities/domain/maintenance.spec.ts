import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alongside, MAINTENANCE_STATES } from './maintenance.js';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 28, hour));
const period = fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 8 })).map(([from, hours]) => ({
  fromAt: at(from),
  toAt: at(from + hours),
}));
const windows = fc
  .array(fc.tuple(period, fc.constantFrom(...MAINTENANCE_STATES.slice(0, 2))), { maxLength: 10 })
  .map((rows) => rows.map(([when, state], i) => ({ ...when, state, id: `w${i}` })));

describe('alongside', () => {
  it('has every running window, and those planned ones that share an hour with it', () => {
    fc.assert(
      fc.property(windows, period, (open, when) => {
        const found = alongside(open, { ...when, windowId: 'w0' }).map((w) => w.id);
        const hours = (w: { fromAt: Date; toAt: Date }) => {
          const all: number[] = [];
          for (let h = w.fromAt.getTime(); h < w.toAt.getTime(); h += 3_600_000) all.push(h);
          return all;
        };
        const mine = new Set(hours(when));
        const wanted = open
          .filter((w) => w.id !== 'w0')
          .filter((w) => w.state === 'RUNNING' || hours(w).some((h) => mine.has(h)))
          .map((w) => w.id);
        expect(found).toEqual(wanted);
      }),
    );
  });

  it('keeps a running window in whose planned end has long passed', () => {
    const late = { id: 'late', state: 'RUNNING' as const, fromAt: at(0), toAt: at(1) };
    expect(alongside([late], { windowId: null, fromAt: at(10), toAt: at(11) })).toEqual([late]);
  });
});
