import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuotaMeter } from '../../kernel/refusal.js';
import { type QuotaState, quotaFit, sumAmounts, UNLIMITED } from '../../quotas/domain/quota.js';
import { beyondCount, type QuotaUnit, splitByQuota, tellApart, times } from './beyond-quota.js';

const level = (id: string, limits: { readonly [M in QuotaMeter]?: readonly [limit: number, live: number] }) =>
  ({
    subject: { level: 'PROJECT', id, name: id, departmentId: 'd' },
    meters: Object.fromEntries(Object.entries(limits).map(([meter, [limit, live]]) => [meter, { limit, live }])),
  }) as QuotaState;

describe('what quotas cover of a request', () => {
  it('is as much as they reach, thing by thing in its order; the rest draws nothing', () => {
    const split = splitByQuota([level('p', { VCPU: [20, 8] })], {}, [
      { key: 'web', count: 2, takes: { VCPU: 4 } },
      { key: 'big', count: 1, takes: { VCPU: 8 } },
      { key: 'small', count: 3, takes: { VCPU: 2 } },
    ]);
    expect([...split.beyond]).toEqual([
      ['big', 1],
      ['small', 1],
    ]);
    expect(split.within.VCPU).toBe(12);
  });

  it('is everything where nothing is limited, and what the request holds already counts as free for it', () => {
    const asked = [{ key: 'web', count: 5, takes: { MACHINE: 1 } }];
    expect(beyondCount(splitByQuota([level('p', { MACHINE: [UNLIMITED, 9] })], {}, asked))).toBe(0);
    const full = [level('p', { MACHINE: [5, 5] })];
    expect(beyondCount(splitByQuota(full, {}, asked))).toBe(5);
    expect(beyondCount(splitByQuota(full, {}, asked, new Map([['p', { MACHINE: 5 }]])))).toBe(0);
  });

  it('leaves room first for what is covered already and grows', () => {
    const split = splitByQuota([level('p', { VCPU: [10, 0] })], { VCPU: 8 }, [
      { key: 'web', count: 2, takes: { VCPU: 2 } },
    ]);
    expect([split.within.VCPU, split.beyond.get('web')]).toEqual([10, 1]);
  });

  const units = fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      takes: fc.record({ VCPU: fc.nat(16), MEMORY_MIB: fc.nat(64), MACHINE: fc.constant(1) }),
    }),
    { maxLength: 6 },
  );
  const levels = fc.array(fc.record({ VCPU: fc.nat(200), MEMORY_MIB: fc.nat(800), MACHINE: fc.nat(40) }), {
    minLength: 1,
    maxLength: 3,
  });

  it('never exceeds any level, covers each thing or not, leaves out only what does not fit, and loses nothing', () => {
    fc.assert(
      fc.property(units, levels, (asked, limits) => {
        const states = limits.map((of, at) =>
          level(`l${at}`, { VCPU: [of.VCPU, 0], MEMORY_MIB: [of.MEMORY_MIB, 0], MACHINE: [of.MACHINE, 0] }),
        );
        const named = asked.map((unit, at): QuotaUnit => ({ ...unit, key: `${at}` }));
        const { within, beyond } = splitByQuota(states, {}, named);
        expect(quotaFit(states, within).shortages).toEqual([]);
        const covered = named.map((unit) => unit.count - (beyond.get(unit.key) ?? 0));
        expect(covered.every((count) => count >= 0)).toBe(true);
        expect(sumAmounts(named.map((unit, at) => times(unit.takes, covered[at] ?? 0)))).toEqual(within);
        // One more of any that was left out does not fit beside all that is covered.
        for (const unit of named.filter(({ key }) => beyond.has(key)))
          expect(quotaFit(states, sumAmounts([within, unit.takes])).shortages.length).toBeGreaterThan(0);
        expect(splitByQuota(states, {}, named)).toEqual({ within, beyond });
      }),
      { numRuns: 500 },
    );
  });

  it('tells pieces apart without losing one, the covered first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b'), count: fc.integer({ min: 1, max: 5 }) }), {
          maxLength: 8,
        }),
        fc.nat(20),
        (pieces, wanted) => {
          const all = (key: string) =>
            pieces.filter((one) => one.key === key).reduce((sum, { count }) => sum + count, 0);
          const beyond = new Map([['a', Math.min(wanted, all('a'))]]);
          const told = tellApart(pieces, ({ key }) => key, beyond);
          const counted = (key: string, isBeyond: boolean) =>
            told
              .filter((one) => one.key === key && one.beyondQuota === isBeyond)
              .reduce((sum, { count }) => sum + count, 0);
          expect([counted('a', true), counted('a', false)]).toEqual([
            beyond.get('a'),
            all('a') - (beyond.get('a') ?? 0),
          ]);
          expect([counted('b', true), counted('b', false)]).toEqual([0, all('b')]);
          expect(told.every(({ count }) => count > 0)).toBe(true);
        },
      ),
    );
  });
});
