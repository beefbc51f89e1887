import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { meterOfAddress, meterOfNetwork } from '../../networks/domain/address-meter.js';
import { beginOfData, type DataGrant, factsOfData, type LineMachine } from './data-uses.js';
import { intervalsOf, type UseFact } from './intervals.js';
import { type Attachment, countedSince, factsWith, latestOf } from './use-facts.js';

const at = (hours: number): Date => new Date(Date.UTC(2026, 10, 1, hours));

describe('the meter of an address', () => {
  it.each([
    ['10.0.0.1', 'ADDRESS_INTERNAL'],
    ['172.15.255.255', 'ADDRESS'],
    ['172.16.0.0', 'ADDRESS_INTERNAL'],
    ['172.31.255.255', 'ADDRESS_INTERNAL'],
    ['172.32.0.0', 'ADDRESS'],
    ['192.168.7.9', 'ADDRESS_INTERNAL'],
    ['100.64.0.1', 'ADDRESS_INTERNAL'],
    ['100.128.0.1', 'ADDRESS'],
    ['221.226.1.10', 'ADDRESS'],
  ])('%s is %s', (address, meter) => {
    expect(meterOfAddress({ family: 'IPV4', address })).toBe(meter);
  });

  it('is that of its network, from the first address on', () => {
    const of = (first: bigint, family: 'IPV4' | 'IPV6' = 'IPV4') => meterOfNetwork({ family, first });
    expect([of(167_772_160n), of(3_405_803_776n), of(1n, 'IPV6')]).toEqual([
      'ADDRESS_INTERNAL',
      'ADDRESS',
      'ADDRESS_IPV6',
    ]);
  });

  it('is one of its own for IPv6', () => {
    expect(meterOfAddress({ family: 'IPV6', address: '2001:db8::1' })).toBe('ADDRESS_IPV6');
  });
});

const size = (id: string, hours: number, vcpu: number): UseFact => ({ id, at: at(hours), quantities: { VCPU: vcpu } });
const address = (from: number, to: number | null): Attachment => ({
  ...{ from: at(from), to: to === null ? null : at(to) },
  quantities: { ADDRESS: 1 },
});
const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.option(fc.integer({ min: 0, max: 30 })))
  .map(([from, length]) => ({ from, to: length === null ? null : from + length }));
const sizes = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 8 })), {
  selector: ([hour]) => hour,
  minLength: 1,
  maxLength: 5,
});

