import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DrillPlanning } from '../../../server/src/drills/drill-planning.service.js';
import { DrillRunning } from '../../../server/src/drills/drill-running.service.js';
import { DrillViews } from '../../../server/src/drills/drill-views.service.js';
import type { PlannedStep } from '../../../server/src/executions/domain/runbook.js';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ExecutionConfirmations } from '../../../server/src/executions/execution-confirmations.service.js';
import { ExecutionEdgesResolver } from '../../../server/src/executions/execution-edges.resolver.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { ExecutionRequests } from '../../../server/src/executions/execution-requests.service.js';
import { ExecutionSteering } from '../../../server/src/executions/execution-steering.service.js';
import { ExecutionViews } from '../../../server/src/executions/execution-views.service.js';
import { Fences } from '../../../server/src/executions/fences.service.js';
import { FrozenExecutions } from '../../../server/src/executions/frozen-executions.service.js';
import { Runbooks } from '../../../server/src/executions/runbooks.service.js';
import { StandingOrders } from '../../../server/src/executions/standing-orders.service.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { LinkModes } from '../../../server/src/resilience/link-modes.service.js';
import { Links } from '../../../server/src/resilience/links.service.js';
import { ResourcePower } from '../../../server/src/resources/resource-power.service.js';
import { ExecutionDesk } from '../../support/execution-desk.ts';
import { idOf } from '../../support/request-journey.ts';

let desk: ExecutionDesk;
let audit: string;
beforeAll(async () => {
  desk = await ExecutionDesk.open(2);
  audit = auditSchemaOf(desk.app.test.address.database);
});
afterAll(() => desk.close());

const sql = (text: string, values: unknown[] = []) =>
  desk.app.test.db.query(text.replaceAll('AUDIT', `\`${audit}\``), values);
const insert = (table: string, row: Record<string, unknown>) =>
  sql(`insert into ${table} (${Object.keys(row).join(', ')}) values ?`, [[Object.values(row)]]);
const key = () => ({ idempotencyKey: newId() });
const reasons = (done: { ok: boolean; error?: unknown }) =>
  done.ok ? [] : (done.error as { reason?: string; code: string }[]).map(({ code, reason }) => reason ?? code);

/** Refused, and told by what. */
const takenBy = (code: string) => ({
  ok: false,
  error: [
    { reason: 'GROUP_OCCUPIED', message: { zh: expect.stringContaining(code), en: expect.stringContaining(code) } },
  ],
});

/** A raw row of an execution that nobody asked for through the service. */
async function rawExecution(kind: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  const row = {
    ...{
      id,
      code: `X-${id.slice(-12)}`,
      group_id: newId(),
      group_name: '组',
      department_id: newId(),
      system_id: newId(),
    },
    ...{ kind, state: 'RUNNING', reason: '测试写入', moments: '{}' },
    ...{
      from_center_id: desk.a.center.id,
      to_center_id: desk.b.center.id,
      requested_by_id: newId(),
      requested_by: '甲',
    },
    ...{ created_at: new Date(), version: 1 },
    ...more,
  };
  await insert('dr_execution', row);
  return id;
}
const rawProof = async (executionId: string, more: Record<string, unknown> = {}) => {
  const id = newId();
  const row = {
    ...{ id, execution_id: executionId, center_id: desk.a.center.id, kind: 'MACHINES_GONE', detail: '{}' },
    ...{ observed_at: new Date(), recorded_at: new Date(), ...more },
  };
  await insert('AUDIT.dr_fence_proof', row);
  return id;
};
const rawPromotion = (executionId: string, more: Record<string, unknown>) =>
  insert('AUDIT.dr_promotion', {
    ...{ id: newId(), execution_id: executionId, kind: 'SWITCHOVER', data_set_id: newId(), epoch: 1 },
    ...{ from_center_id: desk.a.center.id, to_center_id: desk.b.center.id, data_known: 1, promoted_at: new Date() },
    ...more,
  });

