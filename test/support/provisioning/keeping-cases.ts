import { expect, it } from '@jest/globals';
import type { Manifest } from '../../../server/src/provisioning/domain/cluster-object.js';
import { FAST } from '../fast-pace.ts';
import { Mortal } from '../mortal.ts';
import { until } from '../until.ts';
import { CENTER, type ProvisioningGround } from './ground.ts';

/** What was brought up stays as it is wanted: nothing written in vain, healed where somebody else was at it, resized, handed over. */
export function keepingCases(ground: () => ProvisioningGround): void {
  it('writes nothing while nothing changes', async () => {
    const { inUse, province, startWorker } = ground();
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
    const { cluster, inUse, machineKey, province, startWorker } = ground();
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

  it('puts up again what keeps departments apart, taken down or opened by somebody', async () => {
    const { cluster, inUse, province, startWorker } = ground();
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
    const { cluster, inUse, machineKey, onlooker, province, released, startWorker } = ground();
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
      const claim = await onlooker.get(disk);
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

  it('lets one of two workers act, and the other when the first is gone', async () => {
    const { inUse, province, released, startWorker } = ground();
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
}
