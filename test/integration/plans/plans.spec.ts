import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../../server/src/audit/audit.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import type { ServiceOffer } from '../../../server/src/catalog/domain/entries.js';
import type { ServiceDefinition } from '../../../server/src/catalog/domain/service-definition.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Department } from '../../../server/src/departments/domain/department.js';
import { accountingYear, addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import type { PlanLineContent } from '../../../server/src/plans/domain/plan-line.js';
import type { PlanAction } from '../../../server/src/plans/domain/plan-state.js';
import { PLAN_COLUMNS } from '../../../server/src/plans/domain/plan-table.js';
import { PlanActs } from '../../../server/src/plans/plan-acts.service.js';
import { PlanDemand } from '../../../server/src/plans/plan-demand.service.js';
import { PlanDesk } from '../../../server/src/plans/plan-desk.service.js';
import { PlanLines } from '../../../server/src/plans/plan-lines.service.js';
import { PlanQuotas } from '../../../server/src/plans/plan-quotas.service.js';
import { PlanReductions } from '../../../server/src/plans/plan-reductions.service.js';
import { PlanStarts } from '../../../server/src/plans/plan-starts.service.js';
import { PlanUse } from '../../../server/src/plans/plan-use.service.js';
import { PlanYears } from '../../../server/src/plans/plan-years.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { csvText } from '../../../server/src/platform/spreadsheet/write-csv.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { QuotaLimitsService } from '../../../server/src/quotas/quota-limits.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import type { LineContent, RequestContent } from '../../../server/src/requests/domain/content.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { payment, project, system } from '../../support/builders/system.ts';
import { countStatements } from '../../support/count-statements.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { csvFile, runImport } from '../../support/run-import.ts';

const AMPLE = 100_000;
const YEAR = accountingYear(new Date());
const TODAY = calendarDate(new Date());

let app: TestApplication;
let journey: RequestJourney;
let centerId: string;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

const reviewer: Viewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
const authority: Viewer = viewerWith(['CLOUD_AUTHORITY'], null, { name: '朱主管' });
const allocator: Viewer = viewerWith(['CAPACITY_ALLOCATOR'], null);

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  centerId = (await journey.openCenter('plans', AMPLE)).center.id;
  for (const [year, opensOn] of [
    [YEAR - 1, addDays(TODAY, -10)],
    [YEAR, addDays(TODAY, -10)],
    [YEAR + 1, addDays(TODAY, -10)],
  ] as const)
    expect(
      await get(PlanYears).save(authority, {
        year,
        opensOn,
        closesOn: addDays(TODAY, 10),
        additionFromFen: 100_000n,
        note: '',
        expectedVersion: 0,
        idempotencyKey: newId(),
      }),
    ).toMatchObject({ ok: true });
}, 60_000);
afterAll(() => app.close());

interface Way {
  readonly city: Department;
  readonly bureau: Department;
  readonly systemId: string;
  readonly projectId: string;
  readonly applicant: Viewer;
  readonly head: Viewer;
  readonly cityAdministrator: Viewer;
  readonly scope: TenantScope;
}

/** A bureau of a city with a system and its people, for one test. */
async function freshWay(): Promise<Way> {
  const code = `p${newId().slice(-8)}`;
  const city = department({ code, name: `${code}市`, level: 'CITY' });
  const bureau = department({ code: `${code}-b`, name: `${code}市局`, level: 'BUREAU', parent: city });
  const [ownSystem, ownProject] = [system(bureau.id), project(bureau.id)];
  await get(UnitOfWork).run(async (tx) => {
    await get(DepartmentsService).add(tx, [city, bureau]);
    await get(SystemsService).add(tx, {
      systems: [ownSystem],
      projects: [ownProject],
      links: [payment(ownSystem, ownProject, '2020-01-01')],
    });
  });
  return {
    city,
    bureau,
    systemId: ownSystem.id,
    projectId: ownProject.id,
    applicant: viewerWith(['APPLICANT'], bureau.id),
    head: viewerWith(['DEPARTMENT_HEAD'], bureau.id),
    cityAdministrator: viewerWith(['CITY_ADMINISTRATOR'], city.id, { departmentTreeIds: [city.id, bureau.id] }),
    scope: { kind: 'DEPARTMENTS', departmentIds: [bureau.id] },
  };
}

