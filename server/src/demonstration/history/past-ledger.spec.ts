import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { availableOf, type Budget, effectOf } from '../../budgets/domain/budget.js';
import { addDays, calendarDate } from '../../kernel/calendar.js';
import { costOfDays, daysBetween } from '../../pricing/domain/cost-of-days.js';
import { makeUpProvince } from '../province.js';
import { factsOf } from './facts-of-province.js';
import { makeUpHistory } from './make-up-history.js';
import { costOfRates } from './past-costs.js';

const SEED = 20_260_101;
const until = new Date('2026-11-24T07:00:00.000Z');
/** As many as the demonstration has. */
const scale = { machines: 1_200, months: 24, until };
const province = makeUpProvince(SEED, scale.machines);
const history = makeUpHistory(SEED, factsOf(province), scale);
const inOrder = [...history.adjustments, ...history.entries].toSorted(
  (one, other) => one.at.getTime() - other.at.getTime(),
);
const parents = new Map(province.budgets.budgets.map((budget) => [budget.id, budget.parentId]));

/** The books, entry by entry; `see` is shown each entry and how its budget and the department stand after it. */
function replay(see: (entry: (typeof inOrder)[number], levels: Budget[]) => void): Map<string, Budget> {
  const books = new Map(province.budgets.budgets.map((budget) => [budget.id, { ...budget }]));
  for (const entry of inOrder) {
    const own = books.get(entry.budgetId) as Budget;
    const above = books.get(own.parentId ?? '');
    const { amount, reserved, spent } = effectOf(entry);
    Object.assign(own, { amount: own.amount + amount, reserved: own.reserved + reserved, spent: own.spent + spent });
    if (above)
      Object.assign(above, {
        allotted: above.allotted + amount,
        reserved: above.reserved + reserved,
        spent: above.spent + spent,
      });
    see(entry, above ? [own, above] : [own]);
  }
  return books;
}

