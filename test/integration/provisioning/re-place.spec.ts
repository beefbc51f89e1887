import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import type { ClusterObject, Manifest } from '../../../server/src/provisioning/domain/cluster-object.js';
import { countOf, MARK, ownerOf } from '../../../server/src/provisioning/domain/marks.js';
import type { ClusterGateway, Clusters } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { stuckOf } from '../../../server/src/replacements/domain/replace-task.js';
import { GONE_SINCE } from '../../../server/src/resources/resources.repository.js';
import { type SimulatedCluster, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Mortal } from '../../support/mortal.ts';
import { Province } from '../../support/province.ts';
import { Sleeper } from '../../support/sleeper.ts';
import { until } from '../../support/until.ts';
import { startCluster } from '../simulation/support.js';

const FULL = 'center-a';
const ROOMY = 'center-b';
const CENTERS = [FULL, ROOMY];
const KINDS = ['VirtualMachine', 'VirtualMachineInstance', 'DataVolume'] as const;
const node = { name: 'x86', architecture: 'amd64', zone: 'GOVERNMENT_EXTRANET' } as const;
/** Awaits of one whole leaving and making are some 40; each manieth is enough to hit every phase of both. */
const STEPS = Array.from({ length: 10 }, (_, at) => 1 + at * 5);

