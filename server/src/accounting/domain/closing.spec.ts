import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUnitPrice } from '../../kernel/money.js';
import { type ClosedRow, documentText, statementText } from './closed-text.js';
import { type ClosingState, decideClosing } from './closing.js';
import {
  CHECKLIST_ITEMS,
  type ChecklistFacts,
  checklistOf,
  refusalsToClose,
  stillStands,
} from './closing-checklist.js';
import { type ChargedPart, correctionsOf } from './corrections.js';
import { groupsOf } from './freeze-groups.js';
import { decideDispute } from './line-dispute.js';
import { Periods } from './periods.js';
import type { PricedItem } from './price-book.js';
import { basisText, repricedFrom } from './repricing.js';
import { isConfirmed, moveOfIssue } from './statement-issue.js';

const facts = (some: Partial<{ [I in keyof ChecklistFacts]: number }>): ChecklistFacts =>
  Object.fromEntries(CHECKLIST_ITEMS.map((item) => [item, { count: some[item] ?? 0 }])) as unknown as ChecklistFacts;

describe('the checklist', () => {
  it('is clear when nothing is found, and lets the month be closed', () => {
    expect(refusalsToClose(checklistOf(facts({})))).toEqual([]);
  });

  it.each(['NOT_OVER', 'EARLIER_OPEN', 'SWEEP_BEHIND', 'LATE_FACTS', 'UNPRICED'] as const)(
    '%s keeps it open, whatever is said to it',
    (item) => {
      const checks = checklistOf(facts({ [item]: 3 }), [{ item, text: '没关系' }]);
      expect(refusalsToClose(checks)).toMatchObject([{ code: 'CLOSING_BLOCKED', item, count: 3 }]);
    },
  );

  it.each(['LINE_DISPUTES', 'DELIVERY_DISPUTES', 'UNCONFIRMED', 'OVER_RUNS'] as const)(
    '%s is explained and never refused',
    (item) => {
      expect(refusalsToClose(checklistOf(facts({ [item]: 1 })))).toMatchObject([
        { code: 'INVALID_INPUT', path: ['explanations', item], rule: 'required' },
      ]);
      expect(refusalsToClose(checklistOf(facts({ [item]: 1 }), [{ item, text: ' 已核实 ' }]))).toEqual([]);
      expect(refusalsToClose(checklistOf(facts({ [item]: 1 }), [{ item, text: 'x'.repeat(301) }]))).toMatchObject([
        { rule: 'length' },
      ]);
    },
  );

  it('is another list once there is more to explain, or something that blocks', () => {
    const signed = checklistOf(facts({ UNCONFIRMED: 2 }), [{ item: 'UNCONFIRMED', text: '已催办' }]);
    expect(stillStands(signed, checklistOf(facts({ UNCONFIRMED: 1 })))).toBe(true);
    expect(stillStands(signed, checklistOf(facts({ UNCONFIRMED: 3 })))).toBe(false);
    expect(stillStands(signed, checklistOf(facts({ UNPRICED: 1 })))).toBe(false);
  });
});

describe('two people', () => {
  it('nobody approves or returns what they asked for themselves, in any state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ClosingState>('REQUESTED', 'FREEZING', 'CLOSED', 'RETURNED', 'REVERSED'),
        fc.constantFrom('APPROVE' as const, 'RETURN' as const),
        (state, action) => {
          const wish = { expectedVersion: 1, opinion: '同意' };
          const done = decideClosing('a', { state, version: 1, requestedById: 'a' }, action, wish);
          expect(done.ok).toBe(false);
          const other = decideClosing('b', { state, version: 1, requestedById: 'a' }, action, wish);
          expect(other.ok).toBe(state === 'REQUESTED');
        },
      ),
    );
  });
});

