import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Payer } from '../../budgets/domain/payer.js';
import {
  type CostedUse,
  planYear,
  roundOfOpening,
  roundOfTurn,
  type StandingReservation,
  type YearPlan,
} from './year-plan.js';

const use = (
  useId: string,
  requestId: string | null,
  amount: bigint | null,
  { payer = { budgetId: 'item' }, ...more }: Partial<CostedUse> & { payer?: Payer } = {},
): CostedUse => ({
  ...{ useId, requestId, departmentId: 'd', projectId: 'p', isBeyond: false, reservedBy: [requestId ?? useId] },
  beside: null,
  parts: [{ amount, payer }],
  ...more,
});
const left = (id: string, subjectId: string, amount: bigint, budgetId = 'item'): StandingReservation => ({
  ...{ id, budgetId, left: amount },
  subject: { kind: 'REQUEST', id: subjectId, round: 1 },
});

describe('opening a year', () => {
  it('reserves by request and item, a use that nobody asked for by itself, and says of the rest why nothing pays', () => {
    const { uses, reservations } = planYear(
      [
        use('a', 'r', 10n),
        use('b', 'r', 5n),
        use('c', null, 7n),
        use('d', 'r', 3n, { payer: { budgetId: 'other' } }),
        use('e', 'r', 4n, { payer: { unpaid: 'NO_ITEM' } }),
        use('f', 'r', null),
        use('g', 'r', 0n),
      ],
      [],
    );
    expect(reservations).toEqual([
      { subject: { kind: 'USE', id: 'c' }, budgetId: 'item', amount: 7n },
      { subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'item', amount: 15n },
      { subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'other', amount: 3n },
    ]);
    expect(uses.flatMap(({ useId, unpaid, amount }) => (unpaid ? [[useId, unpaid, amount]] : []))).toEqual([
      ['e', 'NO_ITEM', 4n],
      ['f', 'NO_PRICE', 0n],
    ]);
  });

  it('reserves only what is missing beside a hold, an addition and a change of the same use', () => {
    const changed = [use('a', 'r', 100n, { reservedBy: ['r', 'change'] })];
    const standing = [left('1', 'r', 60n), left('2', 'change', 25n), left('3', 'stranger', 90n)];
    expect(planYear(changed, standing).reservations.map(({ amount }) => amount)).toEqual([15n]);
    expect(planYear(changed, [...standing, left('4', 'r', 15n)]).reservations).toEqual([]);
  });

  it('counts what a change reserved for two requests once, whichever page it comes with', () => {
    const both = [
      use('a', 'r1', 50n, { reservedBy: ['r1', 'change'] }),
      use('b', 'r2', 50n, { reservedBy: ['r2', 'change'] }),
    ];
    const standing = [left('1', 'r1', 40n), left('2', 'change', 30n)];
    const of = (owner: string, known = standing) => planYear(both, known, (one) => one === owner).reservations;
    expect([of('r1'), of('r2').map(({ amount }) => amount)]).toEqual([[], [30n]]);
    expect(of('r2', [...standing, left('3', 'r2', 30n)])).toEqual([]);
  });

  it('counts a reservation of an item that another has replaced, and none of an item that does not pay', () => {
    const payer = { budgetId: 'new', before: ['old'] };
    const plan = (of: string) => planYear([use('a', 'r', 10n, { payer })], [left('1', 'r', 4n, of)]).reservations;
    expect([plan('old')[0]?.amount, plan('other')[0]?.amount]).toEqual([6n, 10n]);
  });

  it('tells what goes beyond the quotas apart from what they cover', () => {
    const own = use('b', 'r', 5n, { isBeyond: true, payer: { budgetId: 'own' } });
    expect(planYear([use('a', 'r', 10n), own], []).reservations).toEqual([
      { subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'item', amount: 10n },
      { subject: { kind: 'BEYOND', id: 'r' }, budgetId: 'own', amount: 5n },
    ]);
  });

  it('never meets the rounds of a request’s own holds, which count up from 1', () => {
    expect([roundOfOpening(2027, 0), roundOfOpening(2027, 1)]).toEqual([-2_027_000, -2_027_001]);
    expect(() => roundOfOpening(2027, 1_000)).toThrow(RangeError);
    expect(roundOfTurn(2026, 1)).toBe(-202_600_001);
    expect(() => roundOfTurn(2026, 100_000)).toThrow(RangeError);
  });
});

