import { expect, it } from '@jest/globals';
import type { ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import { FAST } from '../fast-pace.ts';
import { OperatingDesk } from '../operating-desk.ts';
import { until } from '../until.ts';
import { CENTER, type ProvisioningGround } from './ground.ts';

/** What is given back: machines, disks that outlive them, claims. */
export function releaseCases(ground: () => ProvisioningGround): void {
  it('takes a released machine away and returns its claim once', async () => {
    const { inUse, objectsOf, province, released, startWorker } = ground();
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
    const { cluster, inUse, machineKey, objectsOf, province, released, startWorker } = ground();
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
    const { cluster, inUse, machineKey, province, released, startWorker } = ground();
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
}
