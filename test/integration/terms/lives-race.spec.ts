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
/** The books: what the pool's counter says, what claims add up to, and every machine that is not gone has its claim. */
async function booksAreRight(): Promise<void> {
  const { counter, claims } = await journey.liveOf(poolId);
  expect(counter).toBe(claims);
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
