import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ReturningSides } from '../../../server/src/executions/returning-sides.service.js';
import { EngineProcess } from '../../support/engine-process.ts';
import { SimulatedDesk } from '../../support/simulated-desk.ts';
import { until } from '../../support/until.ts';
import { call } from '../simulation/support.ts';

const PATIENCE_MS = 60_000;
/** A cold start of a process on a machine with much else to do, and what it plays. */
const STARTED_WITHIN_MS = 100_000;
const EPOCH = 'jiyun.internal/placement-epoch';
const over = ({ pausedAt, state }: { state: string; pausedAt: Date | null }) => state === 'CLOSED' || pausedAt !== null;

let desk: SimulatedDesk;
beforeAll(async () => {
  desk = await SimulatedDesk.open({ machines: 2 });
}, 300_000);
afterEach(() => {
  for (const site of desk?.sites ?? []) site.cut = false;
});
afterAll(() => desk?.close());

const returned = () => desk.get(ReturningSides).run(desk.registry);
const sides = () =>
  desk.app.test.db.query('select center_id as c, epoch, state, problem from dr_returning_side order by left_at');

const followed = async () => {
  await returned();
  return (await sides())[0].state === 'FOLLOWS';
};

describe('executions on simulated clusters, over the product’s own client and rights', () => {
  it('move a running group by a planned switchover: halted and gone there, promoted and running here', async () => {
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 0, 0], running: [2, 2, 0] });
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    const row = await desk.play(id, over);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 1, pausedWhy: null });
    expect(await desk.look()).toEqual({ writers: [desk.b.center.id], primaries: [0, 2, 0], running: [0, 2, 0] });
    for (const { metadata } of [...(await desk.a.mirrors()), ...(await desk.b.mirrors())])
      expect(metadata.annotations).toMatchObject({ [EPOCH]: '1' });
    // What it left is met like a side that returns, and follows already.
    await returned();
    expect(await sides()).toMatchObject([{ c: desk.a.center.id, epoch: 1, state: 'FOLLOWS', problem: null }]);
  }, 120_000);

  it('fail over from a center that is silent; it returns, halts before anything else, and follows', async () => {
    desk.b.cut = true;
    await desk.measureLag(12);
    const id = await desk.approved('FAILOVER', desk.a.center.id);
    const row = await desk.playFailover(id, over);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 2, pausedWhy: null });
    // Nobody could ask B: there it goes on running, and is a primary still, behind its fence.
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 2, 0], running: [2, 2, 0] });
    await returned();
    expect(await sides()).toMatchObject([{ c: desk.b.center.id, epoch: 2, state: 'AWAITED' }]);
    desk.b.cut = false;
    let last = '';
    const seen: string[] = [];
    await until(
      'B follows',
      async () => {
        await returned();
        const [{ state }] = await sides();
        // A disk is never made a copy while a machine still writes it.
        if (state === 'DEMOTING' && last !== 'DEMOTING') expect(await desk.b.running()).toBe(0);
        if (state !== last) seen.push(state);
        last = state;
        return state === 'FOLLOWS';
      },
      PATIENCE_MS,
      50,
    );
    expect(seen.filter((state) => state !== 'AWAITED').at(-1)).toBe('FOLLOWS');
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 0, 0], running: [2, 0, 0] });
    for (const { metadata } of await desk.b.mirrors()) expect(metadata.annotations).toMatchObject({ [EPOCH]: '2' });
    const evidence = await desk.get(EvidenceRepository).ofExecutions([id]);
    expect(evidence.filter(({ kind }) => kind === 'RETURN').length).toBeGreaterThan(0);
  }, 180_000);

  it('bring over anew what both sides wrote: a degraded copy is synchronized whole before it counts', async () => {
    const [mirror] = await desk.b.mirrors();
    const path = `/apis/replication.storage.openshift.io/v1alpha1/namespaces/${mirror.metadata.namespace}/volumereplications/${mirror.metadata.name}`;
    await desk.app.test.db.query("update dr_returning_side set state = 'DEMOTING', follows_at = null");
    const conditions = mirror.status.conditions.map((one: { type: string }) =>
      one.type === 'Degraded' ? { ...one, status: 'True', reason: 'VolumeDegraded' } : one,
    );
    await call(desk.b.simulated, 'PATCH', `${path}/status`, { status: { ...mirror.status, conditions } });
    await returned();
    const asked = (await desk.b.mirrors()).find(({ metadata }) => metadata.name === mirror.metadata.name);
    expect(asked.spec.replicationState).toBe('resync');
    expect(await sides()).toMatchObject([
      { state: 'DEMOTING', problem: expect.stringContaining(mirror.metadata.name) },
    ]);
    await until('B follows', followed, PATIENCE_MS, 50);
  }, 120_000);

  it('come back by a failback, which lifts the fence and starts what stood by', async () => {
    const id = await desk.approved('FAILBACK', desk.b.center.id);
    expect(await desk.play(id, over)).toMatchObject({
      state: 'CLOSED',
      outcome: 'COMMITTED',
      epoch: 3,
      pausedWhy: null,
    });
    expect(await desk.look()).toEqual({ writers: [desk.b.center.id], primaries: [0, 2, 0], running: [0, 2, 0] });
  }, 180_000);

  it('go on where a worker was killed (kill -9) in the middle of a step: another process finds the record, and the clusters', async () => {
    const { address, owner } = desk.app.test;
    const id = await desk.approved('SWITCHOVER', desk.a.center.id);
    // Its answer is late: the worker waits in the middle of the promotion, with the record made.
    desk.a.simulated.faults.add({
      ...{ match: { plural: 'volumereplications', verb: 'patch' }, effect: 'latency' },
      ...{ ms: 3_000, times: 1 },
    });
    const worker = await EngineProcess.begin({
      ...{ ...desk.place, database: { address, owner } },
      centerCodes: desk.sites.map(({ center }) => center.code),
    });
    const killed = async () => {
      if (worker.hasEnded) throw new Error(worker.log);
      return (await desk.row(id)).epoch === 4;
    };
    await until('the record of the promotion', killed, STARTED_WITHIN_MS);
    await worker.kill();
    const before = await desk.current(id);
    expect(before).toMatchObject({ action: 'PROMOTE_TARGET', state: 'RUNNING' });
    // Nobody waits for its time to run out here.
    await desk.app.test.db.query("update lease set expires_at = utc_timestamp(3) where name = 'dr-executions'");
    desk.a.simulated.faults.clear();
    expect(await desk.play(id, over)).toMatchObject({
      state: 'CLOSED',
      outcome: 'COMMITTED',
      epoch: 4,
      pausedWhy: null,
    });
    const step = (await desk.steps(id)).find(({ action }) => action === 'PROMOTE_TARGET');
    expect(step).toMatchObject({ state: 'DONE', attempts: 1, claimedBy: before?.claimedBy });
    expect((await desk.steps(id)).every(({ state }) => state === 'DONE')).toBe(true);
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 0, 0], running: [2, 0, 0] });
  }, 240_000);
});