const lineOf = (way: Way, more: Partial<PlanLineContent> = {}): PlanLineContent => ({
  systemId: way.systemId,
  kind: 'VM',
  count: 4,
  vcpu: 1,
  memoryMib: 1024,
  ssdGib: 40,
  hddGib: 0,
  architecture: 'ARM64',
  zone: 'GOVERNMENT_EXTRANET',
  offerCode: null,
  quotaMeter: null,
  halfUnits: 0,
  powerW: 0,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  month: 1,
  reason: '业务需要',
  ...more,
});

async function row(id: string) {
  const [found] = await app.test.db.query('select department_id as departmentId from plan where id = ?', [id]);
  const plan = await get(PlanDesk).plan(viewerWith(['APPLICANT'], found.departmentId), WHOLE_PROVINCE, id);
  if (!plan) throw new Error('no plan');
  return plan;
}

async function begun(
  way: Way,
  more: { kind?: 'ANNUAL' | 'ADDITION'; year?: number; start?: 'EMPTY' | 'LAST_YEAR' | 'RUNNING_NOW' } = {},
) {
  return get(PlanStarts).create(way.applicant, way.scope, {
    kind: 'ANNUAL',
    year: YEAR,
    departmentId: way.bureau.id,
    start: 'EMPTY',
    reason: more.kind === 'ADDITION' ? '新增任务' : '',
    idempotencyKey: newId(),
    ...more,
  });
}

async function drafted(
  way: Way,
  lines: readonly PlanLineContent[],
  more: Parameters<typeof begun>[1] = {},
): Promise<string> {
  const id = idOf(await begun(way, more));
  for (const content of lines) await written(way, id, content);
  return id;
}

async function written(way: Way, planId: string, content: PlanLineContent) {
  const { version } = await row(planId);
  return idOf(
    await get(PlanLines).save(way.applicant, way.scope, {
      planId,
      lineId: null,
      expectedVersion: version,
      idempotencyKey: newId(),
      content,
    }),
  );
}

async function act(viewer: Viewer, id: string, action: PlanAction, opinion: string | null = '同意') {
  const wish = { id, expectedVersion: (await row(id)).version, opinion, idempotencyKey: newId() };
  return get(PlanActs).act(viewer, WHOLE_PROVINCE, action, wish);
}

/** Through everybody's hands, up to and with the given act. */
async function pass(way: Way, id: string, until: PlanAction = 'APPROVE') {
  const steps = [
    [way.applicant, 'SUBMIT'],
    [way.head, 'SIGN_OFF'],
    [way.cityAdministrator, 'PASS'],
    [reviewer, 'ACCEPT'],
    [authority, 'APPROVE'],
  ] as const;
  for (const [viewer, action] of steps) {
    const done = await act(viewer, id, action);
    if (action === until) return done;
    idOf(done);
  }
  throw new Error(`${until} is no step of the way`);
}

async function limitOf(subjectId: string, meter: string): Promise<number | null> {
  const [found] = await app.test.db.query(
    "select limit_amount as n from capacity_counter where kind = 'QUOTA' and subject_id = ? and meter = ?",
    [subjectId, meter],
  );
  return found === undefined || Number(found.n) === Number.MAX_SAFE_INTEGER ? null : Number(found.n);
}

async function setLimit(subjectId: string, limits: Record<string, number>) {
  const [figures] = await get(QuotasService).figures([subjectId]);
  return get(QuotaLimitsService).setLimits(allocator, WHOLE_PROVINCE, {
    subjectId,
    limits,
    expectedVersion: figures?.version ?? 0,
    idempotencyKey: newId(),
  });
}