const row = (more: Partial<ClosedRow> = {}): ClosedRow => ({
  ...{ resourceId: 'r', meter: 'VCPU', ofMonth: '2026-09', from: 1, to: 2, part: 0, lineKind: 'USE', cause: null },
  ...{ adjustment: false, subjectId: 's', kind: 'MACHINE', systemId: null, projectId: null, centerId: null },
  ...{
    architecture: null,
    share: 'MAIN',
    quantity: 1n,
    period: 'MONTH',
    portionNumerator: 1n,
    portionDenominator: 30n,
  },
  ...{
    minimum: false,
    state: 'RATED',
    priceVersionId: 'p',
    unitPrice: '1.000000',
    rated: 5n,
    before: null,
    amount: 5n,
  },
  ...more,
});

describe('the canonical text', () => {
  const head = { documentId: 'd', departmentId: 'x', departmentName: '厅' };

  it('differs with every single field of a row, and nothing runs into its neighbour', () => {
    const changes: Partial<ClosedRow>[] = [
      ...[{ resourceId: 'q' }, { meter: 'GIB' }, { ofMonth: '2026-10' }, { from: 0 }, { to: 3 }, { part: 1 }],
      ...[{ lineKind: 'REVERSAL' }, { cause: 'PRICE' }, { adjustment: true }, { subjectId: 't' }, { kind: 'SERVER' }],
      ...[{ systemId: 'y' }, { projectId: 'y' }, { centerId: 'y' }, { architecture: 'ARM64' }, { share: 'MAIN_A' }],
      ...[
        { quantity: null },
        { quantity: 2n },
        { period: null },
        { portionNumerator: 2n },
        { portionDenominator: 31n },
      ],
      ...[{ minimum: true }, { state: 'SUSPENDED' }, { priceVersionId: null }, { unitPrice: null }],
      ...[{ rated: null }, { rated: 4n }, { before: 0n }, { amount: 4n }],
    ];
    const texts = [statementText(head, [row()]), ...changes.map((change) => statementText(head, [row(change)]))];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('of a document does not depend on the order in which departments were frozen', () => {
    const document = { id: 'd', kind: 'STATEMENT', book: 'PROVINCE', month: '2026-09', ofMonth: '2026-09', round: 1 };
    const of = (departmentId: string) => ({ ...head, departmentId, lines: 1, amount: 5n, hash: departmentId });
    const known = { ...document, reversesId: null, previousHash: null };
    expect(documentText(known, [of('a'), of('b')])).toBe(documentText(known, [of('b'), of('a')]));
  });
});

const part = (more: Partial<ChargedPart> = {}): ChargedPart => ({
  ...{ ofMonth: '2026-09', resourceId: 'r', subjectId: 'r', kind: 'MACHINE', meter: 'VCPU', from: 0, to: 10 },
  ...{ departmentId: 'x', systemId: null, projectId: null, centerId: null, architecture: null, share: 'MAIN' },
  ...{ quantity: 1n, unitPrice: '1.000000', amount: 10n },
  ...more,
});

describe('corrections', () => {
  it('say why: late facts, prices, other hands, an answered dispute', () => {
    const causes = (now: ChargedPart[], was: ChargedPart[]) => correctionsOf(now, was).map(({ cause }) => cause);
    expect(causes([part({ quantity: 2n, amount: 20n })], [part()])).toEqual(['LATE_FACT']);
    expect(causes([part({ unitPrice: '2.000000', amount: 20n })], [part()])).toEqual(['PRICE']);
    expect(causes([part()], [part({ amount: 0n })])).toEqual(['DISPUTE']);
    expect(causes([part({ departmentId: 'y' })], [part()])).toEqual(['OWNER', 'OWNER']);
    expect(causes([part()], [])).toEqual(['LATE_FACT']);
    // A price that changed within cuts the line in two; the use is the same.
    const cut = [part({ to: 4, amount: 4n }), part({ from: 4, unitPrice: '2.000000', amount: 12n })];
    expect(causes(cut, [part()])).toEqual(['PRICE']);
  });

  it('charged + corrections = now, in every grouping; nothing is owed where they agree; order does not matter', () => {
    const parts = fc.array(
      fc
        .record({
          resourceId: fc.constantFrom('r', 's'),
          meter: fc.constantFrom('VCPU', 'GIB'),
          departmentId: fc.constantFrom('x', 'y'),
          share: fc.constantFrom('MAIN' as const, 'MAIN_B' as const),
          amount: fc.bigInt({ min: -50n, max: 50n }),
        })
        .map((some) => part(some)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(parts, parts, (now, charged) => {
        const owed = correctionsOf(now, charged);
        for (const by of ['resourceId', 'meter', 'departmentId', 'share'] as const)
          for (const value of new Set([...now, ...charged].map((each) => each[by]))) {
            const sum = (some: readonly { amount: bigint }[]) => some.reduce((all, { amount }) => all + amount, 0n);
            const of = <T extends { readonly [K in typeof by]: unknown }>(some: readonly T[]) =>
              some.filter((each) => each[by] === value);
            expect(sum(of(charged)) + sum(of(owed))).toBe(sum(of(now)));
          }
        expect(correctionsOf(now, [...charged, ...owed.map((each) => part({ ...each }))])).toEqual([]);
        expect(correctionsOf(now.toReversed(), charged.toReversed())).toHaveLength(owed.length);
      }),
    );
  });
});

describe('departments that are frozen together', () => {
  it('are each frozen once, in their order, never more at once than one unit of work bears unless one alone is more', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 30_000 }).map((lines) => ({ departmentId: '', lines })));
    fc.assert(
      fc.property(parts, (some) => {
        const named = some.map((part, at) => ({ ...part, departmentId: String(at) }));
        const groups = groupsOf(named);
        expect(groups.flat()).toEqual(named.map(({ departmentId }) => departmentId));
        for (const group of groups) {
          const lines = group.reduce((sum, id) => sum + (named[Number(id)]?.lines ?? 0), 0);
          expect(group.length === 1 || lines <= 20_000).toBe(true);
        }
      }),
    );
  });
});