describe('a fence that the storage raises', () => {
  const FENCE = { cidrs: ['10.1.0.0/24', '10.1.1.0/24'], fenceClass: 'array-fence' };
  const withFence = (fenceClass: string) =>
    desk.runbook(
      'FAILOVER',
      usualSteps('FAILOVER').map((step) =>
        step.action === 'PROVE_FENCE'
          ? {
              ...{ ...step, kind: 'AUTOMATIC' as const, needsEvidence: false, secondCheck: false },
              params: { proof: 'NETWORK_FENCE' as const, cidrs: FENCE.cidrs, fenceClass },
            }
          : step,
      ),
    );

  it('is asked for at the side that lives, read from its status, and only then is anything promoted', async () => {
    desk.a.cut = true;
    await desk.measureLag(12);
    const id = await desk.approved('FAILOVER', desk.b.center.id, { runbookId: await withFence(FENCE.fenceClass) });
    const row = await desk.playFailover(id, over);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 5, pausedWhy: null });
    const [fence] = await desk.b.fences();
    expect(fence).toMatchObject({
      metadata: { name: `jiyun-${desk.a.center.code}` },
      spec: { fenceState: 'Fenced', cidrs: FENCE.cidrs, networkFenceClassName: FENCE.fenceClass },
      status: { result: 'Succeeded', message: 'fencing operation successful' },
    });
    const [proof] = await desk.get(EvidenceRepository).proofs(id, desk.a.center.id);
    const detail = { uid: fence.metadata.uid, result: 'Succeeded', cidrs: FENCE.cidrs };
    expect(proof).toMatchObject({ kind: 'NETWORK_FENCE', detail });
    expect(await desk.a.fences()).toEqual([]);
  }, 180_000);

  it('stands while the old side runs, and is lifted by the way back, once that is read to stand still', async () => {
    desk.a.cut = false;
    await until('A follows', followed, PATIENCE_MS, 50);
    const id = await desk.approved('FAILBACK', desk.a.center.id);
    expect(await desk.play(id, over)).toMatchObject({
      state: 'CLOSED',
      outcome: 'COMMITTED',
      epoch: 6,
      pausedWhy: null,
    });
    expect((await desk.b.fences())[0]).toMatchObject({
      spec: { fenceState: 'Unfenced' },
      status: { result: 'Succeeded', message: 'unfencing operation successful' },
    });
    expect(await desk.app.test.db.query('select id from dr_fence where live = 1')).toEqual([]);
    expect(await desk.look()).toEqual({ writers: [desk.a.center.id], primaries: [2, 0, 0], running: [2, 0, 0] });
  }, 180_000);

  it('that the storage refuses proves nothing: it stands still, and nobody is promoted', async () => {
    await call(
      desk.b.simulated,
      'DELETE',
      `/apis/csiaddons.openshift.io/v1alpha1/networkfences/jiyun-${desk.a.center.code}`,
    );
    desk.a.cut = true;
    await desk.measureLag(12);
    const id = await desk.approved('FAILOVER', desk.b.center.id, { runbookId: await withFence('failing-fence') });
    const row = await desk.playFailover(id, over);
    expect(row).toMatchObject({ state: 'RUNNING', epoch: null });
    expect(row.pausedWhy).toContain('存储拒绝隔离');
    expect(await desk.look()).toMatchObject({ writers: [desk.a.center.id], primaries: [2, 0, 0] });
    expect(await desk.app.test.db.query('select id from dr_fence where live = 1')).toEqual([]);
  }, 180_000);
});
