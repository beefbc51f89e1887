import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demandRows, type FreeOfCenter, type OpenDemand, openDemand, rowKey } from './plan-demand.js';
import type { PlannedLine } from './plan-line.js';

const line = (more: Partial<PlannedLine> = {}): PlannedLine => ({
  systemId: 's',
  kind: 'VM',
  count: 10,
  vcpu: 4,
  memoryMib: 0,
  ssdGib: 0,
  hddGib: 0,
  architecture: 'ARM64',
  zone: 'INTERNET',
  offerCode: null,
  quotaMeter: null,
  halfUnits: 0,
  powerW: 0,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  month: 3,
  reason: '扩容',
  acceptedCount: null,
  ...more,
});
const KEY = rowKey({ meter: 'VCPU', architecture: 'ARM64', zone: 'INTERNET' });
const free = (a: number, b: number, recovery = 0): FreeOfCenter[] => [
  { side: 'ACTIVE_A', centerId: 'a', free: a, arriving: 0 },
  { side: 'ACTIVE_B', centerId: 'b', free: b, arriving: 0 },
  { side: 'RECOVERY', centerId: 'r', free: recovery, arriving: 0 },
];
const rowFor = (lines: readonly PlannedLine[], rooms: readonly FreeOfCenter[], inUse = {}) => {
  const demands = openDemand(lines, inUse, ({ architecture }) => architecture);
  return demandRows(demands, new Map([[KEY, rooms]])).find(({ meter }) => meter === 'VCPU');
};

describe('what is still to come of a plan', () => {
  it('is what runs already taken off, the earliest lines first', () => {
    const lines = [line({ month: 6, count: 5 }), line({ month: 1, count: 10 })];
    const open = openDemand(lines, { VCPU: 44 }, ({ architecture }) => architecture);
    expect(open).toEqual([expect.objectContaining({ meter: 'VCPU', month: 6, amount: 16 })]);
  });

  it('is nothing where more runs than is planned', () => {
    expect(openDemand([line()], { VCPU: 1_000 }, () => null)).toEqual([]);
  });
});

describe('plans against capacity', () => {
  it('stand in either center while there is room in the two together', () => {
    expect(rowFor([line()], free(15, 25))).toMatchObject({ demanded: 40, either: 40, short: 0, shortFrom: null });
    expect(rowFor([line()], free(15, 24))).toMatchObject({ short: 1, shortFrom: 3 });
  });

  it('of dual-active systems need all of it in each: room in the other helps nothing', () => {
    const row = rowFor([line({ localMode: 'DUAL_ACTIVE' })], free(100, 30));
    expect(row).toMatchObject({ demanded: 80, either: 0, short: 10 });
    expect(row?.centers.map(({ centerId, demanded, short }) => [centerId, demanded, short])).toEqual([
      ['a', 40, 0],
      ['b', 40, 10],
      ['r', 0, 0],
    ]);
  });

  it('leave to what may stand anywhere only what the dual-active leave over', () => {
    const lines = [line({ localMode: 'DUAL_ACTIVE' }), line({ count: 5 })];
    expect(rowFor(lines, free(50, 45))).toMatchObject({ short: 5 });
    expect(rowFor(lines, free(50, 50))).toMatchObject({ short: 0 });
  });

  it('count what arrives, and say the first month that does not fit', () => {
    const rooms = free(20, 0).map((room) => (room.side === 'ACTIVE_B' ? { ...room, arriving: 10 } : room));
    const row = rowFor([line({ count: 5, month: 2 }), line({ count: 5, month: 8 })], rooms);
    expect(row).toMatchObject({ short: 10, arriving: 10, shortFrom: 8 });
    expect(row?.byMonth).toEqual([0, 20, 20, 20, 20, 20, 20, 40, 40, 40, 40, 40]);
  });

  it('ask the recovery center for its share', () => {
    expect(rowFor([line({ remoteMode: 'APPLICATION' })], free(40, 0, 19))).toMatchObject({ demanded: 60, short: 1 });
  });

  it('of any processor take what the named ones leave', () => {
    const demands = openDemand([line({ count: 5 }), line({ architecture: null, count: 5 })], {}, (l) => l.architecture);
    const rows = demandRows(demands, new Map([[KEY, free(30, 0)]]));
    const any = rows.find(({ meter, architecture }) => meter === 'VCPU' && architecture === null);
    expect(any).toMatchObject({ demanded: 20, free: 10, short: 10 });
  });

  it('never hide a shortage: where any center lacks room, or all together do, something is short', () => {
    const amount = fc.nat({ max: 50 });
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, amount, (a, b, either, roomA, roomB, month) => {
        const at = (month % 12) + 1;
        const demand = (side: OpenDemand['side'], n: number): OpenDemand => ({
          side,
          architecture: 'ARM64',
          zone: 'INTERNET',
          meter: 'VCPU',
          month: at,
          amount: n,
        });
        const demands = [demand('ACTIVE_A', a), demand('ACTIVE_B', b), demand('EITHER', either)];
        const [row] = demandRows(demands, new Map([[KEY, free(roomA, roomB)]]));
        const fits = a <= roomA && b <= roomB && a + b + either <= roomA + roomB;
        expect(row?.short === 0).toBe(fits);
        expect(row?.shortFrom === null).toBe(fits);
        if (!fits) expect(row?.shortFrom).toBe(at);
      }),
    );
  });
});