describe('it is impossible', () => {
  it('1. that a data set has two writers: by SQL', async () => {
    await expect(sql("update dr_data_place set role = 'WRITER', writer = 1 where role = 'COPY'")).rejects.toThrow(
      /Duplicate/,
    );
  });

  it('2. to promote without a proof of the fence: by SQL, and by the engine', async () => {
    const id = await rawExecution('SWITCHOVER');
    await expect(rawPromotion(id, { proof_id: null })).rejects.toThrow(/null/);
    await expect(rawPromotion(id, { proof_id: newId() })).rejects.toThrow(/foreign key/);
    // Another execution's proof, or one against another center, is none.
    const elsewhere = await rawProof(await rawExecution('SWITCHOVER'));
    await expect(rawPromotion(id, { proof_id: elsewhere })).rejects.toThrow(/foreign key/);
    const ofB = await rawProof(id, { center_id: desk.b.center.id });
    await expect(rawPromotion(id, { proof_id: ofB })).rejects.toThrow(/foreign key/);
    await sql("update dr_execution set state = 'CLOSED', open = null where id <> ''");
    // By the engine: the step of the proof is made DONE by hand, and none stands in the record.
    const own = await desk.approved('SWITCHOVER', desk.b.center.id);
    await sql(
      "update dr_step set state = 'DONE', claimed_at = now(3), started_at = now(3), finished_at = now(3) where execution_id = ? and action in ('CHECK_PREREQUISITES', 'HALT_SOURCE', 'PROVE_FENCE', 'FINAL_SYNC', 'DEMOTE_SOURCE')",
      [own],
    );
    const row = await desk.play(own, ({ pausedAt }) => pausedAt !== null);
    expect(row.pausedWhy).toContain('没有有效的隔离证明');
    expect(desk.b.cluster.primaries).toBe(0);
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
    const back = { executionId: own, expectedVersion: row.version, reason: '不再继续', ...key() };
    expect(await desk.get(ExecutionSteering).rollBack(desk.duty, WHOLE_PROVINCE, back)).toMatchObject({ ok: true });
    await desk.play(own, ({ state }) => state === 'CLOSED');
  });

  it('3. to take a lease for a fence: by SQL, and by an expired lease beside a machine that runs', async () => {
    const id = await rawExecution('SWITCHOVER');
    for (const kind of ['LEASE', 'LEASE_EXPIRED', 'TIMEOUT'])
      await expect(rawProof(id, { kind })).rejects.toThrow(/CONSTRAINT/);
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [id]);
    const own = await desk.approved('SWITCHOVER', desk.b.center.id);
    // It answered when it was asked whether it can be halted at all.
    await sql(
      "update dr_step set state = 'DONE', claimed_at = now(3), started_at = now(3), finished_at = now(3) where execution_id = ? and action = 'CHECK_PREREQUISITES'",
      [own],
    );
    // Nobody holds the old side's lease, and nobody answers there: that proves nothing.
    await sql('update lease set expires_at = utc_timestamp(3) - interval 1 day where name like ?', ['provisioning/%']);
    desk.a.cluster.cut = true;
    for (let n = 0; n < 5; n += 1) await desk.get(ExecutionEngine).run();
    expect((await desk.get(EvidenceRepository).proofs(own, desk.a.center.id)).length).toBe(0);
    expect((await desk.current(own))?.action).toBe('HALT_SOURCE');
    desk.a.cluster.cut = false;
    const row = await desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    await desk.get(ExecutionSteering).rollBack(desk.duty, WHOLE_PROVINCE, wish);
    await desk.play(own, ({ state }) => state === 'CLOSED');
  });

  it('4. to fence both same-city centers: by SQL, and by the service', async () => {
    const id = await rawExecution('FAILOVER');
    const subject = newId();
    const fence = (center: string) =>
      insert('dr_fence', {
        ...{ id: newId(), subject, center_id: center, same_city: 1, execution_id: id, proof_id: newId() },
        raised_at: new Date(),
      });
    await fence(desk.a.center.id);
    await expect(fence(desk.b.center.id)).rejects.toThrow(/Duplicate/);
    const [execution] = await sql('select * from dr_execution where id = ?', [id]);
    const proving = { sameCity: true, kind: 'NETWORK_FENCE' as const, detail: {}, observedAt: new Date() };
    const raise = (centerId: string) =>
      desk
        .get(UnitOfWork)
        .run((tx) =>
          desk.get(Fences).raise(tx, { id, groupId: execution.group_id } as never, { ...proving, centerId }),
        );
    expect(await raise(desk.a.center.id)).toEqual([]);
    expect(await raise(desk.b.center.id)).toMatchObject([{ reason: 'BOTH_FENCED' }]);
    await sql('update dr_fence set live = null, same_city = null, lifted_at = now(3) where live = 1');
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [id]);
  });

  it('4b. nor is the storage told what the record would refuse; what it was told is taken back, answered or not', async () => {
    const steps = usualSteps('SWITCHOVER').map((step) =>
      step.action === 'PROVE_FENCE'
        ? { ...step, params: { proof: 'NETWORK_FENCE' as const, cidrs: ['10.1.0.0/24'], fenceClass: 'array' } }
        : step,
    );
    const runbookId = await desk.runbook('SWITCHOVER', steps);
    const other = await rawExecution('FAILOVER');
    await insert('dr_fence', {
      ...{ id: newId(), subject: newId(), center_id: desk.b.center.id, same_city: 1, execution_id: other },
      ...{ proof_id: newId(), raised_at: new Date() },
    });
    const own = await desk.approved('SWITCHOVER', desk.b.center.id, { runbookId });
    const paused = await desk.play(own, ({ pausedAt }) => pausedAt !== null);
    expect(paused.pausedWhy).toContain('不能同时隔离');
    const told = () => desk.b.cluster.objectsOf('NetworkFence').map(({ spec }) => spec);
    expect(told()).toEqual([]);
    await sql('update dr_fence set live = null, same_city = null, lifted_at = now(3) where live = 1');
    const step = await desk.current(own);
    const again = { stepId: step?.id, expectedVersion: step?.version ?? 0, ...key() };
    expect(await desk.get(ExecutionActs).retry(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
    // It is told, and has not answered when all of it goes back.
    for (let n = 0; n < 5 && told().length === 0; n += 1) await desk.get(ExecutionEngine).run();
    expect(told()).toMatchObject([{ fenceState: 'Fenced' }]);
    const row = await desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    expect(await desk.get(ExecutionSteering).rollBack(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
    await desk.play(own, ({ state }) => state === 'CLOSED');
    expect(told()).toMatchObject([{ fenceState: 'Unfenced' }]);
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [other]);
  });

  it('5. to turn the last serving center off: a placement without one is refused, and none is taken back', async () => {
    const group = newId();
    const place = (epoch: number, previous: number | null, serving: string | null) =>
      insert('AUDIT.dr_placement', {
        group_id: group,
        epoch,
        previous_epoch: previous,
        serving_center_id: serving,
        placed_at: new Date(),
      });
    await place(0, null, desk.a.center.id);
    await expect(place(1, 0, null)).rejects.toThrow(/null/);
    await expect(sql('delete from AUDIT.dr_placement where group_id = ?', [group])).rejects.toThrow(/denied/);
    await expect(
      sql("update AUDIT.dr_placement set serving_center_id = '' where group_id = ?", [group]),
    ).rejects.toThrow(/denied/);
    // The epoch grows by one, never back, never past.
    await expect(place(2, 0, desk.b.center.id)).rejects.toThrow(/CONSTRAINT/);
    await expect(place(2, 1, desk.b.center.id)).rejects.toThrow(/foreign key/);
    await expect(place(2, null, desk.b.center.id)).rejects.toThrow(/CONSTRAINT/);
    await expect(place(0, null, desk.b.center.id)).rejects.toThrow(/Duplicate/);
    // By the service: to where it serves already, or to where nothing of it stands, nobody moves it.
    const asked = (to: string) => desk.request('SWITCHOVER', to);
    expect(reasons(await asked(desk.a.center.id))).toEqual(['ALREADY_THERE']);
    expect(reasons(await asked(desk.c.center.id))).toEqual(['NO_MACHINES']);
  });

  it('6. to decide on data that nobody knows without typing the shown loss: by SQL, and by the service', async () => {
    const id = await rawExecution('FAILOVER');
    const proof = await rawProof(id);
    await expect(rawPromotion(id, { kind: 'FAILOVER', proof_id: proof, data_known: 0 })).rejects.toThrow(/CONSTRAINT/);
    const accept = (typed: string) =>
      insert('AUDIT.dr_loss_acceptance', {
        ...{ id: newId(), execution_id: id, shown_text: '接受丢失数量不明的数据', typed_text: typed },
        ...{ accepted_by_id: newId(), accepted_by: '甲', accepted_at: new Date() },
      });
    await expect(accept('好')).rejects.toThrow(/CONSTRAINT/);
    await expect(accept('')).rejects.toThrow(/CONSTRAINT/);
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [id]);
    // Read an hour ago: whatever it said then, all that was written since may be lost, and that is typed.
    await desk.measureLag(1, new Date(Date.now() - 3_600_000));
    const own = await desk.approved('FAILOVER', desk.b.center.id);
    await desk.play(own, ({ state }) => state === 'RUNNING');
    await desk.get(ExecutionEngine).run();
    const step = await desk.current(own);
    const decide = (typed: string) =>
      desk.get(ExecutionActs).decide(desk.operator, WHOLE_PROVINCE, {
        ...{ stepId: step?.id, expectedVersion: step?.version ?? 0, choice: 'ACCEPT' as const, typed, ...key() },
      });
    for (const typed of ['', '接受', '接受丢失最近 1 秒的数据', '接受丢失数量不明的数据'])
      expect(reasons(await decide(typed))).toEqual(['INVALID_INPUT']);
    expect(await decide('接受丢失最近 3660 秒的数据')).toMatchObject({ ok: true });
    // And no promotion comes before it: the statement of two people is still missing.
    await desk.get(ExecutionEngine).run();
    expect((await desk.current(own))?.action).toBe('PROVE_FENCE');
    expect((await desk.check()).writers).toEqual([desk.a.center.id]);
    const first = await desk.handIn((await desk.current(own)) as never);
    expect(first).toMatchObject({ ok: true });
    const awaiting = await desk.current(own);
    const second = (by: typeof desk.operator) =>
      desk.get(ExecutionActs).check(by, WHOLE_PROVINCE, {
        ...{ stepId: awaiting?.id, expectedVersion: awaiting?.version ?? 0, agrees: true, text: '', ...key() },
      });
    expect(reasons(await second(desk.operator))).toEqual(['OWN_WORK']);
    // Of the same department as the first.
    expect(reasons(await second(desk.duty))).toEqual(['SAME_DEPARTMENT']);
    const row = await desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    expect(await desk.get(ExecutionSteering).rollBack(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
    await desk.play(own, ({ state }) => state === 'CLOSED');
  });

  it('6b. that a planned switch begins during a freeze of its centers without a leader’s release', async () => {
    const { systemId } = (await desk.get(GroupsRepository).groups(null)).find(({ id }) => id === desk.groupId) ?? {};
    const minute = (ms: number) => new Date(Math.floor((Date.now() + ms) / 60_000) * 60_000);
    const set = await desk.get(Freezes).set(desk.operator, {
      ...{ title: '重保', reason: '通知', centerIds: [desk.b.center.id], idempotencyKey: newId() },
      ...{ fromAt: minute(-60_000), toAt: minute(3_600_000) },
    });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    const freezeId = set.value.id;
    const asked = await desk.request('SWITCHOVER', desk.b.center.id);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    expect(await desk.approve(executionId, desk.operator)).toMatchObject({ ok: true });
    const refused = await desk.approve(executionId, desk.leader);
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
    expect((await desk.row(executionId)).state).toBe('DRAFT');
    const given = await desk.get(Freezes).release(desk.leader, {
      ...{ freezeId, subject: { type: 'System', id: systemId ?? '' }, subjectName: 'x', reason: '机房检修' },
      ...{ until: new Date(Date.now() + 600_000), idempotencyKey: newId() },
    });
    expect(given).toMatchObject({ ok: true });
    expect(await desk.approve(executionId, desk.leader)).toMatchObject({ ok: true });
    expect((await desk.row(executionId)).state).toBe('APPROVED');
    // A disaster waits for no leader.
    const failover = { kind: 'FAILOVER', systemId: newId(), fromCenterId: null, toCenterId: desk.b.center.id } as never;
    expect(await desk.get(UnitOfWork).run((tx) => desk.get(FrozenExecutions).refused(tx, failover))).toEqual([]);
    const { version } = await desk.row(executionId);
    const cancel = { executionId, expectedVersion: version, reason: '测试完毕', idempotencyKey: newId() };
    expect(await desk.get(ExecutionApprovals).cancel(desk.operator, WHOLE_PROVINCE, cancel)).toMatchObject({
      ok: true,
    });
    await desk.app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
  });

  it('7. that the same person asks and approves, or two of one department do: by SQL, and by the service', async () => {
    const asked = await desk.request('SWITCHOVER', desk.b.center.id);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    expect(reasons(await desk.approve(executionId, desk.duty))).toEqual(['OWN_REQUEST']);
    expect(await desk.approve(executionId, desk.operator)).toMatchObject({ ok: true });
    const sameHouse = { ...desk.operator, userId: newId() };
    expect(reasons(await desk.approve(executionId, sameHouse))).toEqual(['SAME_DEPARTMENT']);
    expect((await desk.row(executionId)).state).toBe('DRAFT');
    const row = (user: string, department: string, requester: string) =>
      insert('dr_approval', {
        ...{ execution_id: executionId, user_id: user, user_name: '甲', department_id: department },
        ...{ requested_by_id: requester, approved_at: new Date() },
      });
    await expect(row(desk.duty.userId, newId(), desk.duty.userId)).rejects.toThrow(/CONSTRAINT/);
    // Whoever lies about who asked meets the key.
    await expect(row(desk.duty.userId, newId(), newId())).rejects.toThrow(/foreign key/);
    await expect(row(newId(), desk.center, desk.duty.userId)).rejects.toThrow(/Duplicate/);
    // Nothing runs meanwhile.
    await desk.get(ExecutionEngine).run();
    expect((await desk.steps(executionId)).every(({ state }) => state === 'WAITING')).toBe(true);
  });

  it('8. that two executions of a group are open: by SQL, and by the service, 16 at once', async () => {
    const { code, id } = await desk.row(
      (await sql('select id from dr_execution where open = 1 and group_id = ?', [desk.groupId]))[0].id,
    );
    const runbookId = await desk.runbook('SWITCHOVER');
    const presses = await Promise.all(
      Array.from({ length: 16 }, () => desk.request('SWITCHOVER', desk.b.center.id, { runbookId })),
    );
    for (const done of presses) expect(done).toMatchObject(takenBy(code));
    await expect(rawExecution('SWITCHOVER', { group_id: desk.groupId })).rejects.toThrow(/Duplicate/);
    const row = await desk.row(id);
    const cancel = { executionId: id, expectedVersion: row.version, reason: '撤销测试', ...key() };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, cancel)).toMatchObject({ ok: true });
    const fresh = await Promise.all(
      Array.from({ length: 16 }, () => desk.request('SWITCHOVER', desk.b.center.id, { runbookId })),
    );
    expect(fresh.filter(({ ok }) => ok)).toHaveLength(1);
    expect(code).toMatch(/^QH-/);
    const [open] = await sql('select id, version from dr_execution where open = 1 and group_id = ?', [desk.groupId]);
    const again = { executionId: open.id, expectedVersion: Number(open.version), reason: '撤销测试', ...key() };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, again)).toMatchObject({ ok: true });
  });

  it('9. that an execution whose cleanup failed lets its group go: by SQL, and a drill is no execution', async () => {
    const id = await rawExecution('SWITCHOVER', { state: 'CLEANUP_FAILED' });
    await expect(sql('update dr_execution set open = null where id = ?', [id])).rejects.toThrow(/CONSTRAINT/);
    await expect(rawExecution('DRILL')).rejects.toThrow(/CONSTRAINT/);
    await expect(rawPromotion(id, { kind: 'DRILL', proof_id: await rawProof(id) })).rejects.toThrow(/CONSTRAINT/);
    await sql("update dr_execution set state = 'CANCELLED', open = null where id = ?", [id]);
  });

  it('10. to delete or change evidence, proofs, acceptances, promotions or a runbook’s text', async () => {
    const tables = [
      'dr_evidence',
      'dr_fence_proof',
      'dr_loss_acceptance',
      'dr_promotion',
      'dr_placement',
      'dr_runbook_text',
    ];
    for (const table of tables) {
      await expect(sql(`delete from AUDIT.${table}`)).rejects.toThrow(/denied/);
      await expect(sql(`truncate table AUDIT.${table}`)).rejects.toThrow(/denied/);
    }
    await expect(sql("update AUDIT.dr_evidence set content = '{}'")).rejects.toThrow(/denied/);
    await expect(sql("update AUDIT.dr_runbook_text set steps = '[]'")).rejects.toThrow(/denied/);
  });

  it('11. that a synchronous link becomes asynchronous in silence: by SQL, and by one person', async () => {
    await desk.get(Links).all();
    const id = newId();
    await insert('dr_link', {
      ...{ id, from_center_id: desk.a.center.id, to_center_id: newId(), mode: 'SYNC', arbiter_paths: '[]', version: 1 },
    });
    await expect(sql("update dr_link set mode = 'ASYNC' where id = ?", [id])).rejects.toThrow(/CONSTRAINT/);
    await expect(
      sql("update dr_link set mode = 'ASYNC', mode_change_id = ? where id = ?", [newId(), id]),
    ).rejects.toThrow(/foreign key/);
    const modes = desk.get(LinkModes);
    const ask = { linkId: id, expectedVersion: 1, toMode: 'ASYNC' as const, reason: '光缆割接期间', ...key() };
    expect(await modes.ask(desk.operator, ask)).toMatchObject({ ok: true });
    // Withdrawn, there is nothing to agree to; whoever looked at it before agrees to nothing.
    expect(await modes.withdraw(desk.operator, { linkId: id, expectedVersion: 2, ...key() })).toMatchObject({
      ok: true,
    });
    expect(reasons(await modes.agree(desk.leader, { linkId: id, expectedVersion: 3, ...key() }))).toEqual([
      'NOTHING_ASKED',
    ]);
    expect(await modes.ask(desk.operator, { ...ask, expectedVersion: 3, ...key() })).toMatchObject({ ok: true });
    expect((await sql('select mode from dr_link where id = ?', [id]))[0].mode).toBe('SYNC');
    expect(reasons(await modes.agree(desk.operator, { linkId: id, expectedVersion: 4, ...key() }))).toEqual([
      'OWN_REQUEST',
    ]);
    const sameHouse = { ...desk.operator, userId: newId() };
    expect(reasons(await modes.agree(sameHouse, { linkId: id, expectedVersion: 4, ...key() }))).toEqual([
      'SAME_DEPARTMENT',
    ]);
    // Nobody agrees to a wish that was changed since it was looked at.
    expect(await modes.agree(desk.leader, { linkId: id, expectedVersion: 3, ...key() })).toMatchObject({ ok: false });
    expect(await modes.agree(desk.leader, { linkId: id, expectedVersion: 4, ...key() })).toMatchObject({ ok: true });
    expect((await sql('select mode from dr_link where id = ?', [id]))[0].mode).toBe('ASYNC');
    await expect(
      sql(
        'insert into dr_link_mode_change select uuid(), link_id, from_mode, to_mode, reason, asked_by_id, asked_by, asked_department_id, asked_by_id, asked_by, asked_department_id, agreed_at from dr_link_mode_change',
      ),
    ).rejects.toThrow(/CONSTRAINT/);
  });

  it('12. to edit an approved runbook: an edit is another version, which nobody has verified', async () => {
    const runbookId = await desk.runbook('SWITCHOVER');
    const runbooks = desk.get(Runbooks);
    const [before] = await runbooks.versionsOf([runbookId]);
    expect(before?.[0]).toMatchObject({ number: 1, state: 'VERIFIED' });
    const steps = usualSteps('SWITCHOVER').with(0, {
      ...(usualSteps('SWITCHOVER')[0] as never as object),
      title: '另一名',
    } as never);
    const edit = { runbookId, expectedVersion: 1, steps, ...key() };
    expect(await runbooks.edit(desk.operator, WHOLE_PROVINCE, edit)).toMatchObject({ ok: true });
    const [after] = await runbooks.versionsOf([runbookId]);
    expect(after?.map(({ number, state }) => `${number} ${state}`)).toEqual(['2 NEEDS_VERIFIED', '1 VERIFIED']);
    expect(after?.[1]?.hash).toBe(before?.[0]?.hash);
    const verify = { runbookId, number: 2, ...key() };
    expect(reasons(await runbooks.verify(desk.operator, WHOLE_PROVINCE, verify))).toEqual(['OWN_WORK']);
    expect(reasons(await desk.request('SWITCHOVER', desk.b.center.id, { runbookId }))).toEqual(['NEEDS_VERIFIED']);
    await expect(
      sql("update dr_runbook_version set state = 'VERIFIED', verified_by_id = authored_by_id where runbook_id = ?", [
        runbookId,
      ]),
    ).rejects.toThrow(/CONSTRAINT/);
  });

  it('13. to start the old side’s machines while another center serves, whoever presses', async () => {
    // One lies in the recycle bin meanwhile, and comes back to a side that stands by.
    const [binned] = await sql('select id from resource where center_id = ? order by id desc limit 1', [
      desk.a.center.id,
    ]);
    await sql(
      "update resource set state = 'IN_BIN', bin_until = now(3) + interval 9 day, bin_cause = 'RELEASE' where id = ?",
      [binned.id],
    );
    const id = await desk.approved('SWITCHOVER', desk.b.center.id);
    await desk.play(id, ({ state }) => state === 'CLOSED');
    await sql("update resource set state = 'IN_USE', bin_until = null, bin_cause = null where id = ?", [binned.id]);
    expect(Number((await sql('select standby from resource where id = ?', [binned.id]))[0].standby)).toBe(1);
    const [machine] = await sql('select id, version from resource where center_id = ? limit 1', [desk.a.center.id]);
    const power = desk.get(ResourcePower);
    const press = { resourceId: machine.id, expectedVersion: Number(machine.version), reason: '试一试', ...key() };
    expect(reasons(await power.operate(desk.head, WHOLE_PROVINCE, { ...press, action: 'START' }))).toEqual(['STANDBY']);
  });
});

