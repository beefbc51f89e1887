import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_CONDITION } from '../../../server/src/approvals/domain/chain.js';
import { EditionsService } from '../../../server/src/approvals/editions.service.js';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { StandingGrades } from '../../../server/src/grades/standing-grades.service.js';
import { addDays } from '../../../server/src/kernel/calendar.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { AppealPapers } from '../../../server/src/performance/appeal-papers.service.js';
import { Appeals } from '../../../server/src/performance/appeals.service.js';
import { AvailabilityReadings } from '../../../server/src/performance/availability.service.js';
import { Consequences } from '../../../server/src/performance/consequences.service.js';
import type { Correction } from '../../../server/src/performance/domain/appeal.js';
import { Evaluations } from '../../../server/src/performance/evaluations.service.js';
import type { EvaluationRow } from '../../../server/src/performance/performance.types.js';
import { PerformanceEditions } from '../../../server/src/performance/performance-editions.service.js';
import { PerformanceRuns } from '../../../server/src/performance/runs.service.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { QuotaLimitsService } from '../../../server/src/quotas/quota-limits.service.js';
import { RequestChains } from '../../../server/src/requests/request-chains.service.js';
import type { GovernmentSystem } from '../../../server/src/systems/domain/system.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { system } from '../../support/builders/system.ts';
import { ACCEPTANCE, MovedClock, oneChain, SIGN_OFF } from '../../support/chain-desk.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const clock = new MovedClock();
const evaluator = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
const authority = viewerWith(['CLOUD_AUTHORITY'], null, { name: '朱主管' });
const leader = viewerWith(['LEADER'], null, { name: '徐领导' });

let app: TestApplication;
let journey: RequestJourney;
let desk: ChangeDesk;
/** Of the journey's system, which does badly in October. */
let idle: string[];
let good: GovernmentSystem;
let goodMachine: string;
let bigger: Offer;
let smaller: Offer;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const reasonsOf = (answer: { ok: boolean; error?: unknown }) =>
  answer.ok ? [] : (answer.error as { reason?: string; code: string }[]).map(({ reason, code }) => reason ?? code);

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChangeDesk(app, journey);
  // Before anybody looks at the catalog: the clock of this test stands, and what was looked up is kept for a second.
  [bigger, smaller] = (await desk.offers({ vcpu: 2, memoryMib: 2_048 }, { vcpu: 1, memoryMib: 512 })) as [Offer, Offer];
  const { center } = await journey.openCenter('grades', 1_000);
  idle = await desk.life.delivered(center.id, 2);
  [goodMachine = ''] = await desk.life.delivered(center.id);
  good = system(journey.department.id, { sharesData: true });
  await get(UnitOfWork).run((tx) => get(SystemsService).add(tx, { systems: [good], projects: [], links: [] }));
  await app.test.db.query('update resource set system_id = ? where id = ?', [good.id, goodMachine]);
  await app.test.db.query('update government_system set assessed_on = ? where id = ?', [
    '2020-01-01',
    journey.system.id,
  ]);
  for (const id of idle) await used(id, 100, 200);
  await used(goodMachine, 6_000, 7_000);
  await read(journey.system.id, '2026-10', 4_000);
  await read(good.id, '2026-10', 0);
});
afterAll(() => app.close());

/** On every day of October and of the thirty days until now. */
async function used(resourceId: string, mean: number, p95: number, from = '2026-10-01', days = 61): Promise<void> {
  const rows = Array.from({ length: days }, (_, at) => ({
    ...{ resourceId, day: addDays(from, at), vcpu: 1, memoryMib: 1_024, hours: 24, samples: 288 },
    ...{ cpuP95: p95, memoryP95: p95, cpuMean: mean, memoryMean: mean, figures: {}, lastSampleAt: clock.now() },
  }));
  await get(UnitOfWork).run((tx) => get(UtilisationService).recordPast(tx, rows));
}

