import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { madeUpMoves } from '../../../server/src/demonstration/made-up-moves.js';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { ExecutionRequests } from '../../../server/src/executions/execution-requests.service.js';
import { ExecutionSteering } from '../../../server/src/executions/execution-steering.service.js';
import { ExecutionViews } from '../../../server/src/executions/execution-views.service.js';
import { ExecutionsRepository } from '../../../server/src/executions/executions.repository.js';
import { PastExecutions } from '../../../server/src/executions/past-executions.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ExecutionDesk } from '../../support/execution-desk.ts';

let desk: ExecutionDesk;
let ahead = 0;
beforeAll(async () => {
  desk = await ExecutionDesk.open(3, { now: () => new Date(Date.now() + ahead) });
});
afterAll(() => desk.close());

const closed = ({ state }: { state: string }) => state === 'CLOSED';

describe('a planned switchover', () => {
  it('moves machines, disks and the record from A to B, with one writer at every look of an outsider', async () => {
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    for (let n = 0; n < 120 && !closed(await desk.row(id)); n += 1) {
      await desk.get(ExecutionEngine).run();
      await desk.check();
      await desk.press(id);
    }
    const row = await desk.row(id);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', open: null, epoch: 1 });
    expect(Object.keys(row.moments)).toEqual(
      expect.arrayContaining(['DECLARED', 'APPROVED', 'FENCED', 'PROMOTED', 'SWITCHED']),
    );
    // What had the group has given it back.
    expect(await desk.app.test.db.query('select * from dr_group_occupation')).toEqual([]);
    const steps = await desk.steps(id);
    expect(steps.every(({ state }) => state === 'DONE')).toBe(true);
    for (const { claimedAt, finishedAt, startedAt } of steps) {
      expect(claimedAt?.getTime()).toBeLessThanOrEqual(startedAt?.getTime() ?? 0);
      expect(startedAt?.getTime()).toBeLessThanOrEqual(finishedAt?.getTime() ?? 0);
    }
    expect(await desk.check()).toEqual({ writers: [desk.b.center.id], primaries: { A: 0, B: 3, C: 0 } });
    expect([desk.a.cluster.running, desk.b.cluster.running]).toEqual([0, 3]);
    // The epoch stands on every object that was written, in both centers.
    for (const { cluster } of [desk.a, desk.b])
      for (const { metadata } of cluster.objectsOf('VolumeReplication'))
        expect(metadata.annotations).toMatchObject({ 'jiyun.internal/placement-epoch': '1' });
    const evidence = await desk.get(EvidenceRepository).ofExecutions([id]);
    expect(evidence.length).toBeGreaterThanOrEqual(steps.length);
  });

  it('verifies its runbook by having been carried out, and leaves no fence behind', async () => {
    const [{ n }] = await desk.app.test.db.query('select count(*) as n from dr_fence where live = 1');
    expect(Number(n)).toBe(0);
  });

  it('comes back by a failback, with a greater epoch', async () => {
    const id = await desk.approved('FAILBACK', desk.a.center.id);
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'COMMITTED', epoch: 2 });
    expect(await desk.check()).toEqual({ writers: [desk.a.center.id], primaries: { A: 3, B: 0, C: 0 } });
  });

  it('goes back by its own steps when it is decided so: fence, demotion and promotion the other way', async () => {
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    const row = await desk.play(id, closed, { commit: false });
    expect(row).toMatchObject({ outcome: 'ROLLED_BACK' });
    expect(await desk.check()).toEqual({ writers: [desk.a.center.id], primaries: { A: 3, B: 0, C: 0 } });
    expect(desk.a.cluster.running).toBe(3);
    const back = (await desk.steps(id)).filter(({ stage }) => stage === 'ROLL_BACK');
    expect(back.map(({ action, state }) => `${action} ${state}`)).toEqual([
      ...['HALT_SOURCE DONE', 'LIFT_FENCE DONE', 'PROVE_FENCE DONE', 'DEMOTE_SOURCE DONE', 'PROMOTE_TARGET DONE'],
      ...['START_TARGET DONE', 'SWITCH_TRAFFIC DONE', 'LIFT_FENCE DONE'],
    ]);
    // Forth and back: two placements, and none taken away.
    expect((await desk.get(EvidenceRepository).placements([desk.groupId])).get(desk.groupId)?.epoch).toBe(4);
  });

  it('reads the fence again where the final sync took longer than a reading proves anything', async () => {
    const synced = (lastSyncTime: string) => {
      for (const object of desk.a.cluster.objectsOf('VolumeReplication'))
        desk.a.cluster.put({ ...object, status: { ...(object.status as object), lastSyncTime } });
    };
    synced('2020-01-01T00:00:00Z');
    // To the recovery center it goes by VolSync as well.
    const [mirror] = desk.a.cluster.objectsOf('VolumeReplication');
    const { name = '' } = (mirror?.spec as { dataSource?: { name?: string } } | undefined)?.dataSource ?? {};
    desk.a.cluster.put({
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource' },
      metadata: { name: 'to-recovery', namespace: mirror?.metadata.namespace ?? '' },
      spec: { sourcePVC: name, trigger: { schedule: '*/5 * * * *' } },
    });
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    for (let n = 0; n < 20 && (await desk.current(id))?.action !== 'FINAL_SYNC'; n += 1)
      await desk.get(ExecutionEngine).run();
    expect((await desk.current(id))?.action).toBe('FINAL_SYNC');
    ahead = 20 * 60_000;
    try {
      synced('2099-01-01T00:00:00Z');
      expect(await desk.play(id, closed, { commit: false })).toMatchObject({ outcome: 'ROLLED_BACK' });
    } finally {
      ahead = 0;
    }
    const evidence = desk.get(EvidenceRepository);
    expect(await evidence.proofs(id, desk.a.center.id)).toHaveLength(2);
    expect(await evidence.promotions(id)).not.toHaveLength(0);
    const [source] = desk.a.cluster.objectsOf('ReplicationSource');
    expect(source?.spec).toEqual({ sourcePVC: name, trigger: { schedule: '*/5 * * * *' }, paused: false });
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
  });

  it('stands still at a step that fails, is not passed over, and goes on when it is tried again', async () => {
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    await desk.play(id, ({ state }) => state === 'RUNNING');
    // An operator of the array has already written the disks for a later placement.
    const [object] = desk.a.cluster.objectsOf('VolumeReplication');
    if (!object) throw new Error('no disk');
    const annotations = { 'jiyun.internal/placement-epoch': '99' };
    desk.b.cluster.put({
      ...(desk.b.cluster.objectsOf('VolumeReplication')[0] as typeof object),
      metadata: { ...(desk.b.cluster.objectsOf('VolumeReplication')[0] as typeof object).metadata, annotations },
    });
    const paused = await desk.play(id, ({ pausedAt }) => pausedAt !== null);
    expect(paused.pausedWhy).toContain('第 99 次放置');
    const step = await desk.current(id);
    expect(step).toMatchObject({ state: 'FAILED', action: 'PROMOTE_TARGET' });
    const acts = desk.get(ExecutionActs);
    const resumed = await desk.get(ExecutionSteering).resume(desk.duty, WHOLE_PROVINCE, {
      ...{ executionId: id, expectedVersion: paused.version, idempotencyKey: newId() },
    });
    expect(resumed).toMatchObject({ ok: false, error: [{ reason: 'STEP_FAILED' }] });
    const [late] = desk.b.cluster.objectsOf('VolumeReplication').filter(({ metadata }) => metadata.annotations);
    if (!late || !step) throw new Error('gone');
    desk.b.cluster.put({ ...late, metadata: { ...late.metadata, annotations: {} } });
    const again = { stepId: step.id, expectedVersion: step.version, idempotencyKey: newId() };
    expect(await acts.retry(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'COMMITTED' });
    expect((await desk.check()).primaries).toEqual({ A: 0, B: 3, C: 0 });
  });
});

