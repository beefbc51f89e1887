import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CapacityCounterEntity } from '../../../server/src/platform/counters/counters.entity.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

let test: TestDatabase;
let counters: Counters;
beforeAll(async () => {
  test = await openTestDatabase([CapacityCounterEntity]);
  counters = new Counters(test.db);
  const others = Array.from({ length: 2_000 }, () => newId());
  await unitsOfWork(test.db).work.run((tx) => counters.openMissing(tx, 'QUOTA', others, { VCPU: 10, MACHINE: 10 }));
});
afterAll(() => test.close());

const work = <T>(act: Parameters<ReturnType<typeof unitsOfWork>['work']['run']>[0]) =>
  unitsOfWork(test.db).work.run(act) as Promise<T>;

async function opened(): Promise<[pool: string, quota: string]> {
  const ids: [string, string] = [newId(), newId()];
  await work(async (tx) => {
    await counters.open(tx, 'POOL', ids[0], { VCPU: 8 });
    await counters.open(tx, 'QUOTA', ids[1], { VCPU: 100, MACHINE: 3 });
  });
  return ids;
}

const live = async (kind: 'POOL' | 'QUOTA', id: string) =>
  Object.fromEntries((await counters.read(kind, [id])).map((row) => [row.meter, row.live]));

describe('Counters.moveAll', () => {
  it('moves every subject by one statement, each by its own amounts, back and forth', async () => {
    const [pool, quota] = await opened();
    const deltas = (sign: 1 | -1) => [
      { kind: 'POOL' as const, subjectId: pool, amounts: { VCPU: 8 * sign } },
      { kind: 'QUOTA' as const, subjectId: quota, amounts: { VCPU: 8 * sign, MACHINE: 2 * sign, SERVER: 0 } },
    ];
    expect(await work((tx) => counters.moveAll(tx, deltas(1)))).toBe(true);
    expect([await live('POOL', pool), await live('QUOTA', quota)]).toEqual([{ VCPU: 8 }, { VCPU: 8, MACHINE: 2 }]);
    expect(await work((tx) => counters.moveAll(tx, deltas(-1)))).toBe(true);
    expect([await live('POOL', pool), await live('QUOTA', quota)]).toEqual([{ VCPU: 0 }, { VCPU: 0, MACHINE: 0 }]);
    expect(await work((tx) => counters.moveAll(tx, []))).toBe(true);
  });

  it('is false when one meter of one subject has no room, is below nothing, or is not counted at all', async () => {
    const [pool, quota] = await opened();
    const tried = (subjectId: string, amounts: Record<string, number>) =>
      work((tx) =>
        counters.moveAll(tx, [
          { kind: 'POOL', subjectId: pool, amounts: { VCPU: 1 } },
          { kind: 'QUOTA', subjectId, amounts },
        ]),
      );
    expect(await tried(quota, { MACHINE: 4 })).toBe(false);
    expect(await tried(quota, { MACHINE: -1 })).toBe(false);
    expect(await tried(quota, { SERVER: 1 })).toBe(false);
    expect(await tried(newId(), { MACHINE: 1 })).toBe(false);
  });

  it('finds its rows by the key, and locks no other: a mover of another subject does not wait', async () => {
    const [[onePool, one], [otherPool, other]] = [await opened(), await opened()];
    const both = (poolId: string, quotaId: string) => [
      { kind: 'POOL' as const, subjectId: poolId, amounts: { VCPU: 1 } },
      { kind: 'QUOTA' as const, subjectId: quotaId, amounts: { VCPU: 1, MACHINE: 1 } },
    ];
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let taken: () => void = () => {};
    const first = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const slow = work(async (tx) => {
      await counters.moveAll(tx, both(onePool, one));
      taken();
      await held;
    });
    await first;
    expect(await work((tx) => counters.moveAll(tx, both(otherPool, other)))).toBe(true);
    release();
    await slow;
    expect([await live('QUOTA', one), await live('QUOTA', other)]).toMatchObject([{ MACHINE: 1 }, { MACHINE: 1 }]);
  });
});
