import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { Extensions } from '../../../server/src/terms/extensions.service.js';
import { LineExtensions } from '../../../server/src/terms/line-extensions.service.js';
import { LineReviews } from '../../../server/src/terms/line-reviews.service.js';
import { TermsService } from '../../../server/src/terms/terms.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { HandedLines } from '../../support/handed-lines.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let handed: HandedLines;
const clock = new MovedClock();
const reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '许审' });
const today = () => calendarDate(clock.now());
const inDays = (days: number) => addDays(today(), days);

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  const site = await desk.openSite('ACTIVE_A', { vcpu: 1_000, servers: 40, cabinets: [{}, {}, {}] });
  handed = new HandedLines(app, desk, site);
});
afterAll(() => app.close());

const delivered = (temporaryUntil: string | null) => handed.delivered(temporaryUntil);
const term = (lineId: string) => handed.term(lineId);

/** What was said about a request since so many, in words. */
const said = async (requestId: string, since = 0) => (await life.notices(requestId)).slice(since).map(({ zh }) => zh);

async function extend(lineId: string, until: string | null, viewer = desk.journey.applicant) {
  const { version } = await term(lineId);
  const wish = { lineId, until, reason: '项目延期', expectedVersion: version, idempotencyKey: newId() };
  return desk.get(LineExtensions).extend(viewer, desk.journey.scope, wish);
}

async function review(lineId: string, note: string | null = null) {
  const { version } = await term(lineId);
  const wish = { lineId, note, expectedVersion: version, idempotencyKey: newId() };
  return desk.get(LineReviews).review(desk.journey.applicant, desk.journey.scope, wish);
}

/** So many days on its last day is over, and its owners are told. */
async function termEnds(days: number): Promise<void> {
  clock.pass(days + 1);
  await life.round();
}

const stateOf = async (requestId: string) => (await desk.journey.row(requestId)).state;
const gone = (lineId: string) => handed.gone(lineId);

