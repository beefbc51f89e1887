import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { divideOver, machinesIn, machinesInAll, type NetworkRoom, withoutParts } from './address-room.js';

const network = (code: string, ipv4: number, more: Partial<NetworkRoom> = {}): NetworkRoom => ({
  networkId: code,
  code,
  families: [
    { family: 'IPV4', free: BigInt(ipv4) },
    { family: 'IPV6', free: 1n << 64n },
  ],
  isNear: false,
  ...more,
});

describe('divideOver', () => {
  it('keeps all in the first network that has room for them, one of each family', () => {
    expect(divideOver([network('b', 9), network('a', 3)], 5)).toEqual([{ networkId: 'b', count: 5 }]);
    expect(machinesIn(network('a', 3))).toBe(3);
  });

  it('goes where the department is already, then by code', () => {
    expect(divideOver([network('a', 9), network('b', 9, { isNear: true })], 5)).toEqual([{ networkId: 'b', count: 5 }]);
    expect(divideOver([network('b', 9), network('a', 9)], 5)).toEqual([{ networkId: 'a', count: 5 }]);
  });

  it('divides only where no network has room for all, and refuses where all together have not', () => {
    expect(divideOver([network('a', 3), network('b', 4)], 6)).toEqual([
      { networkId: 'a', count: 3 },
      { networkId: 'b', count: 3 },
    ]);
    expect(divideOver([network('a', 3), network('b', 4)], 8)).toBeNull();
    expect(divideOver([], 1)).toBeNull();
  });

  it('gives out each address once, refuses only what has no room, and never goes below nothing', () => {
    const rooms = fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 4 });
    fc.assert(
      fc.property(rooms, fc.integer({ min: 1, max: 40 }), (free, count) => {
        const networks = free.map((n, at) => network(`n${at}`, n));
        const parts = divideOver(networks, count);
        expect(parts === null).toBe(machinesInAll(networks) < count);
        if (parts === null) return;
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count);
        const after = withoutParts(networks, parts);
        expect(machinesInAll(after)).toBe(machinesInAll(networks) - count);
      }),
    );
  });
});
