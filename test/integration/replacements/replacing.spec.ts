import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from '../../../server/src/facilities/domain/facility.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UNSCHEDULABLE_MAX_MS } from '../../../server/src/replacements/domain/replace-task.js';
import { ReplaceSweep } from '../../../server/src/replacements/replace-sweep.service.js';
import { Replacements } from '../../../server/src/replacements/replacements.service.js';
import type { ReplaceTaskRow } from '../../../server/src/replacements/replacements.types.js';
import { Replacing } from '../../../server/src/replacements/replacing.service.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import type { ResourceRow } from '../../../server/src/resources/resources.types.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const actor = { userId: null, name: '集云', departmentId: null, address: null, traceId: 'sweep' };
const SAID = '0/3 nodes are available: 2 Insufficient memory, 1 node(s) were unschedulable.';
const clock = new MovedClock();
let app: TestApplication;
let journey: RequestJourney;
beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const sweep = () => get(ReplaceSweep).run(actor);
const machine = async (id: string) => (await get(ResourcesService).rows([id]))[0] as ResourceRow;
const tasks = async (resourceId: string): Promise<ReplaceTaskRow[]> =>
  app.test.db.query(
    'select id, state, version, scheduler_text as schedulerText from replace_task where resource_id = ? order by opened_at, id',
    [resourceId],
  );
const openTask = async (id: string) => (await get(Replacements).openOf([id]))[0] as ReplaceTaskRow;

/** What the worker writes once its cluster has said it. */
async function refused(id: string, agoMs = UNSCHEDULABLE_MAX_MS): Promise<void> {
  const since = new Date(clock.now().getTime() - agoMs).toISOString();
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: SAID, since };
  await app.test.db.query('update resource set conditions = ? where id = ?', [JSON.stringify([condition]), id]);
}
const scheduled = (id: string) => app.test.db.query("update resource set conditions = '[]' where id = ?", [id]);

/** Granted machines in the first of two centers. */
async function granted(name: string, count = 1, more: { room?: number } = {}) {
  const { center, pool } = await journey.openCenter(name, 10);
  const { center: there, pool: other } = await journey.openCenter(`${name}-2`, more.room ?? 10);
  const requestId = await journey.submitted(journey.content(center.id, count));
  idOf(await journey.approve(requestId));
  const machines = (await get(ResourcesService).ofRequests([requestId])).flat();
  return { center, pool, there, other, requestId, machines, id: machines[0]?.id ?? '' };
}

const place = (
  task: ReplaceTaskRow,
  to: Pool | { id: string },
  more: { key?: string; reason?: string; version?: number } = {},
) =>
  get(Replacing).place(journey.allocator, WHOLE_PROVINCE, {
    taskId: task.id,
    poolId: to.id,
    reason: more.reason ?? '该中心节点检修，先在彼处开通',
    expectedVersion: more.version ?? task.version,
    idempotencyKey: more.key ?? newId(),
  });

describe('a re-place task', () => {
  it('appears once no node took a granted machine for ten minutes, once, with what the scheduler said', async () => {
    const { id } = await granted('appear');
    await refused(id, UNSCHEDULABLE_MAX_MS - 60_000);
    await sweep();
    expect(await tasks(id)).toEqual([]);
    await refused(id);
    await Promise.all([sweep(), sweep(), sweep()]);
    await sweep();
    expect(await tasks(id)).toMatchObject([{ state: 'OPEN', schedulerText: SAID }]);
    const [{ id: taskId }] = (await tasks(id)) as [ReplaceTaskRow];
    const told = await app.test.db.query('select kind, text_zh as zh, audience from notice where subject_id = ?', [
      taskId,
    ]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: 'WORK_WAITING', zh: expect.stringContaining('占用保留') });
    expect(JSON.stringify(told[0].audience)).toContain('CAPACITY_ALLOCATOR');
  });

  it('closes itself when its cluster finds a node, and when the machine is given back', async () => {
    const { machines } = await granted('close', 2);
    const [one, two] = machines as [ResourceRow, ResourceRow];
    await refused(one.id);
    await refused(two.id);
    await sweep();
    await scheduled(one.id);
    await app.test.db.query("update resource set state = 'RELEASING' where id = ?", [two.id]);
    await sweep();
    expect(await tasks(one.id)).toMatchObject([{ state: 'SCHEDULED' }]);
    expect(await tasks(two.id)).toMatchObject([{ state: 'ENDED' }]);
    // Once more stuck it is another task.
    await refused(one.id);
    await sweep();
    expect(await tasks(one.id)).toMatchObject([{ state: 'SCHEDULED' }, { state: 'OPEN' }]);
  });

  it('appears for every machine, however many wait already before it, and closes for every one', async () => {
    const { machines } = await granted('many', 5);
    for (const { id } of machines) await refused(id);
    const states = async () =>
      Promise.all(machines.map(async ({ id }) => (await tasks(id)).map(({ state }) => state).join()));
    // Two are read at once: what is open already stands in the way of nothing.
    await get(ReplaceSweep).run(actor, 2);
    expect(await states()).toEqual(machines.map(() => 'OPEN'));
    for (const { id } of machines.slice(3)) await scheduled(id);
    await get(ReplaceSweep).run(actor, 2);
    expect(await states()).toEqual(['OPEN', 'OPEN', 'OPEN', 'SCHEDULED', 'SCHEDULED']);
  });

  it('offers every pool by the same criteria, its own left out by its nodes', async () => {
    const { id, other, pool } = await granted('offer');
    const { pool: small } = await journey.openCenter('offer-small', 0);
    await refused(id);
    await sweep();
    const offered = await get(Replacements).candidates(await openTask(id));
    const of = (poolId: string) => offered.find((one) => one.poolId === poolId);
    expect(of(pool.id)).toMatchObject({ refusedBy: 'NODES', taken: 1 });
    expect(of(other.id)).toMatchObject({ refusedBy: null, fits: 1, taken: 0 });
    expect(of(other.id)?.score).toEqual(expect.any(Number));
    expect(of(small.id)).toMatchObject({ refusedBy: 'P16', fits: 0, score: null });
  });
});