describe('a term of what people hand over', () => {
  it('begins with the hand-over, by what its request says, and ends with the line', async () => {
    const { server, cabinet, service, requestId } = await delivered(null);
    for (const lineId of [server, cabinet, service])
      expect(await term(lineId)).toMatchObject({ temporaryUntil: null, reviewFrom: clock.now(), endedAt: null });
    const { version } = await desk.journey.row(requestId);
    const wish = { lineId: service, expectedVersion: version, reason: '不再使用', idempotencyKey: newId() };
    idOf(await desk.get(GivingBackLines).giveBack(desk.journey.applicant, desk.journey.scope, wish));
    expect([await gone(service), await gone(cabinet), await gone(server)]).toEqual([true, false, false]);
  });

  it('is told of 30, 15, 7 and 1 days before and at its end; what is empty or a service goes back after the grace, once', async () => {
    const before = await desk.books();
    const { server, cabinet, service, requestId } = await delivered(inDays(40));
    const empty = await handed.occupy(cabinet);
    const told: [number, number][] = [];
    let heard = (await said(requestId)).length;
    for (let day = 0; day <= 40 + 16; day += 1) {
      // Twice a day: what was done once is not done again.
      await life.round();
      await life.round();
      const now = (await said(requestId)).length;
      if (now > heard) told.push([day, now - heard]);
      heard = now;
      const over = (await term(server)).termOverAt !== null;
      expect([day, over, await gone(service)]).toEqual([day, day > 40, day > 55]);
      expect([day, await gone(cabinet), await gone(server)]).toEqual([day, false, false]);
      clock.pass(1);
    }
    // Three lines each time; the service alone goes by itself.
    expect(told.slice(0, 5)).toEqual([
      [10, 3],
      [25, 3],
      [33, 3],
      [39, 3],
      [41, 3],
    ]);
    expect((await said(requestId)).filter((text) => text.includes('已自动退还'))).toHaveLength(1);
    // Emptied by its people it goes back in the next round; a server by the act of the engineer alone.
    await empty();
    await life.round();
    expect([await gone(cabinet), await gone(server)]).toEqual([true, false]);
    expect(await stateOf(requestId)).toBe('DELIVERED');
    const books = await desk.books();
    expect([books.places, books.items, books.takings]).toEqual([
      before.places,
      before.items + 1,
      before.takings + (await takingsOfServer(server)),
    ]);
  });

  it('that was over long before anybody was told is left for a full grace from then on', async () => {
    const { service } = await delivered(inDays(5));
    clock.pass(5 + 1 + 60);
    await life.round();
    clock.pass(14);
    await life.round();
    expect([(await term(service)).termOverAt !== null, await gone(service)]).toEqual([true, false]);
    clock.pass(1);
    await life.round();
    expect(await gone(service)).toBe(true);
  });

  it('is extended by rule so often and so far, beyond it by the center, and to long-term', async () => {
    const { service, cabinet } = await delivered(inDays(20));
    const until = inDays(60);
    idOf(await extend(service, until));
    expect(await term(service)).toMatchObject({ temporaryUntil: until, extensionsUsed: 1, remindedDays: null });
    // What its request said is no longer its end.
    clock.pass(21);
    await life.round();
    expect([(await term(service)).termOverAt, (await term(cabinet)).termOverAt !== null]).toEqual([null, true]);
    idOf(await extend(service, inDays(100)));
    const asked = idOf(await extend(service, null));
    expect(codesOf(await extend(service, inDays(120)))).toEqual(['NOT_PERMITTED']);
    expect((await term(service)).temporaryUntil).not.toBeNull();
    const wish = { extensionId: asked, expectedVersion: 1, opinion: '同意', idempotencyKey: newId() };
    idOf(await desk.get(Extensions).answer(reviewer, WHOLE_PROVINCE, 'GRANT', wish));
    expect(await term(service)).toMatchObject({ temporaryUntil: null, reviewFrom: clock.now(), reviewStage: 'NONE' });
    // Over, and taken in time: it is not over any more.
    idOf(await extend(cabinet, inDays(30)));
    expect(await term(cabinet)).toMatchObject({ termOverAt: null, extensionsUsed: 1 });
    const page = await desk.get(TermsService).extensionPage(WHOLE_PROVINCE, [], { first: 10, after: null });
    expect(page.rows.map(({ lineId, resourceId }) => [lineId === null, resourceId])).toEqual(
      page.rows.map(() => [false, null]),
    );
  });

  it('is neither extended nor reviewed for another department, by an old version, or once it ended', async () => {
    const { service, server, requestId } = await delivered(inDays(20));
    const elsewhere = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const wish = { lineId: service, reason: '延期', idempotencyKey: newId() };
    const { version } = await term(service);
    const extensions = desk.get(LineExtensions);
    const { applicant, scope } = desk.journey;
    const ask = (more: object, within: typeof scope = scope) =>
      extensions.extend(applicant, within, { ...wish, until: inDays(30), expectedVersion: version, ...more });
    expect(codesOf(await ask({}, elsewhere))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await ask({ idempotencyKey: newId(), expectedVersion: 99 }))).toEqual(['VERSION_CONFLICT']);
    expect(codesOf(await ask({ idempotencyKey: newId(), until: inDays(10) }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await review(server))).toEqual(['ILLEGAL_TRANSITION']);
    const back = { lineId: service, expectedVersion: (await desk.journey.row(requestId)).version, reason: '不用' };
    idOf(await desk.get(GivingBackLines).giveBack(applicant, scope, { ...back, idempotencyKey: newId() }));
    expect(codesOf(await ask({ idempotencyKey: newId() }))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('that was given back while a wish waits for the center leaves that to be refused or withdrawn, and never granted', async () => {
    for (const move of ['REFUSE', 'WITHDRAW'] as const) {
      const { service, requestId } = await delivered(inDays(20));
      const asked = idOf(await extend(service, null));
      idOf(await handed.giveBack(requestId, service));
      const answer = (how: 'GRANT' | typeof move) =>
        desk.get(Extensions).answer(how === 'WITHDRAW' ? desk.journey.applicant : reviewer, WHOLE_PROVINCE, how, {
          ...{ extensionId: asked, expectedVersion: 1, opinion: '已退还', idempotencyKey: newId() },
        });
      expect(await answer('GRANT')).toMatchObject({ error: [{ code: 'NOT_PERMITTED', reason: 'GIVEN_BACK' }] });
      idOf(await answer(move));
      const page = await desk.get(TermsService).extensionPage(WHOLE_PROVINCE, ['ASKED'], { first: 100, after: null });
      expect(page.rows.filter(({ lineId }) => lineId === service)).toEqual([]);
    }
  });

  it('of 8 who extend it and 8 rounds of the calendar at its end, one of both comes first and the other sees it', async () => {
    const { service } = await delivered(inDays(5));
    await termEnds(5);
    clock.pass(15);
    const { version } = await term(service);
    const { applicant, scope } = desk.journey;
    const ask = () =>
      desk.get(LineExtensions).extend(applicant, scope, {
        ...{ lineId: service, until: inDays(30), reason: '延期', expectedVersion: version, idempotencyKey: newId() },
      });
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, ask),
      ...Array.from({ length: 8 }, async () => life.round().then(() => null)),
    ]);
    const extended = answers.filter((answer) => answer?.ok).length;
    expect(extended).toBe((await gone(service)) ? 0 : 1);
    const [{ n }] = await app.test.db.query('select count(*) as n from term_extension where line_id = ?', [service]);
    expect(Number(n)).toBe(extended);
  });
});

