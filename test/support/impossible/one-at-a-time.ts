import { describe, expect, it } from '@jest/globals';
import { DrillPlanning } from '../../../server/src/drills/drill-planning.service.js';
import { DrillRunning } from '../../../server/src/drills/drill-running.service.js';
import { DrillViews } from '../../../server/src/drills/drill-views.service.js';
import type { PlannedStep } from '../../../server/src/executions/domain/runbook.js';
import { usualSteps } from '../../../server/src/executions/domain/usual-steps.js';
import { ExecutionActs } from '../../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { ExecutionRequests } from '../../../server/src/executions/execution-requests.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { CodeSequence } from '../../../server/src/platform/database/code-sequence.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { idOf } from '../request-journey.ts';
import { key, takenBy, type World } from './world.ts';

/** Of codes, of who plays, and of what holds a group there is one at a time. */
export function describeOneAtATime(world: World): void {
  const { sql } = world;

  describe('the code of an execution', () => {
    it('is never given twice, though a forced primary has forgotten that it was given', async () => {
      const take = () =>
        world.desk.get(UnitOfWork).run((tx) => world.desk.get(CodeSequence).nextWithin(tx.manager, 'QT', 2026));
      const given = [await take(), await take()];
      expect(given).toEqual(['QT-2026-000001', 'QT-2026-000002']);
      // The recovery center's node had the first alone when it was forced, and knows nothing of another that began there.
      await sql("update code_sequence set next_number = 1 where name = 'QT-2026'");
      await sql("insert into database_epoch values (1, utc_timestamp(3), 'c', '{}', repeat('0', 64))");
      const after = [await take(), await take()];
      expect(after).toEqual(['QT-2026-1000001', 'QT-2026-1000002']);
      const begun = () => world.desk.get(CodeSequence).take('QN', 2026, 3);
      expect(await begun()).toEqual(['QN-2026-1000001', 'QN-2026-1000002', 'QN-2026-1000003']);
      await sql("insert into database_epoch values (2, utc_timestamp(3), 'c', '{}', repeat('0', 64))");
      expect(await take()).toBe('QT-2026-2000001');
      await sql('delete from database_epoch').catch(() => undefined);
      expect(await take()).toBe('QT-2026-2000002');
    });
  });

  describe('the lease of the engine', () => {
    it('lets one process play at a time', async () => {
      await world.desk.get(ExecutionEngine).run();
      expect(await world.desk.get(Leases).take('dr-executions', 'somebody else', 1_000)).toBeUndefined();
    });
  });

  describe('an execution and a drill of one group', () => {
    const planning = () => world.desk.get(DrillPlanning);
    const onDrill = async (id: string) => {
      const row = await world.desk.get(DrillViews).byId(WHOLE_PROVINCE, id);
      if (!row) throw new Error(`no drill ${id}`);
      return { row, wish: { id, expectedVersion: row.version, ...key() } };
    };
    /** 桌面推演, planned and approved: the precheck is what takes the group. */
    async function drill(): Promise<string> {
      const id = idOf(
        await planning().plan(world.desk.operator, WHOLE_PROVINCE, {
          ...{
            groupId: world.desk.groupId,
            kind: 'TABLETOP',
            centerId: null,
            scenario: '同城主中心整体断电',
            items: [],
          },
          ...{ plannedAt: new Date(), cleanupHours: 4, ...key() },
        }),
      );
      return idOf(await planning().approve(world.desk.head, WHOLE_PROVINCE, (await onDrill(id)).wish));
    }
    const precheck = async (id: string) =>
      planning().precheck(world.desk.operator, WHOLE_PROVINCE, (await onDrill(id)).wish);
    const abort = async (id: string) => {
      const wish = { ...(await onDrill(id)).wish, reason: '演练条件不具备' };
      idOf(await world.desk.get(DrillRunning).abort(world.desk.operator, WHOLE_PROVINCE, wish));
      expect((await onDrill(id)).row.state).toBe('CLOSED');
    };
    const cancel = async (executionId: string) => {
      const { version } = await world.desk.row(executionId);
      const wish = { executionId, expectedVersion: version, reason: '撤销测试', ...key() };
      expect(await world.desk.get(ExecutionApprovals).cancel(world.desk.duty, WHOLE_PROVINCE, wish)).toMatchObject({
        ok: true,
      });
    };
    const asked = async (runbookId?: string) => {
      const done = await world.desk.request(
        'SWITCHOVER',
        world.desk.b.center.id,
        runbookId === undefined ? {} : { runbookId },
      );
      if (!done.ok) throw new Error(JSON.stringify(done.error));
      return done.value.executionId;
    };
    const holders = () =>
      sql('select by_kind, by_id, by_code from dr_group_occupation where group_id = ?', [world.desk.groupId]);

    it('no execution is opened while a drill holds the group, and the drill’s end gives it back', async () => {
      const id = await drill();
      idOf(await precheck(id));
      const { code } = (await onDrill(id)).row;
      expect(await holders()).toMatchObject([{ by_kind: 'DRILL', by_id: id, by_code: code }]);
      expect(await world.desk.request('SWITCHOVER', world.desk.b.center.id)).toMatchObject(takenBy(code));
      // And whoever only looks is told so before he writes down why.
      const wish = { groupId: world.desk.groupId, kind: 'SWITCHOVER' as const, toCenterId: world.desk.b.center.id };
      const shown = await world.desk.get(ExecutionRequests).preview(WHOLE_PROVINCE, wish);
      expect({ ok: false, error: ['refusal' in shown ? shown.refusal : null] }).toMatchObject(takenBy(code));
      await abort(id);
      expect(await holders()).toEqual([]);
      await cancel(await asked());
    });

    it('no drill begins while an execution is open, and its cancellation gives the group back', async () => {
      const executionId = await asked();
      const { code } = await world.desk.row(executionId);
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
      const byHand = {
        ...first,
        stage: 'CLEAN_UP',
        kind: 'MANUAL',
        action: 'INSTRUCTION',
        instruction: '归档',
      } as const;
      const runbookId = await world.desk.runbook('SWITCHOVER', [...usualSteps('SWITCHOVER'), byHand]);
      const executionId = await world.desk.approved('SWITCHOVER', world.desk.b.center.id, { runbookId });
      const { code } = await world.desk.play(executionId, ({ state }) => state === 'CLEANING_UP');
      // Nobody has done it in time.
      await sql(
        'update dr_step set claimed_at = now(3) - interval 1 day, started_at = now(3) - interval 1 day where execution_id = ? and under_way = 1',
        [executionId],
      );
      const row = await world.desk.play(executionId, ({ pausedAt, state }) => pausedAt !== null || state === 'CLOSED');
      expect(row.state).toBe('CLEANUP_FAILED');
      const id = await drill();
      expect(await precheck(id)).toMatchObject(takenBy(code));
      expect(await world.desk.request('FAILBACK', world.desk.a.center.id)).toMatchObject(takenBy(code));
      const step = await world.desk.current(executionId);
      const retry = { stepId: step?.id, expectedVersion: step?.version ?? 0, ...key() };
      expect(await world.desk.get(ExecutionActs).retry(world.desk.duty, WHOLE_PROVINCE, retry)).toMatchObject({
        ok: true,
      });
      await world.desk.play(executionId, ({ state }) => state === 'CLOSED');
      expect(await holders()).toEqual([]);
      idOf(await precheck(id));
      await abort(id);
    });

    it('of eight at once, half of them drills, one is granted, and the others are told by what', async () => {
      const runbookId = await world.desk.runbook('FAILBACK');
      for (let round = 0; round < 3; round += 1) {
        const drills = await Promise.all(Array.from({ length: 4 }, () => drill()));
        const done = await Promise.all([
          ...drills.map((id) => precheck(id)),
          ...drills.map(() => world.desk.request('FAILBACK', world.desk.a.center.id, { runbookId })),
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
}
