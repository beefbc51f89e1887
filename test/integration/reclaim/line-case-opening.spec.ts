import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesService } from '../../../server/src/files/files.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { LineCaseOpening, type OpenLineWish } from '../../../server/src/reclaim/line-case-opening.service.js';
import { LineExtensions } from '../../../server/src/terms/line-extensions.service.js';
import { LineReviews } from '../../../server/src/terms/line-reviews.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
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
const allocator = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '孙分配' });
const reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];
const inDays = (days: number) => addDays(calendarDate(clock.now()), days);

beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  const site = await desk.openSite('ACTIVE_A', { vcpu: 1_000, servers: 40, cabinets: [{}, {}, {}] });
  handed = new HandedLines(app, desk, site);
});
afterAll(() => app.close());

function open(lineId: string | undefined, viewer: Viewer = allocator, more: Partial<OpenLineWish> = {}) {
  return desk.get(LineCaseOpening).open(viewer, WHOLE_PROVINCE, {
    lineId,
    text: '机位空置超过半年',
    figures: [{ label: '功率（30 天平均）', value: '0 W' }],
    fileIds: [],
    idempotencyKey: newId(),
    ...more,
  });
}

const numberOf = async (sql: string): Promise<number> => Number((await app.test.db.query(sql))[0].n);
const codesTaken = () => numberOf("select sum(next_number) as n from code_sequence where name like 'HS-%'");
const casesOpened = () => numberOf('select count(*) as n from reclaim_case');

