import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RequestPlan } from '../allocation/domain/request-plan.js';
import type { QuotaState } from '../quotas/domain/quota.js';
import { paidParts, quotaUnits } from './beyond-quota.js';
import { splitByQuota } from './domain/beyond-quota.js';
import { encumbered } from './domain/encumbrance.js';
import type { Quotation } from './quotation.service.js';

/** Lines of servers, of so many at one price. */
const ask = (lines: readonly { readonly count: number; readonly eachFen: bigint }[]) => {
  const share = { share: 'MAIN', standing: 'RUNNING', owed: false, centerIds: [] } as const;
  const quotation = {
    lines: lines.map(({ count }) => ({ thing: { kind: 'SERVER' }, content: { count }, shares: [{ ...share, count }] })),
  } as unknown as Pick<Quotation, 'lines'>;
  const plan = { lines: lines.map(({ count }) => ({ shares: [{ ...share, count }] })) } as unknown as RequestPlan;
  const parts = lines.map(({ count, eachFen }) => [[{ count, eachFen, vcpu: 0, memoryMib: 0 }]]);
  return { quotation, plan, parts, whole: parts.flat(2) };
};
const limited = (limit: number): QuotaState[] => [
  {
    subject: { level: 'PROJECT', id: 'p', name: 'p', departmentId: 'd' },
    meters: { SERVER: { limit, live: 0 } },
  },
];

describe('who pays for a request (定额内统付超出自付)', () => {
  it('both shares together are the whole to the fen: nothing is paid twice, and nothing by nobody', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ count: fc.integer({ min: 1, max: 20 }), eachFen: fc.bigInt({ min: 1n, max: 10n ** 7n }) }),
          { minLength: 1, maxLength: 8 },
        ),
        fc.nat(60),
        fc.constantFrom('2026-01-01', '2026-02-28', '2026-11-30'),
        (lines, limit, day) => {
          const { quotation, plan, parts, whole } = ask(lines);
          const { fixed, units } = quotaUnits(quotation, new Set());
          const { within, beyond } = splitByQuota(limited(limit), fixed, units);
          const paid = paidParts(quotation, plan, parts, { beyond, already: new Set() });
          expect(encumbered(paid.within, day) + encumbered(paid.beyond, day)).toBe(encumbered(whole, day));
          const count = (some: readonly { readonly count: number }[]) => some.reduce((sum, one) => sum + one.count, 0);
          expect([count(paid.within), count(paid.within) + count(paid.beyond)]).toEqual([within.SERVER, count(whole)]);
          // Asked by the same figures, the same things are covered.
          expect(paidParts(quotation, plan, parts, { beyond, already: new Set() })).toEqual(paid);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is told line by line, in their order: the first are covered as far as the quota reaches', () => {
    const { quotation, plan, parts } = ask([
      { count: 2, eachFen: 10n },
      { count: 3, eachFen: 20n },
    ]);
    const { units } = quotaUnits(quotation, new Set());
    const { beyond } = splitByQuota(limited(4), {}, units);
    const { within, beyond: own } = paidParts(quotation, plan, parts, { beyond, already: new Set() });
    expect(within.map(({ count, eachFen }) => [count, eachFen])).toEqual([
      [2, 10n],
      [2, 20n],
    ]);
    expect(own.map(({ count, eachFen }) => [count, eachFen])).toEqual([[1, 20n]]);
  });
});