describe('who pays changed within the year', () => {
  const changed = (before: bigint, after: bigint): CostedUse => ({
    ...use('a', 'r', 0n),
    parts: [
      { amount: before, payer: { budgetId: 'old' } },
      { amount: after, payer: { budgetId: 'new' } },
    ],
  });

  it('leaves with the former what its months cost, and moves the rest: reserved of one or the other, never of both', () => {
    const plan = planYear([changed(20n, 80n)], [left('1', 'r', 100n, 'old')]);
    expect(plan.reservations).toEqual([{ subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'new', amount: 80n }]);
    // The former still pays the months before: nothing of it is given back that they cost.
    expect(plan.releases.map(({ amount, budgetId }) => [budgetId, amount])).toEqual([['old', 80n]]);
  });

  it('leaves alone what is reserved for the other side of the quotas and does not run yet', () => {
    const covered = use('a', 'r', 50n, { payer: { budgetId: 'central' }, beside: { budgetId: 'own' } });
    const held = { ...left('2', 'r', 90n, 'own'), subject: { kind: 'BEYOND', id: 'r', round: 1 } };
    const { releases, reservations } = planYear([covered], [left('1', 'r', 20n, 'central'), held]);
    expect([reservations.map(({ amount }) => amount), releases]).toEqual([[30n], []]);
  });

  it('moves what the department had reserved as the payer of all of it, once finance pays what the quotas cover', () => {
    const covered = use('a', 'r', 50n, { payer: { budgetId: 'central' }, beside: { budgetId: 'own' } });
    const plan = planYear([covered], [left('1', 'r', 50n, 'own')]);
    expect(plan.reservations).toEqual([{ subject: { kind: 'REQUEST', id: 'r' }, budgetId: 'central', amount: 50n }]);
    expect(plan.releases.map(({ budgetId, amount }) => [budgetId, amount])).toEqual([['own', 50n]]);
  });

  it('gives back no more than another reserves in its place: what is held and not delivered stays', () => {
    const plan = planYear([use('a', 'r', 30n, { payer: { budgetId: 'new' } })], [left('1', 'r', 100n, 'old')]);
    expect([plan.reservations[0]?.amount, plan.releases[0]?.amount]).toEqual([30n, 30n]);
  });
});

describe('whatever stands already', () => {
  const budgets = ['item', 'old', 'own'];
  const owners = ['r1', 'r2', 'r3'];
  const uses = fc.array(
    fc.record({
      requestId: fc.constantFrom(...owners),
      change: fc.constantFrom(null, 'c1', 'c2'),
      amounts: fc.array(fc.bigInt({ min: 0n, max: 500n }), { minLength: 1, maxLength: 2 }),
      payers: fc.tuple(fc.constantFrom(...budgets), fc.constantFrom(...budgets)),
      isBeyond: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  const reservations = fc.array(
    fc.record({
      by: fc.constantFrom(...owners, 'c1', 'c2', 'stranger'),
      budgetId: fc.constantFrom(...budgets),
      amount: fc.bigInt({ min: 1n, max: 800n }),
    }),
    { maxLength: 8 },
  );
  const after = (standing: readonly StandingReservation[], { reservations: made, releases }: YearPlan) => [
    ...standing.map((one) => {
      const gone = releases.filter(({ encumbranceId }) => encumbranceId === one.id);
      return { ...one, left: one.left - gone.reduce((sum, { amount }) => sum + amount, 0n) };
    }),
    ...made.map(
      ({ subject, budgetId, amount }, at): StandingReservation => ({
        ...{ id: `n${at}`, budgetId, left: amount },
        subject: { ...subject, round: -1 },
      }),
    ),
  ];

  it('asked again there is nothing to do; nothing goes below nothing; what moves is never more than what comes', () => {
    fc.assert(
      fc.property(uses, reservations, (asked, reserved) => {
        const costed = asked.map(
          ({ requestId, change, amounts, payers, isBeyond }, at): CostedUse => ({
            ...use(`u${at}`, requestId, 0n),
            ...{ isBeyond, reservedBy: change === null ? [requestId] : [requestId, change] },
            parts: amounts.map((amount, part) => ({ amount, payer: { budgetId: payers[part] ?? 'item' } })),
          }),
        );
        const standing = reserved.map(({ by, budgetId, amount }, at) => left(`s${at}`, by, amount, budgetId));
        const plan = planYear(costed, standing);
        const then = after(standing, plan);
        expect(then.every(({ left: rest }) => rest >= 0n)).toBe(true);
        const sum = (parts: readonly { readonly amount: bigint }[]) =>
          parts.reduce((all, { amount }) => all + amount, 0n);
        expect(sum(plan.releases) <= sum(plan.reservations)).toBe(true);
        const again = planYear(costed, then);
        expect([again.reservations, again.releases]).toEqual([[], []]);
      }),
      { numRuns: 500 },
    );
  });
});
