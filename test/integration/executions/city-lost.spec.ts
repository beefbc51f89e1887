import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionWaits } from '../../../server/src/executions/execution-waits.service.js';
import { ExecutionsRepository } from '../../../server/src/executions/executions.repository.js';
import type { ExecutionRow } from '../../../server/src/executions/executions.types.js';
import { WHOLE_CENTER } from '../../../server/src/executions/fence-subjects.js';
import { Fences, type Proving } from '../../../server/src/executions/fences.service.js';
import { ReturningSides } from '../../../server/src/executions/returning-sides.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ExecutionDesk } from '../../support/execution-desk.ts';

const over = ({ pausedAt, state }: { state: string; pausedAt: Date | null }) => state === 'CLOSED' || pausedAt !== null;

let desk: ExecutionDesk;
beforeAll(async () => {
  desk = await ExecutionDesk.open(2, undefined, 'APPLICATION');
});
afterAll(() => desk?.close());

const sql = (text: string, values: unknown[] = []) => desk.app.test.db.query(text, values);
const live = (): Promise<{ id: string; c: string; n: number; beside: string | null; executionId: string }[]> =>
  sql(
    'select id, center_id as c, same_city as n, beside_center_id as beside, execution_id as executionId from dr_fence where live = 1 order by raised_at',
  );
const insert = (row: Record<string, unknown>) =>
  sql(`insert into dr_fence (${Object.keys(row).join(', ')}) values ?`, [[Object.values(row)]]);
const sides = () => sql('select center_id as c, epoch, state from dr_returning_side order by center_id');

async function writtenIn(centerId: string): Promise<void> {
  await sql("update dr_data_place set role = 'COPY', writer = null");
  await sql("update dr_data_place set role = 'WRITER', writer = 1 where center_id = ?", [centerId]);
}

/** As the service is asked, with what is different of the execution; nothing of it is kept. */
async function raised(row: ExecutionRow, more: Partial<Proving> = {}): Promise<string[]> {
  const told: string[] = [];
  await desk
    .get(UnitOfWork)
    .run(async (tx) => {
      const proving = { centerId: row.fromCenterId, sameCity: true, kind: 'MACHINES_GONE' as const, detail: {} };
      const refused = await desk.get(Fences).raise(tx, row, { ...proving, observedAt: new Date(), ...more });
      told.push(...refused.map((one) => `${(one as { reason?: string }).reason} ${one.message.zh}`));
      throw new Error('nothing is kept');
    })
    .catch((error: unknown) => {
      if (!String(error).includes('nothing is kept')) throw error;
    });
  return told;
}

