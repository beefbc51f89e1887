import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadingSources } from '../../../server/src/energy/reading-sources.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { BackupRestores } from '../../../server/src/workorders/backup-restores.service.js';
import { BackupRuns } from '../../../server/src/workorders/backup-runs.service.js';
import { BackupSweep } from '../../../server/src/workorders/backup-sweep.service.js';
import { Backups } from '../../../server/src/workorders/backups.service.js';
import type { BackupRow } from '../../../server/src/workorders/backups.types.js';
import type { BackupResult, BackupSetup } from '../../../server/src/workorders/domain/backup.js';
import { GrantedWork } from '../../../server/src/workorders/granted-work.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';
import { idOf, WorkDesk } from '../../support/work-desk.ts';

const clock = new MovedClock();
const HOUR_MS = 3_600_000;
let app: TestApplication;
let desk: WorkDesk;
let journey: RequestJourney;
let life: LifeDesk;
let centerId: string;
let otherCenterId: string;

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await new WorkDesk(app).open();
  journey = await RequestJourney.begin(app);
  life = new LifeDesk(app, journey);
  centerId = (await journey.openCenter('backups', 100)).center.id;
  otherCenterId = (await journey.openCenter('backups-far', 100)).center.id;
});
afterAll(() => app.close());

const backups = () => desk.get(Backups);
const row = async (id: string) => (await backups().inScope(WHOLE_PROVINCE, id)) as BackupRow;
const sweep = () => desk.get(BackupSweep).run(SYSTEM);
const inDays = (days: number) => addDays(calendarDate(clock.now()), days);
const noticesOf = (id: string) =>
  desk.rooms.sql<{ text_zh: string }>("select text_zh from notice where subject_type = 'Backup' and subject_id = ?", [
    id,
  ]);

async function granted(answers: Record<string, string> = {}): Promise<{ backupId: string; orderId: string }> {
  const lineId = newId();
  await desk.get(UnitOfWork).run((tx) =>
    desk.get(GrantedWork).granted(tx, [
      {
        requestId: newId(),
        requestCode: 'SQ-2026-000077',
        departmentId: journey.department.id,
        systemId: journey.system.id,
        projectId: newId(),
        lineId,
        lineName: '业务库备份',
        kind: 'SERVICE',
        nature: 'NEW',
        offerId: newId(),
        definitionId: null,
        answers: Object.entries({ object: 'database', cycle: 'daily', keepDays: '30', remote: 'no', ...answers }).map(
          ([key, value]) => ({ key, value }),
        ),
        details: [],
        count: 200,
        centerId: null,
        subjectIds: [],
      },
    ]),
  );
  const [order] = await desk.rooms.sql<{ id: string; backup_id: string }>(
    'select id, backup_id from work_order where line_id = ?',
    [lineId],
  );
  return { backupId: order?.backup_id ?? '', orderId: order?.id ?? '' };
}

async function setUp(backupId: string, more: Partial<BackupSetup> = {}, viewer = desk.engineer) {
  const { version } = await row(backupId);
  return backups().setUp(
    viewer,
    { id: backupId, expectedVersion: version, idempotencyKey: newId() },
    {
      resourceIds: [],
      contents: 'orders, users',
      cycle: 'DAILY',
      weekday: null,
      startMinute: 120,
      keepDays: 30,
      keepCopies: 30,
      targetCenterId: otherCenterId,
      encrypted: true,
      encryptionNote: 'SM4，密钥由密码机管理',
      restoreTestMonths: 6,
      nextRestoreTestOn: inDays(180),
      ...more,
    },
  );
}

/** From the granted line to the confirmed order. */
async function active(): Promise<{ backupId: string; resourceId: string }> {
  const [resourceId = ''] = await life.delivered(centerId);
  const { backupId, orderId } = await granted();
  idOf(await desk.assign(orderId));
  for (const action of ['ACCEPT', 'START'] as const) idOf(await desk.move(orderId, action, desk.operator));
  idOf(await setUp(backupId, { resourceIds: [resourceId] }));
  await desk.doSteps(orderId);
  idOf(await desk.move(orderId, 'FINISH', desk.operator));
  idOf(await desk.move(orderId, 'CONFIRM', desk.engineer));
  return { backupId, resourceId };
}

