import { describe, expect, it } from '@jest/globals';
import { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import type { DepartmentCommitment } from './domain/desired-machine.js';
import type { ClusterGateway } from './domain/ports.js';
import { LeaseGuard, LeaseLost } from './lease-guard.js';

const commitmentOf = (machines: number): DepartmentCommitment => ({
  departmentCode: 'fin',
  machines,
  vcpu: machines * 2,
  memoryMib: machines * 4_096,
  storageGib: machines * 40,
  storageGibByClass: { ssd: machines * 40, hdd: 0 },
  largestVcpu: 2,
  largestMemoryMib: 4_096,
});

const WALLS = [
  'Namespace dept-fin',
  'NetworkPolicy dept-fin/jiyun-isolation',
  'NetworkPolicy dept-fin/jiyun-imports',
  'LimitRange dept-fin/jiyun-limits',
];

function bench() {
  const applied: string[] = [];
  const state = { machines: 1, readings: 0, failure: undefined as Error | undefined };
  const gateway = {
    apply: async (manifest: Manifest) => {
      await null;
      if (state.failure) throw state.failure;
      applied.push(`${manifest.kind} ${keyText(keyOf(manifest))}`);
      return manifest as ClusterObject;
    },
  } as unknown as ClusterGateway;
  const guard = new LeaseGuard({ name: 'l', holder: 'h', epoch: 1n });
  guard.renewed(performance.now(), 60_000);
  const namespaces = new DepartmentNamespaces(gateway, guard, async () => {
    state.readings += 1;
    return [commitmentOf(state.machines)];
  });
  return { applied, state, guard, namespaces };
}

describe('a department’s namespace', () => {
  it('is applied once for all that ask at once, by one reading', async () => {
    const { applied, namespaces, state } = bench();
    const since = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => namespaces.ensure('fin', since)));
    expect(applied).toEqual([...WALLS, 'ResourceQuota dept-fin/jiyun-backstop']);
    expect(state.readings).toBe(1);
  });

  it('is read anew for whoever asks after the reading began, and applied when the sum has grown', async () => {
    const { applied, namespaces, state } = bench();
    await namespaces.ensure('fin', performance.now());
    state.machines = 2;
    await namespaces.ensure('fin', performance.now());
    expect([state.readings, applied.length]).toEqual([2, 10]);
    await namespaces.ensure('fin', performance.now());
    expect([state.readings, applied.length]).toEqual([3, 10]);
  });

  it('is applied again when it was noticed to be gone', async () => {
    const { applied, namespaces } = bench();
    await namespaces.ensure('fin', performance.now());
    namespaces.forget('fin');
    await namespaces.ensure('fin', performance.now());
    expect(applied).toHaveLength(10);
  });

  it('is tried again after a failure, by those who waited too', async () => {
    const { applied, namespaces, state } = bench();
    state.failure = new ClusterFailure('RETRYABLE', '503');
    const asking = [1, 2].map(() => namespaces.ensure('fin', performance.now()));
    expect((await Promise.allSettled(asking)).map((each) => each.status)).toEqual(['rejected', 'rejected']);
    state.failure = undefined;
    await namespaces.ensure('fin', performance.now());
    expect(applied).toHaveLength(5);
  });

  it('is left to the next holder when the lease is lost', async () => {
    const { applied, guard, namespaces } = bench();
    guard.end();
    await expect(namespaces.ensure('fin', performance.now())).rejects.toThrow(LeaseLost);
    expect(applied).toEqual([]);
  });

  it('has no quota of machines that are all gone', async () => {
    const { applied, namespaces } = bench();
    await namespaces.ensure('other', performance.now());
    expect(applied.map((each) => each.split(' ')[0])).toEqual([
      'Namespace',
      'NetworkPolicy',
      'NetworkPolicy',
      'LimitRange',
    ]);
  });
});
