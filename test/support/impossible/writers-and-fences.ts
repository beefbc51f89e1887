import { expect, it } from '@jest/globals';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { ExecutionSteering } from '../../../server/src/executions/execution-steering.service.js';
import { Fences } from '../../../server/src/executions/fences.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { key, reasons, type World } from './world.ts';

/** Of a group's data and of its sides: a second writer, a promotion or a fence without proof, a loss that nobody has typed. */
export function describeWritersAndFences(world: World): void {
  const { sql, insert, rawExecution, rawProof, rawPromotion } = world;

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
    const ofB = await rawProof(id, { center_id: world.desk.b.center.id });
    await expect(rawPromotion(id, { proof_id: ofB })).rejects.toThrow(/foreign key/);
    await sql("update dr_execution set state = 'CLOSED', open = null where id <> ''");
    // By the engine: the step of the proof is made DONE by hand, and none stands in the record.
    const own = await world.desk.approved('SWITCHOVER', world.desk.b.center.id);
    await sql(
      "update dr_step set state = 'DONE', claimed_at = now(3), started_at = now(3), finished_at = now(3) where execution_id = ? and action in ('CHECK_PREREQUISITES', 'HALT_SOURCE', 'PROVE_FENCE', 'FINAL_SYNC', 'DEMOTE_SOURCE')",
      [own],
    );
    const row = await world.desk.play(own, ({ pausedAt }) => pausedAt !== null);
    expect(row.pausedWhy).toContain('没有有效的隔离证明');
    expect(world.desk.b.cluster.primaries).toBe(0);
    expect((await world.desk.check()).writers).toEqual([world.desk.a.center.id]);
    const back = { executionId: own, expectedVersion: row.version, reason: '不再继续', ...key() };
    expect(await world.desk.get(ExecutionSteering).rollBack(world.desk.duty, WHOLE_PROVINCE, back)).toMatchObject({
      ok: true,
    });
    await world.desk.play(own, ({ state }) => state === 'CLOSED');
  });

  it('3. to take a lease for a fence: by SQL, and by an expired lease beside a machine that runs', async () => {
    const id = await rawExecution('SWITCHOVER');
    for (const kind of ['LEASE', 'LEASE_EXPIRED', 'TIMEOUT'])
      await expect(rawProof(id, { kind })).rejects.toThrow(/CONSTRAINT/);
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [id]);
    const own = await world.desk.approved('SWITCHOVER', world.desk.b.center.id);
    // It answered when it was asked whether it can be halted at all.
    await sql(
      "update dr_step set state = 'DONE', claimed_at = now(3), started_at = now(3), finished_at = now(3) where execution_id = ? and action = 'CHECK_PREREQUISITES'",
      [own],
    );
    // Nobody holds the old side's lease, and nobody answers there: that proves nothing.
    await sql('update lease set expires_at = utc_timestamp(3) - interval 1 day where name like ?', ['provisioning/%']);
    world.desk.a.cluster.cut = true;
    for (let n = 0; n < 5; n += 1) await world.desk.get(ExecutionEngine).run();
    expect((await world.desk.get(EvidenceRepository).proofs(own, world.desk.a.center.id)).length).toBe(0);
    expect((await world.desk.current(own))?.action).toBe('HALT_SOURCE');
    world.desk.a.cluster.cut = false;
    const row = await world.desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    await world.desk.get(ExecutionSteering).rollBack(world.desk.duty, WHOLE_PROVINCE, wish);
    await world.desk.play(own, ({ state }) => state === 'CLOSED');
  });

  it('4. to fence both same-city centers: by SQL, and by the service', async () => {
    const id = await rawExecution('FAILOVER');
    const subject = newId();
    const fence = (center: string) =>
      insert('dr_fence', {
        ...{ id: newId(), subject, center_id: center, same_city: 1, execution_id: id, proof_id: newId() },
        raised_at: new Date(),
      });
    await fence(world.desk.a.center.id);
    await expect(fence(world.desk.b.center.id)).rejects.toThrow(/Duplicate/);
    const [execution] = await sql('select * from dr_execution where id = ?', [id]);
    const proving = { sameCity: true, kind: 'NETWORK_FENCE' as const, detail: {}, observedAt: new Date() };
    const raise = (centerId: string) =>
      world.desk
        .get(UnitOfWork)
        .run((tx) =>
          world.desk.get(Fences).raise(tx, { id, groupId: execution.group_id } as never, { ...proving, centerId }),
        );
    expect(await raise(world.desk.a.center.id)).toEqual([]);
    expect(await raise(world.desk.b.center.id)).toMatchObject([{ reason: 'BOTH_FENCED' }]);
    await sql('update dr_fence set live = null, same_city = null, lifted_at = now(3) where live = 1');
    await sql("update dr_execution set state = 'CLOSED', open = null where id = ?", [id]);
  });

  it('4b. nor is the storage told what the record would refuse; what it was told is taken back, answered or not', async () => {
    const steps = usualSteps('SWITCHOVER').map((step) =>
      step.action === 'PROVE_FENCE'
        ? { ...step, params: { proof: 'NETWORK_FENCE' as const, cidrs: ['10.1.0.0/24'], fenceClass: 'array' } }
        : step,
    );
    const runbookId = await world.desk.runbook('SWITCHOVER', steps);
    const other = await rawExecution('FAILOVER');
    await insert('dr_fence', {
      ...{ id: newId(), subject: newId(), center_id: world.desk.b.center.id, same_city: 1, execution_id: other },
      ...{ proof_id: newId(), raised_at: new Date() },
    });
    const own = await world.desk.approved('SWITCHOVER', world.desk.b.center.id, { runbookId });
    const paused = await world.desk.play(own, ({ pausedAt }) => pausedAt !== null);
    expect(paused.pausedWhy).toContain('不能同时隔离');
    const told = () => world.desk.b.cluster.objectsOf('NetworkFence').map(({ spec }) => spec);
    expect(told()).toEqual([]);
    await sql('update dr_fence set live = null, same_city = null, lifted_at = now(3) where live = 1');
    const step = await world.desk.current(own);
    const again = { stepId: step?.id, expectedVersion: step?.version ?? 0, ...key() };
    expect(await world.desk.get(ExecutionActs).retry(world.desk.duty, WHOLE_PROVINCE, again)).toMatchObject({
      ok: true,
    });
    // It is told, and has not answered when all of it goes back.
    for (let n = 0; n < 5 && told().length === 0; n += 1) await world.desk.get(ExecutionEngine).run();
    expect(told()).toMatchObject([{ fenceState: 'Fenced' }]);
    const row = await world.desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    expect(await world.desk.get(ExecutionSteering).rollBack(world.desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({
      ok: true,
    });
    await world.desk.play(own, ({ state }) => state === 'CLOSED');
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
    await place(0, null, world.desk.a.center.id);
    await expect(place(1, 0, null)).rejects.toThrow(/null/);
    await expect(sql('delete from AUDIT.dr_placement where group_id = ?', [group])).rejects.toThrow(/denied/);
    await expect(
      sql("update AUDIT.dr_placement set serving_center_id = '' where group_id = ?", [group]),
    ).rejects.toThrow(/denied/);
    // The epoch grows by one, never back, never past.
    await expect(place(2, 0, world.desk.b.center.id)).rejects.toThrow(/CONSTRAINT/);
    await expect(place(2, 1, world.desk.b.center.id)).rejects.toThrow(/foreign key/);
    await expect(place(2, null, world.desk.b.center.id)).rejects.toThrow(/CONSTRAINT/);
    await expect(place(0, null, world.desk.b.center.id)).rejects.toThrow(/Duplicate/);
    // By the service: to where it serves already, or to where nothing of it stands, nobody moves it.
    const asked = (to: string) => world.desk.request('SWITCHOVER', to);
    expect(reasons(await asked(world.desk.a.center.id))).toEqual(['ALREADY_THERE']);
    expect(reasons(await asked(world.desk.c.center.id))).toEqual(['NO_MACHINES']);
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
    await world.desk.measureLag(1, new Date(Date.now() - 3_600_000));
    const own = await world.desk.approved('FAILOVER', world.desk.b.center.id);
    await world.desk.play(own, ({ state }) => state === 'RUNNING');
    await world.desk.get(ExecutionEngine).run();
    const step = await world.desk.current(own);
    const decide = (typed: string) =>
      world.desk.get(ExecutionActs).decide(world.desk.operator, WHOLE_PROVINCE, {
        ...{ stepId: step?.id, expectedVersion: step?.version ?? 0, choice: 'ACCEPT' as const, typed, ...key() },
      });
    for (const typed of ['', '接受', '接受丢失最近 1 秒的数据', '接受丢失数量不明的数据'])
      expect(reasons(await decide(typed))).toEqual(['INVALID_INPUT']);
    expect(await decide('接受丢失最近 3660 秒的数据')).toMatchObject({ ok: true });
    // And no promotion comes before it: the statement of two people is still missing.
    await world.desk.get(ExecutionEngine).run();
    expect((await world.desk.current(own))?.action).toBe('PROVE_FENCE');
    expect((await world.desk.check()).writers).toEqual([world.desk.a.center.id]);
    const first = await world.desk.handIn((await world.desk.current(own)) as never);
    expect(first).toMatchObject({ ok: true });
    const awaiting = await world.desk.current(own);
    const second = (by: typeof world.desk.operator) =>
      world.desk.get(ExecutionActs).check(by, WHOLE_PROVINCE, {
        ...{ stepId: awaiting?.id, expectedVersion: awaiting?.version ?? 0, agrees: true, text: '', ...key() },
      });
    expect(reasons(await second(world.desk.operator))).toEqual(['OWN_WORK']);
    // Of the same department as the first.
    expect(reasons(await second(world.desk.duty))).toEqual(['SAME_DEPARTMENT']);
    const row = await world.desk.row(own);
    const wish = { executionId: own, expectedVersion: row.version, reason: '测试结束', ...key() };
    expect(await world.desk.get(ExecutionSteering).rollBack(world.desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({
      ok: true,
    });
    await world.desk.play(own, ({ state }) => state === 'CLOSED');
  });
}