describe('a yearly review of what people hand over', () => {
  it('is asked of the owner, the head and the center, each once, and begins anew with the answer', async () => {
    const { server, cabinet, service, requestId } = await delivered(null);
    idOf(await review(service));
    const heard = (await said(requestId)).length;
    const told: [number, number][] = [];
    let passed = 0;
    for (const day of [334, 335, 371, 372, 379, 380]) {
      clock.pass(day - passed);
      passed = day;
      await life.round();
      await life.round();
      told.push([day, (await said(requestId)).length - heard]);
    }
    expect(told).toEqual([
      [334, 0],
      [335, 3],
      [371, 3],
      [372, 6],
      [379, 6],
      [380, 9],
    ]);
    expect((await term(server)).reviewStage).toBe('CENTER');
    idOf(await review(server, '仍在使用'));
    expect(await term(server)).toMatchObject({ reviewStage: 'NONE', reviewFrom: clock.now(), reviewNote: '仍在使用' });
    expect(await gone(cabinet)).toBe(false);
  });
});

describe('a reclaim case about what people hand over', () => {
  const caseOf = (lineId: string) => handed.casesOf(lineId);

  it('is opened once where a term and its grace are over and it was not emptied, and carried out when it is', async () => {
    const { cabinet, server, service } = await delivered(inDays(5));
    const empty = await handed.occupy(cabinet);
    await termEnds(5);
    expect(await caseOf(cabinet)).toEqual([]);
    clock.pass(15);
    await life.round();
    await life.round();
    expect(await caseOf(service)).toEqual([]);
    const [ofCabinet] = await caseOf(cabinet);
    const [ofServer] = await caseOf(server);
    expect([ofCabinet?.cause, ofServer?.cause]).toEqual(['TERM_OVER', 'TERM_OVER']);
    expect([(await caseOf(cabinet)).length, (await caseOf(server)).length]).toEqual([1, 1]);
    const id = ofCabinet?.id ?? '';
    expect(codesOf(await life.caseAct(id, 'RECLAIM', reviewer))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await life.caseAct(id, 'OBJECT', desk.journey.head, '下月迁走'));
    idOf(await life.caseAct(id, 'RECLAIM', reviewer, '期限已过'));
    await life.round();
    // Something stands in it still: nothing is taken from under it.
    expect([await life.caseState(id), await gone(cabinet)]).toEqual(['RECLAIMED', false]);
    await empty();
    await life.round();
    expect([await gone(cabinet), (await caseOf(cabinet)).length]).toEqual([true, 1]);
    expect(codesOf(await life.caseAct(id, 'UNDO', reviewer))).toEqual(['ILLEGAL_TRANSITION']);
    // Extended meanwhile, the other has nothing left to decide.
    idOf(await extend(server, inDays(30)));
    await life.round();
    expect(await life.caseState(ofServer?.id ?? '')).toBe('CLOSED');
    // It ends again: that is another case.
    await termEnds(30);
    clock.pass(15);
    await life.round();
    expect((await caseOf(server)).map(({ state }) => state)).toEqual(['CLOSED', 'NOTICED']);
  });

  it('that the center closes is not opened again for the same end, and may be taken back until it is carried out', async () => {
    const { server } = await delivered(inDays(5));
    await termEnds(5);
    clock.pass(15);
    await life.round();
    const id = (await caseOf(server))[0]?.id ?? '';
    idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
    idOf(await life.caseAct(id, 'RECLAIM', reviewer));
    idOf(await life.caseAct(id, 'UNDO', reviewer, '另有安排'));
    expect(await life.caseState(id)).toBe('CLOSED');
    clock.pass(1);
    await life.round();
    expect((await caseOf(server)).map(({ state }) => state)).toEqual(['CLOSED']);
  });

  it('follows a review that nobody made, once, and closes with the review', async () => {
    const { service, cabinet } = await delivered(null);
    for (const days of [335, 37, 8, 15]) {
      clock.pass(days);
      await life.round();
      await life.round();
    }
    expect((await caseOf(service)).map(({ cause, state }) => [cause, state])).toEqual([['OVERDUE_REVIEW', 'NOTICED']]);
    clock.pass(1);
    idOf(await review(service, '仍在使用'));
    await life.round();
    const id = (await caseOf(cabinet))[0]?.id ?? '';
    expect((await caseOf(service)).map(({ state }) => state)).toEqual(['CLOSED']);
    idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
    idOf(await life.caseAct(id, 'RECLAIM', reviewer));
    await life.round();
    expect([await life.caseState(id), await gone(cabinet)]).toEqual(['RECLAIMED', true]);
  });
});

/** What a server line has taken of quotas. */
async function takingsOfServer(lineId: string): Promise<number> {
  const [{ n }] = await app.test.db.query(
    `select count(*) as n from quota_taking where live = 1 and subject_id in
       (select subject_id from item_claim where line_id = ?)`,
    [lineId],
  );
  return Number(n);
}