/** In one center no node takes a machine, whatever its pool had promised; in the other any does. */
describe('a granted machine that no node takes', () => {
  let directory: string;
  let clusters: Clusters;
  let province: Province;
  const simulated: SimulatedCluster[] = [];
  const workers: ProvisioningWorker[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    directory = mkdtempSync(join(tmpdir(), 'jiyun-re-place-'));
    simulated.push(
      await startCluster({ name: FULL, nodes: [{ ...node, cpu: 1, memoryMib: 1_024 }] }),
      await startCluster({ name: ROOMY, nodes: [{ ...node, cpu: 512, memoryMib: 4_194_304 }] }),
    );
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig(simulated, kubeconfigPath);
    clusters = new ClusterRegistry(
      CENTERS.map((centerCode) => ({ centerCode, kubeconfigPath, context: centerCode })),
      { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } },
    );
    province = await Province.open(CENTERS);
  }, 60_000);

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await province.endLeases();
  });

  afterAll(async () => {
    await clusters?.close();
    await province?.close();
    await Promise.all(simulated.map((one) => one.stop()));
    rmSync(directory, { recursive: true, force: true });
  });

  async function startWorker(by: Mortal | Sleeper = new Mortal()): Promise<ProvisioningWorker> {
    const { feed, records } = province;
    const worker = new ProvisioningWorker(by.clusters(clusters), by.records(records), feed, FAST);
    workers.push(worker);
    await worker.start();
    return worker;
  }

  const objectsIn = async (center: string, id: string): Promise<ClusterObject[]> => {
    const cluster = clusters.of(center) as ClusterGateway;
    return (await Promise.all(KINDS.map((kind) => cluster.list(kind)))).flat().filter((each) => ownerOf(each) === id);
  };
  const kindsIn = async (center: string, id: string) => (await objectsIn(center, id)).map(({ kind }) => kind);
  const isStuck = (id: string) => until(`${id} finds no node`, async () => stuckOf(await province.row(id)) !== null);
  const isMade = async (id: string): Promise<boolean> => (await province.row(id)).state === 'IN_USE';

  async function stuck(departmentCode: string): Promise<string> {
    const [id] = (await province.approve(FULL, 1, departmentCode)) as [string];
    const worker = await startWorker();
    await isStuck(id);
    await worker.stop();
    await province.endLeases();
    return id;
  }

  /** Nothing doubled, nothing left, nothing counted twice. */
  async function holds(id: string): Promise<void> {
    expect(await kindsIn(FULL, id)).toEqual([]);
    expect(await kindsIn(ROOMY, id)).toEqual([...KINDS]);
    const row = await province.row(id);
    expect(row).toMatchObject({ state: 'IN_USE', poolId: province.poolOf(ROOMY).id, leavingCenterId: null });
    // KubeVirt marks its instances itself.
    const marked = (await objectsIn(ROOMY, id)).filter(({ kind }) => kind !== 'VirtualMachineInstance');
    expect(marked.map((object) => countOf(object, MARK.placementEpoch))).toEqual([2, 2]);
  }

  it('says which nodes refused it, is made where it is placed instead, and nothing of it is left where it was', async () => {
    const [before, there] = await Promise.all([province.liveVcpu(FULL), province.liveVcpu(ROOMY)]);
    const id = await stuck('js-moves');
    expect(stuckOf(await province.row(id))?.text).toMatch(
      /^0\/1 nodes are available: (1 Insufficient cpu, )?1 Insufficient memory\.$/,
    );
    expect(await kindsIn(FULL, id)).toEqual([...KINDS]);
    const worker = await startWorker();
    await province.rePlace(id, ROOMY);
    await until('made there', () => isMade(id));
    await holds(id);
    expect(await province.liveVcpu(FULL)).toBe(before);
    expect(await province.liveVcpu(ROOMY)).toBe(there + 2);
    // What a watch has not told yet may be taken for an orphan's for one look.
    await until('no orphan is told of', () => (worker.orphans.get(FULL) ?? []).length === 0);
    const [events = []] = await province.resources.eventsOf([id]);
    const kinds = events.map(({ kind }) => kind).toReversed();
    expect(kinds).toEqual(['ALLOCATED', 'RE_PLACED', 'LEFT', 'IN_USE']);
    // Which hourly look asks for it again: that of the center that it left, and while it is two days ago.
    const at = (events.find(({ kind }) => kind === 'LEFT') as { at: Date }).at;
    const gone = (center: string, since: Date) =>
      province.resources.goneSince(province.poolOf(center).centerId as string, since, null, 10);
    expect(await gone(FULL, at)).toEqual([id]);
    expect(await gone(ROOMY, at)).toEqual([]);
    expect(await gone(FULL, new Date(at.getTime() + 1))).toEqual([]);
    // Given back it goes as any other.
    await province.release(id);
    await until('released', async () => (await province.row(id)).state === 'RELEASED');
    expect([await kindsIn(FULL, id), await kindsIn(ROOMY, id)]).toEqual([[], []]);
    expect(await province.liveVcpu(ROOMY)).toBe(there);
    expect(await gone(ROOMY, at)).toEqual([id]);
    expect(await gone(FULL, at)).toEqual([id]);
  });

  it('is asked for by keys of what is gone, never by reading every machine there ever was', async () => {
    const some = ['c', new Date(), '', 10];
    const plan: { key: string | null; type: string }[] = await province.db.query(`explain ${GONE_SINCE}`, [
      ...some,
      ...some,
      10,
    ]);
    expect(plan.slice(0, 2).map(({ key, type }) => [key, type])).toEqual([
      ['ix_resource_released', 'range'],
      ['ix_resource_left', 'range'],
    ]);
  });

  it('is not made there before it has left: a center that is cut off keeps it waiting, and there never are two', async () => {
    const id = await stuck('js-waits');
    await province.rePlace(id, ROOMY);
    // Only the new place is driven.
    const { feed, records } = province;
    const half: Clusters = {
      ...clusters,
      centerCodes: [ROOMY],
      of: (code) => (code === ROOMY ? clusters.of(code) : undefined),
      close: async () => {},
    };
    const lonely = new ProvisioningWorker(half, records, feed, FAST);
    workers.push(lonely);
    await lonely.start();
    const [other] = (await province.approve(ROOMY, 1, 'js-waits')) as [string];
    // Whoever came after it has been made: it was looked at, and left alone.
    await until('another is made there', () => isMade(other));
    expect(await kindsIn(ROOMY, id)).toEqual([]);
    expect((await kindsIn(FULL, id)).length).toBeGreaterThan(0);
    await lonely.stop();
    await province.endLeases();
    await startWorker();
    await until('made there', () => isMade(id));
    await holds(id);
  });

  it('is made once and left nowhere, whenever the worker dies between leaving and making', async () => {
    for (const step of STEPS) {
      const id = await stuck('js-dies');
      await province.rePlace(id, ROOMY);
      const mortal = new Mortal(step);
      const doomed = await startWorker(mortal);
      await until(`dead at step ${step}, or made`, async () => mortal.hasDied || (await isMade(id)));
      mortal.kill();
      await doomed.stop();
      await province.endLeases();
      const heir = await startWorker();
      await until(`made after a death at step ${step}`, () => isMade(id));
      await holds(id);
      await heir.stop();
      await province.endLeases();
    }
  }, 240_000);

  it('leaves nothing where it was though a worker that slept past its lease makes it there once more', async () => {
    const [id] = (await province.approve(FULL, 1, 'js-late')) as [string];
    const sleeper = new Sleeper();
    sleeper.sleepBefore((manifest: Manifest) => manifest.kind === 'VirtualMachine' && ownerOf(manifest) === id);
    await startWorker(sleeper);
    await until('it sleeps', () => sleeper.isAsleep);
    await province.endLeases();
    const heir = await startWorker();
    await isStuck(id);
    await province.rePlace(id, ROOMY);
    await until('made there', () => isMade(id));
    await holds(id);
    expect(await sleeper.wokenUp()).toBe('DONE');
    await until('nothing of it is left', async () => (await kindsIn(FULL, id)).length === 0);
    await until('nor told of', () => (heir.orphans.get(FULL) ?? []).every(({ resourceId }) => resourceId !== id));
    await holds(id);
  });

  it('leaves no Secret where it was though a worker that slept past its lease writes it there once more', async () => {
    const [id] = (await province.approve(FULL, 1, 'js-secret')) as [string];
    const sleeper = new Sleeper();
    sleeper.sleepBefore((manifest: Manifest) => manifest.kind === 'Secret' && ownerOf(manifest) === id);
    await startWorker(sleeper);
    await until('it sleeps', () => sleeper.isAsleep);
    await province.endLeases();
    await startWorker();
    await isStuck(id);
    await province.rePlace(id, ROOMY);
    await until('made there', () => isMade(id));
    const { objectName } = await province.row(id);
    const key = { kind: 'Secret', namespace: 'dept-js-secret', name: `${objectName}-first-boot` } as const;
    const secretIn = (center: string) => (clusters.of(center) as ClusterGateway).get(key);
    await until('it went with its machine', async () => (await secretIn(FULL)) === undefined);
    expect(await sleeper.wokenUp()).toBe('DONE');
    await until('it is swept', async () => (await secretIn(FULL)) === undefined);
    expect(await secretIn(ROOMY)).toBeDefined();
    await holds(id);
  });
});
