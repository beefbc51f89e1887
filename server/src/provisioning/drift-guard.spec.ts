import { describe, expect, it } from '@jest/globals';
import { desiredMachine } from '../../../test/support/machines.ts';
import type { ResourceDesired } from '../resources/resources.types.js';
import type { ClusterObject } from './domain/cluster-object.js';
import { machineManifest } from './domain/desired-manifests.js';
import { saidOf } from './domain/drift.js';
import type { Decision } from './domain/next-phase.js';
import type { MachineView, Seen } from './domain/observe.js';
import type { ClusterGateway } from './domain/ports.js';
import { DriftGuard, type DriftRecords } from './drift-guard.js';
import { LeaseGuard } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

const desired = { ...desiredMachine(), formerVcpu: null } as unknown as ResourceDesired;

/** A machine into whose size somebody has written, and rules by which that is put back. */
function bench(heldFor: MachineView['heldFor']) {
  const manifest = machineManifest(desired);
  const edited = { ...manifest, spec: { ...(manifest.spec as object), runStrategy: 'Manual' } } as ClusterObject;
  const asked: string[] = [];
  const gateway = {
    get: async () => {
      asked.push('cluster');
      return edited;
    },
  } as unknown as ClusterGateway;
  const records = {
    clock: { now: () => new Date('2026-11-29T00:00:00.000Z') },
    leases: { stillHeld: async () => true },
    logins: { loginOf: async () => null },
    unitOfWork: { run: async (work: (tx: never) => Promise<unknown>) => work({} as never) },
  } as unknown as Records;
  const drift = {
    drifts: {
      standingOfResources: async () => [],
      see: async () => {
        asked.push('record');
        return [{ state: 'OPEN', handling: 'HEAL', acceptedUntil: null }];
      },
    },
    policies: { inForce: async () => ({ rules: {} }) },
    owners: { rows: async () => [] },
  } as unknown as DriftRecords;
  const guard = new DriftGuard(
    { id: 'c' },
    gateway,
    new LeaseGuard({ name: 'l', holder: 'h', epoch: 1n }),
    records,
    drift,
  );
  const machine = { generation: desired.generation, heldFor, said: JSON.stringify(saidOf(edited)) };
  const look = {
    ...{ desired, namespace: 'dept-js-finance', seen: { machine } as unknown as Seen },
    decision: { situation: 'RUNNING', act: 'NONE' } as unknown as Decision,
  };
  return { asked, guard, look };
}

describe('what somebody wrote into a machine', () => {
  it('is put back', async () => {
    const { asked, guard, look } = bench(null);
    expect([await guard.isToBePutBack(look), asked]).toEqual([true, ['cluster', 'record']]);
  });

  it.each(['SNAPSHOT', 'RESTORE'] as const)(
    'waits while KubeVirt is at its disks for a %s: nothing is asked of it',
    async (heldFor) => {
      const { asked, guard, look } = bench(heldFor);
      expect([await guard.isToBePutBack(look), asked]).toEqual([false, []]);
    },
  );
});
