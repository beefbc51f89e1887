import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planGroups, type StandingLine } from './plan-groups.js';

const line = fc.record({
  kind: fc.constantFrom('VM' as const, 'SERVER' as const, 'CABINET' as const, 'SERVICE' as const),
  itemCount: fc.integer({ min: 1, max: 100 }),
  localMode: fc.constantFrom('SINGLE' as const, 'DUAL_ACTIVE' as const),
  remoteMode: fc.constantFrom('NONE' as const, 'DATA' as const),
  centerId: fc.constantFrom(null, 'a', 'b'),
  shares: fc.array(
    fc.record({
      share: fc.constantFrom('A' as const, 'RECOVERY' as const),
      centerId: fc.constantFrom('a', 'b', null),
      standing: fc.constantFrom('RUNNING' as const, 'DATA' as const),
      owed: fc.boolean(),
      count: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 2 },
  ),
}) as unknown as fc.Arbitrary<StandingLine>;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

describe('the plan of a whole request', () => {
  it('is a few groups however many lines there are, and no group twice', () => {
    const alike = Array.from({ length: 1_000 }, (_, at) => ({
      ...{ kind: at % 2 ? ('VM' as const) : ('SERVER' as const), itemCount: 2, centerId: 'a', shares: [] },
      ...{ localMode: 'SINGLE' as const, remoteMode: 'NONE' as const },
    }));
    expect(planGroups(alike).map(({ kind, count, lineCount }) => [kind, count, lineCount])).toEqual([
      ['SERVER', 1_000, 500],
      ['VM', 1_000, 500],
    ]);
  });

  it('comes in every figure to what its lines come to', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const groups = planGroups(lines);
        for (const kind of ['VM', 'SERVER', 'CABINET', 'SERVICE'] as const) {
          const own = lines.filter((one) => one.kind === kind);
          const grouped = groups.filter((one) => one.kind === kind);
          expect(sum(grouped.map(({ count }) => count))).toBe(sum(own.map(({ itemCount }) => itemCount)));
          for (const center of ['a', 'b', null])
            for (const owed of [true, false]) {
              const here = (shares: readonly { centerId: string | null; owed: boolean; count: number }[]) =>
                sum(shares.filter((one) => one.centerId === center && one.owed === owed).map(({ count }) => count));
              expect(sum(grouped.map(({ shares }) => here(shares)))).toBe(sum(own.map(({ shares }) => here(shares))));
            }
        }
        expect(sum(groups.map(({ lineCount }) => lineCount))).toBe(lines.length);
      }),
    );
  });
});