const enter = (id: string, endedAt: Date, result: BackupResult = 'SUCCEEDED', viewer = desk.engineer) =>
  desk.get(BackupRuns).enter(viewer, WHOLE_PROVINCE, {
    id,
    idempotencyKey: newId(),
    run: { endedAt, result, sizeMib: 2_048, note: result === 'FAILED' ? '磁带库无空间' : null },
  });

async function move(id: string, action: 'SUSPEND' | 'RESUME' | 'END', viewer = desk.engineer, reason = '系统停机改造') {
  const { version } = await row(id);
  return backups().move(viewer, action, { id, expectedVersion: version, idempotencyKey: newId(), reason });
}

const askRestore = (id: string, viewer = journey.applicant, scope = journey.scope as typeof WHOLE_PROVINCE) =>
  desk.get(BackupRestores).ask(viewer, scope, {
    id,
    idempotencyKey: newId(),
    purpose: 'TEST',
    point: null,
    target: '测试库 orders_test',
    reason: '半年度恢复验证',
  });

describe('a granted backup', () => {
  it('is a record with what was asked for, and its order makes it so', async () => {
    const { backupId, orderId } = await granted({ object: 'database', cycle: 'weekly', keepDays: '60', remote: 'yes' });
    expect(await row(backupId)).toMatchObject({
      state: 'PREPARING',
      object: 'DATABASE',
      cycle: 'WEEKLY',
      keepDays: 60,
      remote: true,
      requestCode: 'SQ-2026-000077',
      departmentId: journey.department.id,
    });
    expect(await desk.row(orderId)).toMatchObject({ kind: 'BACKUP', backupId });
  });

  it('is not done before it is set up, and comes into force by the confirmation', async () => {
    const [resourceId = ''] = await life.delivered(centerId);
    const { backupId, orderId } = await granted();
    idOf(await desk.assign(orderId));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await desk.move(orderId, action, desk.operator));
    await desk.doSteps(orderId);
    expect(await desk.move(orderId, 'FINISH', desk.operator)).toMatchObject({
      ok: false,
      error: [{ path: ['backup'], rule: 'setUp' }],
    });
    // The company that has the order fills it in; another's people have never heard of it.
    expect(codesOf(await setUp(backupId, { resourceIds: [resourceId] }, desk.stranger))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await setUp(backupId, { resourceIds: [resourceId] }, desk.operator));
    idOf(await desk.move(orderId, 'FINISH', desk.operator));
    idOf(await desk.move(orderId, 'CONFIRM', desk.engineer));
    const made = await row(backupId);
    expect(made).toMatchObject({ state: 'ACTIVE', lastRestoreTestOn: calendarDate(clock.now()), missedSince: null });
    expect(made.deadlineAt && made.deadlineAt > clock.now()).toBe(true);
    // The order is over, and with it the company's part.
    expect(codesOf(await setUp(backupId, { resourceIds: [resourceId] }, desk.operator))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('copies only machines of its own system, and keeps a remote copy elsewhere', async () => {
    const [resourceId = ''] = await life.delivered(centerId);
    const { backupId } = await granted({ remote: 'yes' });
    expect(await setUp(backupId, { resourceIds: [resourceId, newId()] })).toMatchObject({
      ok: false,
      error: [{ code: 'UNKNOWN_REFERENCE', path: ['resourceIds', '1'] }],
    });
    expect(await setUp(backupId, { resourceIds: [resourceId], targetCenterId: centerId })).toMatchObject({
      ok: false,
      error: [{ path: ['targetCenterId'], rule: 'remote' }],
    });
    idOf(await setUp(backupId, { resourceIds: [resourceId] }));
  });
});

describe('copies', () => {
  it('that are missing are one finding, told once by whichever of two workers is first, and end with the next good one', async () => {
    const { backupId } = await active();
    clock.pass(3);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    const late = await row(backupId);
    expect(late.missedSince).not.toBeNull();
    expect((await noticesOf(backupId)).map((each) => each.text_zh)).toEqual([expect.stringContaining('没有成功副本')]);
    // A failure is no copy; a good one is.
    idOf(await enter(backupId, new Date(clock.now().getTime() - HOUR_MS), 'FAILED'));
    expect(await row(backupId)).toMatchObject({ lastResult: 'FAILED', missedSince: late.missedSince });
    idOf(await enter(backupId, clock.now()));
    expect(await row(backupId)).toMatchObject({ lastResult: 'SUCCEEDED', missedSince: null, lastSizeMib: 2_048 });
  });

  it('told late do not overwrite what is newer', async () => {
    const { backupId } = await active();
    const now = clock.now();
    idOf(await enter(backupId, now));
    idOf(await enter(backupId, new Date(now.getTime() - 2 * HOUR_MS), 'FAILED'));
    expect(await row(backupId)).toMatchObject({ lastResult: 'SUCCEEDED', lastEndedAt: now, lastGoodAt: now });
    expect((await backups().runsOf([backupId]))[0]?.map((run) => run.result)).toEqual(['SUCCEEDED', 'FAILED']);
  });

  it('are entered by the center only', async () => {
    const { backupId } = await active();
    expect(codesOf(await enter(backupId, clock.now(), 'SUCCEEDED', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('are told by the platform of the center that keeps them, each once, however many senders there are', async () => {
    const { backupId } = await active();
    const { code } = await row(backupId);
    const source = async (of: string) => {
      const made = await desk.get(ReadingSources).register(desk.engineer, {
        name: `备份平台 ${newId()}`,
        centerIds: [of],
        idempotencyKey: newId(),
      });
      return made.ok ? (made.value.token as string) : '';
    };
    const [keeper, stranger] = [await source(otherCenterId), await source(centerId)];
    const body = { runs: [{ backup: code, endedAt: clock.now().toISOString(), result: 'SUCCEEDED', sizeMib: 512 }] };
    expect(await desk.get(BackupRuns).push('nobody-knows-this-token', body)).toBeNull();
    expect(await desk.get(BackupRuns).push(stranger, body)).toMatchObject({
      ok: false,
      error: [{ index: 0, field: 'backup' }],
    });
    const told = await Promise.all(Array.from({ length: 8 }, () => desk.get(BackupRuns).push(keeper, body)));
    const accepted = told.map((each) => (each?.ok ? each.value.accepted : -1));
    expect(accepted.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    const [run] = (await backups().runsOf([backupId]))[0] ?? [];
    expect(run).toMatchObject({ source: 'SIGNAL', sizeMib: 512, result: 'SUCCEEDED' });
  });
});

describe('the life of a backup', () => {
  it('owes no copies while it is paused, and none of the pause afterwards', async () => {
    const { backupId } = await active();
    expect(codesOf(await move(backupId, 'SUSPEND', desk.engineer, ' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await move(backupId, 'SUSPEND', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await move(backupId, 'SUSPEND'));
    clock.pass(5);
    await sweep();
    expect(await row(backupId)).toMatchObject({ state: 'SUSPENDED', missedSince: null, deadlineAt: null });
    idOf(await move(backupId, 'RESUME'));
    await sweep();
    expect((await row(backupId)).missedSince).toBeNull();
  });

  it('is not ended by a stranger, but by its department, with a reason; its copies stay as long as promised', async () => {
    const { backupId } = await active();
    const stranger = viewerWith(['DEPARTMENT_HEAD'], newId());
    expect(codesOf(await move(backupId, 'END', stranger))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await move(backupId, 'END', journey.head));
    expect(await row(backupId)).toMatchObject({ state: 'ENDED', deadlineAt: null, reason: '系统停机改造' });
    expect(codesOf(await enter(backupId, clock.now()))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await move(backupId, 'END'))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await askRestore(backupId));
    clock.pass(31);
    expect(codesOf(await askRestore(backupId))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('ends with the last machine that it copies, once', async () => {
    const { backupId, resourceId } = await active();
    await sweep();
    expect((await row(backupId)).state).toBe('ACTIVE');
    await life.release(resourceId);
    await life.purge(resourceId);
    await life.observe(resourceId, 'GONE');
    await Promise.all([sweep(), sweep()]);
    expect(await row(backupId)).toMatchObject({ state: 'ENDED', reason: '所备份的资源均已释放' });
    expect(await noticesOf(backupId)).toHaveLength(1);
  });

  it('ended before its order began, the order goes with it', async () => {
    const { backupId, orderId } = await granted();
    idOf(await move(backupId, 'END', journey.head));
    expect((await desk.row(orderId)).state).toBe('CANCELLED');
  });
});

describe('a restore', () => {
  it('is one work order at a time, and its confirmation proves that copies can be restored', async () => {
    const { backupId } = await active();
    clock.pass(2);
    const asked = await Promise.all([askRestore(backupId), askRestore(backupId), askRestore(backupId)]);
    expect(asked.filter((each) => each.ok)).toHaveLength(1);
    for (const refused of asked.filter((each) => !each.ok))
      expect(refused).toMatchObject({ ok: false, error: [{ rule: 'busy' }] });
    const [order] = await desk.rooms.sql<{ id: string; instructions: string }>(
      "select id, instructions from work_order where backup_id = ? and kind = 'RESTORE'",
      [backupId],
    );
    expect(order?.instructions).toContain('最近一份成功副本');
    idOf(await desk.assign(order?.id ?? ''));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await desk.move(order?.id ?? '', action, desk.operator));
    await desk.doSteps(order?.id ?? '');
    idOf(await desk.move(order?.id ?? '', 'FINISH', desk.operator));
    idOf(await desk.move(order?.id ?? '', 'CONFIRM', desk.engineer));
    const tested = calendarDate(clock.now());
    expect(await row(backupId)).toMatchObject({ lastRestoreTestOn: tested });
    expect((await row(backupId)).nextRestoreTestOn?.slice(0, 4)).toBe(addDays(tested, 181).slice(0, 4));
    idOf(await askRestore(backupId));
  });

  it('that was not tested in time is told of once', async () => {
    const { backupId, resourceId } = await active();
    idOf(await setUp(backupId, { resourceIds: [resourceId], nextRestoreTestOn: inDays(1) }));
    clock.pass(2);
    idOf(await enter(backupId, clock.now()));
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect((await noticesOf(backupId)).map((each) => each.text_zh)).toEqual([expect.stringContaining('恢复验证')]);
  });
});

it('is seen and acted upon by its own department and the center only, and found by what it copies', async () => {
  const { backupId, resourceId } = await active();
  const page = { first: 50, after: null };
  const seen = async (departmentIds: string[]) =>
    (await backups().page({ kind: 'DEPARTMENTS', departmentIds }, {}, page)).rows.map((each) => each.id);
  expect(await seen([journey.department.id])).toContain(backupId);
  expect(await seen([desk.departmentId])).toEqual([]);
  expect(
    codesOf(
      await askRestore(backupId, desk.applicant, { kind: 'DEPARTMENTS', departmentIds: [desk.departmentId] } as never),
    ),
  ).toEqual(['UNKNOWN_REFERENCE']);
  const copying = await backups().page(WHOLE_PROVINCE, { resourceId }, page);
  expect(copying.rows.map((each) => each.id)).toEqual([backupId]);
  const healthy = async (health: 'MISSED' | 'WAITING') =>
    (await backups().page(WHOLE_PROVINCE, { health, search: (await row(backupId)).code }, page)).totalCount;
  expect([await healthy('MISSED'), await healthy('WAITING')]).toEqual([0, 1]);
});