describe('a department', () => {
  it('reads how its system was moved, and not by which networks centers are fenced', async () => {
    const [{ id }] = await sql("select execution_id as id from dr_step where params like '%10.1.0.0%' limit 1");
    const node = { row: await desk.row(id) } as never;
    const seenBy = (viewer: typeof desk.head) =>
      ({
        requireViewer: () => viewer,
        loader: (batch: (ids: string[]) => Promise<unknown[]>) => ({
          load: async (one: string) => (await batch([one]))[0],
        }),
      }) as never;
    const edges = desk.get(ExecutionEdgesResolver);
    const cidrs = async (viewer: typeof desk.head) =>
      (await edges.steps(seenBy(viewer), node)).flatMap(({ params }) => params.cidrs);
    expect(await cidrs(desk.operator)).toContain('10.1.0.0/24');
    expect(await cidrs(desk.head)).toEqual([]);
    const kinds = new Set((await edges.evidence(seenBy(desk.head), node)).map(({ kind }) => kind));
    expect([...kinds].filter((kind) => kind === 'STEP_OUTPUT' || kind === 'STEP_FAILURE')).toEqual([]);
  });
});

describe('an advance approval', () => {
  it('lets the duty engineer and one leader of duty begin, and the other side confirms after', async () => {
    const orders = desk.get(StandingOrders);
    const wish = {
      ...{ groupIds: [desk.groupId], kinds: ['SWITCHOVER'] as const, trigger: 'B 中心整体失联十分钟以上' },
      ...{ holder: { id: desk.duty.userId, name: desk.duty.name } },
      ...{ from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 3_600_000) },
    };
    const signed = await orders.sign(desk.leader, { ...wish, ...key() });
    if (!signed.ok) throw new Error(JSON.stringify(signed.error));
    const standingOrderId = signed.value.orderId;
    // Not for another kind, and not in another hand.
    expect(reasons(await desk.request('FAILOVER', desk.a.center.id, { standingOrderId }))).toEqual(['NOT_COVERED']);
    const asked = await desk.request('SWITCHOVER', desk.a.center.id, { standingOrderId });
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    expect(await desk.approve(executionId, desk.operator)).toMatchObject({ ok: true });
    const row = await desk.row(executionId);
    expect(row.state).toBe('APPROVED');
    const due = (row.confirmDueAt?.getTime() ?? 0) - row.createdAt.getTime();
    expect(due).toBe(24 * 3_600_000);
    const confirm = (by: typeof desk.leader) =>
      desk.get(ExecutionApprovals).confirm(by, WHOLE_PROVINCE, { executionId, expectedVersion: row.version, ...key() });
    // Nobody has, in time: it is told once, however often it is looked at.
    const told = () =>
      sql('select subject_id as id from notice where once_key like ?', ['dr-execution/%/confirm-missed']);
    await desk.get(ExecutionConfirmations).tell();
    expect(await told()).toEqual([]);
    await sql('update dr_execution set confirm_due_at = utc_timestamp(3) - interval 1 hour where id = ?', [
      executionId,
    ]);
    for (let n = 0; n < 2; n += 1) await desk.get(ExecutionConfirmations).tell();
    expect(await told()).toEqual([{ id: executionId }]);
    // That it was told is kept for half a year only; then it is told no more.
    await sql('update dr_execution set confirm_due_at = utc_timestamp(3) - interval 181 day where id = ?', [
      executionId,
    ]);
    await sql('delete from notice where once_key like ?', ['dr-execution/%/confirm-missed']);
    await desk.get(ExecutionConfirmations).tell();
    expect(await told()).toEqual([]);
    expect(reasons(await confirm({ ...desk.operator, userId: newId() }))).toEqual(['SAME_DEPARTMENT']);
    expect(await confirm(desk.head)).toMatchObject({ ok: true });
    expect(await desk.play(executionId, ({ state }) => state === 'CLOSED')).toMatchObject({ outcome: 'COMMITTED' });
  });

  it('spares nobody’s signature once it was revoked, and nothing is confirmed that nobody has approved', async () => {
    const orders = desk.get(StandingOrders);
    const signed = await orders.sign(desk.leader, {
      ...{ groupIds: [desk.groupId], kinds: ['SWITCHOVER'] as const, trigger: 'A 中心整体失联十分钟以上' },
      ...{ holder: { id: desk.duty.userId, name: desk.duty.name } },
      ...{ from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 3_600_000), ...key() },
    });
    const standingOrderId = signed.ok ? signed.value.orderId : '';
    const asked = await desk.request('SWITCHOVER', desk.b.center.id, { standingOrderId });
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    const { version } = await desk.row(executionId);
    const early = { executionId, expectedVersion: version, ...key() };
    const approvals = desk.get(ExecutionApprovals);
    expect(reasons(await approvals.confirm(desk.head, WHOLE_PROVINCE, early))).toEqual(['ILLEGAL_TRANSITION']);
    const needed = async () =>
      desk.get(ExecutionViews).signaturesNeeded(await desk.row(asked.ok ? asked.value.executionId : ''));
    expect(await needed()).toBe(1);
    // However many were signed since.
    const [order] = await sql('select * from dr_standing_order where id = ?', [standingOrderId]);
    const later = { trigger_text: '其后签署的另一份预授权', signed_at: new Date(Date.now() + 1_000) };
    for (let n = 0; n < 200; n += 1) await insert('dr_standing_order', { ...order, ...later, id: newId() });
    expect(await needed()).toBe(1);
    await sql('delete from dr_standing_order where trigger_text = ?', [later.trigger_text]);
    expect(await orders.revoke(desk.leader, { orderId: standingOrderId, ...key() })).toMatchObject({ ok: true });
    expect(await needed()).toBe(2);
    expect(await desk.approve(executionId, desk.operator)).toMatchObject({ ok: true });
    const row = await desk.row(executionId);
    expect(row.state).toBe('DRAFT');
    const cancel = { executionId, expectedVersion: row.version, reason: '撤销测试', ...key() };
    expect(await approvals.cancel(desk.duty, WHOLE_PROVINCE, cancel)).toMatchObject({ ok: true });
  });

  it('ends with its period or when it is revoked, and is of two people by CHECK', async () => {
    const row = { ...(await sql('select * from dr_standing_order limit 1'))[0], id: newId() };
    await expect(insert('dr_standing_order', { ...row, holder_id: row.signed_by_id })).rejects.toThrow(/CONSTRAINT/);
    await expect(
      insert('dr_standing_order', { ...row, valid_until: new Date(Date.now() + 100 * 86_400_000) }),
    ).rejects.toThrow(/CONSTRAINT/);
  });
});