describe('a planned switchover of a disk that nothing carries', () => {
  it('is refused before anything halts, and not in the middle, with everything turned off', async () => {
    const [mirror] = desk.b.cluster.objectsOf('VolumeReplication');
    if (!mirror) throw new Error('no disk');
    const dataSource = { kind: 'PersistentVolumeClaim', name: 'elsewhere' };
    desk.b.cluster.put({ ...mirror, spec: { ...(mirror.spec as object), dataSource } });
    const id = await desk.approved('SWITCHOVER', desk.a.center.id);
    const paused = await desk.play(id, ({ pausedAt }) => pausedAt !== null);
    expect(paused.pausedWhy).toContain('没有复制对象');
    expect([paused.state, desk.b.cluster.running]).toEqual(['APPROVED', 3]);
    desk.b.cluster.put(mirror);
    const wish = { executionId: id, expectedVersion: paused.version, idempotencyKey: newId(), reason: '改期再切换' };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
  });
});

describe('a failover of a center that does not answer', () => {
  it('needs the accepted loss and two signatures, and the old side stands down in the record at the same moment', async () => {
    // B writes since the last move; it is cut off.
    desk.b.cluster.cut = true;
    await desk.measureLag(12);
    const id = await desk.approved('FAILOVER', desk.a.center.id);
    const waiting = await desk.play(id, ({ state }) => state === 'RUNNING');
    expect(waiting.state).toBe('RUNNING');
    await desk.get(ExecutionEngine).run();
    const loss = await desk.current(id);
    expect(loss?.action).toBe('ACCEPT_LOSS');
    // No RPO was promised: whatever is lost is typed.
    const wish = { stepId: loss?.id, expectedVersion: loss?.version ?? 0, choice: 'ACCEPT' as const };
    const acts = desk.get(ExecutionActs);
    const refused = await acts.decide(desk.operator, WHOLE_PROVINCE, { ...wish, typed: '好', idempotencyKey: newId() });
    expect(refused).toMatchObject({ ok: false, error: [{ path: ['typed'] }] });
    const message = refused.ok ? '' : (refused.error[0]?.message.zh ?? '');
    await desk.measureLag(12);
    const typed = /「(.*)」/.exec(message)?.[1] ?? '';
    let done = await acts.decide(desk.operator, WHOLE_PROVINCE, { ...wish, typed, idempotencyKey: newId() });
    if (!done.ok) {
      const now = /「(.*)」/.exec((done.error[0] as { message: { zh: string } }).message.zh)?.[1] ?? '';
      done = await acts.decide(desk.operator, WHOLE_PROVINCE, { ...wish, typed: now, idempotencyKey: newId() });
    }
    expect(done).toMatchObject({ ok: true });
    const row = await desk.play(id, closed);
    expect(row).toMatchObject({ outcome: 'COMMITTED', shownLossKnown: 1 });
    expect(desk.a.cluster.primaries).toBe(3);
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
    // B still runs what it ran: nobody could ask it. Back again, the first thing that it finds is that it stands down.
    expect(desk.b.cluster.running).toBe(3);
    desk.b.cluster.cut = false;
    await desk.b.cluster.follow();
    expect(desk.b.cluster.running).toBe(0);
  });

  it('is followed by a failback, which lifts the fence once the old side is read to stand still', async () => {
    // Whoever keeps the array has made a copy of what returned.
    for (const object of desk.b.cluster.objectsOf('VolumeReplication'))
      desk.b.cluster.put({
        ...object,
        spec: { ...(object.spec as object), replicationState: 'secondary' },
        status: { ...(object.status as object), state: 'Secondary' },
      });
    const live = () => desk.app.test.db.query('select center_id as c from dr_fence where live = 1');
    expect(await live()).toEqual([{ c: desk.b.center.id }]);
    const id = await desk.approved('FAILBACK', desk.b.center.id);
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'COMMITTED' });
    expect((await desk.check()).writers).toEqual([desk.b.center.id]);
    expect(await live()).toEqual([]);
  });

  it('does not go back into a center that is silent: what serves is not turned off for it', async () => {
    await desk.app.test.db.query('update dr_group set rpo_seconds = 3600');
    await desk.measureLag(1);
    desk.b.cluster.cut = true;
    const id = await desk.approved('FAILOVER', desk.a.center.id);
    await desk.play(id, ({ state }) => state === 'ROLLING_BACK', { commit: false });
    await desk.get(ExecutionEngine).run();
    // Another console may have a way to it: it waits for one, as long as each takes for a look.
    expect(await desk.row(id)).toMatchObject({ state: 'ROLLING_BACK', pausedAt: null });
    expect(await desk.current(id)).toMatchObject({
      action: 'HALT_SOURCE',
      problem: expect.stringContaining('没有应答'),
    });
    ahead += 31_000;
    const paused = await desk.play(id, ({ pausedAt }) => pausedAt !== null);
    expect(paused.pausedWhy).toContain('没有应答');
    expect([desk.a.cluster.running, desk.a.cluster.primaries]).toEqual([3, 3]);
    desk.b.cluster.cut = false;
    const step = await desk.current(id);
    const again = { stepId: step?.id, expectedVersion: step?.version ?? 0, idempotencyKey: newId() };
    expect(await desk.get(ExecutionActs).retry(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'ROLLED_BACK' });
    expect([desk.a.cluster.running, desk.b.cluster.running]).toEqual([0, 3]);
  });
});

