import { describe, expect, it } from '@jest/globals';
import type { DriftRow } from '../drift/drift.types.js';
import { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest, type ObjectKey } from './domain/cluster-object.js';
import type { DepartmentCommitment } from './domain/desired-machine.js';
import { type PolicyView, policyView } from './domain/desired-policy.js';
import { isolationManifest } from './domain/desired-tenancy.js';
import type { ClusterGateway } from './domain/ports.js';
import type { DriftRecords } from './drift-guard.js';
import { IsolationKeeper } from './isolation-keeper.js';
import { LeaseGuard, LeaseLost } from './lease-guard.js';
import { PolicyDrift } from './policy-drift.js';
import type { Records } from './provisioning.types.js';

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
  return { failures, guard, keeper, namespaces, seen, told, walls };
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

  it('is on record as opened or taken down before it is put up again, and as closed when it stands', async () => {
    const { seen, walls, ...at } = bench(['fin']);
    const live = new Map<string, ClusterObject>();
    const written: { name: string; edits: readonly { path: string; manager: string | null }[] }[] = [];
    const standing = new Set<string>();
    const see = async (_tx: never, of: { objectNamespace: string; objectName: string }, edits: readonly never[]) => {
      written.push({ name: of.objectName, edits });
      if (edits.length > 0) standing.add(of.objectName);
      else standing.delete(of.objectName);
      return [];
    };
    const drift = {
      drifts: {
        see,
        standingOfKind: async () =>
          [...standing].map((objectName) => ({ objectNamespace: 'dept-fin', objectName }) as unknown as DriftRow),
      },
      policies: { inForce: async () => ({ rules: {} }) },
    } as unknown as DriftRecords;
    const records = {
      unitOfWork: { run: async (work: (tx: never) => Promise<unknown>) => work({} as never) },
      leases: { stillHeld: async () => true },
    } as unknown as Records;
    const gateway = { get: async (key: ObjectKey) => live.get(keyText(key)) } as unknown as ClusterGateway;
    const policyDrift = new PolicyDrift({ id: 'c' }, gateway, at.guard, records, drift);
    const keeper = new IsolationKeeper(at.namespaces, seen, (error) => at.told.push(error), policyDrift);
    // Made for the first time it was not taken down by anybody.
    await keeper.run();
    await keeper.run();
    expect(written).toEqual([]);

    const wall = isolationManifest('fin');
    const edited = (spec: object): void => {
      const managedFields = [{ manager: 'kubectl-edit', fieldsV1: { 'f:spec': {} } }];
      const object = { ...wall, metadata: { ...wall.metadata, managedFields }, spec } as unknown as ClusterObject;
      live.set(WALL('fin'), object);
      walls.set(WALL('fin'), policyView(object));
    };
    // It selects nobody any more: of what the console wrote every field still stands there.
    edited({ ...(wall.spec as object), podSelector: { matchLabels: { app: 'none' } } });
    await keeper.run();
    expect(written.splice(0)).toMatchObject([
      { name: 'jiyun-isolation', edits: [{ path: 'spec.podSelector', manager: 'kubectl-edit' }] },
    ]);
    expect(walls.get(WALL('fin'))).toMatchObject(policyView(wall as ClusterObject));
    await keeper.run();
    expect(written.splice(0)).toEqual([{ name: 'jiyun-isolation', edits: [] }]);
    // What closes more opens nothing.
    edited({ ...(wall.spec as object), ingress: [] });
    await keeper.run();
    expect(written).toEqual([]);
    await keeper.run();
    live.delete(WALL('fin'));
    walls.delete(WALL('fin'));
    await keeper.run();
    expect(written.splice(0)).toMatchObject([{ edits: [{ path: 'spec', found: null }] }]);
    expect(walls.has(WALL('fin'))).toBe(true);
    expect(at.told).toEqual([]);
  });
});