describe('the lease of the engine', () => {
  it('lets one process play at a time', async () => {
    await desk.get(ExecutionEngine).run();
    expect(await desk.get(Leases).take('dr-executions', 'somebody else', 1_000)).toBeUndefined();
  });
});

describe('an execution and a drill of one group', () => {
  const planning = () => desk.get(DrillPlanning);
  const onDrill = async (id: string) => {
    const row = await desk.get(DrillViews).byId(WHOLE_PROVINCE, id);
    if (!row) throw new Error(`no drill ${id}`);
    return { row, wish: { id, expectedVersion: row.version, ...key() } };
  };
  /** 桌面推演, planned and approved: the precheck is what takes the group. */
  async function drill(): Promise<string> {
    const id = idOf(
      await planning().plan(desk.operator, WHOLE_PROVINCE, {
        ...{ groupId: desk.groupId, kind: 'TABLETOP', centerId: null, scenario: '同城主中心整体断电', items: [] },
        ...{ plannedAt: new Date(), cleanupHours: 4, ...key() },
      }),
    );
    return idOf(await planning().approve(desk.head, WHOLE_PROVINCE, (await onDrill(id)).wish));
  }
  const precheck = async (id: string) => planning().precheck(desk.operator, WHOLE_PROVINCE, (await onDrill(id)).wish);
  const abort = async (id: string) => {
    const wish = { ...(await onDrill(id)).wish, reason: '演练条件不具备' };
    idOf(await desk.get(DrillRunning).abort(desk.operator, WHOLE_PROVINCE, wish));
    expect((await onDrill(id)).row.state).toBe('CLOSED');
  };
  const cancel = async (executionId: string) => {
    const { version } = await desk.row(executionId);
    const wish = { executionId, expectedVersion: version, reason: '撤销测试', ...key() };
    expect(await desk.get(ExecutionApprovals).cancel(desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({ ok: true });
  };
  const asked = async (runbookId?: string) => {
    const done = await desk.request('SWITCHOVER', desk.b.center.id, runbookId === undefined ? {} : { runbookId });
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    return done.value.executionId;
  };
  const holders = () =>
    sql('select by_kind, by_id, by_code from dr_group_occupation where group_id = ?', [desk.groupId]);

  it('no execution is opened while a drill holds the group, and the drill’s end gives it back', async () => {
    const id = await drill();
    idOf(await precheck(id));
    const { code } = (await onDrill(id)).row;
    expect(await holders()).toMatchObject([{ by_kind: 'DRILL', by_id: id, by_code: code }]);
    expect(await desk.request('SWITCHOVER', desk.b.center.id)).toMatchObject(takenBy(code));
    // And whoever only looks is told so before he writes down why.
    const wish = { groupId: desk.groupId, kind: 'SWITCHOVER' as const, toCenterId: desk.b.center.id };
    const shown = await desk.get(ExecutionRequests).preview(WHOLE_PROVINCE, wish);
    expect({ ok: false, error: ['refusal' in shown ? shown.refusal : null] }).toMatchObject(takenBy(code));
    await abort(id);
    expect(await holders()).toEqual([]);
    await cancel(await asked());
  });

  it('no drill begins while an execution is open, and its cancellation gives the group back', async () => {
    const executionId = await asked();
    const { code } = await desk.row(executionId);
    expect(await holders()).toMatchObject([{ by_kind: 'EXECUTION', by_id: executionId, by_code: code }]);
    const id = await drill();
    expect(await precheck(id)).toMatchObject(takenBy(code));
    await cancel(executionId);
    expect(await holders()).toEqual([]);
    idOf(await precheck(id));
    await abort(id);
  });

  it('an execution that was not cleaned up keeps the group from drills, until it is closed', async () => {
    const [first] = usualSteps('SWITCHOVER') as [PlannedStep];
    const byHand = { ...first, stage: 'CLEAN_UP', kind: 'MANUAL', action: 'INSTRUCTION', instruction: '归档' } as const;
    const runbookId = await desk.runbook('SWITCHOVER', [...usualSteps('SWITCHOVER'), byHand]);
    const executionId = await desk.approved('SWITCHOVER', desk.b.center.id, { runbookId });
    const { code } = await desk.play(executionId, ({ state }) => state === 'CLEANING_UP');
    // Nobody has done it in time.
    await sql(
      'update dr_step set claimed_at = now(3) - interval 1 day, started_at = now(3) - interval 1 day where execution_id = ? and under_way = 1',
      [executionId],
    );
    const row = await desk.play(executionId, ({ pausedAt, state }) => pausedAt !== null || state === 'CLOSED');
    expect(row.state).toBe('CLEANUP_FAILED');
    const id = await drill();
    expect(await precheck(id)).toMatchObject(takenBy(code));
    expect(await desk.request('FAILBACK', desk.a.center.id)).toMatchObject(takenBy(code));
    const step = await desk.current(executionId);
    const retry = { stepId: step?.id, expectedVersion: step?.version ?? 0, ...key() };
    expect(await desk.get(ExecutionActs).retry(desk.duty, WHOLE_PROVINCE, retry)).toMatchObject({ ok: true });
    await desk.play(executionId, ({ state }) => state === 'CLOSED');
    expect(await holders()).toEqual([]);
    idOf(await precheck(id));
    await abort(id);
  });

  it('of eight at once, half of them drills, one is granted, and the others are told by what', async () => {
    const runbookId = await desk.runbook('FAILBACK');
    for (let round = 0; round < 3; round += 1) {
      const drills = await Promise.all(Array.from({ length: 4 }, () => drill()));
      const done = await Promise.all([
        ...drills.map((id) => precheck(id)),
        ...drills.map(() => desk.request('FAILBACK', desk.a.center.id, { runbookId })),
      ]);
      const granted = done.filter(({ ok }) => ok);
      expect(granted).toHaveLength(1);
      const [holder] = await holders();
      for (const one of done) if (!one.ok) expect(one).toMatchObject(takenBy(holder.by_code));
      await (holder.by_kind === 'DRILL' ? abort(holder.by_id) : cancel(holder.by_id));
      expect(await holders()).toEqual([]);
    }
  });
});
