import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, startOfDay } from '../../kernel/calendar.js';
import { budgetYear, encumbered, givenBack } from './encumbrance.js';

const day = fc.integer({ min: 0, max: 365 * 12 }).map((n) => addDays('2024-01-01', n));
const fen = fc.bigInt({ min: 0n, max: 10n ** 12n });
const lines = fc.array(fc.record({ eachFen: fen, count: fc.integer({ min: 1, max: 100 }) }), { maxLength: 6 });

/** Day by day over one denominator that all lengths of months divide, each month of each thing rounded alone. */
function oracle(monthlyFen: bigint, from: string, to: string): bigint {
  const LCM = 28n * 29n * 30n * 31n;
  const months = new Map<string, bigint>();
  for (let at = from; at < to; at = addDays(at, 1)) {
    const [year = 0, month = 0] = at.split('-').map(Number);
    const length = BigInt(new Date(Date.UTC(year, month, 0)).getUTCDate());
    const key = at.slice(0, 7);
    months.set(key, (months.get(key) ?? 0n) + monthlyFen * (LCM / length));
  }
  return [...months.values()].reduce((sum, part) => sum + (2n * part + LCM) / (2n * LCM), 0n);
}

describe('what a request encumbers', () => {
  it('is every day from the hold to the end of the budget year, each thing and month rounded alone', () => {
    fc.assert(
      fc.property(lines, day, (asked, from) => {
        const { ends } = budgetYear(from);
        const expected = asked.reduce(
          (sum, { eachFen, count }) => sum + BigInt(count) * oracle(eachFen, from, ends),
          0n,
        );
        expect(encumbered(asked, from)).toBe(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('ends with the use where that is sooner, and never later than the year', () => {
    fc.assert(
      fc.property(fen, day, fc.integer({ min: 0, max: 500 }), (eachFen, from, length) => {
        const until = addDays(from, length);
        const { ends } = budgetYear(from);
        const asked = encumbered([{ eachFen, count: 1 }], from, until);
        expect(asked).toBe(oracle(eachFen, from, [until, ends].sort()[0] as string));
      }),
      { numRuns: 100 },
    );
  });

  it('goes back whole where all machines go on the day of the hold, and by days after', () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 50 }), day, fc.nat(400), (eachFen, count, from, later) => {
        const asked = encumbered([{ eachFen, count }], from);
        const same = givenBack(eachFen, startOfDay(from));
        expect(same).toEqual({ year: Number(from.slice(0, 4)), amount: asked / BigInt(count) });
        const gone = givenBack(eachFen, startOfDay(addDays(from, later)));
        if (gone.year === same.year) expect(gone.amount).toBeLessThanOrEqual(same.amount);
      }),
      { numRuns: 100 },
    );
  });

  it('is by the calendar of Shanghai: the last evening of a year in UTC is the next year there', () => {
    expect(givenBack(3_100n, new Date('2026-12-31T15:59:59.999Z'))).toEqual({ year: 2026, amount: 100n });
    expect(givenBack(3_100n, new Date('2026-12-31T16:00:00.000Z'))).toEqual({ year: 2027, amount: 12n * 3_100n });
    expect(encumbered([{ eachFen: null, count: 3 }], '2026-05-01')).toBe(0n);
  });
});
