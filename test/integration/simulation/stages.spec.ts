import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedCluster } from '../../../server/src/simulation/simulated-cluster.js';
import {
  type Answered,
  applyMachine,
  call,
  disk,
  disks,
  instances,
  isGone,
  machine,
  machines,
  makeNamespace,
  reaches,
  startCluster,
  until,
  watch,
} from './support.js';

const isRunning = (object: Answered) => object.status?.printableStatus === 'Running' && object.status.ready;

describe('stages over HTTPS', () => {
  let cluster: SimulatedCluster;
  const told: string[] = [];

  beforeAll(async () => {
    cluster = await startCluster({ tell: (message) => told.push(message) });
    await makeNamespace(cluster, 'dept');
  });

  afterAll(async () => {
    await cluster?.stop();
    expect(told).toEqual([]);
  });

  it('bring a machine to running through every state that the console shows', async () => {
    const seen = await watch(cluster, `${machines('dept')}?watch=true`);
    const phases = await watch(cluster, `${instances('dept')}?watch=true`);
    const imports = await watch(cluster, `${disks('dept')}?watch=true`);
    await applyMachine(cluster, 'dept', 'web');
    await reaches(cluster, `${machines('dept')}/web`, isRunning);
    const instance = await reaches(cluster, `${instances('dept')}/web`, ({ status }) =>
      status.conditions.some((each: Answered) => each.type === 'AgentConnected'),
    );
    const distinct = (values: string[]) => values.filter((value, index) => value !== values[index - 1]);
    const statuses = distinct(seen.events.map(({ object }) => object.status?.printableStatus ?? ''));
    expect(statuses).toEqual(['', 'Provisioning', 'WaitingForVolumeBinding', 'Starting', 'Running']);
    expect(distinct(phases.events.map(({ object }) => object.status?.phase ?? ''))).toEqual([
      '',
      'Pending',
      'Scheduling',
      'Scheduled',
      'Running',
    ]);
    expect(distinct(imports.events.map(({ object }) => object.status?.phase ?? ''))).toEqual([
      '',
      'Pending',
      'ImportScheduled',
      'ImportInProgress',
      'Succeeded',
    ]);
    const progress = imports.events
      .map(({ object }) => object.status?.progress)
      .filter((text) => /^[0-9.]+%$/.test(text));
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe('100.0%');
    expect(instance.metadata.labels).toEqual({ app: 'web' });
    expect(instance.status.nodeName).toMatch(/^x86-/);
    expect(instance.status.guestOSInfo.id).toBe('openEuler');
    const [first] = instance.status.interfaces;
    expect(first).toMatchObject({ name: 'default', mac: '02:00:00:00:00:01' });
    expect(first.ipAddresses).toEqual([expect.stringMatching(/^10\./), expect.stringMatching(/^fd10:/)]);
    const types = instance.status.conditions.map((each: Answered) => each.type);
    expect(types).toEqual(expect.arrayContaining(['Ready', 'LiveMigratable', 'AgentConnected']));
    expect(instance.status.phaseTransitionTimestamps).toHaveLength(4);
    for (const each of [seen, phases, imports]) each.stop();
  });

  it('stop a machine, start it again on the same address, and take it away with its instance', async () => {
    await applyMachine(cluster, 'dept', 'on-off');
    await reaches(cluster, `${machines('dept')}/on-off`, isRunning);
    const before = (await call(cluster, 'GET', `${instances('dept')}/on-off`)).body;
    const seen = await watch(cluster, `${machines('dept')}?watch=true&fieldSelector=metadata.name=on-off`);
    await call(cluster, 'PATCH', `${machines('dept')}/on-off`, { spec: { runStrategy: 'Halted' } });
    await reaches(cluster, `${machines('dept')}/on-off`, ({ status }) => status.printableStatus === 'Stopped');
    expect(seen.events.some(({ object }) => object.status.printableStatus === 'Stopping')).toBe(true);
    expect((await call(cluster, 'GET', `${instances('dept')}/on-off`)).status).toBe(404);
    await call(cluster, 'PATCH', `${machines('dept')}/on-off`, { spec: { runStrategy: 'Always' } });
    await reaches(cluster, `${machines('dept')}/on-off`, isRunning);
    const after = (await call(cluster, 'GET', `${instances('dept')}/on-off`)).body;
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(after.status.interfaces[0].ipAddress).toBe(before.status.interfaces[0].ipAddress);
    await call(cluster, 'DELETE', `${machines('dept')}/on-off`, { propagationPolicy: 'Foreground' });
    await isGone(cluster, `${machines('dept')}/on-off`);
    expect((await call(cluster, 'GET', `${instances('dept')}/on-off`)).status).toBe(404);
    expect(seen.events.some(({ object }) => object.status.printableStatus === 'Terminating')).toBe(true);
    expect(seen.events.at(-1)?.type).toBe('DELETED');
    seen.stop();
  });

  it('make the disks of a template, and collect them with their machine', async () => {
    const wanted = machine('own');
    const { metadata, spec } = disk('own-root');
    const withTemplate = { ...wanted, spec: { ...wanted.spec, dataVolumeTemplates: [{ metadata, spec }] } };
    await call(cluster, 'APPLY', `${machines('dept')}/own`, withTemplate);
    await reaches(cluster, `${machines('dept')}/own`, isRunning);
    await call(cluster, 'DELETE', `${machines('dept')}/own`);
    await isGone(cluster, `${machines('dept')}/own`);
    await isGone(cluster, `${disks('dept')}/own-root`);
    await isGone(cluster, '/api/v1/namespaces/dept/persistentvolumeclaims/own-root');
  });

  it('say that no node has room, and take the first that has', async () => {
    // One arm64 node of 8 GiB: the second machine must wait for the first.
    const big = { architecture: 'arm64', memory: '6Gi' };
    await applyMachine(cluster, 'dept', 'arm-a', big);
    await reaches(cluster, `${machines('dept')}/arm-a`, isRunning);
    await applyMachine(cluster, 'dept', 'arm-b', big);
    await reaches(
      cluster,
      `${machines('dept')}/arm-b`,
      ({ status }) => status?.printableStatus === 'ErrorUnschedulable',
    );
    await call(cluster, 'DELETE', `${machines('dept')}/arm-a`);
    const { status } = await reaches(cluster, `${machines('dept')}/arm-b`, isRunning);
    expect(status.conditions.some((each: Answered) => each.type === 'PodScheduled')).toBe(false);
    expect((await call(cluster, 'GET', `${instances('dept')}/arm-b`)).body.status.nodeName).toBe('arm-1');
  });

  it('let an import fail again and again when its image is missing', async () => {
    const path = `${disks('dept')}/lost`;
    await call(cluster, 'APPLY', path, disk('lost', 'https://images.example.com/missing.qcow2'));
    const { status } = await reaches(cluster, path, (object) => (object.status?.restartCount ?? 0) >= 3);
    expect(status.phase).toBe('ImportInProgress');
    const condition = status.conditions.find((each: Answered) => each.type === 'Running');
    expect(condition).toMatchObject({ status: 'False', reason: 'Error', message: expect.stringContaining('404') });
    await call(cluster, 'DELETE', path);
    await isGone(cluster, path);
  });

  it('give no address twice', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `many-${index}`);
    await Promise.all(names.map((name) => applyMachine(cluster, 'dept', name, { memory: '1Gi' })));
    const all = await until('all run', async () => {
      const { items } = (await call(cluster, 'GET', instances('dept'))).body;
      const running = items.filter(
        (each: Answered) => each.metadata.name.startsWith('many-') && each.status?.phase === 'Running',
      );
      return running.length === names.length ? running : undefined;
    });
    const addresses = all.flatMap((each: Answered) => each.status.interfaces[0].ipAddresses);
    expect(new Set(addresses).size).toBe(2 * names.length);
  });

  it('count a quota, and refuse what is beyond it', async () => {
    await makeNamespace(cluster, 'small');
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'backstop' },
      spec: { hard: { 'count/virtualmachines.kubevirt.io': '1' } },
    };
    const path = '/api/v1/namespaces/small/resourcequotas/backstop';
    await call(cluster, 'APPLY', path, quota);
    const used = (count: string) => (object: Answered) =>
      object.status?.used?.['count/virtualmachines.kubevirt.io'] === count;
    await reaches(cluster, path, used('0'));
    expect((await call(cluster, 'POST', machines('small'), machine('one', { runStrategy: 'Halted' }))).status).toBe(
      201,
    );
    await reaches(cluster, path, used('1'));
    const refused = await call(cluster, 'POST', machines('small'), machine('two', { runStrategy: 'Halted' }));
    expect(refused.body).toMatchObject({ code: 403, message: expect.stringContaining('exceeded quota') });
    await call(cluster, 'DELETE', `${machines('small')}/one`);
    await reaches(cluster, path, used('0'));
  });

  it('empty a namespace that is deleted', async () => {
    await makeNamespace(cluster, 'leaving');
    await applyMachine(cluster, 'leaving', 'last');
    await reaches(cluster, `${machines('leaving')}/last`, isRunning);
    const { body } = await call(cluster, 'DELETE', '/api/v1/namespaces/leaving');
    expect(body.status.phase).toBe('Terminating');
    await isGone(cluster, '/api/v1/namespaces/leaving');
    expect((await call(cluster, 'GET', machines('leaving'))).body.items).toEqual([]);
    expect((await call(cluster, 'GET', disks('leaving'))).body.items).toEqual([]);
  });

  it('refuse another spec of a disk, as its webhook does', async () => {
    const path = `${disks('dept')}/web-root`;
    const { body } = await call(cluster, 'PATCH', path, { spec: { source: { http: { url: 'https://x/y' } } } });
    expect(body).toMatchObject({
      status: 'Failure',
      message: expect.stringContaining('Cannot update DataVolume Spec'),
    });
  });

  it('come to rest', async () => {
    await cluster.settle();
    const before = (await call(cluster, 'GET', machines('dept'))).body.metadata.resourceVersion;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await call(cluster, 'GET', machines('dept'))).body.metadata.resourceVersion).toBe(before);
  });

  it('keep a machine from starting whose network nobody has made, and give its guest the addresses that it was told', async () => {
    const spec = machine('zoned');
    const template = spec.spec.template.spec;
    template.domain.devices.interfaces.push({ name: 'biz', bridge: {}, macAddress: '06:00:00:00:00:01' } as never);
    template.networks.push({ name: 'biz', multus: { networkName: 'dept/net-biz' } } as never);
    const secretRef = { name: 'zoned-first-boot' };
    template.volumes.push({ name: 'boot', cloudInitNoCloud: { secretRef, networkDataSecretRef: secretRef } } as never);
    const card = { match: { macaddress: '06:00:00:00:00:01' }, addresses: ['10.20.0.21/22', '2001:db8::2/64'] };
    const networkdata = Buffer.from(JSON.stringify({ version: 2, ethernets: { biz: card } })).toString('base64');
    await call(cluster, 'POST', '/api/v1/namespaces/dept/secrets', {
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: secretRef, data: { networkdata } },
    });
    await call(cluster, 'APPLY', `${disks('dept')}/zoned-root`, disk('zoned-root'));
    await call(cluster, 'APPLY', `${machines('dept')}/zoned`, spec);
    const waiting = await reaches(cluster, `${instances('dept')}/zoned`, ({ status }) =>
      status?.conditions?.some((each: Answered) => each.type === 'Synchronized' && each.status === 'False'),
    );
    expect(waiting.status.phase).toBe('Pending');
    expect(JSON.stringify(waiting.status.conditions)).toContain('network attachment definition dept/net-biz');
    await call(cluster, 'POST', '/apis/k8s.cni.cncf.io/v1/namespaces/dept/network-attachment-definitions', {
      ...{ apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition' },
      ...{ metadata: { name: 'net-biz' }, spec: { config: '{}' } },
    });
    const { status } = await reaches(cluster, `${instances('dept')}/zoned`, ({ status: now }) =>
      now.conditions.some((each: Answered) => each.type === 'AgentConnected'),
    );
    expect(status.interfaces).toMatchObject([
      { name: 'default', ipAddress: expect.stringMatching(/^10\./) },
      { name: 'biz', mac: '06:00:00:00:00:01', ipAddresses: ['10.20.0.21', '2001:db8::2'] },
    ]);
    expect(status.conditions.map((each: Answered) => each.type)).not.toContain('Synchronized');
  });

  it('start a machine with what its preference says, except where it says it itself, and let in none without', async () => {
    const kind = 'VirtualMachineClusterPreference';
    const spec = machine('legacy');
    const { devices, ...domain } = spec.spec.template.spec.domain as Answered;
    const wanted = {
      ...spec,
      spec: {
        ...spec.spec,
        preference: { kind, name: 'legacy' },
        template: {
          ...spec.spec.template,
          spec: {
            ...spec.spec.template.spec,
            domain: {
              ...domain,
              machine: undefined,
              devices: {
                ...devices,
                disks: devices.disks.map((each: Answered, at: number) => (at === 0 ? { ...each, disk: {} } : each)),
                networkInterfaceMultiqueue: true,
              },
            },
          },
        },
      },
    };
    await call(cluster, 'APPLY', `${disks('dept')}/legacy-root`, disk('legacy-root'));
    const refused = await call(cluster, 'APPLY', `${machines('dept')}/legacy`, wanted);
    expect(refused.body).toMatchObject({
      status: 'Failure',
      message: expect.stringContaining('Failure to find preference'),
    });
    await call(cluster, 'POST', '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterpreferences', {
      ...{ apiVersion: 'instancetype.kubevirt.io/v1beta1', kind, metadata: { name: 'legacy' } },
      spec: {
        devices: {
          preferredDiskBus: 'sata',
          preferredInterfaceModel: 'e1000e',
          preferredNetworkInterfaceMultiQueue: false,
          preferredTPM: { persistent: true },
        },
        machine: { preferredMachineType: 'pc-q35-9.2' },
        firmware: { preferredUseEfi: true, preferredUseSecureBoot: true },
        clock: { preferredClockOffset: { timezone: 'Asia/Shanghai' } },
      },
    });
    expect((await call(cluster, 'APPLY', `${machines('dept')}/legacy`, wanted)).status).toBe(201);
    await reaches(cluster, `${machines('dept')}/legacy`, isRunning);
    const { body } = await call(cluster, 'GET', `${instances('dept')}/legacy`);
    expect(body.spec.domain).toMatchObject({
      machine: { type: 'pc-q35-9.2' },
      firmware: { bootloader: { efi: { secureBoot: true } } },
      clock: { timezone: 'Asia/Shanghai' },
      devices: {
        networkInterfaceMultiqueue: true,
        tpm: { persistent: true },
        disks: [{ name: devices.disks[0].name, disk: { bus: 'sata' } }],
        interfaces: [{ model: 'e1000e' }],
      },
    });
    // The machine itself says no more than before: what a preference fills in is the instance's.
    const { body: stands } = await call(cluster, 'GET', `${machines('dept')}/legacy`);
    expect(stands.spec.template.spec.domain.devices.disks[0].disk).toEqual({});
    expect(stands.status.conditions.map((each: Answered) => each.type)).not.toContain('RestartRequired');
  });
});
