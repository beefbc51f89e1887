import { expect, it } from '@jest/globals';
import { KubeConfig, type KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import type { ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import { until } from '../until.ts';
import { CENTER, type ProvisioningGround } from './ground.ts';

/** From an approved record to a machine that runs as it was asked for. */
export function firstStartCases(ground: () => ProvisioningGround): void {
  it('brings a machine from its record to running, and its status back', async () => {
    const { cluster, inUse, objectsOf, onlooker, province, startWorker } = ground();
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
    expect(await onlooker.get(limits)).toBeDefined();
    expect(await province.reach(CENTER)).toBe('REACHABLE');
  });

  it('plugs a machine into the network of its claimed addresses, and tells its first boot of them', async () => {
    const { cluster, inUse, machineKey, onlooker, province, startWorker } = ground();
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
    const lookAt = (kind: ObjectKey['kind'], name: string) => onlooker.get({ ...key, kind, name });
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
    const { cluster, inUse, machineKey, onlookerKubeconfigPath, province, released, startWorker } = ground();
    const name = `legacy-${Date.now().toString(36)}`;
    const config = new KubeConfig();
    config.loadFromFile(onlookerKubeconfigPath);
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
    const { cluster, inUse, machineKey, onlooker, province, startWorker } = ground();
    const [id] = (await province.approve(CENTER, 1, 'js-reset')) as [string];
    await startWorker();
    await inUse(id);
    const key = await machineKey(id);
    const before = await cluster.get(key);
    const access = async () =>
      (await onlooker.get({ ...key, kind: 'Secret', name: `${key.name}-access` }))?.data?.jyadmin;
    expect(await access()).toBeUndefined();
    await province.resetLogin(id, 'n3wPassw0rd');
    await until('the cluster has it', async () => Boolean((await province.resetOf(id))?.appliedAt));
    expect(Buffer.from((await access()) ?? '', 'base64').toString()).toBe('n3wPassw0rd');
    // Its launcher has looked at that place from the first start: nothing is started anew.
    expect((await cluster.get(key))?.spec).toEqual(before?.spec);
    await province.handOverReset(id);
    await until('the cluster has it no longer', async () => (await access()) === undefined);
    const { uid } = before?.metadata ?? {};
    expect((await onlooker.get({ ...key, kind: 'Secret', name: `${key.name}-access` }))?.metadata).toMatchObject({
      ownerReferences: [{ kind: 'VirtualMachine', uid }],
    });
  });

  it('brings twenty machines of one request up, one of each', async () => {
    const { inUse, objectsOf, province, startWorker } = ground();
    await startWorker();
    const ids = await province.approve(CENTER, 20, 'js-health');
    await Promise.all(ids.map(inUse));
    expect(await province.requestState(ids[0] as string)).toBe('DELIVERED');
    for (const id of ids) expect(await objectsOf(id)).toHaveLength(3);
  });
}
