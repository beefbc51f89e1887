import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FilesService } from '../../../server/src/files/files.service.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { KeptDiskTime } from '../../../server/src/resources/kept-disk-time.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

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
  const { center, pool } = await journey.openCenter('reclaim', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  opener = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '孙分配' });
  decider = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
});
afterAll(() => app.close());

/** Sorted: a clock that stands gives several steps one moment. */
const eventsOf = async (caseId: string) =>
  ((await desk.reclaim.eventsOf([caseId]))[0] ?? []).map(({ action, toState }) => `${action} ${toState}`).toSorted();

describe('a case of the center', () => {
  it('notices, waits ten working days, and is decided by another than who opened it', async () => {
    const before = await journey.liveOf(poolId);
    const [id = ''] = await desk.delivered(centerId);
    const caseId = idOf(await desk.openCase(id, opener));
    const [opened] = await desk.notices(caseId);
    // Ten working days from a Monday: the Monday after the next, and none of them a holiday.
    const due = addDays(calendarDate(clock.now()), 14);
    expect(opened).toMatchObject({ kind: 'WORK_WAITING', zh: expect.stringContaining(`请在 ${due} 前答复`) });
    expect(JSON.parse(opened?.audience ?? '{}').roles).toEqual([
      { role: 'DEPARTMENT_HEAD', departmentId: journey.department.id },
      { role: 'APPLICANT', departmentId: journey.department.id },
    ]);
    expect(codesOf(await desk.openCase(id, decider))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await desk.caseAct(caseId, 'RECLAIM', decider))).toEqual(['ILLEGAL_TRANSITION']);
    clock.pass(13);
    await desk.round();
    expect(await desk.caseState(caseId)).toBe('NOTICED');
    clock.pass(1);
    await desk.round();
    await desk.round();
    expect(await desk.caseState(caseId)).toBe('UNANSWERED');
    // Late, and still heard.
    expect(codesOf(await desk.caseAct(caseId, 'OBJECT', journey.head, ' '))).toEqual(['INVALID_INPUT']);
    idOf(await desk.caseAct(caseId, 'OBJECT', journey.head, '下月启用新模块'));
    expect(await desk.caseAct(caseId, 'RECLAIM', opener)).toMatchObject({ ok: false, error: [{ reason: 'OWN_CASE' }] });
    const answers = await Promise.all([
      desk.caseAct(caseId, 'RECLAIM', decider),
      desk.caseAct(caseId, 'RECLAIM', decider),
      desk.caseAct(caseId, 'RECLAIM', decider),
    ]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(await desk.row(id)).toMatchObject({ state: 'IN_BIN', binCause: 'RECLAIM' });
    expect(await eventsOf(caseId)).toEqual([
      'LAPSE UNANSWERED',
      'OBJECT OBJECTED',
      'OPEN NOTICED',
      'RECLAIM RECLAIMED',
    ]);
    expect(await desk.restore(id)).toMatchObject({ ok: false, error: [{ reason: 'RECLAIMED' }] });
    expect(await journey.liveOf(poolId)).toEqual({ counter: before.counter + 1, claims: before.claims + 1 });
    clock.pass(8);
    await desk.round();
    await desk.observe(id, 'GONE');
    expect(await journey.liveOf(poolId)).toEqual(before);
    expect(codesOf(await desk.caseAct(caseId, 'UNDO', decider))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('may be taken back while it lies in the bin, whatever protected it before', async () => {
    const [id = ''] = await desk.delivered(centerId);
    idOf(await desk.protect(id, true));
    const caseId = idOf(await desk.openCase(id, opener));
    idOf(await desk.caseAct(caseId, 'AGREE', journey.applicant, ''));
    idOf(await desk.caseAct(caseId, 'RECLAIM', decider));
    expect((await desk.row(id)).state).toBe('IN_BIN');
    idOf(await desk.caseAct(caseId, 'UNDO', opener, '核实后仍在使用'));
    expect(await desk.row(id)).toMatchObject({ state: 'IN_USE', binUntil: null, deletionProtected: true });
    expect(await desk.caseState(caseId)).toBe('CLOSED');
    expect(codesOf(await desk.openCase(id, opener))).toEqual([]);
  });

  it('reclaims nothing during a freeze; nor does a review stop a machine then, or somebody have a kept disk deleted', async () => {
    const [id = '', reviewed = '', gone = ''] = await desk.delivered(centerId, 3);
    const caseId = idOf(await desk.openCase(id, opener));
    idOf(await desk.caseAct(caseId, 'AGREE', journey.applicant, ''));
    await app.test.db.query('update resource set review_from = ? where id = ?', [clock.now(), reviewed]);
    idOf(await desk.release(gone, journey.applicant, 5));
    idOf(await desk.purge(gone));
    await desk.observe(gone, 'GONE');
    const from = Math.floor(clock.now().getTime() / 60_000) * 60_000;
    const freezeId = idOf(
      await desk.get(Freezes).set(viewerWith(['DR_OPERATOR'], null), {
        ...{ title: '重保', reason: '通知', centerIds: [], idempotencyKey: newId() },
        ...{ fromAt: new Date(from), toAt: new Date(from + 3_600_000) },
      }),
    );
    const review = async () => {
      const done = await desk.reviews.review(journey.applicant, journey.scope, {
        items: [{ resourceId: reviewed, expectedVersion: (await desk.row(reviewed)).version }],
        ...{ outcome: 'GIVE_BACK', note: '不再使用', idempotencyKey: newId() },
      });
      return done.ok ? done.value.flatMap((one) => codesOf(one)) : codesOf(done);
    };
    expect(codesOf(await desk.caseAct(caseId, 'RECLAIM', decider))).toEqual(['CHANGE_FROZEN']);
    expect(await review()).toEqual(['CHANGE_FROZEN']);
    expect(codesOf(await desk.giveUpDisk(gone))).toEqual(['CHANGE_FROZEN']);
    // Its time is over meanwhile: it is kept until the freeze is, and is not looked at every minute.
    await app.test.db.query('update kept_disk set until_at = ? where resource_id = ?', [clock.now(), gone]);
    await desk.get(KeptDiskTime).run(SYSTEM);
    const kept = await desk.diskOf(gone);
    expect({ state: kept?.state, until: kept?.untilAt?.getTime() }).toEqual({ state: 'KEPT', until: from + 3_600_000 });
    const ended = { freezeId, expectedVersion: 1, idempotencyKey: newId() };
    idOf(await desk.get(Freezes).end(viewerWith(['LEADER'], null), true, ended));
    expect(codesOf(await desk.caseAct(caseId, 'RECLAIM', decider))).toEqual([]);
    expect(await review()).toEqual([]);
    expect(codesOf(await desk.giveUpDisk(gone))).toEqual([]);
  });

  it('is one of many that the department answers by one reason; each stands alone, once a press', async () => {
    const cases: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const [id = ''] = await desk.delivered(centerId);
      cases.push(idOf(await desk.openCase(id, opener)));
    }
    const [first = '', second = '', third = ''] = cases;
    idOf(await desk.caseAct(third, 'AGREE', journey.applicant, ''));
    idOf(await desk.caseAct(third, 'RECLAIM', decider));
    const wish = {
      answer: 'OBJECT' as const,
      reason: ' 汛期备用，常态负载低 ',
      items: [
        ...[first, second].map((caseId) => ({ caseId, expectedVersion: 1 })),
        { caseId: third, expectedVersion: 3 },
        { caseId: undefined, expectedVersion: 1 },
      ],
      idempotencyKey: newId(),
    };
    const many = (viewer: Viewer, more: Partial<typeof wish> = {}) =>
      desk.reclaimActs.answerMany(viewer, journey.scope, { ...wish, ...more });
    const presses = await Promise.all(Array.from({ length: 8 }, () => many(journey.head)));
    expect(new Set(presses.map((answers) => JSON.stringify(answers))).size).toBe(1);
    const [answers] = presses;
    if (!answers?.ok) throw new Error(JSON.stringify(answers));
    expect(answers.value.map((one) => (one.ok ? 'OK' : one.error[0]?.code))).toEqual([
      'OK',
      'OK',
      'ILLEGAL_TRANSITION',
      'UNKNOWN_REFERENCE',
    ]);
    for (const caseId of [first, second]) {
      expect(await desk.caseState(caseId)).toBe('OBJECTED');
      const [events = []] = await desk.reclaim.eventsOf([caseId]);
      expect(events.filter(({ action }) => action === 'OBJECT').map(({ reason }) => reason)).toEqual([
        '汛期备用，常态负载低',
      ]);
    }
    // Without a reason none of them is objected to; too many or none are not looked at.
    const silent = await many(journey.head, { reason: ' ', idempotencyKey: newId(), items: wish.items.slice(0, 1) });
    expect(silent.ok && codesOf(silent.value[0] as (typeof silent.value)[number])).toEqual(['INVALID_INPUT']);
    const items = Array.from({ length: 51 }, () => ({ caseId: first, expectedVersion: 2 }));
    for (const wrong of [[], items])
      expect(codesOf(await many(journey.head, { items: wrong, idempotencyKey: newId() }))).toEqual(['INVALID_INPUT']);
  });

  it('is not decided by one who answered it for the department', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const caseId = idOf(await desk.openCase(id, opener));
    // One person with a role on each side, as the roles allow.
    const both = viewerWith(['CENTER_REVIEWER', 'DEPARTMENT_HEAD'], journey.department.id, { name: '两头坐' });
    idOf(await desk.caseAct(caseId, 'AGREE', both, ''));
    expect(await desk.caseAct(caseId, 'RECLAIM', both)).toMatchObject({ ok: false, error: [{ reason: 'OWN_ANSWER' }] });
    idOf(await desk.caseAct(caseId, 'RECLAIM', decider));
  });

  it('closes by itself when the machine that the department gave back has left the bin', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const caseId = idOf(await desk.openCase(id, opener));
    idOf(await desk.release(id));
    await desk.round();
    expect(await desk.caseState(caseId)).toBe('NOTICED');
    clock.pass(8);
    await desk.round();
    await desk.round();
    expect(await desk.caseState(caseId)).toBe('CLOSED');
    expect(await eventsOf(caseId)).toEqual(['OPEN NOTICED', 'SETTLE CLOSED']);
  });

  it('is not escaped by a day in the bin: what is restored is still asked about', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const caseId = idOf(await desk.openCase(id, opener));
    idOf(await desk.release(id));
    await desk.round();
    idOf(await desk.restore(id));
    await desk.round();
    expect(await desk.row(id)).toMatchObject({ state: 'IN_USE' });
    expect(await desk.caseState(caseId)).toBe('NOTICED');
    clock.pass(20);
    await desk.round();
    idOf(await desk.caseAct(caseId, 'RECLAIM', decider));
    expect(await desk.row(id)).toMatchObject({ state: 'IN_BIN', binCause: 'RECLAIM' });
  });

  it('waits while the machine lies in its department’s own bin', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const caseId = idOf(await desk.openCase(id, opener));
    idOf(await desk.caseAct(caseId, 'AGREE', journey.applicant, ''));
    idOf(await desk.release(id));
    expect(await desk.caseAct(caseId, 'RECLAIM', decider)).toMatchObject({
      ok: false,
      error: [{ code: 'ILLEGAL_TRANSITION', message: { en: expect.stringContaining('in the bin') } }],
    });
    expect(await desk.caseState(caseId)).toBe('AGREED');
  });

  it('says its evidence, keeps its files for those who may read the case, and refuses foreign files', async () => {
    const [id = ''] = await desk.delivered(centerId);
    const files = desk.get(FilesService);
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
    const sent = await files.upload({ name: '利用率.pdf', bytes: pdf }, opener);
    const foreign = await files.upload({ name: '利用率.pdf', bytes: pdf }, decider);
    const [own, other] = [idOf(sent), idOf(foreign)];
    expect(codesOf(await desk.openCase(id, opener, { fileIds: [other] }))).toEqual(['UNKNOWN_REFERENCE']);
    const caseId = idOf(await desk.openCase(id, opener, { fileIds: [own] }));
    expect((await desk.reclaim.eventsOf([caseId]))[0]?.[0]?.fileIds).toEqual([own]);
    expect((await files.readable(journey.head, own))?.name).toBe('利用率.pdf');
    const stranger = viewerWith(['DEPARTMENT_HEAD'], '0193a5f0-7e11-7abc-8def-0123456789ab');
    expect(await files.readable(stranger, own)).toBeNull();
  });
});

