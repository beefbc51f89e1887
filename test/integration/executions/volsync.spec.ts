import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ReturningSides } from '../../../server/src/executions/returning-sides.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SimulatedDesk } from '../../support/simulated-desk.ts';
import { until } from '../../support/until.ts';

const PATIENCE_MS = 60_000;
const EPOCH = 'jiyun.internal/placement-epoch';
const over = ({ pausedAt, state }: { state: string; pausedAt: Date | null }) => state === 'CLOSED' || pausedAt !== null;
const CLOSED = { state: 'CLOSED', outcome: 'COMMITTED', pausedWhy: null };

let desk: SimulatedDesk;
afterEach(() => {
  for (const site of desk?.sites ?? []) site.cut = false;
});

const retry = async (id: string) => {
  const step = await desk.current(id);
  const again = { stepId: step?.id, expectedVersion: step?.version ?? 0, idempotencyKey: newId() };
  expect(await desk.get(ExecutionActs).retry(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
};
const sides = () =>
  desk.app.test.db.query('select center_id as c, state, problem from dr_returning_side order by center_id');

describe('a system of one center whose disks VolSync carries to the recovery center', () => {
  beforeAll(async () => {
    desk = await SimulatedDesk.open({ machines: 1, local: 'SINGLE', remote: 'APPLICATION' });
  }, 300_000);
  afterAll(() => desk?.close());

  it('is not halted for a first sync: a disk that never synced is told before anything is touched', async () => {
    expect((await desk.look()).running).toEqual([1, 0, 0]);
    const [sender] = await desk.a.senders();
    await until('a first sync', async () => (await desk.a.senders())[0].status?.lastSyncTime, PATIENCE_MS, 50);
    await desk.a.patch(sender, { spec: { paused: true } });
    await desk.a.patch(sender, { status: { lastSyncTime: null } }, '/status');
    const id = await desk.approved('SWITCHOVER', desk.c.center.id);
    const paused = await desk.play(id, over);
    expect(paused.pausedWhy).toContain('从未完成过同步');
    expect((await desk.look()).running).toEqual([1, 0, 0]);
    await desk.a.patch(sender, { spec: { paused: false, trigger: { manual: 'first' } } });
    await until('its first sync', async () => (await desk.a.senders())[0].status?.lastSyncTime, PATIENCE_MS, 50);
    await retry(id);
    expect(await desk.play(id, over)).toMatchObject({ ...CLOSED, epoch: 1 });
  }, 240_000);

  it('was brought over to its last write, and is protected from there: both ends made, with one key, and synced once', async () => {
    const [row] = await desk.app.test.db.query('select code from dr_execution');
    const [[sent], [receives], [back], [listens]] = await Promise.all([
      desk.a.senders(),
      desk.c.receivers(),
      desk.c.senders(),
      desk.a.receivers(),
    ]);
    expect(sent.spec).toMatchObject({ paused: true, trigger: { manual: `jiyun-${row.code}` } });
    expect(sent.status.lastManualSync).toBe(`jiyun-${row.code}`);
    // What received receives no more: another sync would overwrite what is written here now.
    expect(receives.spec.paused).toBe(true);
    expect(receives.metadata.annotations).toMatchObject({ [EPOCH]: '1' });
    expect(listens.spec.rsyncTLS).toMatchObject({ destinationPVC: sent.spec.sourcePVC, copyMethod: 'Snapshot' });
    expect(back.spec).toMatchObject({
      ...{ paused: false, sourcePVC: receives.spec.rsyncTLS.destinationPVC, trigger: { schedule: '*/5 * * * *' } },
      rsyncTLS: { address: listens.status.rsyncTLS.address },
    });
    expect(back.spec.trigger.manual).toBeUndefined();
    expect(back.status.lastSyncTime).toBeDefined();
    for (const { metadata } of [back, listens]) expect(metadata.annotations).toMatchObject({ [EPOCH]: '1' });
    const { namespace } = back.metadata;
    const [here, there] = [
      await desk.c.keyOf(namespace, back.spec.rsyncTLS.keySecret),
      await desk.a.keyOf(listens.metadata.namespace, listens.spec.rsyncTLS.keySecret),
    ];
    expect(here).toEqual(there);
    expect(here.id).toMatch(/^1-/);
    expect((await desk.look()).running).toEqual([0, 0, 1]);
  }, 60_000);

  it('comes back by what was made, and its first direction goes on under another key', async () => {
    const [before] = await desk.a.receivers();
    const old = await desk.a.keyOf(before.metadata.namespace, before.spec.rsyncTLS.keySecret);
    const id = await desk.approved('FAILBACK', desk.a.center.id);
    expect(await desk.play(id, over)).toMatchObject({ ...CLOSED, epoch: 2 });
    expect((await desk.look()).running).toEqual([1, 0, 0]);
    const [[sends], [receives], [back], [listens]] = await Promise.all([
      desk.a.senders(),
      desk.c.receivers(),
      desk.c.senders(),
      desk.a.receivers(),
    ]);
    expect([back.spec.paused, listens.spec.paused]).toEqual([true, true]);
    expect([sends.spec.paused, receives.spec.paused]).toEqual([false, false]);
    expect(sends.spec).toMatchObject({ rsyncTLS: { address: receives.status.rsyncTLS.address } });
    const key = await desk.c.keyOf(receives.metadata.namespace, receives.spec.rsyncTLS.keySecret);
    expect(key).toEqual(await desk.a.keyOf(sends.metadata.namespace, sends.spec.rsyncTLS.keySecret));
    expect([key.id.slice(0, 2), key.data['psk.txt'] === old.data['psk.txt']]).toEqual(['2-', false]);
  }, 240_000);

  it('is promoted from a disk that a cut transfer tore only after that was made anew of what had arrived whole', async () => {
    const [receiver] = await desk.c.receivers();
    await until('an image', async () => (await desk.c.receivers())[0].status?.latestImage?.name, PATIENCE_MS, 50);
    const image = (await desk.c.receivers())[0].status.latestImage.name;
    const isItsDisk = ({ metadata }: { metadata: { name: string } }) =>
      metadata.name === receiver.spec.rsyncTLS.destinationPVC;
    const torn = (await desk.c.disks()).find(isItsDisk);
    // A is gone in the middle of a transfer.
    desk.a.cut = true;
    const conditions = [
      {
        type: 'Synchronizing',
        status: 'False',
        reason: 'Error',
        message: 'cut',
        lastTransitionTime: '2026-11-30T00:00:00Z',
      },
    ];
    await desk.c.patch(receiver, { spec: { paused: true } });
    await desk.c.patch(
      receiver,
      {
        status: {
          ...{ conditions, latestMoverStatus: { result: 'Failed', logs: 'connection reset' } },
          lastSyncStartTime: `${new Date().toISOString().slice(0, 19)}Z`,
        },
      },
      '/status',
    );
    await desk.measureLag(12, new Date(), 'RECOVERY');
    const id = await desk.approved('FAILOVER', desk.c.center.id);
    const row = await desk.playFailover(id, over);
    expect(row).toMatchObject({ ...CLOSED, epoch: 3 });
    const made = (await desk.c.disks()).find(isItsDisk);
    expect(made.metadata.uid).not.toBe(torn.metadata.uid);
    expect(made.spec.source).toEqual({ snapshot: { namespace: receiver.metadata.namespace, name: image } });
    expect(made.status.phase).toBe('Succeeded');
    const promoted = (await desk.steps(id)).find(({ action }) => action === 'PROMOTE_TARGET');
    expect(promoted?.output).toMatchObject({ rebuilt: [{ disk: made.metadata.name, snapshot: image }] });
    expect(await desk.c.running()).toBe(1);
    // The disk stands: what is found torn after this is another, though it was made of the same image.
    const [record] = await desk.app.test.db.query(
      'select disk_snapshot as s, torn_disk_uid as u from resource where disk_snapshot is not null',
    );
    expect(record).toMatchObject({ s: image, u: null });
  }, 240_000);

  it('is followed by the side that returns: halted, and receiving from where it serves now, without an execution', async () => {
    desk.a.cut = false;
    const returned = async () => {
      await desk.get(ReturningSides).run(desk.registry);
      return (await sides())[0]?.state === 'FOLLOWS';
    };
    await until('A follows', returned, PATIENCE_MS, 50);
    expect(await sides()).toEqual([{ c: desk.a.center.id, state: 'FOLLOWS', problem: null }]);
    const [[sent], [back], [listens]] = await Promise.all([desk.a.senders(), desk.c.senders(), desk.a.receivers()]);
    expect([sent.spec.paused, back.spec.paused, listens.spec.paused]).toEqual([true, false, false]);
    for (const { metadata } of [back, listens]) expect(metadata.annotations).toMatchObject({ [EPOCH]: '3' });
    expect(back.status.lastManualSync).toBe('jiyun-back-3');
    expect((await desk.look()).running).toEqual([0, 0, 1]);
  }, 240_000);

  it('is never made anew of a snapshot of before the halt by a planned move: its last writes are not in it', async () => {
    const [listens] = await desk.a.receivers();
    const uids = async () => (await desk.a.disks()).map(({ metadata }) => metadata.uid);
    const before = await uids();
    await desk.a.patch(listens, { status: { latestMoverStatus: { result: 'Failed', logs: 'reset' } } }, '/status');
    const id = await desk.approved('FAILBACK', desk.a.center.id);
    expect((await desk.play(id, over)).pausedWhy).toContain('没有停机之后完成的同步');
    const lastSyncTime = `${new Date().toISOString().slice(0, 19)}Z`;
    await desk.a.patch(listens, { status: { lastSyncTime } }, '/status');
    await retry(id);
    expect(await desk.play(id, over)).toMatchObject({ ...CLOSED, epoch: 4 });
    expect(await uids()).toEqual(before);
    expect((await desk.look()).running).toEqual([1, 0, 0]);
  }, 240_000);
});

describe('a dual-active system with a copy in the recovery center', () => {
  beforeAll(async () => {
    desk = await SimulatedDesk.open({ machines: 1, remote: 'APPLICATION' });
  }, 300_000);
  afterAll(() => desk?.close());

  it('has that copy sent from its new writer after a failover, under a key that the lost center does not have', async () => {
    const [lost] = await desk.a.senders();
    desk.a.cut = true;
    await desk.measureLag(12);
    const runbookId = await desk.runbook('FAILOVER', usualSteps('FAILOVER', true));
    const id = await desk.approved('FAILOVER', desk.b.center.id, { runbookId });
    expect(await desk.playFailover(id, over)).toMatchObject({ ...CLOSED, epoch: 1 });
    const pointed = (await desk.steps(id)).find(({ action }) => action === 'POINT_REMOTE');
    const [[receives], [sends]] = await Promise.all([desk.c.receivers(), desk.b.senders()]);
    expect(pointed).toMatchObject({ state: 'DONE', output: { carried: [sends.spec.sourcePVC] } });
    expect([receives.spec.paused, sends.spec.paused]).toEqual([false, false]);
    expect(sends.spec.rsyncTLS.address).toBe(receives.status.rsyncTLS.address);
    for (const { metadata } of [receives, sends]) expect(metadata.annotations).toMatchObject({ [EPOCH]: '1' });
    const key = await desk.c.keyOf(receives.metadata.namespace, receives.spec.rsyncTLS.keySecret);
    expect(key).toEqual(await desk.b.keyOf(sends.metadata.namespace, sends.spec.rsyncTLS.keySecret));
    // Should A come back and send before anybody has halted it, nobody there lets it in.
    expect(lost.spec.rsyncTLS.keySecret).not.toBe(sends.spec.rsyncTLS.keySecret);
    desk.a.cut = false;
    expect(await desk.a.keyOf(lost.metadata.namespace, sends.spec.rsyncTLS.keySecret)).toEqual({});
  }, 240_000);

  it('is not halted for a planned move that the fence of its other center would end half-way', async () => {
    const id = await desk.approved('SWITCHOVER', desk.c.center.id);
    const paused = await desk.play(id, over);
    expect(paused.pausedWhy).toContain('仍被隔离');
    expect([paused.state, (await desk.look()).running[1]]).toEqual(['APPROVED', 1]);
    const wish = { executionId: id, expectedVersion: paused.version, idempotencyKey: newId(), reason: '先回切再切换' };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
    const runbookId = await desk.runbook('FAILBACK', usualSteps('FAILBACK', true));
    const back = await desk.approved('FAILBACK', desk.a.center.id, { runbookId });
    expect(await desk.play(back, over)).toMatchObject({ ...CLOSED, epoch: 2 });
    const [receives] = await desk.c.receivers();
    const [sends] = await desk.a.senders();
    expect(sends.metadata.annotations).toMatchObject({ [EPOCH]: '2' });
    // What listened all the time has the new key only where it is given another secret.
    expect(receives.spec.rsyncTLS.keySecret).toMatch(/-2$/);
    expect(await desk.c.keyOf(receives.metadata.namespace, receives.spec.rsyncTLS.keySecret)).toEqual(
      await desk.a.keyOf(sends.metadata.namespace, sends.spec.rsyncTLS.keySecret),
    );
  }, 240_000);

  it('is protected from the recovery center by people where the storage mirrors the disk that would receive', async () => {
    const id = await desk.approved('SWITCHOVER', desk.c.center.id);
    const handed = async () =>
      (await desk.current(id))?.action === 'REPROTECT' && (await desk.current(id))?.kind === 'MANUAL';
    for (let n = 0; n < 300 && !(await handed()); n += 1) {
      await desk.play(id, () => true);
      if (!(await handed())) await desk.press(id);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const step = await desk.current(id);
    expect(step).toMatchObject({ action: 'REPROTECT', kind: 'MANUAL', state: 'RUNNING', needsEvidence: 1 });
    expect(step?.instruction).toContain('接收端磁盘由存储双活复制');
    expect((await desk.row(id)).state).toBe('CLEANING_UP');
    // Everything was brought over before, and nothing of the city's storage was made writable for it.
    expect(await desk.look()).toMatchObject({ writers: [desk.c.center.id], running: [0, 0, 1] });
    expect([await desk.a.primaries(), await desk.b.primaries()]).toEqual([0, 0]);
    if (step) await desk.handIn(step);
    expect(await desk.play(id, over)).toMatchObject({ ...CLOSED, epoch: 3 });
  }, 240_000);
});