describe('periods', () => {
  it('what is known too late goes to the first month that nobody has signed for, in its own book', () => {
    const live = ['2026-09', '2026-10', '2026-12'].map((ofMonth) => ({
      ...{ id: ofMonth, book: 'PROVINCE', ofMonth },
      state: ofMonth === '2026-12' ? ('REQUESTED' as const) : ('CLOSED' as const),
    }));
    const periods = new Periods(live, new Map([['bureau', 'city']]));
    expect(periods.openAfter('PROVINCE', '2026-09')).toBe('2026-11');
    expect(periods.openAfter('PROVINCE', '2026-11')).toBe('2027-01');
    expect(periods.openAfter('city', '2026-09')).toBe('2026-10');
    expect([periods.bookOf('bureau'), periods.bookOf('other')]).toEqual(['city', 'PROVINCE']);
    expect([periods.isClosed('PROVINCE', '2026-12'), periods.isLive('PROVINCE', '2026-12')]).toEqual([false, true]);
  });
});

describe('prices that were changed', () => {
  const item = (versions: [string, string | null, string][], period: 'MONTH' | 'DAY' = 'MONTH'): PricedItem => ({
    ...{ meter: 'VCPU', period },
    versions: versions.map(([from, to, price], at) => ({
      ...{ id: `v${at}`, itemId: 'i', centerId: null, architecture: null, from, to },
      ...{ kind: 'STANDARD' as const, price: parseUnitPrice(price), listPrice: null, synthetic: false, reason: '' },
    })),
  });
  const kept = basisText([item([['2026-01-01', null, '30']])]);

  it.each<[string, PricedItem[], string | undefined]>([
    ['nothing', [item([['2026-01-01', null, '30']])], undefined],
    [
      'a new version from a day',
      [
        item([
          ['2026-01-01', '2026-09-16', '30'],
          ['2026-09-16', null, '40'],
        ]),
      ],
      '2026-09-16',
    ],
    ['another price of the same version', [item([['2026-01-01', null, '31']])], '2026-01-01'],
    ['an end that leaves a gap', [item([['2026-01-01', '2026-08-01', '30']])], '2026-08-01'],
    [
      'an item of a later period, which does not govern',
      [item([['2026-01-01', null, '30']]), item([['2026-05-01', null, '1']], 'DAY')],
      undefined,
    ],
  ])('%s', (_what, now, from) => {
    expect(repricedFrom(kept, now).get('VCPU')).toBe(from);
  });

  it('of a source that was never passed over are none', () => {
    expect(repricedFrom(null, [item([['2026-01-01', null, '30']])]).size).toBe(0);
  });
});

