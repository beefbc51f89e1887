import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import {
  type ClusterObject,
  keyOf,
  type Manifest,
  type ObjectKey,
} from '../../server/src/provisioning/domain/cluster-object.js';
import {
  diskManifest,
  machineManifest,
  namespaceManifest,
  namespaceOf,
} from '../../server/src/provisioning/domain/desired-manifests.js';
import { departmentManifests } from '../../server/src/provisioning/domain/desired-tenancy.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { desiredMachine } from './machines.js';
import { until } from './until.js';

/** A page has 500. */
const OVER_A_PAGE = 620;

export interface ServedCluster {
  readonly kubeconfigPath: string;
  /** Of whoever sees what the console's account may not; left out, that account sees everything. */
  readonly onlookerKubeconfigPath?: string;
  /** Where no garbage collector runs, nobody else takes the finalizer of a foreground deletion away. */
  finishDeletion?(key: ObjectKey): Promise<void>;
  stop(): Promise<void>;
}

/** What the console relies on in any cluster, real or simulated: the same words, asked over the same wire. */
export function describeGateway(what: string, serve: () => Promise<ServedCluster>): void {
  describe(`the gateway to ${what}`, () => {
    const machine = desiredMachine({ departmentCode: `gw-${process.pid}` });
    const namespace = namespaceOf(machine.departmentCode);
    const machineKey = { kind: 'VirtualMachine', namespace, name: machine.objectName } as const;
    let served: ServedCluster;
    let registry: ClusterRegistry;
    let cluster: ClusterGateway;

    beforeAll(async () => {
      served = await serve();
      const access = { centerCode: 'center-a', kubeconfigPath: served.kubeconfigPath, context: null };
      registry = new ClusterRegistry([access], { rate: null });
      cluster = registry.of('center-a') as ClusterGateway;
    }, 120_000);

    afterAll(async () => {
      await registry?.close();
      await served?.stop();
    });

    it('answers a probe', async () => {
      await expect(cluster.probe()).resolves.toBeUndefined();
    });

    it('says NOT_FOUND when the namespace is missing', async () => {
      await expect(cluster.apply(machineManifest(desiredMachine({ departmentCode: 'nobody' })))).rejects.toMatchObject({
        failureClass: 'NOT_FOUND',
      });
    });

    it('applies every manifest, and once more without changing anything', async () => {
      const commitment = {
        departmentCode: machine.departmentCode,
        machines: 1,
        vcpu: 4,
        memoryMib: 8_192,
        storageGib: 100,
        storageGibByClass: { ssd: 100, hdd: 0 },
      };
      const manifests = [
        ...departmentManifests(machine.departmentCode, { ...commitment, largestVcpu: 4, largestMemoryMib: 8_192 }),
        diskManifest(machine),
        machineManifest(machine),
      ];
      for (const manifest of manifests) {
        const first = await cluster.apply(manifest);
        const second = await cluster.apply(manifest);
        expect(second.metadata.uid).toBe(first.metadata.uid);
      }
      const arm = desiredMachine({ ...machine, objectName: 'arm-1', architecture: 'ARM64' });
      await cluster.apply(machineManifest(arm));
    });

    it('applies only to what was seen: an object of that version, or none at all', async () => {
      const conflict = { failureClass: 'CONFLICT' };
      const versionOf = ({ metadata }: ClusterObject) => ({
        uid: metadata.uid as string,
        resourceVersion: metadata.resourceVersion as string,
      });
      const made = machineManifest(desiredMachine({ ...machine, objectName: 'fenced-1' }));
      const first = await cluster.apply(made, { only: null });
      await expect(cluster.apply(made, { only: null })).rejects.toMatchObject(conflict);
      const ghost = machineManifest(desiredMachine({ ...machine, objectName: 'fenced-2' }));
      await expect(cluster.apply(ghost, { only: versionOf(first) })).rejects.toMatchObject(conflict);
      expect(await cluster.get(keyOf(ghost))).toBeUndefined();
      // A kind that no controller writes to in between.
      const rule = (types: readonly string[]): Manifest => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'fenced', namespace: namespaceOf(machine.departmentCode) },
        spec: { podSelector: {}, policyTypes: types },
      });
      const older = await cluster.apply(rule(['Ingress']), { only: null });
      const newer = await cluster.apply(rule(['Ingress', 'Egress']), { only: versionOf(older) });
      expect(newer.metadata.uid).toBe(older.metadata.uid);
      await expect(cluster.apply(rule(['Egress']), { only: versionOf(older) })).rejects.toMatchObject(conflict);
      expect((await cluster.get(keyOf(newer)))?.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    });

    it('says which version of a secret stands there, and nothing of what is in it', async () => {
      const secret = (password: string): Manifest => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'standing', namespace, annotations: { 'jiyun.internal/generation': password } },
        type: 'Opaque',
        data: { password: Buffer.from(password).toString('base64') },
      });
      const key = keyOf(secret('1'));
      expect(await cluster.standing(key)).toBeUndefined();
      const made = await cluster.apply(secret('1'), { only: null });
      const first = await cluster.standing(key);
      expect(Object.keys(first ?? {})).toEqual(['metadata']);
      expect(first?.metadata).toMatchObject({
        uid: made.metadata.uid,
        resourceVersion: made.metadata.resourceVersion,
        annotations: { 'jiyun.internal/generation': '1' },
      });
      // To ask is to change nothing.
      expect((await cluster.standing(key))?.metadata.resourceVersion).toBe(first?.metadata.resourceVersion);
      const { resourceVersion = '', uid = '' } = first?.metadata ?? {};
      await cluster.apply(secret('2'), { only: { uid, resourceVersion } });
      await expect(cluster.apply(secret('3'), { only: { uid, resourceVersion } })).rejects.toMatchObject({
        failureClass: 'CONFLICT',
      });
      expect((await cluster.standing(key))?.metadata.annotations).toEqual({ 'jiyun.internal/generation': '2' });
      const nowhere = { ...key, namespace: 'nobody' };
      expect(await cluster.standing(nowhere)).toBeUndefined();
    });

    it('sends nothing for one who may no longer', async () => {
      const ghost = machineManifest(desiredMachine({ ...machine, objectName: 'fenced-3' }));
      const stillMay = () => {
        throw new Error('the lease is lost');
      };
      await expect(cluster.apply(ghost, { stillMay })).rejects.toThrow('the lease is lost');
      expect(await cluster.get(keyOf(ghost))).toBeUndefined();
      const found = await cluster.get(machineKey);
      const seen = { uid: found?.metadata.uid ?? '' };
      await expect(cluster.halt(machineKey, seen, { stillMay })).rejects.toThrow('the lease is lost');
      expect((await cluster.get(machineKey))?.spec).toEqual(found?.spec);
    });

    it('gets an object, and undefined where there is none', async () => {
      const found = await cluster.get(machineKey);
      expect(found?.metadata.name).toBe(machine.objectName);
      expect(found?.metadata.uid).toMatch(/-/);
      await expect(cluster.get({ ...machineKey, name: 'nothing' })).resolves.toBeUndefined();
    });

    it('says PERMANENT to a field that the schema does not have, though the server says 500', async () => {
      const manifest = machineManifest(machine);
      const wrong = { ...manifest, spec: { ...(manifest.spec as object), runStratgy: 'Always' } };
      await expect(cluster.apply(wrong)).rejects.toMatchObject({
        failureClass: 'PERMANENT',
        details: { reason: 'SCHEMA' },
      });
    });

    it('says PERMANENT to a name that is no DNS label', async () => {
      const manifest = namespaceManifest('x');
      const wrong = { ...manifest, metadata: { ...manifest.metadata, name: 'Not-A-Label' } };
      await expect(cluster.apply(wrong)).rejects.toMatchObject({
        failureClass: 'PERMANENT',
        details: { reason: 'INVALID' },
      });
    });

    it('lists every object over several pages', async () => {
      for (let begin = 0; begin < OVER_A_PAGE; begin += 20)
        await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            cluster.apply(diskManifest({ ...machine, objectName: `page-${begin + i}` })),
          ),
        );
      const names = new Set((await cluster.list('DataVolume')).map((each) => each.metadata.name));
      expect([...names].filter((name) => name.startsWith('page-'))).toHaveLength(OVER_A_PAGE);
    }, 60_000);

    it('watches from a complete list to additions, changes and deletions', async () => {
      const told: string[] = [];
      const watch = cluster.watch({
        kind: 'DataVolume',
        view: (object: ClusterObject) => object.metadata.uid,
        changed: (key, now, before) =>
          told.push(`${now === undefined ? '-' : before === undefined ? '+' : '~'}${key.name}`),
      });
      watch.start();
      try {
        await until('the list', () => watch.complete);
        expect(watch.get(namespace, `${machine.objectName}-root`)).toBeDefined();
        const second = desiredMachine({ ...machine, objectName: 'watched' });
        const made = await cluster.apply(diskManifest(second));
        await until('the addition', () => told.includes('+watched-root'));
        await cluster.apply(diskManifest({ ...second, generation: 2 }));
        await until('the change', () => told.includes('~watched-root'));
        const key = { kind: 'DataVolume', namespace, name: 'watched-root' } as const;
        await expect(cluster.remove(key, { uid: made.metadata.uid as string })).resolves.toBe('ACCEPTED');
        await served.finishDeletion?.(key);
        await until('the deletion', () => told.includes('-watched-root'));
        expect(watch.get(namespace, 'watched-root')).toBeUndefined();
        await expect(cluster.remove(key, { uid: 'x' })).resolves.toBe('NOT_THERE');
      } finally {
        await watch.stop();
      }
    });

    it('amends the very object that was seen and no other, and takes away what is null', async () => {
      const key = { kind: 'Secret', namespace, name: 'gw-bmc' } as const;
      const seen = async (object: Promise<ClusterObject>) => {
        const { resourceVersion = '', uid = '' } = (await object).metadata;
        return { resourceVersion, uid };
      };
      const data = { username: 'cm9vdA==', password: 'c2VjcmV0' };
      const { name } = key;
      const first = await seen(
        cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type: 'Opaque', data }),
      );
      const amended = await cluster.amend(key, first, { data: { password: null } });
      expect(amended).toMatchObject({ type: 'Opaque', metadata: { uid: first.uid } });
      expect(amended.data).toEqual({ username: data.username });
      // Who looked before that was slower.
      await expect(cluster.amend(key, first, { data: { username: null } })).rejects.toMatchObject({
        failureClass: 'CONFLICT',
      });
      // Another object of that name would have another uid and another version.
      const another = { uid: '00000000-0000-4000-8000-000000000000', resourceVersion: '1' };
      await expect(cluster.amend(key, another, { data: { username: null } })).rejects.toMatchObject({
        failureClass: 'CONFLICT',
      });
      expect((await cluster.amend(key, await seen(Promise.resolve(amended)), {})).data).toEqual(amended.data);
    });

    it('deletes no other object that has taken the name', async () => {
      await expect(cluster.remove(machineKey, { uid: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({
        failureClass: 'CONFLICT',
      });
      await expect(cluster.get(machineKey)).resolves.toBeDefined();
    });
  });
}
