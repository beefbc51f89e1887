import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KubeConfig, type KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import type { ClusterObject, Manifest, ObjectKey } from '../../server/src/provisioning/domain/cluster-object.js';
import { machineManifest } from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ClusterGateway, Clusters } from '../../server/src/provisioning/domain/ports.js';
import { PACE, type Pace } from '../../server/src/provisioning/provisioning.types.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import type { ServedCluster } from './gateway-suite.ts';
import { Mortal } from './mortal.ts';
import { OperatingDesk } from './operating-desk.ts';
import { Province } from './province.ts';
import { until } from './until.ts';

const CENTER = 'center-a';
/** As in production, only sooner. */
export const FAST: Pace = {
  ...PACE,
  leaseLifeMs: 1_500,
  leaseRenewMs: 150,
  resyncEveryMs: 700,
  placesEveryMs: 700,
  besideEveryMs: 200,
  sweepEveryMs: 400,
  probeEveryMs: 300,
  backoff: { firstMs: 20, mostMs: 300 },
  refusedRetryMs: 500,
  registerAgainMs: 500,
  quotaRetryMs: 300,
};

/** The whole of provisioning against a cluster: whichever serves, the same must come true. */
export function describeProvisioning(what: string, serve: () => Promise<ServedCluster>): void {
  describe(`provisioning on ${what}`, () => {
    let served: ServedCluster;
    let clusters: Clusters;
    let cluster: ClusterGateway;
    let onlooker: Clusters;
    let province: Province;
    const workers: ProvisioningWorker[] = [];

    beforeAll(async () => {
      Logger.overrideLogger(false);
      served = await serve();
      const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null };
      clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
      cluster = clusters.of(CENTER) as ClusterGateway;
      const kubeconfigPath = served.onlookerKubeconfigPath ?? served.kubeconfigPath;
      onlooker = new ClusterRegistry([{ ...access, kubeconfigPath }], { rate: null });
      province = await Province.open([CENTER]);
    }, 120_000);

    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    });

    afterAll(async () => {
      await clusters?.close();
      await onlooker?.close();
      await province?.close();
      await served?.stop();
    });

    async function startWorker(mortal = new Mortal()): Promise<ProvisioningWorker> {
      const worker = new ProvisioningWorker(
        mortal.clusters(clusters),
        mortal.records(province.records),
        province.feed,
        FAST,
      );
      workers.push(worker);
      await worker.start();
      return worker;
    }

    const objectsOf = async (resourceId: string): Promise<ClusterObject[]> => {
      const lists = await Promise.all(
        (['VirtualMachine', 'VirtualMachineInstance', 'DataVolume'] as const).map((kind) => cluster.list(kind)),
      );
      return lists.flat().filter((each) => each.metadata.labels?.['jiyun.internal/resource'] === resourceId);
    };
    const inUse = (id: string) => until(`${id} in use`, async () => (await province.row(id)).state === 'IN_USE');
    const released = (id: string) => until(`${id} released`, async () => (await province.row(id)).state === 'RELEASED');
    const machineKey = async (id: string): Promise<ObjectKey> => {
      const { departmentCode, objectName } = await province.row(id);
      return { kind: 'VirtualMachine', namespace: `dept-${departmentCode}`, name: objectName };
    };

    it('brings a machine from its record to running, and its status back', async () => {
      await startWorker();
      const [id] = (await province.approve(CENTER, 1)) as [string];
      await inUse(id);
      const row = await province.row(id);
      expect(row).toMatchObject({
        power: 'RUNNING',
        statusText: { zh: '运行中', en: 'Running' },
        progressPercent: null,
      });
      expect(row.addresses.length).toBeGreaterThan(0);
      expect(row.nodeName).not.toBeNull();
      expect(row.deliveredAt).not.toBeNull();
      expect(await province.requestState(id)).toBe('DELIVERED');
      const kinds = (await objectsOf(id)).map((each) => each.kind);
      expect(kinds).toEqual(['VirtualMachine', 'VirtualMachineInstance', 'DataVolume']);
      const quota = await cluster.get({ kind: 'ResourceQuota', namespace: 'dept-js-finance', name: 'jiyun-backstop' });
      expect(quota).toBeDefined();
      const limits = { kind: 'LimitRange', namespace: 'dept-js-finance', name: 'jiyun-limits' } as const;
      expect(await onlooker.of(CENTER)?.get(limits)).toBeDefined();
      expect(await province.reach(CENTER)).toBe('REACHABLE');
    });

    it('plugs a machine into the network of its claimed addresses, and tells its first boot of them', async () => {
      const [id] = (await province.approve(CENTER, 1, 'js-zoned')) as [string];
      const [ipv4, ipv6] = await province.claimAddresses(id, { code: 'a-zoned-biz', vlanId: 120 });
      await startWorker();
      await inUse(id);
      const key = await machineKey(id);
      const machine = await cluster.get(key);
      expect(machine?.spec).toMatchObject({
        template: {
          spec: {
            domain: { devices: { interfaces: [{ name: 'default' }, { name: 'net-a-zoned-biz', bridge: {} }] } },
            networks: [{ name: 'default' }, { multus: { networkName: `${key.namespace}/net-a-zoned-biz` } }],
          },
        },
      });
      const lookAt = (kind: ObjectKey['kind'], name: string) => onlooker.of(CENTER)?.get({ ...key, kind, name });
      const attachment = await lookAt('NetworkAttachmentDefinition', 'net-a-zoned-biz');
      const { config } = (attachment?.spec ?? { config: '{}' }) as { config: string };
      expect(JSON.parse(config)).toMatchObject({ vlan: 120 });
      const secret = await lookAt('Secret', `${key.name}-first-boot`);
      const network = Buffer.from(secret?.data?.networkdata ?? '', 'base64').toString();
      expect(JSON.parse(network)).toMatchObject({
        ethernets: { 'net-a-zoned-biz': { addresses: [`${ipv4}/24`, `${ipv6}/64`] } },
      });
    });

    it('leaves devices to the preference that its image names, and writes out all the rest', async () => {
      const name = `legacy-${Date.now().toString(36)}`;
      const config = new KubeConfig();
      config.loadFromFile(served.onlookerKubeconfigPath ?? served.kubeconfigPath);
      const apiVersion = 'instancetype.kubevirt.io/v1beta1';
      const spec = { devices: { preferredDiskBus: 'sata' } };
      const preference = { apiVersion, kind: 'VirtualMachineClusterPreference', metadata: { name }, spec };
      const objects = KubernetesObjectApi.makeApiClient(config);
      await objects.create(preference as KubernetesObject);
      const [id] = (await province.approve(CENTER, 1, 'js-legacy', { devicePreference: name })) as [string];
      await startWorker();
      await inUse(id);
      const machine = await cluster.get(await machineKey(id));
      expect(machine?.spec).toMatchObject({
        preference: { kind: 'VirtualMachineClusterPreference', name },
        template: {
          spec: {
            domain: {
              cpu: { sockets: 2, cores: 1, threads: 1 },
              memory: { guest: '4096Mi' },
              firmware: { serial: machine?.metadata.name },
              devices: { disks: [{ name: 'root', disk: {} }, { name: 'first-boot' }] },
            },
          },
        },
      });
      expect(JSON.stringify(machine?.spec)).not.toMatch(/"machine":|virtio|[mM]ultiqueue/);
      await province.release(id);
      await released(id);
      await objects.delete(preference as KubernetesObject);
    });

    it('brings a password that was set anew to the guest agent, and takes it away once it was handed over', async () => {
      const [id] = (await province.approve(CENTER, 1, 'js-reset')) as [string];
      await startWorker();
      await inUse(id);
      const key = await machineKey(id);
      const before = await cluster.get(key);
      const access = async () =>
        (await onlooker.of(CENTER)?.get({ ...key, kind: 'Secret', name: `${key.name}-access` }))?.data?.jyadmin;
      expect(await access()).toBeUndefined();
      await province.resetLogin(id, 'n3wPassw0rd');
      await until('the cluster has it', async () => Boolean((await province.resetOf(id))?.appliedAt));
      expect(Buffer.from((await access()) ?? '', 'base64').toString()).toBe('n3wPassw0rd');
      // Its launcher has looked at that place from the first start: nothing is started anew.
      expect((await cluster.get(key))?.spec).toEqual(before?.spec);
      await province.handOverReset(id);
      await until('the cluster has it no longer', async () => (await access()) === undefined);
      const { uid } = before?.metadata ?? {};
      expect(
        (await onlooker.of(CENTER)?.get({ ...key, kind: 'Secret', name: `${key.name}-access` }))?.metadata,
      ).toMatchObject({ ownerReferences: [{ kind: 'VirtualMachine', uid }] });
    });

    it('observes what ran before it, touches nothing of it and lets it go as it was', async () => {
      const key = { kind: 'VirtualMachine', namespace: 'legacy-rst', name: 'old-web-1' } as const;
      await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: key.namespace } });
      const template = { spec: { domain: { cpu: { cores: 4 }, memory: { guest: '8Gi' }, devices: {} } } };
      await cluster.apply({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name: key.name, namespace: key.namespace },
        spec: { runStrategy: 'Halted', template },
      });
      await startWorker();
      await until('it is seen beside the record', async () => (await province.unrecorded()).length === 1);
      expect(await province.unrecorded()).toMatchObject([{ name: key.name, vcpu: 4, memoryMib: 8192, orphan: false }]);
      const id = await province.takeIn(CENTER, key, { vcpu: 4, memoryMib: 8192 });
      await until('it is observed', async () => (await province.row(id)).presence === 'SEEN');
      await until('it is on record', async () => (await province.unrecorded()).length === 0);
      expect(await province.row(id)).toMatchObject({ state: 'IN_USE', actualVcpu: 4, actualMemoryMib: 8192 });
      const before = await cluster.get(key);
      await province.release(id);
      await released(id);
      await until('it is beside the record again', async () => (await province.unrecorded()).length === 1);
      const after = await cluster.get(key);
      expect(after?.spec).toEqual(before?.spec);
      expect(after?.metadata.labels).toEqual(before?.metadata.labels);
      expect(after?.metadata.deletionTimestamp).toBeUndefined();
      await cluster.remove(key, { uid: after?.metadata.uid as string });
      await until('it is gone', async () => (await province.unrecorded()).length === 0);
    });

    it('says nothing of a machine that no cluster tells of', async () => {
      await startWorker();
      const id = await province.takeIn(CENTER, null, { vcpu: 2, memoryMib: 4096 });
      const before = await province.row(id);
      const [next] = (await province.approve(CENTER, 1)) as [string];
      await inUse(next);
      const { management, statusText, power, presence, observedAt } = await province.row(id);
      expect({ management, statusText, power, presence, observedAt }).toEqual({
        management: 'RECORDED',
        statusText: before.statusText,
        power: before.power,
        presence: 'UNKNOWN',
        observedAt: null,
      });
    });

    it('takes a released machine away and returns its claim once', async () => {
      const before = await province.liveVcpu(CENTER);
      const [id] = (await province.approve(CENTER, 1)) as [string];
      expect(await province.liveVcpu(CENTER)).toBe(before + 2);
      await startWorker();
      await inUse(id);
      await province.release(id);
      await released(id);
      expect(await objectsOf(id)).toEqual([]);
      expect(await province.liveVcpu(CENTER)).toBe(before);
      expect(await province.requestState(id)).toBe('CLOSED');
      // Resync after resync, nothing more is given back.
      await new Promise((resolve) => setTimeout(resolve, 2 * FAST.resyncEveryMs));
      expect(await province.liveVcpu(CENTER)).toBe(before);
    });

    it('keeps the disk of a released machine as storage alone, gives it to another one, and lets it go with that', async () => {
      const worker = await startWorker();
      const desk = new OperatingDesk(province);
      const [old, next] = (await province.approve(CENTER, 2, 'js-kept')) as [string, string];
      await Promise.all([inUse(old), inUse(next)]);
      const [vcpu, gib] = [await province.liveVcpu(CENTER), await province.liveStorageGib(CENTER)];
      const key = await machineKey(old);
      const disk = { ...key, kind: 'DataVolume', name: `${key.name}-root` } as const;
      const made = await cluster.get(disk);

      await province.release(old, 7);
      await released(old);
      expect(await province.liveVcpu(CENTER)).toBe(vcpu - 2);
      expect(await province.liveStorageGib(CENTER)).toBe(gib);
      expect(await province.diskOf(old)).toMatchObject({ state: 'KEPT', diskGib: 40, trouble: null });
      const left = await objectsOf(old);
      expect(left.map(({ kind, metadata }) => [kind, metadata.uid])).toEqual([['DataVolume', made?.metadata.uid]]);
      expect(left[0]?.metadata.labels?.['jiyun.internal/kept-disk']).toBe('true');

      await desk.press(next, 'STOP');
      await until('it stands still', async () => (await province.row(next)).power === 'STOPPED');
      await province.onDisk(old, 'ATTACH', next);
      const volumes = async (kind: ObjectKey['kind']) => {
        const found = await cluster.get({ ...(await machineKey(next)), kind });
        return JSON.stringify(found?.spec ?? {}).includes(`"name":"${disk.name}"`);
      };
      await until('the machine names the disk', () => volumes('VirtualMachine'));
      await desk.press(next, 'START');
      await until('it runs with it', async () => (await province.row(next)).power === 'RUNNING');
      expect(await volumes('VirtualMachineInstance')).toBe(true);
      // Whole looks later nobody takes the disk for forgotten.
      expect(worker.orphans.get(CENTER)?.map((orphan) => orphan.key.name) ?? []).not.toContain(disk.name);
      expect((await cluster.get(disk))?.metadata.uid).toBe(made?.metadata.uid);

      await province.release(next);
      await released(next);
      await until('the disk ended with it', async () => (await province.diskOf(old))?.state === 'GONE');
      expect(await cluster.get(disk)).toBeUndefined();
      expect(await province.liveVcpu(CENTER)).toBe(vcpu - 4);
      expect(await province.liveStorageGib(CENTER)).toBe(gib - 80);
      expect((await province.row(old)).keepDiskDays).toBeNull();
    });

    it('notices that a kept disk is missing, and gives its storage back once when it is given up', async () => {
      await startWorker();
      const gib = await province.liveStorageGib(CENTER);
      const [id] = (await province.approve(CENTER, 1, 'js-kept')) as [string];
      await inUse(id);
      await province.release(id, 7);
      await released(id);
      const key = await machineKey(id);
      const disk = { ...key, kind: 'DataVolume', name: `${key.name}-root` } as const;
      await cluster.remove(disk, { uid: (await cluster.get(disk))?.metadata.uid as string });
      await until('it is missed', async () => (await province.diskOf(id))?.trouble !== null);
      expect(await province.liveStorageGib(CENTER)).toBe(gib + 40);
      await province.onDisk(id, 'GIVE_UP');
      await until('it is gone', async () => (await province.diskOf(id))?.state === 'GONE');
      expect(await province.liveStorageGib(CENTER)).toBe(gib);
    });

    it('brings twenty machines of one request up, one of each', async () => {
      await startWorker();
      const ids = await province.approve(CENTER, 20, 'js-health');
      await Promise.all(ids.map(inUse));
      expect(await province.requestState(ids[0] as string)).toBe('DELIVERED');
      for (const id of ids) expect(await objectsOf(id)).toHaveLength(3);
    });

    it('writes nothing while nothing changes', async () => {
      await startWorker();
      const [id] = (await province.approve(CENTER, 1)) as [string];
      await inUse(id);
      // The agent's and other late conditions may still come in.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const before = await province.writesOf(id);
      await new Promise((resolve) => setTimeout(resolve, 3 * FAST.resyncEveryMs));
      expect(await province.writesOf(id)).toBe(before);
    });

    it('makes a machine again that someone deleted behind its back', async () => {
      await startWorker();
      const [id] = (await province.approve(CENTER, 1)) as [string];
      await inUse(id);
      const key = await machineKey(id);
      const first = (await cluster.get(key))?.metadata.uid as string;
      await cluster.remove(key, { uid: first });
      await until('another machine', async () => {
        const uid = (await cluster.get(key))?.metadata.uid;
        return uid !== undefined && uid !== first;
      });
      await until('it runs', async () => (await province.row(id)).power === 'RUNNING');
      expect((await province.row(id)).state).toBe('IN_USE');
    });

    it('touches no machine of its name that is not its own', async () => {
      const [first] = (await province.approve(CENTER, 1, 'js-water')) as [string];
      await startWorker();
      await inUse(first);
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      const [second] = (await province.approve(CENTER, 1, 'js-water')) as [string];
      const desired = await province.desiredOf(second);
      const foreign = machineManifest({ ...desired, resourceId: 'somebody-elses' });
      const made = await cluster.apply(foreign);
      await startWorker();
      await until('told', async () => (await province.row(second)).state === 'FAILED');
      expect((await province.row(second)).statusText.zh).toContain('同名');
      await province.release(second);
      await until('told', async () => (await province.row(second)).statusText.zh.includes('未作删除'));
      expect((await cluster.get(await machineKey(second)))?.metadata.uid).toBe(made.metadata.uid);
      await cluster.remove(await machineKey(second), { uid: made.metadata.uid as string });
      await released(second);
    });

    it('puts up again what keeps departments apart, taken down or opened by somebody', async () => {
      await startWorker();
      const [id] = (await province.approve(CENTER, 1, 'js-walled')) as [string];
      await inUse(id);
      const wall = { kind: 'NetworkPolicy', namespace: 'dept-js-walled', name: 'jiyun-isolation' } as const;
      const first = await cluster.get(wall);
      expect(first?.spec).toMatchObject({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
      await cluster.remove(wall, { uid: first?.metadata.uid as string });
      const uid = async () => (await cluster.get(wall))?.metadata.uid;
      await until('it stands again', async () => ![undefined, first?.metadata.uid].includes(await uid()));
      const open = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] };
      const { apiVersion, kind } = first as Manifest;
      await cluster.apply({ apiVersion, kind, metadata: { name: wall.name, namespace: wall.namespace }, spec: open });
      await until('it is closed again', async () => {
        const now = await cluster.get(wall);
        return JSON.stringify(now?.spec) !== JSON.stringify(open) && now?.metadata.labels !== undefined;
      });
      expect((await cluster.get(wall))?.spec).toEqual(first?.spec);
    });

    it('gives a running machine another size by one restart, its disk while it runs, and its namespace more before', async () => {
      await startWorker();
      const department = 'js-resized';
      const [id] = (await province.approve(CENTER, 1, department)) as [string];
      await inUse(id);
      const key = await machineKey(id);
      const quota = async () => {
        const found = await cluster.get({ kind: 'ResourceQuota', namespace: key.namespace, name: 'jiyun-backstop' });
        return (found?.spec as { hard: Record<string, string> } | undefined)?.hard['requests.cpu'];
      };
      const first = await cluster.get(key);
      expect(await quota()).toBe('4');
      await province.resize(id, { vcpu: 6, memoryMib: 12_288, diskGib: 60 });
      const resized = () => until('it is resized', async () => (await province.row(id)).formerVcpu === null);
      await resized();
      const runs = { ...key, kind: 'VirtualMachineInstance' } as const;
      const domain = async () => (await cluster.get(runs))?.spec as { domain: { cpu: object; memory: object } };
      expect((await domain()).domain).toMatchObject({ cpu: { sockets: 6 }, memory: { guest: '12288Mi' } });
      const disk = { ...key, kind: 'PersistentVolumeClaim', name: `${key.name}-root` } as const;
      await until('its disk has grown', async () => {
        const claim = await onlooker.of(CENTER)?.get(disk);
        return JSON.stringify(claim?.status ?? '').includes('"storage":"60Gi"');
      });
      expect(await quota()).toBe('12');
      const machine = await cluster.get(key);
      // It is the same machine, not another one.
      expect(machine?.metadata.uid).toBe(first?.metadata.uid);
      expect(machine?.spec).toMatchObject({ runStrategy: 'Always' });
      expect(await province.row(id)).toMatchObject({ state: 'IN_USE', power: 'RUNNING' });

      await province.resize(id, { vcpu: 1, memoryMib: 2_048, diskGib: 60 });
      await resized();
      expect((await domain()).domain).toMatchObject({ cpu: { sockets: 1 } });
      await until('its namespace has less', async () => (await quota()) === '2');
      await province.release(id);
      await released(id);
    });

    it('leaves objects alone whose record is not there, and tells of them', async () => {
      const [id] = (await province.approve(CENTER, 1)) as [string];
      const desired = await province.desiredOf(id);
      const orphan = {
        ...desired,
        resourceId: '019abcde-0000-7000-8000-00000000dead',
        objectName: 'orphan',
      };
      const worker = await startWorker();
      await inUse(id);
      await cluster.apply(machineManifest(orphan));
      await until('found', () => worker.orphans.get(CENTER)?.some(({ key }) => key.name === 'orphan') ?? false);
      await new Promise((resolve) => setTimeout(resolve, 2 * FAST.resyncEveryMs));
      expect(await cluster.get({ kind: 'VirtualMachine', namespace: 'dept-js-finance', name: 'orphan' })).toBeDefined();
    });

    it('lets one of two workers act, and the other when the first is gone', async () => {
      const mortal = new Mortal();
      const first = await startWorker(mortal);
      await until('the first drives', () => first.isDriving(CENTER));
      const second = await startWorker();
      const [id] = (await province.approve(CENTER, 1)) as [string];
      await inUse(id);
      expect(second.isDriving(CENTER)).toBe(false);
      mortal.kill();
      await until('the second drives', () => second.isDriving(CENTER));
      expect(first.isDriving(CENTER)).toBe(false);
      await province.release(id);
      await released(id);
    });
  });
}