describe('the budget books of a made-up past', () => {
  it('are about its own requests and machines, on their days, in budgets of that year', () => {
    const submitted = Map.groupBy(
      history.steps.filter((step) => step.action === 'SUBMIT'),
      (step) => step.requestId,
    );
    const resources = new Set(history.resources.map((resource) => resource.id));
    const years = new Map(province.budgets.budgets.map((budget) => [budget.id, budget.year]));
    for (const { subject, kind, at, budgetId, requestId } of history.entries) {
      expect(at.getTime()).toBeGreaterThanOrEqual(submitted.get(requestId)?.[0]?.at.getTime() ?? Number.NaN);
      expect(at.getTime()).toBeLessThan(until.getTime());
      if (subject.kind === 'RESOURCE') expect(resources.has(subject.id)).toBe(true);
      else expect(subject.id).toBe(requestId);
      // A year's last month is entered, and its books are closed, in the first days of the next.
      const late = kind === 'SPEND' || kind === 'RELEASE' ? 3 : 0;
      expect(Number(addDays(calendarDate(at), -late).slice(0, 4))).toBeLessThanOrEqual(years.get(budgetId) ?? 0);
    }
    for (const kind of ['RESERVE', 'RELEASE', 'SPEND'] as const)
      expect(history.entries.filter((entry) => entry.kind === kind).length).toBeGreaterThan(30);
    expect(new Set(history.entries.map((entry) => entry.at.getTime())).size).toBeGreaterThan(100);
  });

  it('never reserved what was not there, never gave a department more than it had, and never went below nothing', () => {
    replay((entry, levels) => {
      for (const budget of levels) {
        if (entry.kind === 'RESERVE') expect(availableOf(budget)).toBeGreaterThanOrEqual(0n);
        expect(budget.reserved).toBeGreaterThanOrEqual(0n);
        expect(budget.spent).toBeGreaterThanOrEqual(0n);
      }
    });
    const books = replay(() => undefined);
    for (const budget of books.values()) {
      const items = [...books.values()].filter((item) => item.parentId === budget.id);
      const sum = (of: (item: Budget) => bigint) => items.reduce((total, item) => total + of(item), 0n);
      if (budget.grain === 'ITEM') continue;
      expect(budget.allotted).toBe(sum((item) => item.amount));
      expect(budget.allotted).toBeLessThanOrEqual(budget.amount);
      expect([budget.reserved, budget.spent]).toEqual([sum((item) => item.reserved), sum((item) => item.spent)]);
    }
  });

  it('have encumbrances of which exactly that is left that nobody released or spent', () => {
    const used = new Map<string, bigint>();
    for (const { encumbranceId, kind, amount, fromReserved } of history.entries)
      if (encumbranceId && kind !== 'RESERVE')
        used.set(encumbranceId, (used.get(encumbranceId) ?? 0n) + (kind === 'RELEASE' ? amount : fromReserved));
    for (const { id, amount, left } of history.encumbrances) {
      expect(left).toBe(amount - (used.get(id) ?? 0n));
      expect(left).toBeGreaterThanOrEqual(0n);
    }
    const keys = history.entries.map((e) => [e.subject.id, e.subject.kind, e.subject.round, e.kind, e.budgetId].join());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('show budgets that are well used, some added to, a few overrun', () => {
    const books = [...replay(() => undefined).values()].filter((budget) => budget.year === 2026);
    const asked = books.filter((budget) => budget.grain === 'ITEM' && budget.spent > 0n);
    expect(asked.length).toBeGreaterThan(40);
    const overrun = asked.filter((budget) => availableOf(budget) < 0n);
    expect(overrun.length).toBeGreaterThanOrEqual(3);
    expect(overrun.length).toBeLessThan(asked.length / 5);
    expect(new Set(overrun.map((budget) => budget.parentId)).size).toBeGreaterThanOrEqual(3);
    expect(history.adjustments.length).toBeGreaterThan(0);
    expect(history.adjustments.filter((entry) => parents.get(entry.budgetId) === undefined)).toEqual([]);
  });

  it.each([
    [1, '2026-11-24T07:00:00.000Z'],
    [2, '2026-09-03T07:00:00.000Z'],
    [3, '2026-06-30T07:00:00.000Z'],
    [2_026, '2026-02-10T07:00:00.000Z'],
  ])('have overruns whatever seed and day, each explained by use that nobody had reserved: %i, %s', (seed, day) => {
    const facts = factsOf(makeUpProvince(seed, scale.machines));
    const { entries, adjustments } = makeUpHistory(seed, facts, { ...scale, until: new Date(day) });
    const sums = new Map(facts.budgets.map((budget) => [budget.id, { ...budget, unreserved: 0n }]));
    for (const entry of [...entries, ...adjustments]) {
      const sum = sums.get(entry.budgetId) as Budget & { unreserved: bigint };
      const { amount, reserved, spent } = effectOf(entry);
      const unreserved = entry.kind === 'SPEND' ? entry.amount - entry.fromReserved : 0n;
      Object.assign(sum, {
        amount: sum.amount + amount,
        reserved: sum.reserved + reserved,
        spent: sum.spent + spent,
        unreserved: sum.unreserved + unreserved,
      });
    }
    const overrun = [...sums.values()].filter((sum) => sum.grain === 'ITEM' && availableOf(sum) < 0n);
    expect([...sums.values()].filter(({ amount }) => amount < 0n)).toEqual([]);
    expect(overrun.filter(({ year }) => year === 2026).length).toBeGreaterThanOrEqual(3);
    for (const sum of overrun) expect(sum.unreserved).toBeGreaterThanOrEqual(-availableOf(sum));
  });
});

const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days));
const fen = fc.bigInt({ min: 0n, max: 10_000_000n });

describe('costOfDays', () => {
  it('costs a month what a month costs, whatever its days, and half of it for half', () => {
    expect(costOfDays(3_100n, '2026-01-01', '2026-02-01')).toBe(3_100n);
    expect(costOfDays(2_900n, '2028-02-01', '2028-03-01')).toBe(2_900n);
    expect(costOfDays(3_000n, '2026-04-16', '2026-05-01')).toBe(1_500n);
    expect(costOfDays(3_100n, '2025-12-31', '2026-02-02')).toBe(100n + 3_100n + 111n);
  });

  it('is cut at months without losing a fen, and elsewhere by at most half a fen for each cut', () => {
    fc.assert(
      fc.property(fen, fc.tuple(day, day, day), (monthly, days) => {
        const [from = '', at = '', to = ''] = days.toSorted();
        const difference = costOfDays(monthly, from, at) + costOfDays(monthly, at, to) - costOfDays(monthly, from, to);
        return at.endsWith('-01') ? difference === 0n : difference >= -1n && difference <= 1n;
      }),
    );
  });

  it('follows a rate that changes, each day at the rate of its end', () => {
    const rates = [
      { from: '2026-04-01', monthlyFen: 3_000n },
      { from: '2026-04-11', monthlyFen: 6_000n },
      { from: '2026-04-11', monthlyFen: 9_000n },
    ];
    expect(costOfRates(rates, '2026-04-01', '2026-05-01')).toBe(1_000n + 6_000n);
    expect(costOfRates(rates, '2026-04-12', '2026-04-13')).toBe(300n);
    expect(costOfRates(rates, '2026-03-01', '2026-04-01')).toBe(0n);
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 800 }),
        (from, length) => daysBetween(from, addDays(from, length)) === length,
      ),
    );
  });
});