describe('placing it elsewhere', () => {
  it('moves claim, machine and record in one act; quota, state and price stay', async () => {
    const { center, id, other, pool, requestId, there } = await granted('move', 2);
    await refused(id);
    await sweep();
    const before = await machine(id);
    const [claimBefore] = await app.test.db.query('select * from claim where id = ?', [before.claimId]);
    const task = await openTask(id);
    const key = newId();
    idOf(await place(task, other, { key }));
    // Pressed again with the same key it is the same act.
    idOf(await place(task, other, { key }));
    const after = await machine(id);
    expect(after).toMatchObject({ centerId: there.id, poolId: other.id, leavingCenterId: center.id });
    expect(after).toMatchObject({ state: 'PROVISIONING', placementEpoch: 2, monthlyFen: before.monthlyFen });
    const [claim] = await app.test.db.query('select * from claim where id = ?', [before.claimId]);
    expect(claim).toEqual({ ...claimBefore, pool_id: other.id });
    expect(claim.state).toBe('ALLOCATED');
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 1, claims: 1 });
    expect(await journey.liveOf(other.id)).toEqual({ counter: 1, claims: 1 });
    expect(await tasks(id)).toMatchObject([{ state: 'PLACED', version: 2 }]);
    const [line] = (await journey.requests.linesOf([requestId])).flat();
    expect(line?.shares).toMatchObject([
      { share: 'MAIN', centerId: center.id, count: 1, pools: [{ poolId: pool.id, count: 1 }] },
      { share: 'MAIN', centerId: there.id, count: 1, pools: [{ poolId: other.id, count: 1 }] },
    ]);
    const fen = (line?.shares ?? [])
      .map(({ monthlyFen }) => BigInt(monthlyFen ?? 0))
      .reduce((sum, one) => sum + one, 0n);
    expect(fen).toBe(line?.monthlyFen);
    const steps = (await journey.requests.stepsOf([requestId])).flat();
    expect(steps.find(({ action }) => action === 'CHOOSE_PLACES')).toMatchObject({
      opinion: expect.stringContaining('该中心节点检修'),
      actorRole: 'CAPACITY_ALLOCATOR',
    });
    const events = (await get(ResourcesService).eventsOf([id])).flat();
    expect(events.find(({ kind }) => kind === 'RE_PLACED')).toMatchObject({ actorName: '孙分配', side: 'PROVIDER' });
    const told = await app.test.db.query(
      "select text_zh as zh from notice where subject_id = ? and kind = 'WORK_MOVED'",
      [task.id],
    );
    expect(told).toMatchObject([{ zh: expect.stringContaining(`改在${there.name}开通`) }]);
    // Until it has left nobody asks for it again.
    await sweep();
    expect(await tasks(id)).toHaveLength(1);
  });

  it.each([
    ['without a reason', { reason: '  ' }, 'INVALID_INPUT'],
    ['by what was seen before another change', { version: 9 }, 'VERSION_CONFLICT'],
  ])('is refused %s, and nothing moves', async (name, more, code) => {
    const { id, other, pool } = await granted(`refuse-${name.length}`);
    await refused(id);
    await sweep();
    expect(codesOf(await place(await openTask(id), other, more))).toEqual([code]);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 1, claims: 1 });
    expect(await journey.liveOf(other.id)).toEqual({ counter: 0, claims: 0 });
    expect(await tasks(id)).toMatchObject([{ state: 'OPEN', version: 1 }]);
  });

  it('is refused into its own pool, into none, and into one without room: by its figures', async () => {
    const { id, other, pool, there } = await granted('nowhere', 1, { room: 1 });
    // Somebody took the last place there.
    idOf(await journey.approve(await journey.submitted(journey.content(there.id))));
    await refused(id);
    await sweep();
    const task = await openTask(id);
    expect(codesOf(await place(task, pool))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await place(task, { id: newId() }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await place(task, other))).toEqual(['CAPACITY_SHORTAGE']);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 1, claims: 1 });
  });

  it('is refused once its cluster has found a node, though the task still stands open', async () => {
    const { id, other } = await granted('late');
    await refused(id);
    await sweep();
    const task = await openTask(id);
    await scheduled(id);
    expect(codesOf(await place(task, other))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await machine(id)).leavingCenterId).toBeNull();
  });

  it('waits for the end of a freeze of where it is or goes to, or for a leader', async () => {
    const { id, other, there } = await granted('frozen');
    await refused(id);
    await sweep();
    const span = {
      fromAt: new Date(clock.now().getTime() - 60_000),
      toAt: new Date(clock.now().getTime() + 3_600_000),
    };
    const whole = (at: Date) => new Date(Math.floor(at.getTime() / 60_000) * 60_000);
    const freezeId = idOf(
      await get(Freezes).set(viewerWith(['DR_OPERATOR'], null), {
        ...{ title: '重保', reason: '通知', centerIds: [there.id], idempotencyKey: newId() },
        ...{ fromAt: whole(span.fromAt), toAt: whole(span.toAt) },
      }),
    );
    expect(codesOf(await place(await openTask(id), other))).toEqual(['CHANGE_FROZEN']);
    expect(await openTask(id)).toMatchObject({ state: 'OPEN' });
    const { systemId } = await machine(id);
    const given = await get(Freezes).release(viewerWith(['LEADER'], null), {
      ...{ freezeId, subject: { type: 'System', id: systemId }, subjectName: 'x', reason: '须开通' },
      ...{ until: new Date(clock.now().getTime() + 600_000), idempotencyKey: newId() },
    });
    expect(codesOf(given)).toEqual([]);
    idOf(await place(await openTask(id), other));
    expect((await machine(id)).centerId).toBe(there.id);
    await app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
  });

  it('takes the last place of a pool once, however many are placed there at once', async () => {
    const { machines, other, pool } = await granted('race', 8, { room: 3 });
    for (const { id } of machines) await refused(id);
    await sweep();
    const open = await Promise.all(machines.map(({ id }) => openTask(id)));
    const answers = await byClients(8, open, (task) => place(task as ReplaceTaskRow, other));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.flatMap((answer) => codesOf(answer)).every((code) => code === 'CAPACITY_SHORTAGE')).toBe(true);
    expect(await journey.liveOf(other.id)).toEqual({ counter: 3, claims: 3 });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 5, claims: 5 });
  });

  it('keeps apart what lines keep apart, though both are placed at once', async () => {
    const [here, there, third] = [
      await journey.openCenter('apart', 10),
      await journey.openCenter('apart-2', 10),
      await journey.openCenter('apart-3', 10),
    ];
    const content = journey.content(here.center.id);
    const [web] = content.lines as [LineContent];
    const relations = [{ kind: 'APART' as const, line: 'web', scope: 'POOL' as const }];
    const db = { ...web, name: 'db', centerId: there.center.id, relations };
    const requestId = await journey.submitted({ ...content, lines: [web, db] });
    idOf(await journey.approve(requestId));
    const machines = (await get(ResourcesService).ofRequests([requestId])).flat();
    for (const { id } of machines) await refused(id);
    await sweep();
    const open = await Promise.all(machines.map(({ id }) => openTask(id)));
    const answers = await byClients(2, open, (task) => place(task, third.pool));
    expect(answers.map((answer) => codesOf(answer).join()).toSorted()).toEqual(['', 'INVALID_INPUT']);
    expect(await journey.liveOf(third.pool.id)).toEqual({ counter: 1, claims: 1 });
  });

  it('moves one machine once, however often it is pressed at once', async () => {
    const { id, other, pool } = await granted('pressed');
    await refused(id);
    await sweep();
    const task = await openTask(id);
    const answers = await byClients(
      8,
      Array.from({ length: 8 }, () => task),
      (one) => place(one, other),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await machine(id)).version).toBe(2);
    expect(await journey.liveOf(other.id)).toEqual({ counter: 1, claims: 1 });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 0, claims: 0 });
  });
});