describe('a city that is lost', () => {
  it('loses A first: the group serves in B, and A stays fenced', async () => {
    desk.a.cluster.cut = true;
    const id = await desk.approved('FAILOVER', desk.b.center.id);
    expect(await desk.playFailover(id, over)).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 1 });
    expect(await live()).toMatchObject([{ c: desk.a.center.id, n: 1, beside: null }]);
    expect((await desk.check()).writers).toEqual([desk.b.center.id]);
  });

  it('then B: nothing but a failover to the recovery center fences it beside A, by record and by service', async () => {
    desk.b.cluster.cut = true;
    const asked = await desk.request('FAILOVER', desk.c.center.id);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const row = await desk.row(asked.value.executionId);
    // Whoever may sign hears of it, once, however often it is looked at.
    for (let n = 0; n < 2; n += 1) await desk.get(ExecutionWaits).tell();
    expect(await sql('select once_key as k from notice where subject_id = ?', [row.id])).toEqual([
      { k: `dr-execution/${row.id}/sign` },
    ]);
    const [first] = await live();
    const second = {
      ...{ subject: desk.groupId, center_id: desk.b.center.id, execution_id: row.id, proof_id: newId() },
      ...{ raised_at: new Date(), same_city: 2, to_center_id: desk.c.center.id, acceptance_id: newId() },
      ...{ beside_subject: desk.groupId, beside_center_id: desk.a.center.id, beside_same_city: 1 },
    };
    const raw = (more: Record<string, unknown>) => insert({ ...second, id: newId(), ...more });
    const alone = { beside_subject: null, beside_center_id: null, beside_same_city: null };
    await expect(raw({ same_city: 1, ...alone })).rejects.toThrow(/Duplicate/);
    await expect(raw(alone)).rejects.toThrow(/CONSTRAINT/);
    await expect(raw({ beside_same_city: 2 })).rejects.toThrow(/CONSTRAINT/);
    await expect(raw({ acceptance_id: null })).rejects.toThrow(/CONSTRAINT/);
    await expect(raw({ to_center_id: null })).rejects.toThrow(/CONSTRAINT/);
    // Where it goes is what its execution says, and that is neither of the two.
    await expect(raw({ to_center_id: desk.a.center.id })).rejects.toThrow(/CONSTRAINT/);
    await expect(raw({ to_center_id: newId() })).rejects.toThrow(/foreign key/);
    // Beside one that does not stand.
    await expect(raw({ beside_center_id: desk.c.center.id, to_center_id: newId() })).rejects.toThrow(/foreign key/);
    await expect(raw({ beside_subject: newId() })).rejects.toThrow(/foreign key/);
    // By the service: another target, another kind, one person, an advance approval, nothing typed, a storage told.
    expect(await raised({ ...row, toCenterId: desk.a.center.id })).toEqual([
      expect.stringMatching(/^BOTH_FENCED 同城另一中心已被隔离；除/),
    ]);
    for (const kind of ['SWITCHOVER', 'FAILBACK'] as const)
      expect(await raised({ ...row, kind })).toEqual([expect.stringMatching(/^BOTH_FENCED 同城另一中心已被隔离；除/)]);
    expect(await raised(row)).toEqual([expect.stringMatching(/^BOTH_FENCED .*两人批准/)]);
    for (const by of [desk.operator, desk.leader]) expect(await desk.approve(row.id, by)).toMatchObject({ ok: true });
    expect(await raised({ ...row, standingOrderId: newId() })).toEqual([
      expect.stringMatching(/^BOTH_FENCED .*预授权/),
    ]);
    expect(await raised(row)).toEqual([expect.stringMatching(/^BOTH_FENCED .*逐字输入/)]);
    expect(await raised(row, { kind: 'NETWORK_FENCE' })).toEqual([expect.stringMatching(/^BOTH_FENCED .*令存储/)]);
    // A center that serves is not left out of account: by the record the group is written in A again.
    await writtenIn(desk.a.center.id);
    expect(await raised(row)).toEqual([expect.stringMatching(/^BOTH_FENCED 同城另一中心仍在承载/)]);
    await writtenIn(desk.b.center.id);
    expect(await live()).toEqual([first]);
  });

  it('is left for the recovery center: each fence with its own proof, two people, and the loss typed although it is within the promise', async () => {
    await sql('update dr_group set rpo_seconds = 3600 where id = ?', [desk.groupId]);
    const [{ id }] = await sql('select id from dr_execution where open = 1');
    const row = await desk.playFailover(id, over);
    expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED', epoch: 2, pausedWhy: null });
    const fences = await live();
    expect(fences).toMatchObject([
      { c: desk.a.center.id, n: 1, beside: null },
      { c: desk.b.center.id, n: 2, beside: desk.a.center.id },
    ]);
    expect(new Set(fences.map(({ executionId }) => executionId)).size).toBe(2);
    expect((await desk.check()).writers).toEqual([desk.c.center.id]);
    expect([desk.a, desk.b, desk.c].map(({ cluster }) => cluster.running)[2]).toBe(2);
    // The first is not lifted from under the second.
    await expect(
      sql('update dr_fence set live = null, same_city = null, lifted_at = now(3) where id = ?', [fences[0]?.id]),
    ).rejects.toThrow(/foreign key/);
    // Both are awaited, under the newest placement.
    expect((await sides()).map(({ epoch, state }: { epoch: number; state: string }) => [epoch, state])).toEqual([
      [2, 'AWAITED'],
      [2, 'AWAITED'],
    ]);
  });

  it('keeps another group from fencing the first of the two beside the second, which is out of order as a whole', async () => {
    const [, second] = await live();
    const row = await desk.row(second?.executionId as string);
    const of = { groupId: newId(), fromCenterId: desk.a.center.id, toCenterId: desk.c.center.id };
    const subjectOf = (subject: string) => sql('update dr_fence set subject = ? where id = ?', [subject, second?.id]);
    await subjectOf(WHOLE_CENTER);
    expect(await raised({ ...row, ...of, kind: 'SWITCHOVER' })).toEqual([
      expect.stringMatching(/^BOTH_FENCED 同城另一中心已被隔离；除/),
    ]);
    await subjectOf(desk.groupId);
  });

  it('is behind the fence of the first center still, though it was moved on from the second', async () => {
    const [first, second] = await live();
    const evidence = desk.get(EvidenceRepository);
    expect(await evidence.movedBehind(desk.a.center.id)).toEqual([]);
    await desk.get(UnitOfWork).run((tx) =>
      evidence.prove(tx, {
        ...{ executionId: first?.executionId as string, centerId: desk.a.center.id, kind: 'NETWORK_FENCE' as const },
        ...{ detail: {}, observedAt: tx.now },
      }),
    );
    const { code } = await desk.row(second?.executionId as string);
    expect(await evidence.movedBehind(desk.a.center.id)).toEqual([{ groupId: desk.groupId, code }]);
    expect(await evidence.movedBehind(desk.c.center.id)).toEqual([]);
  });

  it('returns: both sides stand still and follow; a failback to A lifts its fence, and that of B is the only one of the city', async () => {
    for (const { cluster } of [desk.a, desk.b]) cluster.cut = false;
    for (let n = 0; n < 4; n += 1) await desk.get(ReturningSides).run(desk.sites);
    expect((await sides()).map(({ state }: { state: string }) => state)).toEqual(['FOLLOWS', 'FOLLOWS']);
    expect([desk.a, desk.b, desk.c].map(({ cluster }) => cluster.running)).toEqual([0, 0, 2]);
    expect([desk.a, desk.b].map(({ cluster }) => cluster.primaries)).toEqual([0, 0]);
    const [ofA, ofB] = await live();
    await desk.get(UnitOfWork).run((tx) => desk.get(ExecutionsRepository).liftFence(tx, ofA?.id as string));
    expect(await live()).toMatchObject([{ id: ofB?.id, n: 1, beside: null }]);
  });
});