describe('a switchover that is planned for later', () => {
  const HOUR_MS = 3_600_000;
  const asked = async (plannedAt: Date, toCenterId = desk.a.center.id, steps = usualSteps('SWITCHOVER')) =>
    desk.get(ExecutionRequests).request(desk.duty, WHOLE_PROVINCE, {
      ...{ groupId: desk.groupId, kind: 'SWITCHOVER', toCenterId, reason: '配电检修' },
      ...{ runbookId: await desk.runbook('SWITCHOVER', steps), plannedAt, idempotencyKey: newId() },
    });
  const look = async (id: string) => {
    for (let n = 0; n < 5; n += 1) await desk.get(ExecutionEngine).run();
    return desk.row(id);
  };
  const cancel = async (id: string) => {
    const { version } = await desk.row(id);
    const wish = { executionId: id, expectedVersion: version, reason: '改期再申请', idempotencyKey: newId() };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
  };
  const freeze = async (from: number, to: number) => {
    const freezeId = newId();
    await desk.app.test.db.query(
      `insert into change_freeze (id, code, title, reason, from_at, to_at, made_by, made_at, version)
       values (?, ?, '重保', '通知', ?, ?, '高', utc_timestamp(3), 1)`,
      [freezeId, `FW-2026-${freezeId.slice(-6)}`, new Date(from), new Date(to)],
    );
    return () => desk.app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
  };

  it('touches nothing before its time, stands still where a freeze has come since, and goes on when that is over', async () => {
    const start = Date.now() + ahead;
    expect(await asked(new Date(start - 1))).toMatchObject({ ok: false, error: [{ path: ['plannedAt'] }] });
    expect(await asked(new Date(start + 15 * 24 * HOUR_MS))).toMatchObject({
      ok: false,
      error: [{ path: ['plannedAt'] }],
    });
    const done = await asked(new Date(start + 2 * HOUR_MS));
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    const id = done.value.executionId;
    for (const by of [desk.operator, desk.leader]) expect(await desk.approve(id, by)).toMatchObject({ ok: true });
    expect(await look(id)).toMatchObject({ state: 'APPROVED', pausedAt: null });
    // Nobody looks at it before its hour, for days.
    const openIds = (hours: number) => desk.get(ExecutionsRepository).openIds(new Date(start + hours * HOUR_MS));
    expect([await openIds(1.9), await openIds(2)]).toEqual([[], [id]]);
    expect((await desk.steps(id)).every(({ state }) => state === 'WAITING')).toBe(true);
    const between = (from: number, to: number) =>
      desk.get(ExecutionViews).between(new Date(start + from * HOUR_MS), new Date(start + to * HOUR_MS), 10);
    expect((await between(3, 4)).map((row) => row.id)).toEqual([id]);
    expect(await between(7, 9)).toEqual([]);
    ahead += 2 * HOUR_MS;
    const endFreeze = await freeze(start, start + 9 * HOUR_MS);
    const held = await look(id);
    expect(held).toMatchObject({ state: 'APPROVED', pausedWhy: expect.stringContaining('重保') });
    expect(held.pausedWhyEn).toContain('Nothing is changed during');
    expect((await desk.steps(id)).every(({ state }) => state === 'WAITING')).toBe(true);
    await endFreeze();
    const resume = { executionId: id, expectedVersion: held.version, idempotencyKey: newId() };
    expect(await desk.get(ExecutionSteering).resume(desk.duty, WHOLE_PROVINCE, resume)).toMatchObject({ ok: true });
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'COMMITTED' });
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
  });

  it('is held by a freeze where its runbook checks nothing before as well', async () => {
    const start = Date.now() + ahead;
    const steps = usualSteps('SWITCHOVER').filter(({ stage }) => stage !== 'PRECHECK');
    const done = await asked(new Date(start + HOUR_MS), desk.b.center.id, steps);
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    const id = done.value.executionId;
    for (const by of [desk.operator, desk.leader]) expect(await desk.approve(id, by)).toMatchObject({ ok: true });
    const endFreeze = await freeze(start, start + 9 * HOUR_MS);
    ahead += HOUR_MS;
    expect(await look(id)).toMatchObject({ state: 'APPROVED', pausedWhy: expect.stringContaining('重保') });
    expect((await desk.steps(id)).every(({ state }) => state === 'WAITING')).toBe(true);
    await endFreeze();
    await cancel(id);
  });

  it('is not signed long after its hour, and begins then by somebody’s word alone', async () => {
    const start = Date.now() + ahead;
    const late = await asked(new Date(start + HOUR_MS), desk.b.center.id);
    if (!late.ok) throw new Error(JSON.stringify(late.error));
    expect(await desk.approve(late.value.executionId, desk.operator)).toMatchObject({ ok: true });
    ahead += 2 * HOUR_MS + 60_000;
    expect(await desk.approve(late.value.executionId, desk.leader)).toMatchObject({
      ok: false,
      error: [{ reason: 'PLAN_MISSED' }],
    });
    await cancel(late.value.executionId);
    const plannedAt = new Date(Date.now() + ahead + HOUR_MS);
    const done = await asked(plannedAt, desk.b.center.id);
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    const id = done.value.executionId;
    for (const by of [desk.operator, desk.leader]) expect(await desk.approve(id, by)).toMatchObject({ ok: true });
    // No console was there in its hour.
    ahead += 2 * HOUR_MS + 60_000;
    const missed = await look(id);
    expect(missed).toMatchObject({ state: 'APPROVED', pausedWhy: expect.stringContaining('计划时间已过') });
    expect((await desk.steps(id)).every(({ state }) => state === 'WAITING')).toBe(true);
    const resume = { executionId: id, expectedVersion: missed.version, idempotencyKey: newId() };
    expect(await desk.get(ExecutionSteering).resume(desk.duty, WHOLE_PROVINCE, resume)).toMatchObject({ ok: true });
    const resumed = await desk.row(id);
    expect(resumed.pausedAt).toBeNull();
    expect(resumed.plannedAt?.getTime()).toBeGreaterThan(plannedAt.getTime() + HOUR_MS);
    expect(await desk.get(ExecutionsRepository).openIds(new Date(Date.now() + ahead))).toEqual([id]);
    await cancel(id);
  });

  it('is never a failover', async () => {
    const done = await desk.get(ExecutionRequests).request(desk.duty, WHOLE_PROVINCE, {
      ...{ groupId: desk.groupId, kind: 'FAILOVER', toCenterId: desk.b.center.id, reason: '配电检修' },
      ...{ runbookId: await desk.runbook('FAILOVER'), idempotencyKey: newId() },
      plannedAt: new Date(Date.now() + ahead + HOUR_MS),
    });
    expect(done).toMatchObject({ ok: false, error: [{ path: ['plannedAt'], rule: 'kind' }] });
    await expect(
      desk.app.test.db.query("update dr_execution set planned_at = now(), kind = 'FAILOVER'"),
    ).rejects.toThrow(/ck_dr_execution_planned/);
  });
});