describe('an overdue review', () => {
  it('opens a case once, which a review closes, and which nobody of the calendar decides', async () => {
    const [reviewed = '', ignored = ''] = await desk.delivered(centerId, 2);
    clock.pass(395);
    for (let round = 0; round < 3; round += 1) await desk.round();
    const caseOf = async (id: string) => (await desk.reclaim.openOf([id]))[0];
    const first = await caseOf(reviewed);
    expect(first).toMatchObject({
      state: 'NOTICED',
      cause: 'OVERDUE_REVIEW',
      openedById: null,
      openedByName: SYSTEM.name,
    });
    expect((await desk.row(ignored)).reviewStage).toBe('CASE');
    clock.pass(1);
    const { version } = await desk.row(reviewed);
    const items = [{ resourceId: reviewed, expectedVersion: version }];
    const wish = { items, outcome: 'IN_USE' as const, note: '', idempotencyKey: `review-${reviewed}` };
    expect(await desk.reviews.review(journey.applicant, journey.scope, wish)).toMatchObject({ value: [{ ok: true }] });
    await desk.round();
    expect(await desk.caseState(first?.id ?? '')).toBe('CLOSED');
    expect((await caseOf(reviewed)) ?? null).toBeNull();
    const second = await caseOf(ignored);
    // Through the bin and back: the review is still to be made, and the case still waits.
    idOf(await desk.release(ignored));
    await desk.round();
    idOf(await desk.restore(ignored));
    await desk.round();
    expect((await caseOf(ignored))?.id).toBe(second?.id);
    clock.pass(30);
    await desk.round();
    expect(await desk.caseState(second?.id ?? '')).toBe('UNANSWERED');
    expect((await desk.row(ignored)).state).toBe('IN_USE');
    idOf(await desk.caseAct(second?.id ?? '', 'RECLAIM', opener));
    expect((await desk.row(ignored)).state).toBe('IN_BIN');
  });
});
