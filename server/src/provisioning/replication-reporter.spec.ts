import { describe, expect, it } from '@jest/globals';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ReplicationObject } from '../replication/domain/replication-object.js';
import { LeaseGuard } from './lease-guard.js';
import { ReplicationReporter } from './replication-reporter.js';

const START = Date.parse('2026-11-30T00:00:00Z');

function reporterOf(whole: boolean) {
  let now = START;
  let heardAt = START;
  const recorded: (readonly ReplicationObject[])[] = [];
  const guard = new LeaseGuard({ name: 'provisioning/center-a', holder: 'here', epoch: 1n });
  const tx = { writeChanges: async () => undefined } as unknown as Tx;
  const reporter = new ReplicationReporter(
    { id: 'center' },
    {
      whole,
      seen: [],
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
  return { at };
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
});
