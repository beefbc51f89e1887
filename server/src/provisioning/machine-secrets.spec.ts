import { beforeEach, describe, expect, it } from '@jest/globals';
import { desiredMachine } from '../../../test/support/machines.js';
import type { MachineLogin } from '../documents/machine-logins.service.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import type { ClusterObject, Manifest, ObjectKey } from './domain/cluster-object.js';
import type { ApplyTerms } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { LeaseGuard } from './lease-guard.js';
import { MachineSecrets } from './machine-secrets.js';

const machine = desiredMachine({ generation: 2 });
const login: MachineLogin = {
  ...{ username: 'jiyun', passwordHash: '$6$salt$hash', withCards: false },
  access: { password: 'next', resetId: 'reset-1' },
};
const NAMES = [`${machine.objectName}-first-boot`, `${machine.objectName}-access`] as const;

/** A cluster that keeps secrets as an API server does, and counts what it is asked. */
class Vault {
  readonly secrets = new Map<string, ClusterObject>();
  readonly calls: string[] = [];
  readonly told: string[] = [];
  private revision = 10;

  readonly machineSecrets: MachineSecrets;

  constructor() {
    const guard = new LeaseGuard({ name: 'provisioning/center-a', holder: 'here', epoch: 1n });
    guard.renewed(performance.now(), 600_000);
    const writes = new FencedWrites(
      {
        apply: async (manifest, terms) => this.apply(manifest, terms),
        standing: async (key) => this.standing(key),
        amend: async () => Promise.reject(new Error('nothing is amended here')),
        remove: async () => Promise.reject(new Error('nothing is removed here')),
      },
      guard,
    );
    this.machineSecrets = new MachineSecrets(writes, {
      applied: async (_, resetId) => {
        this.told.push(resetId);
      },
    });
  }

  put(name: string, generation: number): void {
    const annotations = { 'jiyun.internal/generation': String(generation) };
    const { metadata } = machineSecret(name);
    this.keep({ ...machineSecret(name), metadata: { ...metadata, annotations } });
  }

  private apply(manifest: Manifest, terms: ApplyTerms | undefined): ClusterObject {
    const { name } = manifest.metadata;
    this.calls.push(`apply ${name}`);
    const found = this.secrets.get(name)?.metadata;
    const isAsSaid = terms?.only?.resourceVersion === found?.resourceVersion && terms?.only?.uid === found?.uid;
    if (!isAsSaid) throw new ClusterFailure('CONFLICT', `${name} is another`);
    return this.keep(manifest);
  }

  private standing({ name }: ObjectKey): ClusterObject | undefined {
    this.calls.push(`standing ${name}`);
    return this.secrets.get(name);
  }

  private keep(manifest: Manifest): ClusterObject {
    const { name } = manifest.metadata;
    this.revision += 1;
    const metadata = { ...manifest.metadata, uid: `u-${name}`, resourceVersion: String(this.revision) };
    const kept = { ...manifest, metadata } as ClusterObject;
    this.secrets.set(name, kept);
    return kept;
  }
}

function machineSecret(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'dept-js-finance' } };
}

describe('the secrets of a machine', () => {
  let vault: Vault;
  beforeEach(() => {
    vault = new Vault();
  });
  const owners = () => [...vault.secrets.values()].map(({ metadata }) => metadata.ownerReferences?.[0]?.uid);

  it('of one that is made are written twice, and asked for not once', async () => {
    const written = await vault.machineSecrets.make(machine, login);
    expect(owners()).toEqual([undefined, undefined]);
    await vault.machineSecrets.own(machine, login, 'machine-uid', written);
    expect(owners()).toEqual(['machine-uid', 'machine-uid']);
    expect(vault.calls).toEqual([...NAMES, ...NAMES].map((name) => `apply ${name}`));
    expect(vault.told).toEqual(['reset-1']);
  });

  it('that an end in the middle left behind are found when they are made again', async () => {
    await vault.machineSecrets.make(machine, login);
    vault.calls.length = 0;
    const written = await vault.machineSecrets.make(machine, login);
    await vault.machineSecrets.own(machine, login, 'machine-uid', written);
    expect(owners()).toEqual(['machine-uid', 'machine-uid']);
    const again = NAMES.flatMap((name) => [`apply ${name}`, `standing ${name}`, `apply ${name}`]);
    expect(vault.calls).toEqual([...again, ...NAMES.map((name) => `apply ${name}`)]);
  });

  it('are not written over by whoever is late', async () => {
    vault.put(NAMES[1], 3);
    await expect(vault.machineSecrets.make(machine, login)).rejects.toMatchObject({ failureClass: 'CONFLICT' });
    expect(vault.secrets.get(NAMES[1])?.data).toBeUndefined();
    expect(vault.told).toEqual([]);
  });

  it('of one that is there are asked for first: they were made with it', async () => {
    for (const name of NAMES) vault.put(name, 1);
    await vault.machineSecrets.renew(machine, login, 'machine-uid');
    expect(vault.calls).toEqual(NAMES.flatMap((name) => [`standing ${name}`, `apply ${name}`]));
    expect(owners()).toEqual(['machine-uid', 'machine-uid']);
    expect(vault.told).toEqual(['reset-1']);
  });

  it('are one where its guest agent has no place to look', async () => {
    await vault.machineSecrets.make(machine, { ...login, access: null });
    expect([...vault.secrets.keys()]).toEqual([NAMES[0]]);
    expect(vault.told).toEqual([]);
  });
});