describe('a case that a person of the center opens about servers, places or services', () => {
  it('notices the department with the evidence, is decided by another, and is carried out when it can be', async () => {
    const { server, cabinet, service } = await handed.delivered(null);
    const empty = await handed.occupy(cabinet);
    for (const lineId of [server, cabinet, service]) {
      const id = idOf(await open(lineId));
      const [told] = await life.notices(id);
      expect(told).toMatchObject({ kind: 'WORK_WAITING', zh: expect.stringContaining('拟作闲置回收') });
      expect(await life.reclaim.inScope(WHOLE_PROVINCE, id)).toMatchObject({
        ...{ lineId, resourceId: null, cause: 'IDLE', state: 'NOTICED', evidence: '机位空置超过半年' },
        ...{ figures: [{ label: '功率（30 天平均）', value: '0 W' }], openedByName: '孙分配' },
      });
      expect(codesOf(await life.caseAct(id, 'RECLAIM', reviewer))).toEqual(['ILLEGAL_TRANSITION']);
      idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
      expect(await life.caseAct(id, 'RECLAIM', allocator)).toMatchObject({
        ok: false,
        error: [{ reason: 'OWN_CASE' }],
      });
      idOf(await life.caseAct(id, 'RECLAIM', reviewer));
    }
    await life.round();
    const gone = async () => [await handed.gone(service), await handed.gone(cabinet), await handed.gone(server)];
    expect(await gone()).toEqual([true, false, false]);
    await empty();
    await life.round();
    expect(await gone()).toEqual([true, true, false]);
  });

  it('is one at a time, also of many who press, and none while what was decided is not carried out', async () => {
    const { server } = await handed.delivered(null);
    const answers = await byClients(8, EIGHT, () => open(server));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers.filter((one) => !one.ok))
      expect(answer).toMatchObject({ error: [{ code: 'NOT_PERMITTED', reason: 'CASE_OPEN' }] });
    const [one] = await handed.casesOf(server);
    const id = one?.id ?? '';
    idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
    idOf(await life.caseAct(id, 'RECLAIM', reviewer));
    expect(codesOf(await open(server))).toEqual(['NOT_PERMITTED']);
    idOf(await life.caseAct(id, 'UNDO', reviewer, '另有安排'));
    idOf(await open(server));
    expect((await handed.casesOf(server)).map(({ state }) => state)).toEqual(['CLOSED', 'NOTICED']);
  });

  it('is decided once of many who press, and taken back or carried out, never both', async () => {
    const { service } = await handed.delivered(null);
    const id = idOf(await open(service));
    idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
    const reviewers = EIGHT.map((n) => viewerWith(['CENTER_REVIEWER'], null, { name: `评审${n}` }));
    const decided = await byClients(8, reviewers, (viewer) => life.caseAct(id, 'RECLAIM', viewer));
    expect(decided.filter((one) => one.ok)).toHaveLength(1);
    for (const one of decided.filter(({ ok }) => !ok))
      expect(codesOf(one)).toEqual([expect.stringMatching(/^(VERSION_CONFLICT|ILLEGAL_TRANSITION)$/)]);
    const acts = [
      ...EIGHT.map(() => async () => (await life.caseAct(id, 'UNDO', reviewer, '另有安排')).ok),
      ...EIGHT.map(() => async () => life.round().then(() => false)),
    ];
    const undone = (await byClients(16, acts, (act) => act())).filter(Boolean).length;
    await life.round();
    expect([undone, await life.caseState(id), await handed.gone(service)]).toEqual(
      undone === 1 ? [1, 'CLOSED', false] : [0, 'RECLAIMED', true],
    );
  });

  it('that was decided leaves its term as it is until it is carried out or taken back', async () => {
    const { cabinet, server } = await handed.delivered(inDays(40));
    await handed.occupy(cabinet);
    const { applicant, scope } = desk.journey;
    const extend = async (lineId: string) => {
      const { version: expectedVersion } = await handed.term(lineId);
      const wish = { lineId, until: inDays(60), reason: '延期', expectedVersion, idempotencyKey: newId() };
      return desk.get(LineExtensions).extend(applicant, scope, wish);
    };
    const id = idOf(await open(cabinet));
    idOf(await life.caseAct(id, 'AGREE', desk.journey.head));
    idOf(await life.caseAct(id, 'RECLAIM', reviewer));
    expect(await extend(cabinet)).toMatchObject({ error: [{ code: 'NOT_PERMITTED', reason: 'RECLAIM_DECIDED' }] });
    idOf(await extend(server));
    expect((await handed.term(cabinet)).temporaryUntil).toBe(inDays(40));
    idOf(await life.caseAct(id, 'UNDO', reviewer, '另有安排'));
    idOf(await extend(cabinet));

    const long = await handed.delivered(null);
    const other = idOf(await open(long.server));
    idOf(await life.caseAct(other, 'AGREE', desk.journey.head));
    idOf(await life.caseAct(other, 'RECLAIM', reviewer));
    const review = async () => {
      const { version: expectedVersion } = await handed.term(long.server);
      const wish = { lineId: long.server, note: null, expectedVersion, idempotencyKey: newId() };
      return desk.get(LineReviews).review(applicant, scope, wish);
    };
    expect(await review()).toMatchObject({ error: [{ reason: 'RECLAIM_DECIDED' }] });
    idOf(await life.caseAct(other, 'UNDO', reviewer, '另有安排'));
    expect((await handed.term(long.server)).reclaimedAt).toBeNull();
    idOf(await review());
  });

  it('is once a press, whose answer was lost or not', async () => {
    const { cabinet } = await handed.delivered(null);
    const idempotencyKey = newId();
    const answers = await byClients(8, EIGHT, () => open(cabinet, allocator, { idempotencyKey }));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await handed.casesOf(cabinet)).toHaveLength(1);
  });

  it('is refused without evidence, with foreign files, before the hand-over and after the end, and out of scope', async () => {
    const { service, server, requestId } = await handed.granted(null);
    expect(codesOf(await open(service))).toEqual(['UNKNOWN_REFERENCE']);
    await handed.handOver(service);
    expect(codesOf(await open(service, allocator, { text: ' ' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await open(service, allocator, { fileIds: [undefined] }))).toEqual(['UNKNOWN_REFERENCE']);
    const pdf = { name: '现场照片.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') };
    const foreign = idOf(await desk.get(FilesService).upload(pdf, reviewer));
    expect(codesOf(await open(service, allocator, { fileIds: [foreign] }))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await open(undefined))).toEqual(['UNKNOWN_REFERENCE']);
    const elsewhere = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const wish = { lineId: service, text: '闲置', figures: [], fileIds: [], idempotencyKey: newId() };
    expect(codesOf(await desk.get(LineCaseOpening).open(allocator, elsewhere, wish))).toEqual(['UNKNOWN_REFERENCE']);
    expect([await handed.casesOf(service), await handed.casesOf(server)]).toEqual([[], []]);
    const own = idOf(await desk.get(FilesService).upload(pdf, allocator));
    const id = idOf(await open(service, allocator, { fileIds: [own] }));
    expect((await life.reclaim.eventsOf([id]))[0]?.[0]?.fileIds).toEqual([own]);
    idOf(await handed.giveBack(requestId, service));
    // What its department gave back itself leaves nothing to decide.
    await life.round();
    expect(await life.caseState(id)).toBe('CLOSED');
    expect(codesOf(await open(service))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('about an end that was put off a moment ago is decided by nobody, and closes by itself', async () => {
    const { cabinet } = await handed.delivered(inDays(5));
    await handed.occupy(cabinet);
    clock.pass(6);
    await life.round();
    clock.pass(15);
    await life.round();
    const [one] = await handed.casesOf(cabinet);
    const id = one?.id ?? '';
    idOf(await life.caseAct(id, 'OBJECT', desk.journey.head, '项目延期'));
    const { applicant, scope } = desk.journey;
    const { version: expectedVersion } = await handed.term(cabinet);
    const wish = { lineId: cabinet, until: inDays(30), reason: '延期', expectedVersion, idempotencyKey: newId() };
    idOf(await desk.get(LineExtensions).extend(applicant, scope, wish));
    expect(await life.caseAct(id, 'RECLAIM', reviewer)).toMatchObject({ error: [{ reason: 'SETTLED' }] });
    expect((await handed.term(cabinet)).reclaimedAt).toBeNull();
    await life.round();
    expect(await life.caseState(id)).toBe('CLOSED');
  });

  it('takes no number for the end of a term whose owners were told late, until their grace is over too', async () => {
    const { cabinet, server } = await handed.delivered(inDays(5));
    await handed.occupy(cabinet);
    clock.pass(5 + 1 + 60);
    const [before, cases] = [await codesTaken(), await casesOpened()];
    for (let round = 0; round < 3; round += 1) await life.round();
    expect([await handed.casesOf(cabinet), await handed.casesOf(server)]).toEqual([[], []]);
    expect((await codesTaken()) - before).toBe((await casesOpened()) - cases);
    clock.pass(15);
    await life.round();
    expect([(await handed.casesOf(cabinet)).length, (await handed.casesOf(server)).length]).toEqual([1, 1]);
  });

  it('takes the place of what the calendar would open: of its end while it waits, of a review that nobody makes', async () => {
    const { cabinet } = await handed.delivered(inDays(5));
    await handed.occupy(cabinet);
    const id = idOf(await open(cabinet));
    clock.pass(6);
    await life.round();
    clock.pass(15);
    await life.round();
    await life.round();
    expect((await handed.casesOf(cabinet)).map(({ cause }) => cause)).toEqual(['IDLE']);
    idOf(await life.caseAct(id, 'CLOSE', allocator));
    await life.round();
    expect((await handed.casesOf(cabinet)).map(({ cause, state }) => [cause, state])).toEqual([
      ['IDLE', 'CLOSED'],
      ['TERM_OVER', 'NOTICED'],
    ]);

    const { service } = await handed.delivered(null);
    clock.pass(379);
    idOf(await open(service));
    const [before, cases] = [await codesTaken(), await casesOpened()];
    for (const days of [1, 8, 8]) {
      clock.pass(days);
      for (let round = 0; round < 3; round += 1) await life.round();
    }
    expect((await handed.casesOf(service)).map(({ cause }) => cause)).toEqual(['IDLE']);
    expect((await handed.term(service)).reviewStage).toBe('CASE');
    // A number that no case has would be a hole.
    expect((await codesTaken()) - before).toBe((await casesOpened()) - cases);
  });
});
