import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

/** Each pair of acts meets this often; who wins is the machine's affair. */
const MEETINGS = 6;

let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;
let centerId: string;
let poolId: string;
let opener: Viewer;
let decider: Viewer;
const clock = new MovedClock();

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new LifeDesk(app, journey);
  const { center, pool } = await journey.openCenter('race', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  opener = viewerWith(['CAPACITY_ALLOCATOR'], null);
  decider = viewerWith(['CENTER_REVIEWER'], null);
});
afterAll(() => app.close());

const okOf = (answers: readonly { ok: boolean }[]) => answers.map(({ ok }) => ok);
const inDays = (days: number) => addDays(calendarDate(clock.now()), days);
/** GiB of the pool, all tiers: as counted, and as its claims add up. */
async function storageLive(): Promise<{ counted: number; claimed: number }> {
  const [row] = await app.test.db.query(
    `select (select sum(live_amount) from capacity_counter where subject_id = ? and meter like 'STORAGE%') as counted,
            (select sum(storage_gib) from claim where pool_id = ? and state <> 'RELEASED') as claimed`,
    [poolId, poolId],
  );
  return { counted: Number(row.counted), claimed: Number(row.claimed) };
}
/** The books: what the pool's counter says, what claims add up to, and every machine that is not gone has its claim. */
async function booksAreRight(): Promise<void> {
  const { counter, claims } = await journey.liveOf(poolId);
  expect(counter).toBe(claims);
  const { counted, claimed } = await storageLive();
  expect(counted).toBe(claimed);
  const wrong = await app.test.db.query(
    `select r.id, r.state, c.state as claim from resource r left join claim c on c.id = r.claim_id
     where r.state <> 'RELEASED' and (c.state is null or c.state = 'RELEASED')`,
  );
  expect(wrong).toEqual([]);
}
/** Of each resource: the acts of people and clock that the audit holds. */
async function actsOn(objectId: string): Promise<string[]> {
  const rows = await app.test.db.query(
    `select action from ${auditSchemaOf(app.test.address.database)}.audit_event where object_id = ? order by occurred_at, id`,
    [objectId],
  );
  return rows.map(({ action }: { action: string }) => action);
}

