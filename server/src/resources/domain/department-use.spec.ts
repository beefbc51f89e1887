import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inUseOrder, sumOfUse, type UseSum } from './department-use.js';

const NOTHING: UseSum = {
  ...{ machines: 0, seen: 0, vcpu: 0, memoryMib: 0, seenVcpu: 0, seenMemoryMib: 0, cpuMean: null, memoryMean: null },
  ...{ idle: 0, idleFen: 0n, oversized: 0, oversizedFen: 0n },
};
const row = (departmentId: string, over: Partial<UseSum>) => ({ ...NOTHING, departmentId, ...over });

describe('the use of several departments', () => {
  it('is weighted by what was measured, and what is unknown weighs nothing', () => {
    const sum = sumOfUse([
      row('a', { seenVcpu: 90, cpuMean: 1_000, seenMemoryMib: 10, memoryMean: 4_000 }),
      row('b', { seenVcpu: 10, cpuMean: 6_000, seenMemoryMib: 30, memoryMean: 8_000 }),
      row('c', { vcpu: 5_000, machines: 900 }),
    ]);
    expect(sum).toMatchObject({ cpuMean: 1_500, memoryMean: 7_000, vcpu: 5_000, machines: 900, seenVcpu: 100 });
    expect(sumOfUse([])).toEqual(NOTHING);
    expect(sumOfUse([row('c', { vcpu: 8, machines: 1 })]).cpuMean).toBeNull();
  });

  it('is shown where most could be saved, or where least is used: the unknown last', () => {
    const rows = [
      row('a', { idleFen: 100n, cpuMean: 3_000 }),
      row('b', { idleFen: 60n, oversizedFen: 60n, cpuMean: null }),
      row('d', { idleFen: 100n, cpuMean: 500 }),
      row('c', { cpuMean: 500 }),
    ];
    const ids = (order: 'SAVING' | 'CPU') => inUseOrder(rows, order).map(({ departmentId }) => departmentId);
    expect(ids('SAVING')).toEqual(['b', 'a', 'd', 'c']);
    expect(ids('CPU')).toEqual(['c', 'd', 'a', 'b']);
  });

  it('comes in the same order however it was read', () => {
    const any = fc.record({ idleFen: fc.bigInt(0n, 3n), cpuMean: fc.option(fc.nat(3), { nil: null }) });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 8 }),
        fc.constantFrom('SAVING' as const, 'CPU' as const),
        (some, order) => {
          const rows = some.map((over, at) => row(`d${at}`, over));
          expect(inUseOrder(rows.toReversed(), order)).toEqual(inUseOrder(rows, order));
        },
      ),
    );
  });
});