async function read(systemId: string, month: string, downMinutes: number): Promise<void> {
  const wish = { systemId, month, downMinutes, excusedMinutes: 0, source: '监控月报', idempotencyKey: newId() };
  idOf(await get(AvailabilityReadings).record(evaluator, WHOLE_PROVINCE, wish));
}

const begin = (period: string, viewer: Viewer = evaluator) => get(PerformanceRuns).begin(viewer, period, newId());
async function decide(id: string, decision: 'APPROVE' | 'RETURN' | 'WITHDRAW', viewer: Viewer, opinion = '同意') {
  const [run] = await get(PerformanceRuns).runs([id]);
  const wish = { id, expectedVersion: run?.version ?? 0, opinion, idempotencyKey: newId() };
  return get(PerformanceRuns).decide(viewer, decision, wish);
}
const publish = async (period: string): Promise<string> => {
  const id = idOf(await begin(period));
  idOf(await decide(id, 'APPROVE', authority));
  return id;
};
async function evaluationOf(subjectId: string): Promise<EvaluationRow> {
  const [[newest] = []] = await get(Evaluations).ofSubjects([subjectId]);
  if (!newest) throw new Error(`nothing was published of ${subjectId}`);
  return newest;
}
const gradeOf = async (subjectId: string) => (await get(StandingGrades).of([subjectId]))[0]?.grade ?? null;
const carryOut = () => get(Consequences).run(SYSTEM);
const casesOf = (resourceIds: readonly string[]): Promise<{ cause: string; evidence: string; code: string }[]> =>
  app.test.db.query('select code, cause, evidence from reclaim_case where resource_id in (?) order by code', [
    resourceIds,
  ]);
const limitOf = async (subjectId: string): Promise<number | null> => {
  const [row] = await app.test.db.query(
    "select limit_amount as n from capacity_counter where kind = 'QUOTA' and meter = 'VCPU' and subject_id = ?",
    [subjectId],
  );
  return row ? Number(row.n) : null;
};

