import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QUOTA_METERS, type QuotaMeter } from '../../kernel/refusal.js';
import {
  checkLimits,
  figure,
  type QuotaState,
  type QuotaSubject,
  quotaDeltas,
  quotaFit,
  type SomeAmounts,
  sumAmounts,
  UNLIMITED,
} from './quota.js';

const subject = (id: string): QuotaSubject => ({ level: 'DEPARTMENT', id, name: `${id}局`, departmentId: id });
const state = (id: string, meters: QuotaState['meters']): QuotaState => ({ subject: subject(id), meters });
const meter = fc.constantFrom<QuotaMeter>(...QUOTA_METERS);
const amounts = fc
  .array(fc.tuple(meter, fc.integer({ min: 0, max: 50 })), { maxLength: 4 })
  .map((entries): SomeAmounts => Object.fromEntries(entries));

describe('quotaFit', () => {
  it('is short exactly where a limit on the way has less left, and says by how much', () => {
    const fit = quotaFit(
      [state('city', { VCPU: { limit: 10, live: 8 }, MACHINE: { limit: UNLIMITED, live: 99 } }), state('bureau', {})],
      { VCPU: 3, MACHINE: 1 },
    );
    expect(fit.rows).toMatchObject([{ meter: 'VCPU', limit: 10, requested: 3, left: 2, fits: false }]);
    expect(fit.shortages).toMatchObject([{ code: 'QUOTA_SHORTAGE', subjectName: 'city局', left: 2, short: 1 }]);
  });

  it('counts what the asker holds already as free for it', () => {
    const levels = [state('city', { VCPU: { limit: 10, live: 10 } })];
    expect(quotaFit(levels, { VCPU: 4 }, new Map([['city', { VCPU: 4 }]])).shortages).toEqual([]);
    expect(quotaFit(levels, { VCPU: 5 }, new Map([['city', { VCPU: 4 }]])).shortages).toHaveLength(1);
  });

  it('grants what then stays within every limit, and nothing else', () => {
    const limits = fc.record({ limit: fc.integer({ min: 0, max: 60 }), live: fc.integer({ min: 0, max: 60 }) });
    const levels = fc.array(fc.dictionary(meter, limits, { maxKeys: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(levels, amounts, (meters, asked) => {
        const states = meters.map((m, index) => state(`d${index}`, m as QuotaState['meters']));
        const fits = states.every(({ meters: of }) =>
          QUOTA_METERS.every((name) => {
            const [wanted, now] = [asked[name] ?? 0, of[name]];
            return wanted === 0 || !now || now.live + wanted <= now.limit;
          }),
        );
        return (quotaFit(states, asked).shortages.length === 0) === fits;
      }),
    );
  });
});

describe('quotaDeltas', () => {
  const taker = fc.record({
    quotaIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }),
    amounts,
  });

  it('takes what it gives back: the same takers leave nothing', () => {
    fc.assert(fc.property(fc.array(taker), (takers) => quotaDeltas(takers, takers).length === 0));
  });

  it('sums every taker into each of its quotas, one delta a quota', () => {
    fc.assert(
      fc.property(fc.array(taker), fc.array(taker), (taken, given) => {
        const deltas = quotaDeltas(taken, given);
        expect(new Set(deltas.map((d) => d.subjectId)).size).toBe(deltas.length);
        for (const id of ['a', 'b', 'c', 'd'] as const) {
          const of = (all: typeof taken) =>
            sumAmounts(all.filter((t) => t.quotaIds.includes(id)).map((t) => t.amounts));
          const delta = deltas.find((d) => d.subjectId === id)?.amounts ?? {};
          for (const name of QUOTA_METERS) expect(delta[name] ?? 0).toBe(of(taken)[name] - of(given)[name]);
        }
      }),
    );
  });
});

describe('checkLimits', () => {
  const own = state('bureau', { VCPU: { limit: UNLIMITED, live: 5 } });
  const above = [state('city', { VCPU: { limit: 20, live: 9 } })];
  const beneath = [state('s1', { VCPU: { limit: 8, live: 0 } }), state('s2', { VCPU: { limit: UNLIMITED, live: 0 } })];
  const reasons = (limit: number | null) => checkLimits({ VCPU: limit }, own, above, beneath).map((r) => r.reason);

  it('keeps a limit between what is in use or given beneath, and what is given above', () => {
    expect([4, 7, 8, 20, 21, null].map(reasons)).toEqual([['IN_USE'], ['CHILD'], [], [], ['PARENT'], []]);
  });

  it('leaves meters alone that are not named', () => {
    expect(checkLimits({}, own, above, beneath)).toEqual([]);
  });
});

describe('figure', () => {
  it('speaks GiB, U and kW', () => {
    expect([
      figure('MEMORY_MIB', 1536),
      figure('CABINET_HALF_UNIT', 3),
      figure('POWER_W', 2500),
      figure('VCPU', 8),
    ]).toEqual(['1.5 GiB', '1.5 U', '2.5 kW', '8']);
  });
});
