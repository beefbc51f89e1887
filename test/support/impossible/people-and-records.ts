import { expect, it } from '@jest/globals';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { FrozenExecutions } from '../../../server/src/executions/frozen-executions.service.js';
import { Runbooks } from '../../../server/src/executions/runbooks.service.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { LinkModes } from '../../../server/src/resilience/link-modes.service.js';
import { Links } from '../../../server/src/resilience/links.service.js';
import { ResourcePower } from '../../../server/src/resources/resource-power.service.js';
import { key, reasons, takenBy, type World } from './world.ts';

/** Of people and of records: one who signs twice, two executions at once, evidence that is changed. */
export function describePeopleAndRecords(world: World): void {
  const { sql, insert, rawExecution, rawProof, rawPromotion } = world;

  it('6b. that a planned switch begins during a freeze of its centers without a leader’s release', async () => {
    const { systemId } =
      (await world.desk.get(GroupsRepository).groups(null)).find(({ id }) => id === world.desk.groupId) ?? {};
    const minute = (ms: number) => new Date(Math.floor((Date.now() + ms) / 60_000) * 60_000);
    const set = await world.desk.get(Freezes).set(world.desk.operator, {
      ...{ title: '重保', reason: '通知', centerIds: [world.desk.b.center.id], idempotencyKey: newId() },
      ...{ fromAt: minute(-60_000), toAt: minute(3_600_000) },
    });
    if (!set.ok) throw new Error(JSON.stringify(set.error));
    const freezeId = set.value.id;
    const asked = await world.desk.request('SWITCHOVER', world.desk.b.center.id);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    expect(await world.desk.approve(executionId, world.desk.operator)).toMatchObject({ ok: true });
    const refused = await world.desk.approve(executionId, world.desk.leader);
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
    expect((await world.desk.row(executionId)).state).toBe('DRAFT');
    const given = await world.desk.get(Freezes).release(world.desk.leader, {
      ...{ freezeId, subject: { type: 'System', id: systemId ?? '' }, subjectName: 'x', reason: '机房检修' },
      ...{ until: new Date(Date.now() + 600_000), idempotencyKey: newId() },
    });
    expect(given).toMatchObject({ ok: true });
    expect(await world.desk.approve(executionId, world.desk.leader)).toMatchObject({ ok: true });
    expect((await world.desk.row(executionId)).state).toBe('APPROVED');
    // A disaster waits for no leader.
    const failover = {
      kind: 'FAILOVER',
      systemId: newId(),
      fromCenterId: null,
      toCenterId: world.desk.b.center.id,
    } as never;
    expect(
      await world.desk.get(UnitOfWork).run((tx) => world.desk.get(FrozenExecutions).refused(tx, failover)),
    ).toEqual([]);
    const { version } = await world.desk.row(executionId);
    const cancel = { executionId, expectedVersion: version, reason: '测试完毕', idempotencyKey: newId() };
    expect(await world.desk.get(ExecutionApprovals).cancel(world.desk.operator, WHOLE_PROVINCE, cancel)).toMatchObject({
      ok: true,
    });
    await world.desk.app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
  });

  it('7. that the same person asks and approves, or two of one department do: by SQL, and by the service', async () => {
    const asked = await world.desk.request('SWITCHOVER', world.desk.b.center.id);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    expect(reasons(await world.desk.approve(executionId, world.desk.duty))).toEqual(['OWN_REQUEST']);
    expect(await world.desk.approve(executionId, world.desk.operator)).toMatchObject({ ok: true });
    const sameHouse = { ...world.desk.operator, userId: newId() };
    expect(reasons(await world.desk.approve(executionId, sameHouse))).toEqual(['SAME_DEPARTMENT']);
    expect((await world.desk.row(executionId)).state).toBe('DRAFT');
    const row = (user: string, department: string, requester: string) =>
      insert('dr_approval', {
        ...{ execution_id: executionId, user_id: user, user_name: '甲', department_id: department },
        ...{ requested_by_id: requester, approved_at: new Date() },
      });
    await expect(row(world.desk.duty.userId, newId(), world.desk.duty.userId)).rejects.toThrow(/CONSTRAINT/);
    // Whoever lies about who asked meets the key.
    await expect(row(world.desk.duty.userId, newId(), newId())).rejects.toThrow(/foreign key/);
    await expect(row(newId(), world.desk.center, world.desk.duty.userId)).rejects.toThrow(/Duplicate/);
    // Nothing runs meanwhile.
    await world.desk.get(ExecutionEngine).run();
    expect((await world.desk.steps(executionId)).every(({ state }) => state === 'WAITING')).toBe(true);
  });

  it('8. that two executions of a group are open: by SQL, and by the service, 16 at once', async () => {
    const { code, id } = await world.desk.row(
      (await sql('select id from dr_execution where open = 1 and group_id = ?', [world.desk.groupId]))[0].id,
    );
    const runbookId = await world.desk.runbook('SWITCHOVER');
    const presses = await Promise.all(
      Array.from({ length: 16 }, () => world.desk.request('SWITCHOVER', world.desk.b.center.id, { runbookId })),
    );
    for (const done of presses) expect(done).toMatchObject(takenBy(code));
    await expect(rawExecution('SWITCHOVER', { group_id: world.desk.groupId })).rejects.toThrow(/Duplicate/);
    const row = await world.desk.row(id);
    const cancel = { executionId: id, expectedVersion: row.version, reason: '撤销测试', ...key() };
    expect(await world.desk.get(ExecutionApprovals).cancel(world.desk.duty, WHOLE_PROVINCE, cancel)).toMatchObject({
      ok: true,
    });
    const fresh = await Promise.all(
      Array.from({ length: 16 }, () => world.desk.request('SWITCHOVER', world.desk.b.center.id, { runbookId })),
    );
    expect(fresh.filter(({ ok }) => ok)).toHaveLength(1);
    expect(code).toMatch(/^QH-/);
    const [open] = await sql('select id, version from dr_execution where open = 1 and group_id = ?', [
      world.desk.groupId,
    ]);
    const again = { executionId: open.id, expectedVersion: Number(open.version), reason: '撤销测试', ...key() };
    expect(await world.desk.get(ExecutionApprovals).cancel(world.desk.duty, WHOLE_PROVINCE, again)).toMatchObject({
      ok: true,
    });
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
    await world.desk.get(Links).all();
    const id = newId();
    await insert('dr_link', {
      ...{
        id,
        from_center_id: world.desk.a.center.id,
        to_center_id: newId(),
        mode: 'SYNC',
        arbiter_paths: '[]',
        version: 1,
      },
    });
    await expect(sql("update dr_link set mode = 'ASYNC' where id = ?", [id])).rejects.toThrow(/CONSTRAINT/);
    await expect(
      sql("update dr_link set mode = 'ASYNC', mode_change_id = ? where id = ?", [newId(), id]),
    ).rejects.toThrow(/foreign key/);
    const modes = world.desk.get(LinkModes);
    const ask = { linkId: id, expectedVersion: 1, toMode: 'ASYNC' as const, reason: '光缆割接期间', ...key() };
    expect(await modes.ask(world.desk.operator, ask)).toMatchObject({ ok: true });
    // Withdrawn, there is nothing to agree to; whoever looked at it before agrees to nothing.
    expect(await modes.withdraw(world.desk.operator, { linkId: id, expectedVersion: 2, ...key() })).toMatchObject({
      ok: true,
    });
    expect(reasons(await modes.agree(world.desk.leader, { linkId: id, expectedVersion: 3, ...key() }))).toEqual([
      'NOTHING_ASKED',
    ]);
    expect(await modes.ask(world.desk.operator, { ...ask, expectedVersion: 3, ...key() })).toMatchObject({ ok: true });
    expect((await sql('select mode from dr_link where id = ?', [id]))[0].mode).toBe('SYNC');
    expect(reasons(await modes.agree(world.desk.operator, { linkId: id, expectedVersion: 4, ...key() }))).toEqual([
      'OWN_REQUEST',
    ]);
    const sameHouse = { ...world.desk.operator, userId: newId() };
    expect(reasons(await modes.agree(sameHouse, { linkId: id, expectedVersion: 4, ...key() }))).toEqual([
      'SAME_DEPARTMENT',
    ]);
    // Nobody agrees to a wish that was changed since it was looked at.
    expect(await modes.agree(world.desk.leader, { linkId: id, expectedVersion: 3, ...key() })).toMatchObject({
      ok: false,
    });
    expect(await modes.agree(world.desk.leader, { linkId: id, expectedVersion: 4, ...key() })).toMatchObject({
      ok: true,
    });
    expect((await sql('select mode from dr_link where id = ?', [id]))[0].mode).toBe('ASYNC');
    await expect(
      sql(
        'insert into dr_link_mode_change select uuid(), link_id, from_mode, to_mode, reason, asked_by_id, asked_by, asked_department_id, asked_by_id, asked_by, asked_department_id, agreed_at from dr_link_mode_change',
      ),
    ).rejects.toThrow(/CONSTRAINT/);
  });

  it('12. to edit an approved runbook: an edit is another version, which nobody has verified', async () => {
    const runbookId = await world.desk.runbook('SWITCHOVER');
    const runbooks = world.desk.get(Runbooks);
    const [before] = await runbooks.versionsOf([runbookId]);
    expect(before?.[0]).toMatchObject({ number: 1, state: 'VERIFIED' });
    const steps = usualSteps('SWITCHOVER').with(0, {
      ...(usualSteps('SWITCHOVER')[0] as never as object),
      title: '另一名',
    } as never);
    const edit = { runbookId, expectedVersion: 1, steps, ...key() };
    expect(await runbooks.edit(world.desk.operator, WHOLE_PROVINCE, edit)).toMatchObject({ ok: true });
    const [after] = await runbooks.versionsOf([runbookId]);
    expect(after?.map(({ number, state }) => `${number} ${state}`)).toEqual(['2 NEEDS_VERIFIED', '1 VERIFIED']);
    expect(after?.[1]?.hash).toBe(before?.[0]?.hash);
    const verify = { runbookId, number: 2, ...key() };
    expect(reasons(await runbooks.verify(world.desk.operator, WHOLE_PROVINCE, verify))).toEqual(['OWN_WORK']);
    expect(reasons(await world.desk.request('SWITCHOVER', world.desk.b.center.id, { runbookId }))).toEqual([
      'NEEDS_VERIFIED',
    ]);
    await expect(
      sql("update dr_runbook_version set state = 'VERIFIED', verified_by_id = authored_by_id where runbook_id = ?", [
        runbookId,
      ]),
    ).rejects.toThrow(/CONSTRAINT/);
  });

  it('13. to start the old side’s machines while another center serves, whoever presses', async () => {
    // One lies in the recycle bin meanwhile, and comes back to a side that stands by.
    const [binned] = await sql('select id from resource where center_id = ? order by id desc limit 1', [
      world.desk.a.center.id,
    ]);
    await sql(
      "update resource set state = 'IN_BIN', bin_until = now(3) + interval 9 day, bin_cause = 'RELEASE' where id = ?",
      [binned.id],
    );
    const id = await world.desk.approved('SWITCHOVER', world.desk.b.center.id);
    await world.desk.play(id, ({ state }) => state === 'CLOSED');
    await sql("update resource set state = 'IN_USE', bin_until = null, bin_cause = null where id = ?", [binned.id]);
    expect(Number((await sql('select standby from resource where id = ?', [binned.id]))[0].standby)).toBe(1);
    const [machine] = await sql('select id, version from resource where center_id = ? limit 1', [
      world.desk.a.center.id,
    ]);
    const power = world.desk.get(ResourcePower);
    const press = { resourceId: machine.id, expectedVersion: Number(machine.version), reason: '试一试', ...key() };
    expect(reasons(await power.operate(world.desk.head, WHOLE_PROVINCE, { ...press, action: 'START' }))).toEqual([
      'STANDBY',
    ]);
  });
}
