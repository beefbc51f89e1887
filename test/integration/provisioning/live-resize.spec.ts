import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { type ClusterObject, textAt } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway, Clusters, ClusterWatch } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import type { RestartConsent } from '../../../server/src/resources/resource-changes.service.js';
import { type SimulatedCluster, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Mortal } from '../../support/mortal.ts';
import { OperatingDesk } from '../../support/operating-desk.ts';
import { Province } from '../../support/province.ts';
import { SOAKS } from '../../support/soak.ts';
import { until } from '../../support/until.ts';
import { startCluster } from '../simulation/support.js';

const CENTER = 'center-a';
const nodes = ['x86-1', 'x86-2'].map((name) => {
  return { name, architecture: 'amd64', zone: 'GOVERNMENT_EXTRANET', cpu: 512, memoryMib: 4_194_304 } as const;
});
/** Of the steps of a worker's life at which it dies every so manieth; `npm run soak` takes them all. */
const EVERY = SOAKS ? 1 : 11;
/** More than such a life has, and so few that its memory stays within its room. */
const STEPS_MAX = 180;
const MEMORY_STEP_MIB = 64;

/** Another size by what KubeVirt plugs in, and where it cannot, by the restart that somebody agreed to. */
describe('another size while it runs', () => {
  let directory: string;
  let simulated: SimulatedCluster;
  let clusters: Clusters;
  let cluster: ClusterGateway;
  let province: Province;
  let desk: OperatingDesk;
  let watched: ClusterWatch<string>;
  /** The run strategies that each machine's object has had. */
  const strategies = new Map<string, Set<string>>();
  const workers: ProvisioningWorker[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    directory = mkdtempSync(join(tmpdir(), 'jiyun-live-'));
    simulated = await startCluster({ name: CENTER, nodes, updatesLive: true });
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig([simulated], kubeconfigPath);
    const access = { centerCode: CENTER, kubeconfigPath, context: null, updatesLive: true };
    clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
    cluster = clusters.of(CENTER) as ClusterGateway;
    province = await Province.open([CENTER]);
    desk = new OperatingDesk(province);
    watched = cluster.watch({
      kind: 'VirtualMachine',
      view: (object) => textAt(object, 'spec', 'runStrategy') ?? '',
      changed: ({ name }, now) => {
        if (now !== undefined) strategies.set(name, new Set([...(strategies.get(name) ?? []), now]));
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

  async function startWorker(mortal = new Mortal()): Promise<ProvisioningWorker> {
    const { feed, records } = province;
    const worker = new ProvisioningWorker(mortal.clusters(clusters), mortal.records(records), feed, FAST);
    workers.push(worker);
    await worker.start();
    return worker;
  }

  /** It runs, and its record says how much can be plugged into it. */
  async function delivered(departmentCode: string): Promise<string> {
    const [id] = (await province.approve(CENTER, 1, departmentCode)) as [string];
    await until('its room is on record', async () => (await province.row(id)).liveRoom !== null);
    return id;
  }

  const isResized = async (id: string) => (await province.row(id)).formerVcpu === null;
  const resized = (id: string) => until('it is resized', () => isResized(id));
  const asks = (id: string) =>
    until('it waits for a restart', async () => (await province.row(id)).statusText.zh.includes('等待重启'));
  const instanceOf = async (id: string): Promise<ClusterObject | undefined> => {
    const { departmentCode, objectName } = await province.row(id);
    return cluster.get({ kind: 'VirtualMachineInstance', namespace: `dept-${departmentCode}`, name: objectName });
  };
  const sizeOf = async (id: string) => {
    const status = (await instanceOf(id))?.status as {
      currentCPUTopology: { sockets: number };
      memory: { guestCurrent: string };
    };
    return [status.currentCPUTopology.sockets, status.memory.guestCurrent];
  };
  const resize = (id: string, vcpu: number, memoryMib: number, consent?: RestartConsent) =>
    province.resize(id, { vcpu, memoryMib, diskGib: 40 }, consent);

  it('grows by a move to another node, and nothing of it stops', async () => {
    await startWorker();
    const id = await delivered('js-live');
    const { objectName, nodeName, vcpu, memoryMib, liveRoom } = await province.row(id);
    expect(liveRoom).toEqual({ vcpuMax: 4 * vcpu, memoryMibMax: 4 * memoryMib });
    const before = await instanceOf(id);
    await resize(id, 2 * vcpu, 2 * memoryMib, 'ONLY_WHILE_IT_RUNS');
    await resized(id);
    expect(await sizeOf(id)).toEqual([2 * vcpu, `${2 * memoryMib}Mi`]);
    const after = await instanceOf(id);
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(strategies.get(objectName)).toEqual(new Set(['Always']));
    expect(await province.row(id)).toMatchObject({ state: 'IN_USE', power: 'RUNNING', liveRoom });
    expect((await province.row(id)).nodeName).not.toBe(nodeName);
  });

  it('does so where a restart was agreed to as well: nobody is interrupted without need', async () => {
    await startWorker();
    const id = await delivered('js-live');
    const { objectName, vcpu, memoryMib } = await province.row(id);
    const before = await instanceOf(id);
    await resize(id, vcpu + 1, memoryMib);
    await resized(id);
    expect((await instanceOf(id))?.metadata.uid).toBe(before?.metadata.uid);
    expect(strategies.get(objectName)).toEqual(new Set(['Always']));
  });

  it('goes over its room by the one restart that was agreed to', async () => {
    await startWorker();
    const id = await delivered('js-live');
    const { objectName, vcpu, memoryMib } = await province.row(id);
    const before = await instanceOf(id);
    await resize(id, 4 * vcpu + 1, memoryMib);
    await resized(id);
    expect((await instanceOf(id))?.metadata.uid).not.toBe(before?.metadata.uid);
    expect(strategies.get(objectName)).toEqual(new Set(['Always', 'Halted']));
    await until('its room grew with it', async () => (await province.row(id)).liveRoom?.vcpuMax === 16 * vcpu + 4);
  });

  it('waits, without consent, for the restart that somebody asks for', async () => {
    await startWorker();
    const id = await delivered('js-live');
    const { objectName, vcpu, memoryMib } = await province.row(id);
    const before = await instanceOf(id);
    await resize(id, 1, memoryMib, 'ONLY_WHILE_IT_RUNS');
    await asks(id);
    const has = async () => (await province.row(id)).conditions.find(({ type }) => type === 'RestartRequired')?.status;
    await until('its cluster says why', async () => (await has()) === 'True');
    // Look after look it goes on as it was.
    await until('it was looked at again', async () => (await province.row(id)).liveRoom === null);
    expect([await sizeOf(id), (await instanceOf(id))?.metadata.uid]).toEqual([
      [vcpu, `${memoryMib}Mi`],
      before?.metadata.uid,
    ]);
    await desk.press(id, 'RESTART');
    await resized(id);
    expect(await sizeOf(id)).toEqual([1, `${memoryMib}Mi`]);
    expect((await instanceOf(id))?.metadata.uid).not.toBe(before?.metadata.uid);
    expect(strategies.get(objectName)).toEqual(new Set(['Always']));
    expect(await province.row(id)).toMatchObject({ power: 'RUNNING', restartUid: null });
  });

  it('comes to the size that was wanted wherever the worker is killed, and nothing of it stops', async () => {
    const maker = await startWorker();
    const id = await delivered('js-live-mortal');
    await maker.stop();
    const { objectName } = await province.row(id);
    const before = await instanceOf(id);
    let deaths = 0;
    for (let step = 1; ; step += EVERY) {
      expect(step).toBeLessThan(STEPS_MAX);
      await province.endLeases();
      const { vcpu, memoryMib } = await province.row(id);
      const wanted = { vcpu: Math.min(vcpu + 1, 8), memoryMib: memoryMib + MEMORY_STEP_MIB };
      await resize(id, wanted.vcpu, wanted.memoryMib, 'ONLY_WHILE_IT_RUNS');
      const mortal = new Mortal(step);
      const doomed = await startWorker(mortal);
      await until(`step ${step}, or the end`, async () => mortal.hasDied || (await isResized(id)));
      const died = mortal.hasDied;
      mortal.kill();
      await doomed.stop();
      if (died) {
        deaths += 1;
        await province.endLeases();
        const heir = await startWorker();
        await resized(id);
        await heir.stop();
      }
      expect(await sizeOf(id)).toEqual([wanted.vcpu, `${wanted.memoryMib}Mi`]);
      if (!died) break;
    }
    expect(deaths).toBeGreaterThan(1);
    expect((await instanceOf(id))?.metadata.uid).toBe(before?.metadata.uid);
    expect(strategies.get(objectName)).toEqual(new Set(['Always']));
  }, 600_000);
});
