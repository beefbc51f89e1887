import { describe, expect, it } from '@jest/globals';
import { ExecutionApprovals } from '../../../server/src/executions/execution-approvals.service.js';
import { ExecutionConfirmations } from '../../../server/src/executions/execution-confirmations.service.js';
import { ExecutionEdgesResolver } from '../../../server/src/executions/execution-edges.resolver.js';
import { ExecutionViews } from '../../../server/src/executions/execution-views.service.js';
import { StandingOrders } from '../../../server/src/executions/standing-orders.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { key, reasons, type World } from './world.ts';

/** What an advance approval spares, and what a department reads of it all. */
export function describeAdvanceApprovals(world: World): void {
  const { sql, insert } = world;

  describe('a department', () => {
    it('reads how its system was moved, and not by which networks centers are fenced', async () => {
      const [{ id }] = await sql("select execution_id as id from dr_step where params like '%10.1.0.0%' limit 1");
      const node = { row: await world.desk.row(id) } as never;
      const seenBy = (viewer: typeof world.desk.head) =>
        ({
          requireViewer: () => viewer,
          loader: (batch: (ids: string[]) => Promise<unknown[]>) => ({
            load: async (one: string) => (await batch([one]))[0],
          }),
        }) as never;
      const edges = world.desk.get(ExecutionEdgesResolver);
      const cidrs = async (viewer: typeof world.desk.head) =>
        (await edges.steps(seenBy(viewer), node)).flatMap(({ params }) => params.cidrs);
      expect(await cidrs(world.desk.operator)).toContain('10.1.0.0/24');
      expect(await cidrs(world.desk.head)).toEqual([]);
      const kinds = new Set((await edges.evidence(seenBy(world.desk.head), node)).map(({ kind }) => kind));
      expect([...kinds].filter((kind) => kind === 'STEP_OUTPUT' || kind === 'STEP_FAILURE')).toEqual([]);
    });
  });

  describe('an advance approval', () => {
    it('lets the duty engineer and one leader of duty begin, and the other side confirms after', async () => {
      const orders = world.desk.get(StandingOrders);
      const wish = {
        ...{ groupIds: [world.desk.groupId], kinds: ['SWITCHOVER'] as const, trigger: 'B 中心整体失联十分钟以上' },
        ...{ holder: { id: world.desk.duty.userId, name: world.desk.duty.name } },
        ...{ from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 3_600_000) },
      };
      const signed = await orders.sign(world.desk.leader, { ...wish, ...key() });
      if (!signed.ok) throw new Error(JSON.stringify(signed.error));
      const standingOrderId = signed.value.orderId;
      // Not for another kind, and not in another hand.
      expect(reasons(await world.desk.request('FAILOVER', world.desk.a.center.id, { standingOrderId }))).toEqual([
        'NOT_COVERED',
      ]);
      const asked = await world.desk.request('SWITCHOVER', world.desk.a.center.id, { standingOrderId });
      if (!asked.ok) throw new Error(JSON.stringify(asked.error));
      const { executionId } = asked.value;
      expect(await world.desk.approve(executionId, world.desk.operator)).toMatchObject({ ok: true });
      const row = await world.desk.row(executionId);
      expect(row.state).toBe('APPROVED');
      const due = (row.confirmDueAt?.getTime() ?? 0) - row.createdAt.getTime();
      expect(due).toBe(24 * 3_600_000);
      const confirm = (by: typeof world.desk.leader) =>
        world.desk
          .get(ExecutionApprovals)
          .confirm(by, WHOLE_PROVINCE, { executionId, expectedVersion: row.version, ...key() });
      // Nobody has, in time: it is told once, however often it is looked at.
      const told = () =>
        sql('select subject_id as id from notice where once_key like ?', ['dr-execution/%/confirm-missed']);
      await world.desk.get(ExecutionConfirmations).tell();
      expect(await told()).toEqual([]);
      await sql('update dr_execution set confirm_due_at = utc_timestamp(3) - interval 1 hour where id = ?', [
        executionId,
      ]);
      for (let n = 0; n < 2; n += 1) await world.desk.get(ExecutionConfirmations).tell();
      expect(await told()).toEqual([{ id: executionId }]);
      // That it was told is kept for half a year only; then it is told no more.
      await sql('update dr_execution set confirm_due_at = utc_timestamp(3) - interval 181 day where id = ?', [
        executionId,
      ]);
      await sql('delete from notice where once_key like ?', ['dr-execution/%/confirm-missed']);
      await world.desk.get(ExecutionConfirmations).tell();
      expect(await told()).toEqual([]);
      expect(reasons(await confirm({ ...world.desk.operator, userId: newId() }))).toEqual(['SAME_DEPARTMENT']);
      expect(await confirm(world.desk.head)).toMatchObject({ ok: true });
      expect(await world.desk.play(executionId, ({ state }) => state === 'CLOSED')).toMatchObject({
        outcome: 'COMMITTED',
      });
    });

    it('spares nobody’s signature once it was revoked, and nothing is confirmed that nobody has approved', async () => {
      const orders = world.desk.get(StandingOrders);
      const signed = await orders.sign(world.desk.leader, {
        ...{ groupIds: [world.desk.groupId], kinds: ['SWITCHOVER'] as const, trigger: 'A 中心整体失联十分钟以上' },
        ...{ holder: { id: world.desk.duty.userId, name: world.desk.duty.name } },
        ...{ from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 3_600_000), ...key() },
      });
      const standingOrderId = signed.ok ? signed.value.orderId : '';
      const asked = await world.desk.request('SWITCHOVER', world.desk.b.center.id, { standingOrderId });
      if (!asked.ok) throw new Error(JSON.stringify(asked.error));
      const { executionId } = asked.value;
      const { version } = await world.desk.row(executionId);
      const early = { executionId, expectedVersion: version, ...key() };
      const approvals = world.desk.get(ExecutionApprovals);
      expect(reasons(await approvals.confirm(world.desk.head, WHOLE_PROVINCE, early))).toEqual(['ILLEGAL_TRANSITION']);
      const needed = async () =>
        world.desk.get(ExecutionViews).signaturesNeeded(await world.desk.row(asked.ok ? asked.value.executionId : ''));
      expect(await needed()).toBe(1);
      // However many were signed since.
      const [order] = await sql('select * from dr_standing_order where id = ?', [standingOrderId]);
      const later = { trigger_text: '其后签署的另一份预授权', signed_at: new Date(Date.now() + 1_000) };
      for (let n = 0; n < 200; n += 1) await insert('dr_standing_order', { ...order, ...later, id: newId() });
      expect(await needed()).toBe(1);
      await sql('delete from dr_standing_order where trigger_text = ?', [later.trigger_text]);
      expect(await orders.revoke(world.desk.leader, { orderId: standingOrderId, ...key() })).toMatchObject({
        ok: true,
      });
      expect(await needed()).toBe(2);
      expect(await world.desk.approve(executionId, world.desk.operator)).toMatchObject({ ok: true });
      const row = await world.desk.row(executionId);
      expect(row.state).toBe('DRAFT');
      const cancel = { executionId, expectedVersion: row.version, reason: '撤销测试', ...key() };
      expect(await approvals.cancel(world.desk.duty, WHOLE_PROVINCE, cancel)).toMatchObject({ ok: true });
    });

    it('ends with its period or when it is revoked, and is of two people by CHECK', async () => {
      const row = { ...(await sql('select * from dr_standing_order limit 1'))[0], id: newId() };
      await expect(insert('dr_standing_order', { ...row, holder_id: row.signed_by_id })).rejects.toThrow(/CONSTRAINT/);
      await expect(
        insert('dr_standing_order', { ...row, valid_until: new Date(Date.now() + 100 * 86_400_000) }),
      ).rejects.toThrow(/CONSTRAINT/);
    });
  });
}
