import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quotaDeltas } from './quota.js';
import { exchangeOf, type Taking } from './taking.js';

const SUBJECTS = ['a', 'b', 'c', 'd'] as const;
const taker = fc.record({
  quotaIds: fc.subarray(['city', 'bureau', 'system'], { minLength: 1 }),
  amounts: fc.record({ CABINET_HALF_UNIT: fc.nat(40), POWER_W: fc.nat(4_000) }),
});
const of = <T>(value: fc.Arbitrary<T>) => fc.tuple(...SUBJECTS.map(() => fc.option(value, { nil: null })));

describe(exchangeOf, () => {
  it('leaves each thing with exactly what it ought to have taken, and moves the quotas by the difference', () => {
    fc.assert(
      fc.property(of(taker), of(taker), (before, after) => {
        const live = SUBJECTS.flatMap((subjectId, at): Taking[] => (before[at] ? [{ subjectId, ...before[at] }] : []));
        const wanted = SUBJECTS.map((subjectId, at) => ({ subjectId, wanted: after[at] ?? null }));
        const { take, giveBack } = exchangeOf(wanted, live);
        const kept = live.filter((taking) => !giveBack.includes(taking));
        const now = new Map([...kept, ...take].map((taking) => [taking.subjectId, taking]));
        expect(now.size).toBe(kept.length + take.length);
        const sum = (takers: readonly Taking[]) =>
          quotaDeltas(takers, []).toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
        const ought = wanted.flatMap(({ subjectId, wanted: one }): Taking[] => (one ? [{ subjectId, ...one }] : []));
        expect(sum([...now.values()])).toEqual(sum(ought));
        // Asked again it has nothing to do.
        expect(exchangeOf(wanted, [...now.values()])).toEqual({ take: [], giveBack: [] });
      }),
    );
  });

  it('touches nothing of what nobody asked about, nor what is right already', () => {
    const live = [
      { subjectId: 'a', quotaIds: ['q1', 'q2'], amounts: { POWER_W: 100, CABINET_HALF_UNIT: 4 } },
      { subjectId: 'b', quotaIds: ['q1'], amounts: { POWER_W: 1 } },
    ];
    const same = { quotaIds: ['q2', 'q1'], amounts: { CABINET_HALF_UNIT: 4, POWER_W: 100, SERVER: 0 } };
    expect(exchangeOf([{ subjectId: 'a', wanted: same }], live)).toEqual({ take: [], giveBack: [] });
    expect(exchangeOf([{ subjectId: 'b', wanted: null }], live)).toEqual({ take: [], giveBack: [live[1]] });
  });
});