/** A request of that way's system, sent to its head: the chain that was chosen for it. */
async function chainOf(
  way: Way,
  count: number,
  more: Partial<RequestContent> = {},
): Promise<{ id: string; chainKey: string }> {
  const content = journey.content(centerId, count, { systemId: way.systemId, projectId: way.projectId, ...more });
  const id = idOf(await journey.requests.createDraft(way.applicant, way.scope, content, newId()));
  idOf(await journey.review.move(way.applicant, way.scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, 1)));
  const [round] = await app.test.db.query('select chain_key as chainKey from approval_round where subject_id = ?', [
    id,
  ]);
  return { id, chainKey: round.chainKey };
}

/** Its head signs and its city passes: with that its capacity is held. */
async function held(way: Way, id: string) {
  idOf(await journey.submission.submit(way.head, way.scope, journey.wish(id, 2)));
  const ofCity = { kind: 'DEPARTMENTS' as const, departmentIds: [way.city.id, way.bureau.id] };
  return journey.review.approve(way.cityAdministrator, ofCity, journey.wish(id, 3));
}

describe('a yearly plan', () => {
  it('is declared, signed, reviewed and approved; its quotas follow, the city’s are raised with them, all on record', async () => {
    const way = await freshWay();
    expect(await setLimit(way.city.id, { VCPU: 10, MACHINE: 500 })).toMatchObject({ ok: true });
    const id = await drafted(way, [lineOf(way), lineOf(way, { count: 10, month: 6, vcpu: 2 })]);
    const outlook = await get(PlanQuotas).outlook(await row(id));
    expect(outlook.objections).toEqual([]);
    const shown = outlook.changes.filter(({ meter }) => meter === 'VCPU');
    expect(shown.map(({ subject, before, after }) => [subject.id, before, after]).toSorted()).toEqual(
      [
        [way.city.id, 10, 24],
        [way.bureau.id, null, 24],
        [way.systemId, null, 24],
      ].toSorted(),
    );
    expect(await pass(way, id)).toMatchObject({ ok: true });
    expect(await row(id)).toMatchObject({ state: 'APPROVED', quotasSetAt: expect.any(Date), round: 1 });
    for (const subject of [way.city.id, way.bureau.id, way.systemId]) expect(await limitOf(subject, 'VCPU')).toBe(24);
    // What the plan does not speak of, and what is ample above, stays.
    expect(await limitOf(way.city.id, 'MACHINE')).toBe(500);
    expect(await limitOf(way.bureau.id, 'SERVER')).toBeNull();
    const audits = await get(AuditService).list(WHOLE_PROVINCE, { action: 'plan.approve' }, { first: 20, after: null });
    const own = audits.rows.filter((audit) => [id, way.city.id, way.bureau.id, way.systemId].includes(audit.objectId));
    expect(own.map((audit) => audit.objectType).toSorted()).toEqual(['Plan', 'Quota', 'Quota', 'Quota']);
    expect(JSON.parse(own.find((audit) => audit.objectId === way.city.id)?.beforeJson ?? '{}')).toEqual({ VCPU: 10 });
    const notices = await app.test.db.query(
      'select text_zh as text from notice where subject_id = ? order by created_at',
      [id],
    );
    expect(notices.map(({ text }: { text: string }) => text.split('：').at(-1))).toEqual([
      '单位负责人审签',
      '市级初审',
      '大数据中心审核',
      '云主管部门审定',
      expect.stringContaining('已批准'),
    ]);
  });

  it('may be reduced by the center line by line, and only that is approved', async () => {
    const way = await freshWay();
    const id = await drafted(way, [lineOf(way, { count: 10 })]);
    idOf(await pass(way, id, 'PASS'));
    const [line] = await get(PlanDesk)
      .linesOf([id])
      .then((lists) => lists[0] ?? []);
    const reduce = (viewer: Viewer, acceptedCount: number | null, reason: string) =>
      row(id).then(({ version }) =>
        get(PlanReductions).reduce(viewer, WHOLE_PROVINCE, {
          planId: id,
          lineId: line?.id,
          acceptedCount,
          reason,
          expectedVersion: version,
          idempotencyKey: newId(),
        }),
      );
    expect(codesOf(await reduce(way.cityAdministrator, 5, '够用'))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await reduce(reviewer, 10, ''))).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    expect(await reduce(reviewer, 6, '现有资源利用率偏低')).toMatchObject({ ok: true });
    idOf(await act(reviewer, id, 'ACCEPT'));
    idOf(await act(authority, id, 'APPROVE'));
    expect(await limitOf(way.systemId, 'VCPU')).toBe(6);
    expect(await row(id)).toMatchObject({ monthlyFen: (await row(id)).monthlyFen });
  });

  it('is refused where its quotas would be below what is in use, with figures, and stays where it was', async () => {
    const way = await freshWay();
    const { id: requestId } = await chainOf(way, 5);
    idOf(await held(way, requestId));
    const id = await drafted(way, [lineOf(way, { count: 3 })]);
    idOf(await pass(way, id, 'ACCEPT'));
    const refused = await act(authority, id, 'APPROVE');
    expect(refused).toMatchObject({
      ok: false,
      error: expect.arrayContaining([
        expect.objectContaining({ code: 'QUOTA_OUT_OF_BOUNDS', reason: 'IN_USE', meter: 'VCPU', asked: 3, bound: 5 }),
      ]),
    });
    expect(await row(id)).toMatchObject({ state: 'AWAITING_APPROVAL', quotasSetAt: null });
    expect(await limitOf(way.bureau.id, 'VCPU')).toBeNull();
  });

  it('comes back with an opinion, asks for all of it again, and nobody signs what he wrote', async () => {
    const way = await freshWay();
    const id = await drafted(way, [lineOf(way)]);
    idOf(await act(way.applicant, id, 'SUBMIT'));
    const locked = await get(PlanLines).save(way.applicant, way.scope, {
      planId: id,
      lineId: null,
      expectedVersion: (await row(id)).version,
      idempotencyKey: newId(),
      content: lineOf(way),
    });
    expect(codesOf(locked)).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await act(way.head, id, 'RETURN', ''))).toEqual(['INVALID_INPUT']);
    idOf(await act(way.head, id, 'RETURN', '请补充依据'));
    const both = viewerWith(['APPLICANT', 'DEPARTMENT_HEAD'], way.bureau.id);
    const { version } = await row(id);
    idOf(
      await get(PlanLines).save(both, way.scope, {
        planId: id,
        lineId: null,
        expectedVersion: version,
        idempotencyKey: newId(),
        content: lineOf(way, { month: 5 }),
      }),
    );
    idOf(await act(both, id, 'SUBMIT'));
    expect(await act(both, id, 'SIGN_OFF')).toMatchObject({ ok: false, error: [{ reason: 'OWN_PLAN' }] });
    expect(await act(way.head, id, 'SIGN_OFF')).toMatchObject({ ok: true });
    expect(await row(id)).toMatchObject({ state: 'CITY_REVIEW', round: 2 });
  });

  it('is its department’s own until it is sent: no list, sum, page or act of the city or the province finds it', async () => {
    const way = await freshWay();
    const desk = get(PlanDesk);
    const ofCity: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [way.city.id, way.bureau.id] };
    const readers = [
      [way.applicant, way.scope],
      [way.head, way.scope],
      [way.cityAdministrator, ofCity],
      [reviewer, WHOLE_PROVINCE],
      [authority, WHOLE_PROVINCE],
    ] as const;
    const filter = { year: YEAR, states: null, kind: null, departmentId: way.bureau.id, search: null };
    const seenBy = async (id: string) =>
      Promise.all(
        readers.map(async ([viewer, scope]) => {
          const listed = (await desk.page(viewer, scope, filter, { first: 10, after: null })).totalCount;
          const ofStates = await desk.page(
            viewer,
            scope,
            { ...filter, states: ['DRAFT', 'DISCARDED'] },
            { first: 10, after: null },
          );
          const summed = (await desk.sums(viewer, scope, YEAR)).reduce((sum, { plans }) => sum + plans, 0);
          const row = await desk.plan(viewer, scope, id);
          return { listed, drafts: ofStates.totalCount, summed, row: row !== null };
        }),
      );
    const before = await seenBy(newId());
    const id = await drafted(way, [lineOf(way)]);
    const draft = await seenBy(id);
    expect(draft.map(({ listed, drafts, row: there }) => [listed, drafts, there])).toEqual([
      [1, 1, true],
      [1, 1, true],
      [0, 0, false],
      [0, 0, false],
      [0, 0, false],
    ]);
    expect(draft.map(({ summed }, at) => summed - (before[at]?.summed ?? 0))).toEqual([1, 1, 0, 0, 0]);
    for (const [viewer, scope] of readers.slice(2)) {
      const wish = { id, expectedVersion: (await row(id)).version, opinion: '退', idempotencyKey: newId() };
      expect(await get(PlanActs).act(viewer, scope, 'RETURN', wish)).toMatchObject({
        error: [{ code: 'UNKNOWN_REFERENCE', path: ['id'] }],
      });
    }
    idOf(await act(way.applicant, id, 'SUBMIT'));
    expect((await seenBy(id)).map(({ listed, row: there }) => [listed, there])).toEqual(readers.map(() => [1, true]));
    // Taken back it is a draft again.
    idOf(await act(way.applicant, id, 'WITHDRAW'));
    expect((await seenBy(id)).map(({ row: there }) => there)).toEqual([true, true, false, false, false]);
    idOf(await act(way.applicant, id, 'DISCARD'));
    expect((await seenBy(id)).map(({ row: there }) => there)).toEqual([true, true, false, false, false]);
  });

  it('is one a department and year, also when sixteen begin it at once', async () => {
    const way = await freshWay();
    const answers = await Promise.all(Array.from({ length: 16 }, () => begun(way)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers.filter((one) => !one.ok))
      expect(answer).toMatchObject({ error: [{ code: 'NOT_PERMITTED', reason: 'THERE_ALREADY' }] });
    const [first] = answers.filter((answer) => answer.ok);
    idOf(await act(way.applicant, idOf(first as never), 'DISCARD'));
    expect(await begun(way)).toMatchObject({ ok: true });
  });

  it('is approved once by sixteen presses at once', async () => {
    const way = await freshWay();
    const id = await drafted(way, [lineOf(way)]);
    idOf(await pass(way, id, 'ACCEPT'));
    const { version } = await row(id);
    const people = Array.from({ length: 16 }, () => viewerWith(['CLOUD_AUTHORITY'], null));
    const answers = await Promise.all(
      people.map((viewer) =>
        get(PlanActs).act(viewer, WHOLE_PROVINCE, 'APPROVE', { id, expectedVersion: version, idempotencyKey: newId() }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await limitOf(way.systemId, 'VCPU')).toBe(4);
  });

  it('begins with last year’s, or with what runs today', async () => {
    const way = await freshWay();
    const last = await drafted(way, [lineOf(way, { month: 7, count: 3 })], { year: YEAR - 1 });
    idOf(await pass(way, last));
    // Of a past year no quota follows.
    expect(await limitOf(way.systemId, 'VCPU')).toBeNull();
    const id = idOf(await begun(way, { start: 'LAST_YEAR' }));
    expect((await get(PlanDesk).linesOf([id]))[0]).toMatchObject([
      { count: 3, month: 1, vcpu: 1, acceptedCount: null },
    ]);
    const other = await freshWay();
    expect((await get(PlanDesk).linesOf([idOf(await begun(other, { start: 'RUNNING_NOW' }))]))[0]).toEqual([]);
  });

  it('of the next year leaves quotas alone until its year begins', async () => {
    const way = await freshWay();
    const id = await drafted(way, [lineOf(way)], { year: YEAR + 1 });
    idOf(await pass(way, id));
    expect(await limitOf(way.systemId, 'VCPU')).toBeNull();
    // As if the year had begun.
    await app.test.db.query('update plan set year = ? where id = ?', [YEAR, id]);
    await get(PlanQuotas).setDue({ userId: null, name: '集云', departmentId: null, address: null, traceId: newId() });
    expect(await limitOf(way.systemId, 'VCPU')).toBe(4);
    expect(await row(id)).toMatchObject({ quotasSetAt: expect.any(Date) });
  });
});

describe('the short chain', () => {
  it('is taken by what is inside the plan, with all that is live, and by nothing beyond it', async () => {
    const way = await freshWay();
    expect((await chainOf(way, 1)).chainKey).toBe('standard');
    idOf(await pass(way, await drafted(way, [lineOf(way, { count: 4 })])));
    const first = await chainOf(way, 3);
    expect(first.chainKey).toBe('short');
    expect(await held(way, first.id)).toMatchObject({ ok: true });
    expect((await chainOf(way, 1)).chainKey).toBe('short');
    expect((await chainOf(way, 2)).chainKey).toBe('standard');
  });

  it('is no way round for services that no plan names, or more of them than it does', async () => {
    const way = await freshWay();
    const service: ServiceOffer = { id: newId(), code: 'plan-waf', status: 'OFFERED', version: 1, definitionNumber: 1 };
    const definition: ServiceDefinition = {
      ...{ id: newId(), serviceId: service.id, number: 1, quantityMaximum: 100, quotaMeter: null, fields: [] },
      name: { zh: '应用防火墙', en: 'Application firewall' },
      summary: { zh: '防护域名', en: 'Protects a domain' },
      unit: { zh: '个', en: 'domain' },
      ...{ priceMeter: 'SERVICE:plan-waf', fulfilment: 'WORK_ORDER' },
    };
    await get(UnitOfWork).run(async (tx) => {
      const none = { offers: [], images: [], servers: [], cabinets: [] };
      await get(CatalogService).add(tx, { ...none, services: [service], definitions: [definition] });
      const price = parseUnitPrice('1.00');
      await get(PricingService).add(tx, [{ meter: 'SERVICE:plan-waf', architecture: null, price, synthetic: true }]);
    });
    const asked = (count: number) => {
      const [machines] = journey.content(centerId).lines;
      const wanted = { offerId: service.id, answers: [] };
      const line = { kind: 'SERVICE', name: 'waf', count, vm: null, service: wanted, centerId: null } as const;
      return { lines: [{ ...(machines as LineContent) }, { ...(machines as LineContent), ...line }] };
    };
    idOf(await pass(way, await drafted(way, [lineOf(way, { count: 9 })])));
    expect((await chainOf(way, 1, asked(1))).chainKey).toBe('standard');
    const waf = lineOf(way, { kind: 'SERVICE', offerCode: 'plan-waf', count: 3 });
    const addition = await drafted(way, [waf], { kind: 'ADDITION' });
    idOf(await pass(way, addition, 'ACCEPT'));
    expect((await chainOf(way, 1, asked(4))).chainKey).toBe('standard');
    const first = await chainOf(way, 1, asked(2));
    expect(first.chainKey).toBe('short');
    idOf(await held(way, first.id));
    // Two of three are live.
    expect((await chainOf(way, 1, asked(2))).chainKey).toBe('standard');
    expect((await chainOf(way, 1, asked(1))).chainKey).toBe('short');
    // Given back; its request goes on with its machine.
    await app.test.db.query("update request_line set ended_at = now() where request_id = ? and kind = 'SERVICE'", [
      first.id,
    ]);
    expect((await chainOf(way, 1, asked(3))).chainKey).toBe('short');
    expect((await chainOf(way, 1, asked(4))).chainKey).toBe('standard');
  });

  it('is not kept by a request that others have pushed out of the plan meanwhile: it is refused and sent anew', async () => {
    const way = await freshWay();
    idOf(await pass(way, await drafted(way, [lineOf(way, { count: 4 })])));
    const [first, second] = [await chainOf(way, 3), await chainOf(way, 3)];
    expect([first.chainKey, second.chainKey]).toEqual(['short', 'short']);
    idOf(await held(way, first.id));
    expect((await held(way, second.id)).ok).toBe(false);
  });
});

describe('an addition', () => {
  it('waits for an approved plan, ends with the center when it is small, and raises plan and quota', async () => {
    const way = await freshWay();
    expect(await begun(way, { kind: 'ADDITION' })).toMatchObject({
      ok: false,
      error: [{ reason: 'NO_APPROVED_PLAN' }],
    });
    idOf(await pass(way, await drafted(way, [lineOf(way, { count: 4 })])));
    const addition = await drafted(way, [lineOf(way, { count: 2, reason: '新增任务' })], { kind: 'ADDITION' });
    expect(await pass(way, addition, 'ACCEPT')).toMatchObject({ ok: true });
    expect(await row(addition)).toMatchObject({ state: 'APPROVED', quotasSetAt: expect.any(Date) });
    expect(await limitOf(way.systemId, 'VCPU')).toBe(6);
    expect((await chainOf(way, 6)).chainKey).toBe('short');
  });

  it('is not cut into small ones: what ended with the center counts towards the threshold', async () => {
    const way = await freshWay();
    idOf(await pass(way, await drafted(way, [lineOf(way)])));
    const small = () => drafted(way, [lineOf(way, { count: 2 })], { kind: 'ADDITION' });
    const [first, second, third] = [await small(), await small(), await small()];
    for (const id of [first, second, third]) idOf(await pass(way, id, 'PASS'));
    // Two reviewers at the same moment see each other's.
    const others = [reviewer, viewerWith(['CENTER_REVIEWER'], null)];
    const both = await Promise.all([first, second].map((id, at) => act(others[at] as Viewer, id, 'ACCEPT')));
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    const states = [(await row(first)).state, (await row(second)).state].toSorted();
    expect(states).toEqual(['APPROVED', 'AWAITING_APPROVAL']);
    idOf(await act(reviewer, third, 'ACCEPT'));
    expect(await row(third)).toMatchObject({ state: 'AWAITING_APPROVAL' });
  });

  it('goes to the cloud authority from the year’s threshold on, and may be rejected', async () => {
    const way = await freshWay();
    idOf(await pass(way, await drafted(way, [lineOf(way)])));
    const addition = await drafted(way, [lineOf(way, { count: 100 })], { kind: 'ADDITION' });
    idOf(await pass(way, addition, 'ACCEPT'));
    expect(await row(addition)).toMatchObject({ state: 'AWAITING_APPROVAL' });
    idOf(await act(authority, addition, 'REJECT', '先挖潜'));
    expect(await row(addition)).toMatchObject({ state: 'REJECTED' });
    expect(await limitOf(way.systemId, 'VCPU')).toBe(4);
  });
});

describe('figures', () => {
  it('of the year show plan, used and left of department and system, and who is over; by a constant number of statements', async () => {
    const way = await freshWay();
    const { id: requestId } = await chainOf(way, 3);
    idOf(await held(way, requestId));
    const id = await drafted(way, [lineOf(way, { count: 4 })]);
    idOf(await pass(way, id));
    const filter = { year: YEAR, departmentId: way.city.id, search: null };
    const ofDepartments = await get(PlanUse).page(
      WHOLE_PROVINCE,
      { ...filter, level: 'DEPARTMENT' },
      { first: 10, after: null },
    );
    const vcpu = ofDepartments.rows.map(({ subject, meters }) => [
      subject.id,
      meters.find(({ meter }) => meter === 'VCPU'),
    ]);
    const figures = { meter: 'VCPU', planned: 4, used: 3, left: 1, over: 0 };
    // The city stands for its bureaus too.
    expect(vcpu).toEqual([
      [way.city.id, figures],
      [way.bureau.id, figures],
    ]);
    const counted = async (first: number) =>
      (
        await countStatements(app.test.db, () =>
          get(PlanUse).page(WHOLE_PROVINCE, { ...filter, departmentId: null, level: 'SYSTEM' }, { first, after: null }),
        )
      ).statements;
    expect(await counted(1)).toBe(await counted(20));
    expect(await get(PlanUse).over({ kind: 'DEPARTMENTS', departmentIds: [way.bureau.id] }, YEAR, 'SYSTEM')).toEqual(
      [],
    );
    await app.test.db.query('update plan_line set accepted_count = 2 where plan_id = ?', [id]);
    expect(
      await get(PlanUse).over({ kind: 'DEPARTMENTS', departmentIds: [way.bureau.id] }, YEAR, 'SYSTEM'),
    ).toMatchObject([{ subject: { id: way.systemId }, planned: true }]);
  });

  it('against capacity sum what is still to come by architecture and zone, by a constant number of statements', async () => {
    const report = await countStatements(app.test.db, () => get(PlanDemand).report(YEAR + 1, 'DECLARED'));
    const way = await freshWay();
    const id = await drafted(
      way,
      [lineOf(way, { count: AMPLE + 1, month: 4 })].map((line) => ({ ...line, count: 10_000, vcpu: 11 })),
      { year: YEAR + 1 },
    );
    expect((await get(PlanDemand).report(YEAR + 1, 'DECLARED')).systems).toBe(report.result.systems);
    idOf(await pass(way, id, 'SIGN_OFF'));
    const after = await countStatements(app.test.db, () => get(PlanDemand).report(YEAR + 1, 'DECLARED'));
    expect(after.statements).toBe(report.statements);
    expect(
      after.result.rows.find(({ meter, architecture }) => meter === 'VCPU' && architecture === 'ARM64'),
    ).toMatchObject({
      demanded: 110_000,
      either: 110_000,
      shortFrom: 4,
      short: expect.any(Number),
    });
    expect((await get(PlanDemand).report(YEAR + 1, 'APPROVED')).systems).toBe(report.result.systems);
  });
});

describe('lines from a table', () => {
  const table = (rows: readonly Readonly<Record<string, string>>[]) =>
    csvFile(
      csvText([
        PLAN_COLUMNS.map(({ title }) => title.zh),
        ...rows.map((cells) => PLAN_COLUMNS.map(({ key }) => cells[key] ?? '')),
      ]),
    );
  const good = (systemCode: string) => ({
    year: String(YEAR),
    systemCode,
    kind: '云主机',
    count: '4',
    vcpu: '8',
    memoryGib: '32',
    ssdGib: '200',
    architecture: 'ARM64',
    month: '3',
    reason: '扩容',
  });
  const codeOf = async (id: string) => ((await get(SystemsService).systems([id]))[0] as { code: string }).code;

  it('come into the draft of the year; the same again is unchanged', async () => {
    const way = await freshWay();
    const id = await drafted(way, []);
    const code = await codeOf(way.systemId);
    const rows = [
      good(code),
      {
        ...good(code),
        kind: '机柜空间',
        vcpu: '',
        memoryGib: '',
        ssdGib: '',
        architecture: '',
        units: '4.5',
        powerKw: '1.2',
        count: '1',
      },
    ];
    expect(await runImport(app, 'plan-lines', [table(rows)])).toMatchObject({ said: [], written: true });
    expect((await get(PlanDesk).linesOf([id]))[0]).toMatchObject([
      { kind: 'VM', count: 4, memoryMib: 32_768, ssdGib: 200, month: 3 },
      { kind: 'CABINET', halfUnits: 9, powerW: 1_200 },
    ]);
    expect(await row(id)).toMatchObject({ lineCount: 2 });
    expect(await runImport(app, 'plan-lines', [table(rows)])).toMatchObject({
      said: [],
      written: false,
      prepared: { counts: { unchanged: 2 } },
    });
  });

  it('are told cell by cell what is wrong, and none is written', async () => {
    const way = await freshWay();
    const id = await drafted(way, []);
    const [code, other] = [await codeOf(way.systemId), await freshWay().then((one) => codeOf(one.systemId))];
    const rows = [
      { ...good(code), count: '0', month: '13' },
      { ...good(code), vcpu: '' },
      {
        ...good(code),
        kind: '独立服务器',
        offerCode: 'no-such',
        vcpu: '',
        memoryGib: '',
        ssdGib: '',
        architecture: '',
      },
      { ...good(code), kind: '机柜空间', units: '4', powerKw: '1', memoryGib: '', ssdGib: '', architecture: '' },
      good('XT-NONE-001'),
      good(other),
    ];
    const { said, written } = await runImport(app, 'plan-lines', [table(rows)]);
    expect(written).toBe(false);
    expect(said.map((text) => text.split(' ')[0])).toEqual(['D2', 'P2', 'E3', 'K4', 'E5', 'B6', 'A7']);
    expect(await row(id)).toMatchObject({ lineCount: 0 });
  });
});
