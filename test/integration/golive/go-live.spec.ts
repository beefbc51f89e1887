import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcceptanceSheets } from '../../../server/src/golive/acceptance-sheets.service.js';
import { calendarDate } from '../../../server/src/kernel/calendar.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import type { GovernmentSystem } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { GoLiveDesk } from '../../support/go-live-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: GoLiveDesk;
let centerId: string;
const clock = new MovedClock();
const pass = (days: number) => clock.pass(days);

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new GoLiveDesk(app, journey, clock);
  centerId = (await journey.openCenter('golive', 10_000)).center.id;
});
afterAll(() => app.close());

const madeSystem = async (more: Partial<GovernmentSystem> = {}): Promise<GovernmentSystem> => {
  const [machine = ''] = await desk.life.delivered(centerId);
  return desk.systemWith(machine, more);
};
const reasonsOf = (answer: { ok: boolean; error?: unknown }) =>
  answer.ok ? [] : (answer.error as { reason?: string; code: string }[]).map(({ reason, code }) => reason ?? code);

describe('a system going live', () => {
  it('begins with something in use, once, and not as somebody likes', async () => {
    const [machine = ''] = await desk.life.delivered(centerId);
    const made = await desk.systemWith(machine);
    await app.test.db.query('update resource set system_id = ? where id = ?', [journey.system.id, machine]);
    expect(reasonsOf(await desk.begin(made.id))).toEqual(['NO_RESOURCES']);
    await app.test.db.query('update resource set system_id = ? where id = ?', [made.id, machine]);
    expect(codesOf(await desk.begin(made.id, '2026-01-01'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await desk.begin('0193a5f0-7e11-7abc-8def-0123456789ab'))).toEqual(['UNKNOWN_REFERENCE']);
    const caseId = idOf(await desk.begin(made.id));
    expect(await desk.row(caseId)).toMatchObject({
      state: 'TRIAL',
      policyNumber: 1,
      round: 0,
      level: made.protectionLevel,
    });
    expect(reasonsOf(await desk.begin(made.id))).toEqual(['CASE_OPEN']);
    idOf(await desk.stop(caseId));
    expect(codesOf(await desk.record(caseId))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await desk.begin(made.id));
  });

  it('is presented when its days are over, its incidents resolved and its papers there', async () => {
    const made = await madeSystem({ protectionLevel: 2 });
    const caseId = idOf(await desk.begin(made.id));
    expect(reasonsOf(await desk.present(caseId))).toEqual(['DAYS', 'NO_RECORD', 'DOCUMENT', 'DOCUMENT', 'DOCUMENT']);
    idOf(await desk.record(caseId, 'INCIDENT'));
    // Not of the trial: before its begin, and to come.
    expect(codesOf(await desk.record(caseId, 'RECORD', '2026-01-01'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await desk.record(caseId, 'RECORD', '2099-01-01'))).toEqual(['INVALID_INPUT']);
    idOf(await desk.addDocument(caseId, 'TRIAL_REPORT'));
    idOf(await desk.addDocument(caseId, 'ACCEPTANCE_REPORT'));
    expect(codesOf(await desk.addDocument(caseId, 'TRIAL_REPORT', 'ZX-1'))).toEqual(['INVALID_INPUT']);
    idOf(await desk.addDocument(caseId, 'PROTECTION_REPORT', '省等保测字〔2026〕118号'));
    pass(29);
    expect(reasonsOf(await desk.present(caseId))).toEqual(['DAYS', 'OPEN_INCIDENT']);
    pass(1);
    expect(reasonsOf(await desk.present(caseId))).toEqual(['OPEN_INCIDENT']);
    idOf(await desk.resolve(caseId));
    idOf(await desk.present(caseId));
    // What is signed stays as it was presented.
    expect(codesOf(await desk.record(caseId))).toEqual(['ILLEGAL_TRANSITION']);
    expect(await desk.row(caseId)).toMatchObject({
      state: 'ACCEPTANCE',
      round: 1,
      content: { resources: { machines: 1 }, entries: [{ kind: 'INCIDENT', resolution: '已修复' }] },
    });
  });

  it('is signed by each party with its own person, who has opened the facts, and then is live', async () => {
    const made = await madeSystem({ protectionLevel: 3 });
    const caseId = await desk.presented(made.id, pass);
    const builder = desk.builder(made.id);
    expect(reasonsOf(await desk.sign(caseId, 'DEPARTMENT', journey.head))).toEqual(['FACTS']);
    for (const person of [journey.head, journey.reviewer, builder, journey.applicant])
      idOf(await desk.open(caseId, person));
    expect(reasonsOf(await desk.sign(caseId, 'CENTER', journey.head))).toEqual(['RIGHT']);
    expect(reasonsOf(await desk.sign(caseId, 'DEPARTMENT', journey.applicant))).toEqual(['RIGHT']);
    expect(codesOf(await desk.sign(caseId, 'DEPARTMENT', journey.head, { opinion: ' ' }))).toEqual(['INVALID_INPUT']);
    idOf(await desk.sign(caseId, 'DEPARTMENT', journey.head));
    expect(reasonsOf(await desk.sign(caseId, 'ASSESSOR', journey.head, { paper: '周测评' }))).toEqual(['TWICE']);
    idOf(await desk.sign(caseId, 'ASSESSOR', journey.applicant, { paper: '周测评' }));
    idOf(await desk.sign(caseId, 'VENDOR', builder));
    expect(await desk.liveSince(made.id)).toBeNull();
    idOf(await desk.sign(caseId, 'CENTER', journey.reviewer));
    const today = calendarDate(clock.now());
    expect(await desk.row(caseId)).toMatchObject({ state: 'LIVE', liveSince: today });
    expect(await desk.liveSince(made.id)).toBe(today);
    expect(reasonsOf(await desk.begin(made.id))).toEqual(['LIVE']);
    const audit = await app.test.db.query(
      `select id from ${auditSchemaOf(app.test.owner.database)}.audit_event where object_id = ? and action = 'goLive.sign'`,
      [caseId],
    );
    expect(audit).toHaveLength(4);
    const printed = await desk.get(AcceptanceSheets).print(journey.reviewer, caseId);
    expect(printed?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const stranger = viewerWith(['DEPARTMENT_HEAD'], '0193a5f0-7e11-7abc-8def-0123456789ab');
    expect(await desk.get(AcceptanceSheets).print(stranger, caseId)).toBeNull();
  });

  it('goes back into its trial on one refusal, runs on for a week, and is signed anew by all', async () => {
    const made = await madeSystem({ protectionLevel: 1 });
    const caseId = await desk.presented(made.id, pass);
    for (const person of [journey.head, journey.reviewer]) idOf(await desk.open(caseId, person));
    idOf(await desk.sign(caseId, 'DEPARTMENT', journey.head));
    idOf(await desk.sign(caseId, 'CENTER', journey.reviewer, { decision: 'REFUSE', opinion: '缺容灾演练记录' }));
    expect((await desk.row(caseId)).state).toBe('TRIAL');
    expect(reasonsOf(await desk.present(caseId))).toEqual(['DAYS']);
    // Sorted by nothing: a clock that stands gives all of one day one moment.
    const told = (await desk.life.notices(caseId)).find(({ kind }) => kind === 'WORK_MOVED');
    expect(told?.zh).toContain('退回试运行');
    idOf(await desk.record(caseId, 'RECORD', calendarDate(clock.now()), '完成容灾演练'));
    pass(7);
    idOf(await desk.present(caseId));
    expect((await desk.row(caseId)).round).toBe(2);
    // Another content was presented: who opened the first has not opened this one.
    expect(reasonsOf(await desk.sign(caseId, 'DEPARTMENT', journey.head))).toEqual(['FACTS']);
    idOf(await desk.open(caseId, journey.head));
    expect(codesOf(await desk.sign(caseId, 'DEPARTMENT', journey.head, { round: 1 }))).toEqual(['VERSION_CONFLICT']);
    idOf(await desk.sign(caseId, 'DEPARTMENT', journey.head));
    expect((await desk.row(caseId)).state).toBe('ACCEPTANCE');
  });

  it('tells of each deadline once, and decides nothing by itself', async () => {
    const made = await madeSystem({ protectionLevel: 1 });
    const caseId = idOf(await desk.begin(made.id));
    const texts = async () => (await desk.life.notices(caseId)).map(({ zh }) => zh.replace(/^.*） ?/, ''));
    pass(29);
    await desk.round();
    expect(await texts()).toEqual([]);
    pass(1);
    await desk.round();
    await desk.round();
    expect(await texts()).toEqual([expect.stringContaining('试运行期满')]);
    pass(40);
    await desk.round();
    await desk.round();
    expect(await texts()).toEqual([expect.any(String), expect.stringContaining('逾期未提交验收')]);
    const overdue = { states: [], systemId: made.id, search: null, overdue: true };
    const page = { first: 10, after: null };
    expect((await desk.cases.page(journey.scope, overdue, page)).totalCount).toBe(1);
    expect((await desk.row(caseId)).state).toBe('TRIAL');
  });
});

describe('at the same moment', () => {
  it('two last signers put it live once, and nobody signs for two parties', async () => {
    const made = await madeSystem({ protectionLevel: 1 });
    const caseId = await desk.presented(made.id, pass);
    const builder = desk.builder(made.id);
    const both = { ...journey.head, permissions: [...journey.head.permissions, ...journey.reviewer.permissions] };
    for (const person of [both, journey.reviewer, builder]) idOf(await desk.open(caseId, person));
    const twice = await Promise.all([
      desk.sign(caseId, 'DEPARTMENT', both),
      desk.sign(caseId, 'CENTER', both),
      desk.sign(caseId, 'DEPARTMENT', both),
    ]);
    expect(twice.filter((one) => one.ok)).toHaveLength(1);
    const [first] = (await desk.cases.signaturesOf([caseId]))[0] ?? [];
    const left = first?.party === 'CENTER' ? (['DEPARTMENT', 'VENDOR'] as const) : (['CENTER', 'VENDOR'] as const);
    const other = first?.party === 'CENTER' ? { ...journey.head, userId: journey.applicant.userId } : journey.reviewer;
    idOf(await desk.open(caseId, other));
    const last = await Promise.all([desk.sign(caseId, left[0], other), desk.sign(caseId, left[1], builder)]);
    expect(last.map((one) => one.ok)).toEqual([true, true]);
    expect((await desk.row(caseId)).state).toBe('LIVE');
    const [events = []] = await desk.cases.eventsOf([caseId]);
    expect(events.filter((event) => event.action === 'COMPLETE')).toHaveLength(1);
    expect(await desk.liveSince(made.id)).toBe(calendarDate(clock.now()));
  });

  it('an acceptance and a refusal end in one of two ways, never in both', async () => {
    const made = await madeSystem({ protectionLevel: 1 });
    const caseId = await desk.presented(made.id, pass);
    const builder = desk.builder(made.id);
    for (const person of [journey.head, journey.reviewer, builder]) idOf(await desk.open(caseId, person));
    idOf(await desk.sign(caseId, 'DEPARTMENT', journey.head));
    idOf(await desk.sign(caseId, 'VENDOR', builder));
    const answers = await Promise.all([
      desk.sign(caseId, 'CENTER', journey.reviewer),
      (async () => {
        idOf(await desk.open(caseId, desk.second));
        return desk.sign(caseId, 'CENTER', desk.second, { decision: 'REFUSE', opinion: '不同意' });
      })().catch(() => ({ ok: false as const })),
    ]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    const { state } = await desk.row(caseId);
    expect([await desk.liveSince(made.id), state]).toEqual(
      state === 'LIVE' ? [calendarDate(clock.now()), 'LIVE'] : [null, 'TRIAL'],
    );
  });

  it('one press of presenting, sent a hundred times, presents once; two beginners begin one trial', async () => {
    const made = await madeSystem({ protectionLevel: 1 });
    const begun = await Promise.all([1, 2, 3, 4].map(() => desk.begin(made.id)));
    expect(begun.filter((one) => one.ok)).toHaveLength(1);
    const caseId = begun.flatMap((one) => (one.ok ? [one.value.id] : []))[0] ?? '';
    idOf(await desk.record(caseId));
    idOf(await desk.addDocument(caseId, 'TRIAL_REPORT'));
    idOf(await desk.addDocument(caseId, 'ACCEPTANCE_REPORT'));
    pass(30);
    const on = await desk.on(caseId);
    const { GoLiveAcceptance } = await import('../../../server/src/golive/go-live-acceptance.service.js');
    const press = () => desk.get(GoLiveAcceptance).present(journey.applicant, journey.scope, on);
    const answers = await Promise.all(Array.from({ length: 100 }, press));
    expect(answers.every((one) => one.ok)).toBe(true);
    expect(await desk.row(caseId)).toMatchObject({ state: 'ACCEPTANCE', round: 1 });
  });
});