describe('a rule of performance', () => {
  it('is drafted by one person, put in force by another, and never changes after', async () => {
    const editions = get(PerformanceEditions);
    const first = await editions.inForce();
    expect(first).toMatchObject({ number: 1 });
    const id = idOf(await editions.begin(authority, '优的起始分改为 85', newId()));
    expect(reasonsOf(await editions.begin(authority, '又一份', newId()))).toEqual(['DRAFT_EXISTS']);
    const draft = { note: '优的起始分改为 85', effectiveFrom: '2026-11-30' };
    const on = (expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
    idOf(await editions.save(authority, on(1), { ...draft, content: { ...first.content, goodFrom: 95 } }));
    expect(codesOf(await editions.publish(leader, on(2)))).toEqual(['INVALID_INPUT']);
    idOf(await editions.save(authority, on(2), { ...draft, content: { ...first.content, excellentFrom: 85 } }));
    expect(reasonsOf(await editions.publish(authority, on(3)))).toEqual(['OWN_DRAFT']);
    idOf(await editions.publish(leader, on(3)));
    expect(await editions.inForce()).toMatchObject({ number: 2, content: { excellentFrom: 85 } });
    expect(codesOf(await editions.save(authority, on(4), { ...draft, content: first.content }))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('an evaluation', () => {
  it('is of a period that is over, once, whoever begins it at the same moment', async () => {
    expect(codesOf(await begin('2026-11'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await begin('2026-Q9'))).toEqual(['INVALID_INPUT']);
    const answers = await Promise.all(Array.from({ length: 4 }, () => begin('2026-09')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap(reasonsOf)).toEqual(['EVALUATED_ALREADY', 'EVALUATED_ALREADY', 'EVALUATED_ALREADY']);
    const made = answers.find(({ ok }) => ok);
    idOf(await decide(idOf(made as never), 'WITHDRAW', evaluator));
    // Taken back, it may be made again.
    idOf(await decide(idOf(await begin('2026-09')), 'RETURN', authority, '先登记可用性'));
  });

  it('waits unseen for another person, and stands frozen with its evidence from then on', async () => {
    const id = idOf(await begin('2026-10'));
    expect(await get(Evaluations).ofSubjects([journey.system.id])).toEqual([[]]);
    const everything = { runId: id, kind: null, grades: [], ungraded: false, departmentId: null, search: null };
    const seen = (alsoUnpublished: boolean) =>
      get(Evaluations).page(journey.scope, { ...everything, alsoUnpublished }, { first: 10, after: null });
    expect((await seen(false)).totalCount).toBe(0);
    expect((await seen(true)).totalCount).toBe(3);
    // Those of September were returned or taken back: grades of nobody, and in nobody's count.
    const ofAll = { ...everything, runId: null, alsoUnpublished: true };
    expect((await get(Evaluations).page(journey.scope, ofAll, { first: 10, after: null })).totalCount).toBe(3);
    const counts = await get(Evaluations).counts(journey.scope, ofAll);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(reasonsOf(await decide(id, 'APPROVE', evaluator))).toEqual(['OWN_EVALUATION']);
    expect(await gradeOf(journey.system.id)).toBeNull();
    idOf(await decide(id, 'APPROVE', authority));
    expect((await seen(false)).totalCount).toBe(3);

    const poor = await evaluationOf(journey.system.id);
    expect(poor).toMatchObject({
      grade: 'POOR',
      version: 1,
      content: { period: { key: '2026-10' }, editionNumber: 2 },
    });
    const marks = Object.fromEntries(poor.content.marks.map(({ indicator, marks: earned }) => [indicator, earned]));
    // Nothing was budgeted: no evidence, which the rule says earns 40, and never all.
    expect(marks).toEqual({ UTILISATION: 0, AVAILABILITY: 0, COST: 40, PROTECTION: 0, CRYPTOGRAPHY: 0, SHARING: 0 });
    expect(poor.content.marks.find(({ indicator }) => indicator === 'COST')).toMatchObject({ missing: true });
    expect(await evaluationOf(good.id)).toMatchObject({ grade: 'EXCELLENT', points: 8_666 });
    expect([await gradeOf(journey.system.id), await gradeOf(good.id)]).toEqual(['POOR', 'EXCELLENT']);
    expect((await evaluationOf(journey.department.id)).content.subject).toMatchObject({
      kind: 'DEPARTMENT',
      systems: 2,
      machines: 3,
    });

    expect(await get(Evaluations).verified([poor])).toEqual([true]);
    // Records move on; what was published does not, and whoever changes its copy is found out.
    await used(idle[0] as string, 9_000, 9_500);
    expect(await evaluationOf(journey.system.id)).toEqual(poor);
    await used(idle[0] as string, 100, 200);
    await app.test.db.query('update performance_evaluation set hash = repeat("0", 64) where id = ?', [poor.id]);
    expect(await get(Evaluations).verified([await evaluationOf(journey.system.id)])).toEqual([false]);
    await app.test.db.query('update performance_evaluation set hash = ? where id = ?', [poor.hash, poor.id]);
    // Nor is it enough to leave the hash as it was.
    const shown = async (column: string, value: unknown) => {
      await app.test.db.query(`update performance_evaluation set ${column} = ? where id = ?`, [value, poor.id]);
      return get(Evaluations).verified([await evaluationOf(journey.system.id)]);
    };
    expect(await shown('grade', 'GOOD')).toEqual([false]);
    expect(await shown('grade', 'POOR')).toEqual([true]);
    expect(await shown('content', JSON.stringify({ ...poor.content, grade: 'GOOD', reasons: [] }))).toEqual([false]);
    expect(await shown('content', JSON.stringify(poor.content))).toEqual([true]);
    const frozen = `${auditSchemaOf(app.test.owner.database)}.frozen_evaluation`;
    await expect(app.test.db.query(`update ${frozen} set grade = 'GOOD'`)).rejects.toThrow(/denied/);
    await expect(app.test.db.query(`delete from ${frozen}`)).rejects.toThrow(/denied/);
    const told = await desk.life.notices((await evaluationOf(journey.department.id)).id);
    expect(told.map(({ zh }) => zh)).toEqual([expect.stringContaining('1 个系统为差')]);
  });
});

describe('what follows from 差', () => {
  it('is no enlargement, by the real way of a request: refused with the evaluation, while less is let through', async () => {
    const { id: evaluationId } = await evaluationOf(journey.system.id);
    const closed = {
      ...{ code: 'GATE_CLOSED', gate: 'system-grade', subjectType: 'PerformanceEvaluation' },
      ...{ subjectId: evaluationId, linkTo: 'EVALUATION' },
    };
    const centerId = (await desk.life.row(idle[0] as string)).centerId;
    const draft = await journey.draft(journey.content(centerId ?? ''));
    const wish = journey.wish(draft, 1);
    const refused = await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', wish);
    expect(refused).toMatchObject({ ok: false, error: [closed] });
    const growing = idOf(await desk.draft(desk.content([idle[0] as string], { offerId: bigger.id })));
    expect(await desk.send(growing)).toMatchObject({ ok: false, error: [closed] });
    const shrinking = idOf(await desk.draft(desk.content([idle[1] as string], { offerId: smaller.id })));
    idOf(await desk.send(shrinking));
    idOf(await desk.withdraw(shrinking));
  });

  it('is no short chain, where the rules in force say so', async () => {
    const editions = get(EditionsService);
    const { chains, rules } = oneChain(SIGN_OFF, ACCEPTANCE);
    const [long, rule] = [chains[0], rules[0]];
    if (!long || !rule) throw new Error('there is no chain');
    const content = {
      chains: [{ ...long, key: 'short' }, long],
      rules: [{ ...rule, chainKey: 'short', condition: { ...NO_CONDITION, exceptPoor: true } }, rule],
    };
    const id = idOf(await editions.begin(authority, '差不走简易', newId()));
    const on = (expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
    idOf(await editions.save(authority, on(1), { note: '差不走简易', content }));
    idOf(await editions.publish(leader, on(2)));
    clock.pass(1 / 1_440);
    const draft = idOf(await desk.draft(desk.content([idle[1] as string], { offerId: smaller.id })));
    const chosen = async () => (await get(RequestChains).choose(await journey.row(draft))).chainKey;
    expect(await chosen()).toBe('test');
    await app.test.db.query("update standing_grade set grade = 'FAIR' where subject_id = ?", [journey.system.id]);
    await app.test.db.query('delete from standing_grade where subject_id = ?', [journey.department.id]);
    expect(await chosen()).toBe('short');
    await app.test.db.query("update standing_grade set grade = 'POOR' where subject_id = ?", [journey.system.id]);
  });

  it('is a case about each machine that is idle, once, however often the round comes by', async () => {
    await Promise.all([carryOut(), carryOut()]);
    await carryOut();
    const cases = await casesOf(idle);
    expect(cases.map(({ cause }) => cause)).toEqual(['POOR_GRADE', 'POOR_GRADE']);
    expect(cases[0]?.evidence).toContain((await evaluationOf(journey.system.id)).code);
    expect(await casesOf([goodMachine])).toEqual([]);
    const poor = await evaluationOf(journey.system.id);
    expect(poor.settled).toBe(true);
    const [followed = []] = await get(Evaluations).consequencesOf([poor.id]);
    expect(followed.map(({ kind, label }) => [kind, label.slice(0, 14)])).toEqual(
      cases.map(({ code }) => ['CASE', code]),
    );
  });
});

describe('what follows from 优', () => {
  it('is a higher quota once, within what stands above, until the grade is another', async () => {
    // Nothing was limited so far: nothing rose.
    expect((await get(Evaluations).consequencesOf([(await evaluationOf(good.id)).id]))[0]).toEqual([]);
    const allocator = viewerWith(['CAPACITY_ALLOCATOR'], null);
    const limit = async (subjectId: string, vcpu: number, expectedVersion: number) =>
      idOf(
        await get(QuotaLimitsService).setLimits(allocator, WHOLE_PROVINCE, {
          ...{ subjectId, limits: { VCPU: vcpu }, expectedVersion, idempotencyKey: newId() },
        }),
      );
    await limit(journey.department.id, 105, 0);
    await limit(good.id, 100, 0);
    await app.test.db.query('update performance_evaluation set settled = 0 where subject_id = ?', [good.id]);
    await carryOut();
    await carryOut();
    // A tenth more would be 110; the department has 105.
    expect(await limitOf(good.id)).toBe(105);
    expect((await get(Evaluations).consequencesOf([(await evaluationOf(good.id)).id]))[0]).toMatchObject([
      { kind: 'QUOTA_UP', label: 'vCPU +5' },
    ]);
    clock.pass(2);
    await read(good.id, '2026-11', 30_000);
    await publish('2026-11');
    expect(await gradeOf(good.id)).not.toBe('EXCELLENT');
    await carryOut();
    expect(await limitOf(good.id)).toBe(100);
    expect((await get(Evaluations).ofSubjects([good.id]))[0]).toHaveLength(2);
  });
});

describe('an appeal', () => {
  const appeal = (id: string, viewer: Viewer = journey.head, reason = '机房市电中断，不应计入') =>
    get(Appeals).raise(viewer, journey.scope, {
      ...{ evaluationId: id, reason, fileIds: [], idempotencyKey: newId() },
    });
  const answer = async (id: string, viewer: Viewer, corrections: readonly Correction[], text = '经核实') => {
    const wish = { id, expectedVersion: 1, answer: text, corrections, idempotencyKey: newId() };
    return get(Appeals).answer(viewer, WHOLE_PROVINCE, wish);
  };
  const openOf = async (evaluationId: string) => (await get(Appeals).ofEvaluations([evaluationId]))[0]?.[0];

  it('takes ten files of its own sender and no other, which whoever reads the grade reads', async () => {
    const row = await evaluationOf(journey.system.id);
    const send = async (by: Viewer) =>
      idOf(await get(FilesService).upload({ name: '迁移方案.pdf', bytes: Buffer.from(`%PDF-1.7 ${newId()}`) }, by));
    const [mine, foreign] = [await send(journey.head), await send(evaluator)];
    const raise = (fileIds: string[]) =>
      get(Appeals).raise(journey.head, journey.scope, {
        ...{ evaluationId: row.id, reason: '见附件', fileIds, idempotencyKey: newId() },
      });
    expect(codesOf(await raise([mine, foreign]))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await raise(Array.from({ length: 11 }, () => newId())))).toEqual(['INVALID_INPUT']);
    expect(await openOf(row.id)).toBeUndefined();
    const id = idOf(await raise([mine]));
    expect(await get(AppealPapers).filesOf([id])).toMatchObject([[{ id: mine, name: '迁移方案.pdf' }]]);
    const files = get(FilesService);
    expect(await files.readable(leader, mine)).not.toBeNull();
    expect(await files.readable(viewerWith(['DEPARTMENT_HEAD'], newId()), mine)).toBeNull();
    const away = { id, expectedVersion: 1, idempotencyKey: newId() };
    idOf(await get(Appeals).withdraw(journey.head, journey.scope, away));
  });

  it('is one at a time, of the own department, and answered by somebody who has not judged yet', async () => {
    const row = await evaluationOf(journey.system.id);
    const stranger = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const foreign = { evaluationId: row.id, reason: 'x', fileIds: [], idempotencyKey: newId() };
    expect(codesOf(await get(Appeals).raise(journey.head, stranger, foreign))).toEqual(['UNKNOWN_REFERENCE']);
    const answers = await Promise.all([appeal(row.id), appeal(row.id), appeal(row.id)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap(reasonsOf)).toEqual(['APPEAL_OPEN', 'APPEAL_OPEN']);
    const raised = await openOf(row.id);
    for (const own of [evaluator, authority])
      expect(reasonsOf(await answer(raised?.id ?? '', own, []))).toEqual(['OWN_EVALUATION']);
    idOf(await answer(raised?.id ?? '', leader, []));
    expect(await openOf(row.id)).toMatchObject({ state: 'KEPT', answeredBy: '徐领导' });
    expect(codesOf(await answer(raised?.id ?? '', leader, []))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('has it judged anew where something is proved: another version stands, the old one is kept, both are frozen', async () => {
    const before = await evaluationOf(good.id);
    idOf(await appeal(before.id));
    const raised = await openOf(before.id);
    const proof = '供电局停电证明，11 月 12 日至 30 日';
    expect(codesOf(await answer(raised?.id ?? '', leader, [{ indicator: 'AVAILABILITY', value: -1, proof }]))).toEqual([
      'INVALID_INPUT',
    ]);
    idOf(await answer(raised?.id ?? '', leader, [{ indicator: 'AVAILABILITY', value: 10_000, proof }]));
    const after = await evaluationOf(good.id);
    expect(after).toMatchObject({ code: before.code, version: 2, newest: 1, grade: 'EXCELLENT' });
    const [[, old] = []] = await get(Evaluations).ofSubjects([good.id]);
    expect(old).toMatchObject({ id: before.id, newest: null, grade: before.grade, content: before.content });
    expect(await get(Evaluations).verified([after, before])).toEqual([true, true]);
    expect(await gradeOf(good.id)).toBe('EXCELLENT');
    expect(reasonsOf(await appeal(before.id))).toEqual(['REPLACED']);
    await carryOut();
    expect(await limitOf(good.id)).toBe(105);
    // The version that stands is the leader's own now.
    idOf(await appeal(after.id));
    const second = (await openOf(after.id))?.id ?? '';
    expect(reasonsOf(await answer(second, leader, []))).toEqual(['OWN_EVALUATION']);
    idOf(await answer(second, viewerWith(['LEADER'], null, { name: '孙领导' }), []));
  });

  it('may be taken back, and is too late after its days', async () => {
    const row = await evaluationOf(journey.department.id);
    idOf(await appeal(row.id));
    const raised = await openOf(row.id);
    const wish = { id: raised?.id, expectedVersion: 1, idempotencyKey: newId() };
    idOf(await get(Appeals).withdraw(journey.head, journey.scope, wish));
    clock.pass(30);
    expect(reasonsOf(await appeal(row.id))).toEqual(['APPEAL_OVER']);
  });
});

describe('the grade that holds', () => {
  it('is of the newest period: of an older one that is published later nothing follows', async () => {
    expect([await gradeOf(good.id), await limitOf(good.id)]).toEqual(['EXCELLENT', 105]);
    await used(goodMachine, 6_000, 7_000, '2026-08-01', 31);
    await read(good.id, '2026-08', 30_000);
    await publish('2026-08');
    await carryOut();
    const old = await evaluationOf(good.id);
    expect(old).toMatchObject({ settled: true, content: { period: { key: '2026-08' } } });
    expect(old.grade).not.toBe('EXCELLENT');
    expect([await gradeOf(good.id), await limitOf(good.id)]).toEqual(['EXCELLENT', 105]);
  });

  it('is not taken over by another evaluation of the same last day that is judged anew', async () => {
    const grades = get(StandingGrades);
    const [subjectId, month, year, newest] = [newId(), newId(), newId(), newId()];
    const of = (evaluationId: string) => ({
      ...{ subjectId, kind: 'SYSTEM' as const, departmentId: journey.department.id, evaluationId },
      ...{ code: 'JX-1', periodTo: '2027-01-01' },
    });
    const stands = async () => (await grades.of([subjectId]))[0]?.evaluationId ?? null;
    const replace = (before: string, next: string, grade: 'GOOD' | null) =>
      get(UnitOfWork).run((tx) => grades.replace(tx, before, { ...of(next), grade }));
    await get(UnitOfWork).run((tx) => grades.put(tx, [{ ...of(year), grade: 'FAIR' }]));
    await replace(month, newest, 'GOOD');
    await replace(month, newest, null);
    expect(await stands()).toBe(year);
    await replace(year, newest, 'GOOD');
    expect(await stands()).toBe(newest);
    await replace(newest, year, null);
    expect(await stands()).toBeNull();
  });
});
