import { expect, it } from '@jest/globals';
import { machineManifest } from '../../../server/src/provisioning/domain/desired-manifests.js';
import { FAST } from '../fast-pace.ts';
import { until } from '../until.ts';
import { CENTER, type ProvisioningGround } from './ground.ts';

/** What is not on record, or not ours: seen, told of and left alone. */
export function besideTheRecordCases(ground: () => ProvisioningGround): void {
  it('observes what ran before it, touches nothing of it and lets it go as it was', async () => {
    const { cluster, province, released, startWorker } = ground();
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
    const { inUse, province, startWorker } = ground();
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

  it('touches no machine of its name that is not its own', async () => {
    const { cluster, inUse, machineKey, province, released, startWorker, stopWorkers } = ground();
    const [first] = (await province.approve(CENTER, 1, 'js-water')) as [string];
    await startWorker();
    await inUse(first);
    await stopWorkers();
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
    // No look by the clock is near any more: only that the object goes can tell.
    await new Promise((resolve) => setTimeout(resolve, 2 * FAST.resyncEveryMs));
    await cluster.remove(await machineKey(second), { uid: made.metadata.uid as string });
    await released(second);
  });

  it('leaves objects alone whose record is not there, and tells of them', async () => {
    const { cluster, inUse, province, startWorker } = ground();
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
}
