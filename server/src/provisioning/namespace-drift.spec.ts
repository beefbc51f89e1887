import { describe, expect, it } from '@jest/globals';
import type { DriftRow } from '../drift/drift.types.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { at, type ClusterObject, keyOf, keyText, type Manifest, type ObjectKey } from './domain/cluster-object.js';
import type { DepartmentCommitment } from './domain/desired-machine.js';
import { quotaManifest } from './domain/desired-manifests.js';
import type { ClusterGateway } from './domain/ports.js';
import type { DriftRecords } from './drift-guard.js';
import { LeaseGuard } from './lease-guard.js';
import { NamespaceDrift } from './namespace-drift.js';
import type { Records } from './provisioning.types.js';

const commitmentOf = (departmentCode: string, vcpu: number): DepartmentCommitment => ({
  departmentCode,
  ...{ machines: 1, vcpu, memoryMib: 4_096, storageGib: 40 },
  storageGibByClass: { ssd: 40, hdd: 0 },
  ...{ largestVcpu: vcpu, largestMemoryMib: 4_096 },
});
const PATH = 'spec.hard["requests.cpu"]';
const cpuOf = (object: Manifest | ClusterObject | undefined) => at(object?.spec, 'hard', 'requests.cpu');
const quotaOf = (department: string, vcpu: number) => quotaManifest(commitmentOf(department, vcpu));

/** A quota into which a person with kubectl wrote, which another person then accepted. */
function bench(departments: readonly string[], wish: number, acceptedOf: number) {
  const objects = new Map<string, ClusterObject>();
  const told: unknown[] = [];
  const failing = new Set<string | null>();
  for (const department of departments) {
    const quota = quotaOf(department, acceptedOf);
    const hard = { ...(at(quota.spec, 'hard') as object), 'requests.cpu': '9999' };
    const fieldsV1 = { 'f:spec': { 'f:hard': { 'f:requests.cpu': {} } } };
    const managedFields = [{ manager: 'kubectl-edit', time: '2026-11-29T00:00:00Z', fieldsV1 }];
    const object = { ...quota, metadata: { ...quota.metadata, managedFields }, spec: { hard } };
    objects.set(`ResourceQuota ${keyText(keyOf(quota))}`, object as unknown as ClusterObject);
  }
  const gateway = {
    get: async (key: ObjectKey) => {
      if (failing.has(key.namespace)) throw new ClusterFailure('RETRYABLE', '503');
      return objects.get(`${key.kind} ${keyText(key)}`);
    },
    apply: async (manifest: Manifest) => {
      const name = `${manifest.kind} ${keyText(keyOf(manifest))}`;
      const known = objects.get(name);
      const hard = { ...(at(known?.spec, 'hard') as object), ...(at(manifest.spec, 'hard') as object) };
      const taken = cpuOf(manifest) !== undefined;
      const metadata = taken ? { ...known?.metadata, managedFields: [] } : known?.metadata;
      objects.set(name, { ...known, metadata, spec: { hard } } as unknown as ClusterObject);
      return objects.get(name) as ClusterObject;
    },
  } as unknown as ClusterGateway;
  const rows: DriftRow[] = departments.map(
    (department) =>
      ({
        ...{ objectKind: 'ResourceQuota', objectNamespace: `dept-${department}`, objectName: 'jiyun-backstop' },
        ...{ path: PATH, wanted: cpuOf(quotaOf(department, acceptedOf)), found: '9999', handling: 'REPORT' },
        ...{ state: 'ACCEPTED', acceptedUntil: new Date('2026-12-30T00:00:00.000Z') },
      }) as unknown as DriftRow,
  );
  const drift = {
    drifts: {
      standingOfKind: async (_center: string, kind: string) => rows.filter(({ objectKind }) => objectKind === kind),
      see: async (_tx: never, object: { objectNamespace: string }, found: readonly { path: string }[]) =>
        rows.filter(
          (row) => row.objectNamespace === object.objectNamespace && found.some(({ path }) => path === row.path),
        ),
    },
    policies: { inForce: async () => ({ rules: {} }) },
  } as unknown as DriftRecords;
  const records = {
    unitOfWork: { run: async (work: (tx: never) => Promise<unknown>) => work({} as never) },
    leases: { stillHeld: async () => true },
    clock: { now: () => new Date('2026-11-29T00:00:00.000Z') },
    resources: { namespacesOf: async () => departments.map((department) => commitmentOf(department, wish)) },
  } as unknown as Records;
  const guard = new LeaseGuard({ name: 'l', holder: 'h', epoch: 1n });
  guard.renewed(performance.now(), 60_000);
  const places = new NamespaceDrift({ id: 'c' }, gateway, guard, records, drift, (error) => told.push(error));
  const cpu = (department: string) => cpuOf(objects.get(`ResourceQuota dept-${department}/jiyun-backstop`));
  return { cpu, failing, places, told };
}

describe('a quota that somebody wrote into', () => {
  it('is let be, from a term’s first apply on, while the record wants what it wanted', async () => {
    const { cpu, places } = bench(['fin'], 4, 4);
    expect(cpuOf(await places.leaveAlone(quotaOf('fin', 4)))).toBeUndefined();
    await places.run();
    expect(cpu('fin')).toBe('9999');
  });

  it('is let be no longer once the record wants something newer', async () => {
    const { cpu, places } = bench(['fin'], 8, 4);
    expect(cpuOf(await places.leaveAlone(quotaOf('fin', 8)))).toBe(cpuOf(quotaOf('fin', 8)));
    await places.run();
    expect(cpu('fin')).toBe(cpuOf(quotaOf('fin', 8)));
  });

  it('keeps no other waiting where it cannot be read', async () => {
    const { cpu, failing, places, told } = bench(['ageing', 'fin'], 8, 4);
    failing.add('dept-ageing');
    await places.run();
    expect([cpu('ageing'), cpu('fin')]).toEqual(['9999', cpuOf(quotaOf('fin', 8))]);
    expect(told).toMatchObject([{ failureClass: 'RETRYABLE' }]);
  });
});