describe('two acts at the same moment', () => {
  it.each([
    ['restore and purge', () => [(id: string) => desk.restore(id), (id: string) => desk.purge(id)]],
    ['two restores', () => [(id: string) => desk.restore(id), (id: string) => desk.restore(id)]],
  ] as const)('%s: one is done, the other is told so', async (_what, acts) => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = ''] = await desk.delivered(centerId);
      idOf(await desk.release(id));
      const answers = await Promise.all(acts().map((act) => act(id)));
      expect(okOf(answers).filter(Boolean)).toHaveLength(1);
      const { state, binUntil } = await desk.row(id);
      expect([state, binUntil]).toEqual([answers[0]?.ok || state === 'IN_USE' ? 'IN_USE' : 'RELEASING', null]);
    }
    await booksAreRight();
  });

  it('what is done to one kept disk at once: one of it is done, and its storage goes back once', async () => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = '', other = ''] = await desk.delivered(centerId, 2);
      idOf(await desk.release(id, journey.applicant, 5));
      idOf(await desk.purge(id));
      await desk.observe(id, 'GONE');
      await desk.standStill(other);
      const before = await storageLive();
      const answers = await Promise.all([desk.attach(id, other), desk.giveUpDisk(id), desk.attach(id, other)]);
      expect(okOf(answers).filter(Boolean)).toHaveLength(1);
      expect((await desk.diskOf(id))?.state).toBe(answers[1]?.ok ? 'ENDING' : 'ATTACHED');
      const { attachedDisks } = await desk.row(other);
      expect((attachedDisks ?? []).length).toBe(answers[1]?.ok ? 0 : 1);
      if (!answers[1]?.ok) {
        await desk.standStill(other);
        idOf(await desk.detach(id, 5));
        idOf(await desk.giveUpDisk(id));
      }
      const { id: diskId = '' } = (await desk.diskOf(id)) ?? {};
      // Of two workers each believes that it holds the lease.
      await Promise.all([desk.diskGone(diskId), desk.diskGone(diskId), desk.observe(id, 'GONE')]);
      expect((await desk.diskOf(id))?.state).toBe('GONE');
      const { diskGib } = await desk.row(id);
      expect(await storageLive()).toEqual({ counted: before.counted - diskGib, claimed: before.claimed - diskGib });
      await booksAreRight();
    }
  });

  it('no disk is kept of a machine that was restored from a snapshot: its cluster deletes that with it', async () => {
    const [id = ''] = await desk.delivered(centerId);
    await app.test.db.query(
      `insert into resource_snapshot (id, resource_id, number, name, state, disk_gib, restores, created_at, created_by)
       values (?, ?, 1, '升级前', 'READY', 40, 1, now(), '李四')`,
      [newId(), id],
    );
    const kept = await desk.release(id, journey.applicant, 5);
    expect(kept).toMatchObject({ ok: false, error: [{ rule: 'restored', path: ['keepDiskDays'] }] });
    idOf(await desk.release(id));
    idOf(await desk.purge(id));
    await desk.observe(id, 'GONE');
    expect(await desk.diskOf(id)).toBeUndefined();
    await booksAreRight();
  });

  it('the end of its time and a machine that gets it: it ends or it lives, and is told of once', async () => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = '', other = ''] = await desk.delivered(centerId, 2);
      idOf(await desk.release(id, journey.applicant, 1));
      idOf(await desk.purge(id));
      await desk.observe(id, 'GONE');
      await desk.standStill(other);
      await Promise.all([desk.round(), desk.round()]);
      const told = (await desk.notices(id)).filter(({ kind }) => kind === 'DEADLINE');
      expect(told).toHaveLength(1);
      clock.pass(2);
      const [answer] = await Promise.all([desk.attach(id, other), desk.round(), desk.round()]);
      expect((await desk.diskOf(id))?.state).toBe(answer.ok ? 'ATTACHED' : 'ENDING');
      expect((await desk.lifeKinds(id)).filter((kind) => kind === 'DISK_ENDING')).toHaveLength(answer.ok ? 0 : 1);
    }
    await booksAreRight();
  });

  it('an extension and the end of the term: the machine runs on or is stopped, and knows which', async () => {
    const ids = await desk.delivered(centerId, MEETINGS, inDays(2));
    clock.pass(3);
    await Promise.all([...ids.map((id) => desk.extend(id, inDays(20))), desk.round(), desk.round()]);
    // Whoever came second: the term that stands says whether it is off.
    for (const id of ids) {
      const row = await desk.row(id);
      expect(row.temporaryUntil === inDays(20)).toBe(row.termOverAt === null);
    }
    await booksAreRight();
  });

  it('three rounds of the clock: each thing is told and done once', async () => {
    const [id = ''] = await desk.delivered(centerId, 1, inDays(2));
    clock.pass(3);
    await Promise.all([desk.round(), desk.round(), desk.round()]);
    expect((await actsOn(id)).filter((action) => action === 'term.stop')).toHaveLength(1);
    clock.pass(16);
    await Promise.all([desk.round(), desk.round(), desk.round()]);
    expect((await actsOn(id)).filter((action) => action === 'term.bin')).toHaveLength(1);
    clock.pass(7);
    await Promise.all([desk.round(), desk.round(), desk.round()]);
    expect((await actsOn(id)).filter((action) => action === 'resource.binOver')).toHaveLength(1);
    expect((await desk.row(id)).state).toBe('RELEASING');
    await booksAreRight();
  });

  it('a decision to reclaim and an objection, a release and the decision: the case says what became of it', async () => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = ''] = await desk.delivered(centerId);
      const caseId = idOf(await desk.openCase(id, opener));
      clock.pass(15);
      await desk.round();
      const [decided, objected, released] = await Promise.all([
        desk.caseAct(caseId, 'RECLAIM', decider),
        desk.caseAct(caseId, 'OBJECT', journey.head),
        desk.release(id),
      ]);
      const state = await desk.caseState(caseId);
      expect(state).toBe(decided.ok ? 'RECLAIMED' : objected.ok ? 'OBJECTED' : 'UNANSWERED');
      const { binCause } = await desk.row(id);
      expect(binCause).toBe(decided.ok ? 'RECLAIM' : released.ok ? 'RELEASE' : null);
    }
    await booksAreRight();
  });

  it.each([2, 8])('of %i decisions to reclaim, and one to close the case: one is taken', async (decisions) => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = ''] = await desk.delivered(centerId);
      const caseId = idOf(await desk.openCase(id, opener));
      idOf(await desk.caseAct(caseId, 'AGREE', journey.head));
      const deciders = Array.from({ length: decisions }, () => viewerWith(['CENTER_REVIEWER'], null));
      const answers = await Promise.all([
        ...deciders.map((one) => desk.caseAct(caseId, 'RECLAIM', one)),
        desk.caseAct(caseId, 'CLOSE', decider),
      ]);
      expect(okOf(answers).filter(Boolean)).toHaveLength(1);
      const reclaimed = answers.at(-1)?.ok === false;
      expect(await desk.caseState(caseId)).toBe(reclaimed ? 'RECLAIMED' : 'CLOSED');
      expect((await desk.row(id)).binCause).toBe(reclaimed ? 'RECLAIM' : null);
      const taken = (await actsOn(caseId)).filter((act) => act === 'reclaim.reclaim' || act === 'reclaim.close');
      expect(taken).toHaveLength(1);
    }
    await booksAreRight();
  });

  it('a wish for a longer term that is granted, refused and withdrawn: one of them, and the term follows', async () => {
    for (let n = 0; n < MEETINGS; n += 1) {
      const [id = ''] = await desk.delivered(centerId, 1, inDays(5));
      const extensionId = idOf(await desk.extend(id, null));
      const answer = (viewer: Viewer, move: 'GRANT' | 'REFUSE' | 'WITHDRAW') =>
        desk.extensions.answer(viewer, move === 'WITHDRAW' ? journey.scope : WHOLE_PROVINCE, move, {
          ...{ extensionId, expectedVersion: 1, opinion: '已核', idempotencyKey: newId() },
        });
      const answers = await Promise.all([
        answer(decider, 'GRANT'),
        answer(opener, 'REFUSE'),
        answer(journey.applicant, 'WITHDRAW'),
      ]);
      expect(okOf(answers).filter(Boolean)).toHaveLength(1);
      expect((await desk.row(id)).temporaryUntil === null).toBe(answers[0]?.ok);
    }
  });
});