describe('moves of the time before', () => {
  const people = () => ({ requester: desk.duty, approvers: [desk.operator, desk.leader], verifier: desk.head });
  const past = (from: string, to: string) =>
    madeUpMoves(
      { groupId: desk.groupId, isRemote: false, sides: { fromCenterId: from, toCenterId: to } },
      people(),
      new Date(),
    );

  it('are taken in with their proofs, placements and evidence, and leave who writes where it is', async () => {
    const { db } = desk.app.test;
    const [{ n: before }] = await db.query(
      `select max(epoch) as n from \`${auditSchemaOf(desk.app.test.owner.database)}\`.dr_placement`,
    );
    const moves = past(desk.a.center.id, desk.b.center.id);
    const done = await desk.get(PastExecutions).takeOver(desk.duty, moves);
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    const [there = '', back = ''] = done.value.ids;
    expect(await desk.row(there)).toMatchObject({
      state: 'CLOSED',
      outcome: 'COMMITTED',
      open: null,
      epoch: Number(before) + 1,
    });
    expect(await desk.row(back)).toMatchObject({
      kind: 'FAILBACK',
      epoch: Number(before) + 2,
      toCenterId: desk.a.center.id,
    });
    const steps = await desk.steps(there);
    expect(
      steps.every(({ finishedAt, state }) => state === 'DONE' && finishedAt !== null && finishedAt < new Date()),
    ).toBe(true);
    const evidence = await desk.get(EvidenceRepository).ofExecutions([there]);
    expect(evidence).toHaveLength(steps.length);
    for (const { content, hash } of evidence) expect(desk.get(EvidenceRepository).hashOf(content)).toBe(hash);
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
    const [{ live }] = await db.query('select count(*) as live from dr_fence where live = 1');
    expect(Number(live)).toBe(0);
    // What is moved next goes on from there.
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    expect(await desk.play(id, closed)).toMatchObject({ outcome: 'COMMITTED', epoch: Number(before) + 3 });
  });

  it('are refused where they do not end where the group is written', async () => {
    const [there] = past(desk.b.center.id, desk.a.center.id);
    const wrong = [there ? [there] : [], past(desk.a.center.id, desk.b.center.id), []];
    for (const moves of wrong)
      expect(await desk.get(PastExecutions).takeOver(desk.duty, moves)).toMatchObject({ ok: false });
  });
});

describe('a group without data that one center writes', () => {
  it('goes back whole, and serves where it served', async () => {
    const { db } = desk.app.test;
    await db.query('delete from dr_data_place');
    await db.query('delete from dr_data_set');
    await db.query("update dr_tier set data_kind = 'STATELESS' where group_id = ?", [desk.groupId]);
    const id = await desk.approved('SWITCHOVER', desk.a.center.id);
    expect(await desk.play(id, closed, { commit: false })).toMatchObject({ outcome: 'ROLLED_BACK' });
    const placed = (await desk.get(EvidenceRepository).placements([desk.groupId])).get(desk.groupId);
    expect(placed?.servingCenterId).toBe(desk.b.center.id);
    expect([desk.a.cluster.running, desk.b.cluster.running]).toEqual([0, 3]);
  });
});
