import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ReplicationObject } from '../replication/domain/replication-object.js';
import type { ObjectKey } from './domain/cluster-object.js';
import type { ClusterGateway, WatchOrder } from './domain/ports.js';
import { LeaseGuard } from './lease-guard.js';
import { ReplicationReporter, ReplicationSights } from './replication-reporter.js';

const START = Date.parse('2026-11-30T00:00:00Z');

function reporterOf(whole: boolean) {
  let now = START;
  let heardAt = START;
  let moved = false;
  const recorded: (readonly ReplicationObject[])[] = [];
  const guard = new LeaseGuard({ name: 'provisioning/center-a', holder: 'here', epoch: 1n });
  const tx = { writeChanges: async () => undefined } as unknown as Tx;
  const reporter = new ReplicationReporter(
    { id: 'center' },
    {
      whole,
      seen: [],
      takeMoved: () => {
        const took = moved;
        moved = false;
        return took;
      },
      get heardAt() {
        return new Date(heardAt);
      },
    },
    guard,
    {
      clock: { now: () => new Date(now) },
      unitOfWork: { run: ((work: (tx: Tx) => Promise<unknown>) => work(tx)) as never },
      leases: { stillHeld: async () => true } as never,
      replication: {
        record: async (_tx, _centerId, seen) => {
          recorded.push(seen);
        },
      },
    },
  );
  const at = async (seconds: number, heardSeconds = seconds) => {
    now = START + seconds * 1_000;
    heardAt = START + heardSeconds * 1_000;
    await reporter.report();
    return recorded.length;
  };
  const beat = async (seconds: number, isMoved = false) => {
    now = START + seconds * 1_000;
    heardAt = now;
    moved = isMoved;
    await reporter.beat(15_000);
    return recorded.length;
  };
  return { at, beat };
}

describe('what a cluster shows of replication', () => {
  it('is said at once when every kind was listed', async () => {
    expect(await reporterOf(true).at(0)).toBe(1);
  });
  it('is not said while a kind is still to be listed: its objects would be taken for gone', async () => {
    const { at } = reporterOf(false);
    expect([await at(0), await at(15), await at(45)]).toEqual([0, 0, 0]);
    expect(await at(61)).toBe(1);
  });
  it('is not said of a cluster that says nothing', async () => {
    const { at } = reporterOf(true);
    expect(await at(91, 0)).toBe(0);
  });
  it('is said at once when something is carried otherwise, and else every fifteen seconds', async () => {
    const { beat } = reporterOf(true);
    expect([await beat(0), await beat(0.25), await beat(14)]).toEqual([1, 1, 1]);
    expect([await beat(14.25, true), await beat(14.5)]).toEqual([2, 2]);
    expect([await beat(29), await beat(29.25)]).toEqual([2, 3]);
  });
});

describe('what is watched of replication', () => {
  const object = (over: Partial<ReplicationObject> = {}): ReplicationObject => ({
    ...{ kind: 'VolumeReplication', namespace: 'dept-a', name: 'app-1', volume: 'app-1', towards: null },
    ...{ role: 'PRIMARY', lastSyncAt: new Date(START), intervalSeconds: 15, problem: null },
    ...over,
  });
  it('has moved when it comes, goes, or is carried otherwise, and not when it was brought over once more', () => {
    type Order = Pick<WatchOrder<ReplicationObject | undefined>, 'changed'>;
    const orders: Order[] = [];
    const sights = new ReplicationSights({
      watch: (order: Order) => {
        orders.push(order);
        return {};
      },
    } as unknown as ClusterGateway);
    const moved = (now?: ReplicationObject, before?: ReplicationObject) => {
      orders[1]?.changed({} as ObjectKey, now, before);
      return [sights.takeMoved(), sights.takeMoved()];
    };
    expect(moved(object())).toEqual([true, false]);
    expect(moved(undefined, object())).toEqual([true, false]);
    expect(moved(object({ problem: 'degraded' }), object())).toEqual([true, false]);
    expect(moved(object({ lastSyncAt: new Date(START + 15_000) }), object())).toEqual([false, false]);
  });
});