describe('what a thing has with what hangs on it', () => {
  it('is its own size where nothing hangs on it', () => {
    const facts = [size('a', 1, 2)];
    expect(factsWith(facts, [])).toBe(facts);
    expect(factsWith(facts, [address(3, 3)])).toBe(facts);
  });

  it('has its first size before that was first written down', () => {
    const use = { begins: at(0), ends: null, facts: factsWith([size('a', 4, 2)], [address(1, null)]), disputed: [] };
    expect(intervalsOf(use)).toMatchObject([
      { meter: 'ADDRESS', from: at(1), to: null, quantity: 1 },
      { meter: 'VCPU', from: at(0), to: null, quantity: 2 },
    ]);
  });

  it('splits the meter of what comes and goes, and no other (property; invariants 1 and 2)', () => {
    fc.assert(
      fc.property(sizes, fc.array(span, { maxLength: 6 }), span, (steps, spans, life) => {
        const own = steps.map(([hour, vcpu], index) => size(String(index), hour, vcpu));
        const attached = spans.map(({ from, to }) => address(from, to));
        const use = { begins: at(life.from), ends: life.to === null ? null : at(life.to), disputed: [] };
        const alone = intervalsOf({ ...use, facts: own });
        const all = intervalsOf({ ...use, facts: factsWith(own, attached) });
        expect(all.filter(({ meter }) => meter === 'VCPU')).toEqual(alone);
        // Hour by hour, as an independent count has it.
        for (let hour = 0; hour <= 95; hour += 1) {
          const inUse = hour >= life.from && (life.to === null || hour < life.to);
          const expected = inUse
            ? spans.filter(({ from, to }) => from <= hour && (to === null || hour < to)).length
            : 0;
          const standing = all.filter(
            ({ from, meter, to }) => meter === 'ADDRESS' && from <= at(hour) && (to === null || at(hour) < to),
          );
          expect(standing.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(expected);
        }
      }),
    );
  });

  it('is not counted before the console counts it', () => {
    const some = [address(1, 4), address(2, null), address(9, 12)];
    expect(countedSince(some, undefined)).toEqual(some);
    expect(countedSince(some, at(5))).toEqual([address(5, null), address(9, 12)]);
    expect(latestOf(at(3), at(5))).toEqual(at(5));
    expect(latestOf(at(6), at(5))).toEqual(at(6));
    expect(latestOf(at(6), undefined)).toEqual(at(6));
  });
});

describe('data without a machine', () => {
  const grant = (id: string, hours: number, releasedAt: Date | null = null): DataGrant => ({
    ...{ id, allocatedAt: at(hours), releasedAt },
  });
  const machine = (centerId: string, hours: number, endedAt: Date | null = null): LineMachine => ({
    ...{ centerId, deliveredAt: at(hours), endedAt },
  });

  it('begins as machines are delivered, the first with the first', () => {
    const all = [grant('a', 1), grant('b', 1)];
    const begins = (machines: readonly LineMachine[]) => all.map((data) => beginOfData(data, all, machines));
    expect(begins([])).toEqual([null, null]);
    expect(begins([machine('A', 5)])).toEqual([at(5), null]);
    expect(begins([machine('A', 9), machine('A', 5)])).toEqual([at(5), at(9)]);
    // In two same-city centers a machine stands twice.
    expect(begins([machine('A', 5), machine('B', 4)])).toEqual([at(4), null]);
  });

  it('begins with its grant where the machines were there before', () => {
    const old = [grant('a', 1, at(20))];
    const again = [grant('c', 30), grant('d', 30)];
    const machines = [machine('A', 2), machine('A', 3)];
    const all = [...old, ...again];
    expect(again.map((data) => beginOfData(data, all, machines))).toEqual([at(30), at(30)]);
  });

  it('counts those that are there, and waits for machines that a change adds', () => {
    const all = [grant('a', 1), grant('b', 10)];
    const machines = [machine('A', 2), machine('A', 12)];
    expect(all.map((data) => beginOfData(data, all, machines))).toEqual([at(2), at(12)]);
    // What has ended before counts no more.
    expect(beginOfData(grant('b', 10), [grant('a', 1, at(5)), grant('b', 10)], [machine('A', 2, at(5))])).toBeNull();
  });

  it('is one for a machine and for what takes its place', () => {
    const all = [grant('a', 1), grant('b', 1)];
    // Given back at nine and made anew at ten: the second data set waits for the second machine.
    const machines = [machine('A', 5, at(9)), machine('A', 10), machine('A', 20)];
    expect(all.map((data) => beginOfData(data, all, machines))).toEqual([at(5), at(20)]);
    expect(all.map((data) => beginOfData(data, all, machines.slice(0, 2)))).toEqual([at(5), null]);
    // Two at once are two.
    expect(all.map((data) => beginOfData(data, all, [machine('A', 5, at(11)), machine('A', 10)]))).toEqual([
      at(5),
      at(10),
    ]);
  });

  it('never begins for more data sets than machines stood at once', () => {
    const machines = fc.array(fc.tuple(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 20 })), {
      maxLength: 7,
    });
    fc.assert(
      fc.property(machines, (some) => {
        const own = some.map(([from, long]) => machine('A', from, at(from + long)));
        const all = Array.from({ length: 8 }, (_, n) => grant(`d${n}`, 1));
        const begun = all.filter((data) => beginOfData(data, all, own) !== null).length;
        const most = Math.max(
          0,
          ...own.map(
            ({ deliveredAt }) =>
              own.filter((o) => o.deliveredAt <= deliveredAt && (o.endedAt ?? at(999)) > deliveredAt).length,
          ),
        );
        expect(begun).toBe(most);
      }),
    );
  });

  it('was smaller before each growth', () => {
    const facts = factsOfData({ allocatedAt: at(0), gib: 70, meter: 'STORAGE_GIB_SSD' }, [
      { at: at(9), gib: 20 },
      { at: at(4), gib: 30 },
    ]);
    expect(facts.map((fact) => [fact.at, fact.quantities.STORAGE_GIB_SSD])).toEqual([
      [at(0), 20],
      [at(4), 50],
      [at(9), 70],
    ]);
  });
});
