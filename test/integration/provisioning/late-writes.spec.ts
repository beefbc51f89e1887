import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import type { ClusterObject, Manifest } from '../../../server/src/provisioning/domain/cluster-object.js';
import { countOf, MARK, ownerOf } from '../../../server/src/provisioning/domain/marks.js';
import type { ClusterGateway, Clusters, ClusterWatch } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { type SimulatedCluster, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { Sleeper } from '../../support/sleeper.ts';
import { until } from '../../support/until.ts';
import { call, startCluster } from '../simulation/support.js';

const CENTER = 'center-a';
const KINDS = ['VirtualMachine', 'VirtualMachineInstance', 'DataVolume'] as const;
const nodes = [
  { name: 'x86', architecture: 'amd64', zone: 'GOVERNMENT_EXTRANET', cpu: 512, memoryMib: 4_194_304 },
] as const;

/** Of two workers the one is stopped past its lease, the other goes on; then the first wakes up in the middle of a write. */
describe('a write that comes after its lease', () => {
  let directory: string;
  let simulated: SimulatedCluster;
  let clusters: Clusters;
  let cluster: ClusterGateway;
  let province: Province;
  let watched: ClusterWatch<number>;
  /** The wishes that each machine's object was made for, in the order in which the cluster had them. */
  const wishes = new Map<string, number[]>();
  const workers: ProvisioningWorker[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    directory = mkdtempSync(join(tmpdir(), 'jiyun-late-'));
    simulated = await startCluster({ name: CENTER, nodes: [...nodes] });
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig([simulated], kubeconfigPath);
    const access = { centerCode: CENTER, kubeconfigPath, context: null };
    clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
    cluster = clusters.of(CENTER) as ClusterGateway;
    province = await Province.open([CENTER]);
    watched = cluster.watch({
      kind: 'VirtualMachine',
      view: (object) => countOf(object, MARK.generation),
      changed: (key, now) => {
        if (now !== undefined) wishes.set(key.name, [...(wishes.get(key.name) ?? []), now]);
      },
    });
    watched.start();
  }, 60_000);

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await province.endLeases();
  });

  afterAll(async () => {
    await watched?.stop();
    await clusters?.close();
    await province?.close();
    await simulated?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function startWorker(sleeper = new Sleeper()): Promise<ProvisioningWorker> {
    const { feed, records } = province;
    const worker = new ProvisioningWorker(sleeper.clusters(clusters), sleeper.records(records), feed, FAST);
    workers.push(worker);
    await worker.start();
    return worker;
  }

  const inUse = (id: string) => until(`${id} in use`, async () => (await province.row(id)).state === 'IN_USE');
  const resized = (id: string) => until('resized', async () => (await province.row(id)).formerVcpu === null);
  const released = (id: string) => until('released', async () => (await province.row(id)).state === 'RELEASED');
  const of = (kind: Manifest['kind'], id: string) => (manifest: Manifest) =>
    manifest.kind === kind && ownerOf(manifest) === id;
  const objectsOf = async (id: string): Promise<ClusterObject[]> =>
    (await Promise.all(KINDS.map((kind) => cluster.list(kind)))).flat().filter((each) => ownerOf(each) === id);
  const machineOf = async (id: string): Promise<ClusterObject> => {
    const found = (await objectsOf(id)).filter(({ kind }) => kind === 'VirtualMachine');
    expect(found).toHaveLength(1);
    return found[0] as ClusterObject;
  };

  /** Its lease ends in its sleep; another takes over. */
  async function handOver(sleeper: Sleeper): Promise<ProvisioningWorker> {
    await until('it sleeps', () => sleeper.isAsleep);
    await province.endLeases();
    const heir = await startWorker();
    await until('the other drives', () => heir.isDriving(CENTER));
    return heir;
  }

  const REFUSED = { refused: expect.objectContaining({ failureClass: 'CONFLICT' }) };
  const size = (vcpu: number) => ({ vcpu, memoryMib: 1_024 * vcpu, diskGib: 40 });

  it('never puts an older wish over a newer', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    const sleeper = new Sleeper();
    await startWorker(sleeper);
    await inUse(id);
    sleeper.sleepBefore(of('VirtualMachine', id));
    await province.resize(id, size(4));
    await until('it sleeps', () => sleeper.isAsleep);
    await province.resize(id, size(6));
    await handOver(sleeper);
    await resized(id);
    expect(await sleeper.wokenUp()).toEqual(REFUSED);
    const { objectName } = await province.row(id);
    const seen = wishes.get(objectName) ?? [];
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen)).toEqual(new Set([1, 3]));
    expect((await machineOf(id)).spec).toMatchObject({ template: { spec: { domain: { cpu: { sockets: 6 } } } } });
  });

  it('makes no second machine of one that was made meanwhile, nor writes over it', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    const sleeper = new Sleeper();
    sleeper.sleepBefore(of('VirtualMachine', id));
    await startWorker(sleeper);
    await handOver(sleeper);
    await inUse(id);
    await province.resize(id, size(4));
    await resized(id);
    const { uid } = (await machineOf(id)).metadata;
    expect(await sleeper.wokenUp()).toEqual(REFUSED);
    const after = await machineOf(id);
    expect(after.metadata.uid).toBe(uid);
    expect(countOf(after, MARK.generation)).toBe(2);
    expect(await objectsOf(id)).toHaveLength(3);
  });

  it('never puts an older password over a newer, though nobody may read which one stands there', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    const sleeper = new Sleeper();
    await startWorker(sleeper);
    await inUse(id);
    sleeper.sleepBefore((manifest) => manifest.kind === 'Secret' && manifest.metadata.name.endsWith('-access'));
    await province.resetLogin(id, 'older');
    await until('it sleeps', () => sleeper.isAsleep);
    await province.resetLogin(id, 'newer');
    await handOver(sleeper);
    await until('set', async () => Boolean((await province.resetOf(id))?.appliedAt));
    expect(await sleeper.wokenUp()).toEqual(REFUSED);
    const { departmentCode, objectName } = await province.row(id);
    const key = { kind: 'Secret', namespace: `dept-${departmentCode}`, name: `${objectName}-access` } as const;
    const password = (await cluster.get(key))?.data?.jyadmin ?? '';
    expect(Buffer.from(password, 'base64').toString()).toBe('newer');
  });

  it.each(['DataVolume', 'VirtualMachine'] as const)(
    'leaves nothing of a machine that was released meanwhile: %s',
    async (kind) => {
      const before = await province.liveVcpu(CENTER);
      const [id] = (await province.approve(CENTER, 1)) as [string];
      const sleeper = new Sleeper();
      sleeper.sleepBefore(of(kind, id));
      await startWorker(sleeper);
      const heir = await handOver(sleeper);
      await inUse(id);
      await province.release(id);
      await released(id);
      expect(await objectsOf(id)).toEqual([]);
      // There is nothing that could refuse it: it is made, and taken away again.
      expect(await sleeper.wokenUp()).toBe('DONE');
      await until('nothing of it is left', async () => (await objectsOf(id)).length === 0);
      await until('nor told of', () => (heir.orphans.get(CENTER) ?? []).every(({ resourceId }) => resourceId !== id));
      expect(await province.liveVcpu(CENTER)).toBe(before);
      expect((await province.row(id)).state).toBe('RELEASED');
    },
  );

  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('is not brought about by a clock that is an hour %s: who drives goes on, the other stands by', async (_, ms) => {
    const first = await startWorker();
    await until('it drives', () => first.isDriving(CENTER));
    const lease = async () => (await province.db.query('select epoch, expires_at from lease'))[0];
    const { epoch } = await lease();
    const clock = { now: () => new Date(Date.now() + ms) };
    const other = new ProvisioningWorker(clusters, { ...province.records, clock }, province.feed, FAST);
    workers.push(other);
    await other.start();
    // Both have asked several times.
    const ends = new Set<number>();
    await until('renewed', async () => ends.add((await lease()).expires_at.getTime()).size > 6);
    expect([first.isDriving(CENTER), other.isDriving(CENTER)]).toEqual([true, false]);
    expect((await lease()).epoch).toBe(epoch);
    await first.stop();
    await until('the other drives', () => other.isDriving(CENTER));
    expect(BigInt((await lease()).epoch)).toBe(BigInt(epoch) + 1n);
    // Nor does it give it up to one whose clock is right.
    const third = await startWorker();
    ends.clear();
    await until('renewed', async () => ends.add((await lease()).expires_at.getTime()).size > 6);
    expect([other.isDriving(CENTER), third.isDriving(CENTER)]).toEqual([true, false]);
  });

  it('is told from what someone put back by hand, which stays', async () => {
    const worker = await startWorker();
    const [id] = (await province.approve(CENTER, 1)) as [string];
    await inUse(id);
    const { metadata, spec, ...rest } = await machineOf(id);
    await province.release(id);
    await released(id);
    const { name, namespace, labels, annotations } = metadata;
    const path = `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines?fieldManager=velero`;
    const { apiVersion, kind } = rest;
    const put = { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec };
    expect((await call(simulated, 'POST', path, put)).status).toBe(201);
    await until('told of', () => worker.orphans.get(CENTER)?.some(({ resourceId }) => resourceId === id) ?? false);
    const { uid } = (await machineOf(id)).metadata;
    // Two looks at everything later it is still there.
    const seen = worker.orphans.get(CENTER);
    await until('another look', () => worker.orphans.get(CENTER) !== seen);
    const second = worker.orphans.get(CENTER);
    await until('and another', () => worker.orphans.get(CENTER) !== second);
    expect((await machineOf(id)).metadata).toMatchObject({ uid });
    expect((await machineOf(id)).metadata.deletionTimestamp).toBeUndefined();
  });

  it('leaves no Secret behind of a machine that was released meanwhile', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    const sleeper = new Sleeper();
    sleeper.sleepBefore(of('Secret', id));
    await startWorker(sleeper);
    const heir = await handOver(sleeper);
    await inUse(id);
    const { departmentCode, objectName } = await province.row(id);
    const key = { kind: 'Secret', namespace: `dept-${departmentCode}`, name: `${objectName}-first-boot` } as const;
    expect(await cluster.get(key)).toBeDefined();
    await province.release(id);
    await released(id);
    await until('it went with its machine', async () => (await cluster.get(key)) === undefined);
    // Another's stays, whatever it is called.
    const namesake = { ...key, name: `${objectName}-access` };
    await until('that, too', async () => (await cluster.get(namesake)) === undefined);
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: key.namespace, name: namesake.name },
    });
    // Where nothing stands, nothing can refuse it.
    expect(await sleeper.wokenUp()).toEqual('DONE');
    await until('it is swept', async () => (await cluster.get(key)) === undefined);
    expect(await cluster.get(namesake)).toBeDefined();
    expect(heir.isDriving(CENTER)).toBe(true);
  });
});