describe('a disputed line', () => {
  const open = { state: 'OPEN' as const, version: 1, raisedById: 'a', amount: 100n };

  it('is answered once, with a reason, by another than raised it; a correction says what it ought to be', () => {
    const wish = { expectedVersion: 1, text: '核对无误' };
    expect(decideDispute('a', open, 'KEEP', wish)).toMatchObject({ error: [{ reason: 'OWN_DISPUTE' }] });
    expect(decideDispute('b', open, 'KEEP', { ...wish, text: ' ' })).toMatchObject({ error: [{ rule: 'required' }] });
    expect(decideDispute('b', open, 'KEEP', wish)).toEqual({
      ok: true,
      value: { state: 'KEPT', corrected: null, adjustment: 0n },
    });
    expect(decideDispute('b', open, 'CORRECT', { ...wish, correctedFen: 40n })).toMatchObject({
      value: { state: 'CORRECTED', adjustment: -60n },
    });
    for (const correctedFen of [null, -1n, 100n])
      expect(decideDispute('b', open, 'CORRECT', { ...wish, correctedFen })).toMatchObject({
        error: [{ path: ['correctedFen'] }],
      });
    const corrected = { ...open, state: 'CORRECTED' as const, charged: 40n };
    expect(decideDispute('b', corrected, 'AMEND', { ...wish, correctedFen: 70n })).toMatchObject({
      value: { state: 'CORRECTED', corrected: 70n, adjustment: 30n },
    });
    expect(decideDispute('b', corrected, 'AMEND', { ...wish, correctedFen: 40n })).toMatchObject({
      error: [{ path: ['correctedFen'] }],
    });
    expect(decideDispute('a', corrected, 'AMEND', { ...wish, correctedFen: 70n })).toMatchObject({
      error: [{ reason: 'OWN_DISPUTE' }],
    });
    // The line is gone, and what was decided of it still stands.
    expect(
      decideDispute('b', { ...corrected, amount: null, charged: -60n }, 'AMEND', { ...wish, correctedFen: 0n }),
    ).toMatchObject({ value: { adjustment: 60n } });
    for (const state of ['KEPT', 'CORRECTED', 'WITHDRAWN'] as const)
      expect(decideDispute('b', { ...open, state }, 'KEEP', wish)).toMatchObject({
        error: [{ code: 'ILLEGAL_TRANSITION' }],
      });
  });
});

describe('a statement that was issued', () => {
  const issue = { state: 'ISSUED' as const, version: 1, dueAt: new Date(100), lines: 2, amount: 5n };

  it('passes by silence when its time is over, and is put again when it moves', () => {
    expect(moveOfIssue(null, issue, new Date(0))).toBe('ISSUE');
    expect(moveOfIssue(issue, issue, new Date(99))).toBe('NONE');
    expect(moveOfIssue(issue, issue, new Date(100))).toBe('DEFAULT');
    expect(moveOfIssue({ ...issue, state: 'CONFIRMED' }, { lines: 2, amount: 6n }, new Date(0))).toBe('REISSUE');
    expect(isConfirmed({ ...issue, state: 'CONFIRMED' }, { lines: 2, amount: 6n })).toBe(false);
    expect(isConfirmed({ ...issue, state: 'DEFAULTED' }, issue)).toBe(true);
  });
});
