import { describe, expect, it } from '@jest/globals';
import { ClusterFailure } from './domain/cluster-failure.js';
import type { ClusterGateway } from './domain/ports.js';
import { LeaseGuard } from './lease-guard.js';
import type { SnapshotRecords } from './provisioning.types.js';
import { SnapshotReconciler } from './snapshot-reconciler.js';

type Page = Awaited<ReturnType<SnapshotRecords['wantedIn']>>;

const wanted = (number: number): Page['wanted'][number] => ({
  snapshotId: `s-${number}`,
  resourceId: 'r-1',
  departmentCode: 'js-finance',
  objectName: 'budget-1',
  number,
  restores: 0,
  wish: 'MAKE',
  trouble: null,
});

function reconciler(pages: (after: string | null) => Page, apply: ClusterGateway['apply']) {
  const troubles: unknown[] = [];
  const guard = new LeaseGuard({ name: 'provisioning/center-a', holder: 'here', epoch: 1n });
  guard.renewed(performance.now(), 600_000);
  const gateway = { get: async () => undefined, apply } as unknown as ClusterGateway;
  const snapshots = { wantedIn: async (_: string, after: string | null) => pages(after) } as unknown as SnapshotRecords;
  const records = { snapshots } as unknown as ConstructorParameters<typeof SnapshotReconciler>[3];
  const reconciling = new SnapshotReconciler({ id: 'c' }, gateway, guard, records, (error) => troubles.push(error));
  return { guard, reconciling, troubles };
}

describe('a reconciler of snapshots', () => {
  it('goes on behind those that are stuck, and comes back to them', async () => {
    const asked: (string | null)[] = [];
    const made: string[] = [];
    const { reconciling, troubles } = reconciler(
      (after) => {
        asked.push(after);
        if (after === null) return { wanted: [wanted(1), wanted(2)], next: 's-2' };
        return { wanted: [wanted(3)], next: null };
      },
      async (manifest) => {
        if (!manifest.metadata.name.endsWith('3')) throw new ClusterFailure('RETRYABLE', 'stuck');
        made.push(manifest.metadata.name);
        return manifest;
      },
    );
    for (let beat = 0; beat < 3; beat += 1) await reconciling.run();
    expect(asked).toEqual([null, 's-2', null]);
    expect(made).toHaveLength(1);
    expect(troubles).toHaveLength(4);
  });

  it('looks at the same ones again after a beat that broke off', async () => {
    const asked: (string | null)[] = [];
    const { reconciling } = reconciler(
      (after) => {
        asked.push(after);
        return { wanted: [wanted(1)], next: 's-1' };
      },
      async () => {
        throw new ClusterFailure('UNREACHABLE', 'silence');
      },
    );
    await expect(reconciling.run()).rejects.toThrow('silence');
    await expect(reconciling.run()).rejects.toThrow('silence');
    expect(asked).toEqual([null, null]);
  });

  it('makes one only where none is, and asks for its lease once more right before the call', async () => {
    const terms: Parameters<ClusterGateway['apply']>[1][] = [];
    const { guard, reconciling } = reconciler(
      () => ({ wanted: [wanted(1)], next: null }),
      async (manifest, given) => {
        terms.push(given);
        return manifest;
      },
    );
    await reconciling.run();
    expect(terms[0]?.only).toBeNull();
    expect(() => terms[0]?.stillMay?.()).not.toThrow();
    guard.end();
    expect(() => terms[0]?.stillMay?.()).toThrow('no longer held');
  });
});
