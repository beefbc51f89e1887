import { describe, expect, it } from '@jest/globals';
import { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import type { DepartmentCommitment } from './domain/desired-machine.js';
import { type PolicyView, policyView } from './domain/desired-policy.js';
import type { ClusterGateway } from './domain/ports.js';
import { IsolationKeeper } from './isolation-keeper.js';
import { LeaseGuard, LeaseLost } from './lease-guard.js';

const commitmentOf = (departmentCode: string): DepartmentCommitment => ({
  departmentCode,
  ...{ machines: 1, vcpu: 2, memoryMib: 4_096, storageGib: 40 },
  storageGibByClass: { ssd: 40, hdd: 0 },
  ...{ largestVcpu: 2, largestMemoryMib: 4_096 },
});

/** A cluster that holds what is applied to it, and departments with a machine each. */
function bench(departments: readonly string[]) {
  const walls = new Map<string, PolicyView>();
  const failures = new Map<string, Error>();
  const told: unknown[] = [];
  const gateway = {
    apply: async (manifest: Manifest) => {
      const failure = failures.get(manifest.metadata.namespace ?? '');
      if (failure) throw failure;
      if (manifest.kind === 'NetworkPolicy') walls.set(keyText(keyOf(manifest)), policyView(manifest as ClusterObject));
      return manifest as ClusterObject;
    },
  } as unknown as ClusterGateway;
  const guard = new LeaseGuard({ name: 'l', holder: 'h', epoch: 1n });
  guard.renewed(performance.now(), 60_000);
  const namespaces = new DepartmentNamespaces(gateway, guard, async () => departments.map(commitmentOf));
  const seen = {
    complete: true,
    get: (namespace: string | null, name: string) => walls.get(keyText({ namespace, name })),
  };
  const keeper = new IsolationKeeper(namespaces, seen, (error) => told.push(error));
  return { failures, guard, keeper, namespaces, told, walls };
}

const WALL = (department: string) => `dept-${department}/jiyun-isolation`;

describe('a wall between departments', () => {
  it('stands from a term’s first beat on, also where the term has made nothing yet', async () => {
    const { keeper, walls } = bench(['fin', 'hr']);
    await keeper.run();
    expect([walls.has(WALL('fin')), walls.has(WALL('hr'))]).toEqual([true, true]);
  });

  it('that was taken down is put up again though the first try fails', async () => {
    const { failures, keeper, told, walls } = bench(['fin']);
    await keeper.run();
    walls.delete(WALL('fin'));
    const busy = new ClusterFailure('RETRYABLE', '500');
    failures.set('dept-fin', busy);
    await keeper.run();
    expect([walls.has(WALL('fin')), told]).toEqual([false, [busy]]);
    failures.clear();
    await keeper.run();
    expect(walls.has(WALL('fin'))).toBe(true);
  });

  it('of one department that cannot be put up leaves no other department open', async () => {
    const { failures, keeper, walls } = bench(['ageing', 'fin']);
    failures.set('dept-ageing', new ClusterFailure('PERMANENT', 'the namespace is being terminated'));
    await keeper.run();
    expect([walls.has(WALL('ageing')), walls.has(WALL('fin'))]).toEqual([false, true]);
  });

  it('of a department whose last machine has gone is kept for as long as the term lasts', async () => {
    const { keeper, namespaces, walls } = bench([]);
    await namespaces.ensure('fin', performance.now());
    walls.delete(WALL('fin'));
    await keeper.run();
    expect(walls.has(WALL('fin'))).toBe(true);
  });

  it('is left to the next holder once the lease is lost', async () => {
    const { guard, keeper, walls } = bench(['fin']);
    guard.end();
    await expect(keeper.run()).rejects.toThrow(LeaseLost);
    expect(walls.size).toBe(0);
  });
});
