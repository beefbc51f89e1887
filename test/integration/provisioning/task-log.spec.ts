import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import type { ResourceTaskRow } from '../../../server/src/resources/resource-tasks.service.js';
import { type SimulatedCluster, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';
import { startCluster } from '../simulation/support.js';

const CENTER = 'center-a';
const node = {
  name: 'x86',
  architecture: 'amd64',
  zone: 'GOVERNMENT_EXTRANET',
  cpu: 512,
  memoryMib: 4_194_304,
} as const;

describe('the task log', () => {
  let directory: string;
  let simulated: SimulatedCluster;
  let clusters: ClusterRegistry;
  let province: Province;
  const workers: ProvisioningWorker[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    directory = mkdtempSync(join(tmpdir(), 'jiyun-tasks-'));
    simulated = await startCluster({ name: CENTER, nodes: [node] });
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig([simulated], kubeconfigPath);
    const access = { centerCode: CENTER, kubeconfigPath, context: null };
    clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
    province = await Province.open([CENTER]);
  }, 60_000);

  afterEach(async () => {
    simulated.faults.clear();
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });

  afterAll(async () => {
    await clusters?.close();
    await province?.close();
    await simulated?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** How often all resources have been looked at. */
  let looks = 0;

  async function startWorker(): Promise<void> {
    const idsToReconcile = (...given: Parameters<typeof province.resources.idsToReconcile>) => {
      looks += 1;
      return province.resources.idsToReconcile(...given);
    };
    const resources = Object.assign(Object.create(province.resources), { idsToReconcile });
    const worker = new ProvisioningWorker(clusters, { ...province.records, resources }, province.feed, FAST);
    workers.push(worker);
    await worker.start();
  }

  const lastOf = async (id: string): Promise<ResourceTaskRow | undefined> => (await province.tasksOf(id)).at(-1);
  const done = (id: string, kind: string) =>
    until(`${kind} done`, async () => {
      const last = await lastOf(id);
      return last?.kind === kind && last.state === 'DONE';
    });
  const machine = async (department: string) => (await province.approve(CENTER, 1, department))[0] as string;

  it('has one task for each wish of a machine’s life, each with its begin and its end', async () => {
    const id = await machine('task-life');
    await startWorker();
    await done(id, 'MAKE');
    await province.resize(id, { vcpu: 4, memoryMib: 8_192, diskGib: 40 });
    await done(id, 'RESIZE');
    await province.giveBack(id);
    await done(id, 'STOP');
    await province.purge(id);
    await done(id, 'REMOVE');
    const tasks = await province.tasksOf(id);
    expect(tasks.map(({ generation, kind, state }) => [generation, kind, state])).toEqual([
      [1, 'MAKE', 'DONE'],
      [2, 'RESIZE', 'DONE'],
      [3, 'STOP', 'DONE'],
      [4, 'REMOVE', 'DONE'],
    ]);
    const row = await province.row(id);
    for (const { begunAt, departmentId, endedAt, queuedAt } of tasks) {
      expect(departmentId).toBe(row.departmentId);
      expect(begunAt?.getTime()).toBeGreaterThanOrEqual(queuedAt.getTime());
      expect(endedAt?.getTime()).toBeGreaterThanOrEqual(begunAt?.getTime() as number);
    }
    expect(tasks.at(-1)?.text.zh).toBe('已释放');
  });

  it('is written once for a change of state, and not for a look', async () => {
    const id = await machine('task-quiet');
    await startWorker();
    await done(id, 'MAKE');
    const before = await province.tasksOf(id);
    const seen = looks;
    await until('three looks at everything', () => looks >= seen + 3);
    expect(await province.tasksOf(id)).toEqual(before);
  });

  it('says what it waits for, since when it fails and when it is tried again; and that it goes on', async () => {
    simulated.faults.add({ effect: 'serverError', match: { verb: 'patch' }, code: 503 });
    const id = await machine('task-waits');
    await startWorker();
    await until('it waits', async () => (await lastOf(id))?.state === 'WAITING');
    const waiting = (await lastOf(id)) as ResourceTaskRow;
    expect(waiting).toMatchObject({ kind: 'MAKE', failureClass: 'RETRYABLE', endedAt: null });
    expect(waiting.failureMessage).toContain('503');
    expect(waiting.failures).toBeGreaterThan(0);
    expect(waiting.retryAt).toBeInstanceOf(Date);
    simulated.faults.clear();
    await done(id, 'MAKE');
    expect(await lastOf(id)).toMatchObject({ failureClass: null, failureMessage: null, failures: 0, retryAt: null });
  });

  it('says why the cluster refuses for good', async () => {
    simulated.faults.add({ effect: 'serverError', match: { plural: 'datavolumes', verb: 'patch' }, code: 422 });
    const id = await machine('task-refused');
    await startWorker();
    await until('it failed', async () => (await lastOf(id))?.state === 'FAILED');
    expect(await lastOf(id)).toMatchObject({ failureClass: 'INVALID', endedAt: null });
    simulated.faults.clear();
    await done(id, 'MAKE');
  });

  async function queueUp(centerId: string): Promise<void> {
    const tasks = province.records.tasks as NonNullable<typeof province.records.tasks>;
    const due = await tasks.due(centerId);
    await province.records.unitOfWork.run((tx) => tasks.queueUp(tx, centerId, due));
  }

  it('gives no task to a wish that is no longer the newest by the time it is written', async () => {
    const id = await machine('task-overtaken');
    const centerId = (await province.row(id)).centerId as string;
    const tasks = province.records.tasks as NonNullable<typeof province.records.tasks>;
    const due = await tasks.due(centerId);
    expect(due.map((each) => each.id)).toContain(id);
    await province.release(id);
    await province.records.unitOfWork.run((tx) => tasks.queueUp(tx, centerId, due));
    expect(await province.tasksOf(id)).toEqual([]);
    await queueUp(centerId);
    expect((await province.tasksOf(id)).map(({ kind, state }) => [kind, state])).toEqual([['REMOVE', 'QUEUED']]);
    await startWorker();
    await done(id, 'REMOVE');
  });

  it('lets wishes wait in line, and a newer one take the place of an older', async () => {
    const id = await machine('task-line');
    const { centerId } = await province.row(id);
    await queueUp(centerId as string);
    expect(await lastOf(id)).toMatchObject({ generation: 1, kind: 'MAKE', state: 'QUEUED', begunAt: null });
    await province.release(id);
    await queueUp(centerId as string);
    await queueUp(centerId as string);
    expect((await province.tasksOf(id)).map(({ kind, state }) => [kind, state])).toEqual([
      ['MAKE', 'SUPERSEDED'],
      ['REMOVE', 'QUEUED'],
    ]);
    await startWorker();
    await done(id, 'REMOVE');
  });

  it('is heard of when it waits in line or after a failure, once for each, and never as a reason to try at once', async () => {
    const id = await machine('task-news');
    const { unitOfWork } = province.records;
    const { centerId } = await province.row(id);
    const tasks = province.records.tasks as NonNullable<typeof province.records.tasks>;
    const wakes = await province.writesOf(id);
    await queueUp(centerId as string);
    await queueUp(centerId as string);
    expect(await province.newsOfTasks(id)).toBe(1);
    const failure = { failureClass: 'RETRYABLE', failures: 1, message: '503', retryAt: new Date() };
    await unitOfWork.run((tx) => tasks.failed(tx, id, failure));
    expect(await province.newsOfTasks(id)).toBe(2);
    const none = newId();
    await unitOfWork.run((tx) => tasks.failed(tx, none, failure));
    expect(await province.newsOfTasks(none)).toBe(0);
    expect(await province.writesOf(id)).toBe(wakes);
    // The next spec's worker is not to find it waiting.
    await startWorker();
    await done(id, 'MAKE');
  });

  it('takes up at once what a worker before it waited for', async () => {
    simulated.faults.add({ effect: 'serverError', match: { verb: 'patch' }, code: 503 });
    const id = await machine('task-heir');
    const { centerId } = await province.row(id);
    await startWorker();
    await until('it waits', async () => (await lastOf(id))?.state === 'WAITING');
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    const tasks = province.records.tasks as NonNullable<typeof province.records.tasks>;
    await province.records.unitOfWork.run((tx) => tasks.begin(tx, centerId as string));
    expect(await lastOf(id)).toMatchObject({ state: 'RUNNING', retryAt: null });
    simulated.faults.clear();
    await startWorker();
    await done(id, 'MAKE');
  });

  it('keeps a quarter, and what has not ended for ever', async () => {
    const id = await machine('task-old');
    await startWorker();
    await done(id, 'MAKE');
    const open = await machine('task-open');
    await done(open, 'MAKE');
    const DAY_MS = 86_400_000;
    const tasks = province.records.tasks as NonNullable<typeof province.records.tasks>;
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await province.ageTask(id, 93 * DAY_MS);
    await province.ageTask(open, 91 * DAY_MS);
    await province.records.unitOfWork.run((tx) => tasks.prune(tx));
    expect(await province.tasksOf(id)).toEqual([]);
    expect(await province.tasksOf(open)).toHaveLength(1);
  });
});
