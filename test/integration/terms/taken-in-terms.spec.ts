import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ReclaimService } from '../../../server/src/reclaim/reclaim.service.js';
import { LineTerms } from '../../../server/src/requests/line-terms.service.js';
import type { NamedLineTerm, TakenInThing } from '../../../server/src/requests/line-terms.types.js';
import { LifePolicies } from '../../../server/src/resources/life-policies.service.js';
import { LineReviews } from '../../../server/src/terms/line-reviews.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { HandedLines } from '../../support/handed-lines.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const clock = new MovedClock();
let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let handed: HandedLines;

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  const site = await desk.openSite('ACTIVE_A', { vcpu: 1_000, servers: 40, cabinets: [{}, {}, {}] });
  handed = new HandedLines(app, desk, site);
});
afterAll(() => app.close());

const terms = () => desk.get(LineTerms);
const termOf = async (id: string) => (await terms().ofLines([id]))[0] as NamedLineTerm;
const said = async (batchId: string) => (await life.notices(batchId)).map(({ zh }) => zh);

/** A server that the system uses, and its entry in an intake, as its approval leaves the two. */
async function takenIn(): Promise<TakenInThing> {
  const { server } = await handed.delivered(null);
  const [{ id: serverId }] = await app.test.db.query(
    'select s.id from server s join item_claim c on c.subject_id = s.id where c.line_id = ?',
    [server],
  );
  const { department, system } = desk.journey;
  const thing: TakenInThing = {
    ...{ itemId: newId(), batchId: newId(), batchCode: `QC-2026-${serverId.slice(-6)}`, subjectId: serverId },
    ...{ departmentId: department.id, systemId: system.id, kind: 'SERVER', name: '老数据库服务器' },
  };
  await desk.get(UnitOfWork).run((tx) => terms().beginTakenIn(tx, [thing]));
  return thing;
}

async function review(lineId: string, scope = desk.journey.scope) {
  const { version } = await termOf(lineId);
  const wish = { lineId, note: '仍在使用', expectedVersion: version, idempotencyKey: newId() };
  return desk.get(LineReviews).review(desk.journey.applicant, scope, wish);
}

describe('the term of what was taken in without a request', () => {
  it('is long-term from the approval on, listed by its name and its intake, within its department', async () => {
    const thing = await takenIn();
    expect(await termOf(thing.itemId)).toMatchObject({
      ...{ name: '老数据库服务器', kind: 'SERVER', count: 1, requestCode: thing.batchCode, applicantId: null },
      ...{ temporaryUntil: null, reviewFrom: clock.now(), endedAt: null },
    });
    const policy = await desk.get(LifePolicies).policy();
    const ground = { now: new Date(clock.now().getTime() + 400 * 86_400_000), policy };
    const page = { first: 10, after: null };
    const list = async (search: string, scope = desk.journey.scope) =>
      (await terms().page(scope, 'TO_REVIEW', search, page, ground)).rows.map(({ lineId }) => lineId);
    expect(await list(thing.batchCode)).toEqual([thing.itemId]);
    const stranger = { kind: 'DEPARTMENTS' as const, departmentIds: [newId()] };
    expect(await list(thing.batchCode, stranger)).toEqual([]);
    expect(codesOf(await review(thing.itemId, stranger))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('is reviewed by its department, and escalates where nobody does, up to a case that its end settles', async () => {
    const thing = await takenIn();
    clock.pass(360);
    await life.round();
    expect((await said(thing.batchId)).at(-1)).toContain('前完成年度复核');
    idOf(await review(thing.itemId));
    expect(await termOf(thing.itemId)).toMatchObject({ reviewStage: 'NONE', reviewFrom: clock.now() });
    for (let day = 0; day < 500; day += 5) {
      clock.pass(5);
      await life.round();
    }
    expect((await termOf(thing.itemId)).reviewStage).toBe('CASE');
    expect((await said(thing.batchId)).join()).toContain('年度复核超期未办');
    const [opened] = await desk.get(ReclaimService).runningOfLines([thing.itemId]);
    expect(opened).toMatchObject({ cause: 'OVERDUE_REVIEW', lineId: thing.itemId });
    // The facility takes it back by its own act: it is the system's no more.
    await app.test.db.query('update server set system_id = ? where id = ?', [newId(), thing.subjectId]);
    await life.round();
    await life.round();
    expect((await termOf(thing.itemId)).endedAt).toEqual(clock.now());
    expect(await desk.get(ReclaimService).runningOfLines([thing.itemId])).toEqual([null]);
  });

  it('ends once, and no more is said of it', async () => {
    const thing = await takenIn();
    await app.test.db.query('update server set system_id = ? where id = ?', [newId(), thing.subjectId]);
    await Promise.all([life.round(), life.round()]);
    const ended = await termOf(thing.itemId);
    expect(ended.endedAt).toEqual(clock.now());
    expect(codesOf(await review(thing.itemId))).toEqual(['UNKNOWN_REFERENCE']);
    clock.pass(800);
    await life.round();
    expect(await said(thing.batchId)).toEqual([]);
    expect((await termOf(thing.itemId)).version).toBe(ended.version);
  });
});
