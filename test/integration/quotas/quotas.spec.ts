import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Department } from '../../../server/src/departments/domain/department.js';
import type { QuotaMeter } from '../../../server/src/kernel/refusal.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { UNLIMITED } from '../../../server/src/quotas/domain/quota.js';
import { QuotaLimitsService } from '../../../server/src/quotas/quota-limits.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { offer } from '../../support/builders/catalog.ts';
import { department } from '../../support/builders/department.ts';
import { payment, project, system } from '../../support/builders/system.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';

const AMPLE = 100_000;

let app: TestApplication;
let journey: RequestJourney;
let centerId: string;
const allocator: Viewer = viewerWith(['CAPACITY_ALLOCATOR'], null);

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  centerId = (await journey.openCenter('quota', AMPLE)).center.id;
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

async function setLimit(
  subjectId: string,
  limits: { readonly [M in QuotaMeter]?: number | null },
  viewer: Viewer = allocator,
  scope = WHOLE_PROVINCE,
) {
  const [figures] = await get(QuotasService).figures([subjectId]);
  return get(QuotaLimitsService).setLimits(viewer, scope, {
    subjectId,
    limits,
    expectedVersion: figures?.version ?? 0,
    idempotencyKey: newId(),
  });
}

async function live(subjectId: string): Promise<{ counter: number; claims: number }> {
  const [counter] = await app.test.db.query(
    "select live_amount as n from capacity_counter where kind = 'QUOTA' and subject_id = ? and meter = 'MACHINE'",
    [subjectId],
  );
  const [claims] = await app.test.db.query(
    "select count(*) as n from claim where state <> 'RELEASED' and find_in_set(?, quota_ids) > 0",
    [subjectId],
  );
  return { counter: Number(counter?.n ?? 0), claims: Number(claims.n) };
}

/** A department (with a city above it), a system and a project of their own, for one test. */
async function freshWay(
  under?: Department,
): Promise<{ city: Department; bureau: Department; systemId: string; projectId: string }> {
  const code = `c${newId().slice(-8)}`;
  const city = under ?? department({ code, name: `${code}市`, level: 'CITY' });
  const bureau = department({ code: `${code}-b`, name: `${code}市局`, level: 'BUREAU', parent: city });
  const ownSystem = system(bureau.id);
  const ownProject = project(bureau.id);
  await get(UnitOfWork).run(async (tx) => {
    await get(DepartmentsService).add(tx, under ? [bureau] : [city, bureau]);
    await get(SystemsService).add(tx, {
      systems: [ownSystem],
      projects: [ownProject],
      links: [payment(ownSystem, ownProject, '2020-01-01')],
    });
  });
  return { city, bureau, systemId: ownSystem.id, projectId: ownProject.id };
}

/** A sent request of that way's system, ready for the head. */
async function sent(way: { bureau: Department; systemId: string; projectId: string }, count: number) {
  const applicant = viewerWith(['APPLICANT'], way.bureau.id);
  const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [way.bureau.id] };
  const content = journey.content(centerId, count, { systemId: way.systemId, projectId: way.projectId });
  const made = await journey.requests.createDraft(applicant, scope, content, newId());
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await journey.review.move(applicant, scope, 'SEND_FOR_SIGN_OFF', journey.wish(made.value.id, 1));
  return made.value.id;
}

/** The head signs off and the city reviews first: with that the request is the center's, and holds or is refused. */
async function submit(way: { city: Department; bureau: Department }, id: string) {
  const head = viewerWith(['DEPARTMENT_HEAD'], way.bureau.id);
  const ofBureau = { kind: 'DEPARTMENTS' as const, departmentIds: [way.bureau.id] };
  const { version } = await journey.row(id);
  const signed = await journey.submission.submit(head, ofBureau, journey.wish(id, version));
  if (!signed.ok) return signed;
  const departmentTreeIds = [way.city.id, way.bureau.id];
  const city = viewerWith(['CITY_ADMINISTRATOR'], way.city.id, { departmentTreeIds });
  const ofCity = { kind: 'DEPARTMENTS' as const, departmentIds: departmentTreeIds };
  return journey.review.approve(city, ofCity, journey.wish(id, version + 1));
}

describe('a quota', () => {
  it('grants 64 people at once exactly what is left of their department', async () => {
    const way = await freshWay();
    expect(await setLimit(way.bureau.id, { MACHINE: 10 })).toMatchObject({ ok: true });
    const ids = await Promise.all(Array.from({ length: 64 }, () => sent(way, 1)));
    const results = await Promise.all(ids.map((id) => submit(way, id)));
    expect(results.filter((r) => r.ok)).toHaveLength(10);
    for (const refused of results.filter((r) => !r.ok)) expect(codesOf(refused)).toEqual(['QUOTA_SHORTAGE']);
    for (const id of [way.city.id, way.bureau.id, way.systemId, way.projectId])
      expect(await live(id)).toEqual({ counter: 10, claims: 10 });
  }, 60_000);

  it.each([1, 8, 32, 64])('of a city grants %i clients of two bureaus exactly what it has left', async (clients) => {
    const one = await freshWay();
    const ways = [one, await freshWay(one.city)];
    expect(await setLimit(one.city.id, { MACHINE: 10 })).toMatchObject({ ok: true });
    const asked = await byClients(
      8,
      Array.from({ length: 40 }, (_, at) => ways[at % 2] as typeof one),
      async (way) => ({ way, id: await sent(way, 1) }),
    );
    const results = await byClients(clients, asked, ({ way, id }) => submit(way, id));
    expect(results.filter((r) => r.ok)).toHaveLength(10);
    for (const refused of results.filter((r) => !r.ok)) expect(codesOf(refused)).toEqual(['QUOTA_SHORTAGE']);
    expect(await live(one.city.id)).toEqual({ counter: 10, claims: 10 });
    const [a, b] = await Promise.all(ways.map((way) => live(way.bureau.id)));
    expect((a?.counter ?? 0) + (b?.counter ?? 0)).toBe(10);
  });

  it('is opened by 64 people at once where nobody has asked before', async () => {
    const way = await freshWay();
    const ids = await Promise.all(Array.from({ length: 64 }, () => sent(way, 1)));
    const results = await Promise.all(ids.map((id) => submit(way, id)));
    expect(results.every((r) => r.ok)).toBe(true);
    expect(await live(way.systemId)).toEqual({ counter: 64, claims: 64 });
  }, 60_000);

  it("of a project stays in its own department's tree, whoever's system it pays for", async () => {
    const [payer, way] = [await freshWay(), await freshWay()];
    await get(UnitOfWork).run((tx) =>
      get(SystemsService).add(tx, {
        systems: [],
        projects: [],
        links: [{ systemId: way.systemId, projectId: payer.projectId, from: '2020-01-01', to: null }],
      }),
    );
    expect((await submit(way, await sent({ ...way, projectId: payer.projectId }, 2))).ok).toBe(true);
    const owner = async (subjectId: string) =>
      (await app.test.db.query('select department_id as id from quota where subject_id = ?', [subjectId]))[0]?.id;
    expect(await owner(payer.projectId)).toBe(payer.bureau.id);
    expect(await live(payer.projectId)).toEqual({ counter: 2, claims: 2 });
    // Limits are compared up and down its own tree, and with nothing of the tree that it pays for.
    expect(await setLimit(payer.projectId, { MACHINE: 50 })).toMatchObject({ ok: true });
    expect(await setLimit(payer.bureau.id, { MACHINE: 40 })).toMatchObject({
      ok: false,
      error: [{ code: 'QUOTA_OUT_OF_BOUNDS', reason: 'CHILD', bound: 50 }],
    });
    expect(await setLimit(way.bureau.id, { MACHINE: 10 })).toMatchObject({ ok: true });
    expect(await setLimit(way.city.id, { MACHINE: 10 })).toMatchObject({ ok: true });
  });

  it('says which level is short, of what and by how much', async () => {
    const way = await freshWay();
    expect((await setLimit(way.city.id, { MACHINE: 3, VCPU: 100 })).ok).toBe(true);
    const refused = await submit(way, await sent(way, 5));
    expect(refused).toMatchObject({
      ok: false,
      error: [
        {
          code: 'QUOTA_SHORTAGE',
          level: 'DEPARTMENT',
          subjectName: way.city.name,
          meter: 'MACHINE',
          requested: 5,
          left: 3,
          short: 2,
        },
      ],
    });
    expect(await live(way.city.id)).toEqual({ counter: 0, claims: 0 });
  });

  it('holds at the system and the project as it does at the department', async () => {
    for (const level of ['systemId', 'projectId'] as const) {
      const way = await freshWay();
      expect((await setLimit(way[level], { MACHINE: 2 })).ok).toBe(true);
      expect((await submit(way, await sent(way, 2))).ok).toBe(true);
      expect(codesOf(await submit(way, await sent(way, 1)))).toEqual(['QUOTA_SHORTAGE']);
    }
  });

  it('comes back once on rejection, and stays through approval', async () => {
    const way = await freshWay();
    await setLimit(way.bureau.id, { MACHINE: 4 });
    const [kept, given] = [await sent(way, 2), await sent(way, 2)];
    await submit(way, kept);
    await submit(way, given);
    expect((await journey.approve(kept)).ok).toBe(true);
    const { version } = await journey.row(given);
    const rejected = await journey.review.move(
      journey.acceptance,
      WHOLE_PROVINCE,
      'REJECT',
      journey.wish(given, version),
    );
    expect(rejected.ok).toBe(true);
    expect(await live(way.bureau.id)).toEqual({ counter: 2, claims: 2 });
    const claims: { id: string }[] = await app.test.db.query(
      "select id from claim where request_id = ? and state = 'ALLOCATED'",
      [kept],
    );
    for (let again = 0; again < 2; again += 1)
      await get(UnitOfWork).run((tx) =>
        journey.allocation.release(
          tx,
          claims.map((c) => c.id),
        ),
      );
    for (const id of [way.city.id, way.bureau.id, way.systemId, way.projectId])
      expect(await live(id)).toEqual({ counter: 0, claims: 0 });
  });

  it('lets a returned request be submitted again at a full quota: its own hold is free for it', async () => {
    const way = await freshWay();
    await setLimit(way.bureau.id, { MACHINE: 3 });
    const id = await sent(way, 3);
    await submit(way, id);
    const held = await journey.row(id);
    await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'RETURN', journey.wish(id, held.version));
    const applicant = viewerWith(['APPLICANT'], way.bureau.id);
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [way.bureau.id] };
    await journey.review.move(
      { ...applicant, userId: held.applicantId },
      scope,
      'SEND_FOR_SIGN_OFF',
      journey.wish(id, held.version + 1),
    );
    expect(codesOf(await submit(way, id))).toEqual([]);
    expect(await live(way.bureau.id)).toEqual({ counter: 3, claims: 3 });
  });
});

describe('limits', () => {
  it('never stand below what is in use, above the parent or below a child', async () => {
    const way = await freshWay();
    await submit(way, await sent(way, 3));
    const refusal = async (subjectId: string, limit: number | null) => {
      const result = await setLimit(subjectId, { MACHINE: limit });
      return result.ok
        ? null
        : result.error.map((e) => (e.code === 'QUOTA_OUT_OF_BOUNDS' ? [e.reason, e.bound] : e.code));
    };
    expect(await refusal(way.bureau.id, 2)).toEqual([['IN_USE', 3]]);
    expect(await refusal(way.city.id, 10)).toBeNull();
    expect(await refusal(way.bureau.id, 11)).toEqual([['PARENT', 10]]);
    expect(await refusal(way.bureau.id, 8)).toBeNull();
    expect(await refusal(way.systemId, 9)).toEqual([['PARENT', 8]]);
    expect(await refusal(way.projectId, 6)).toBeNull();
    expect(await refusal(way.city.id, 7)).toEqual([['CHILD', 8]]);
    expect(await refusal(way.bureau.id, 5)).toEqual([['CHILD', 6]]);
    expect(await refusal(way.bureau.id, null)).toBeNull();
    expect(await refusal(way.city.id, 5)).toEqual([['CHILD', 6]]);
  });

  it('are set by one of two people who look at the same version', async () => {
    const way = await freshWay();
    const results = await Promise.all([setLimit(way.city.id, { VCPU: 10 }), setLimit(way.city.id, { VCPU: 20 })]);
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect(results.flatMap(codesOf)).toEqual(['VERSION_CONFLICT']);
  });

  it('of parent and child set at the same moment leave no child above its parent', async () => {
    for (let round = 0; round < 8; round += 1) {
      const way = await freshWay();
      await setLimit(way.city.id, { VCPU: 100 });
      await Promise.all([setLimit(way.city.id, { VCPU: 40 }), setLimit(way.bureau.id, { VCPU: 60 })]);
      const [city, bureau] = await get(QuotasService).figures([way.city.id, way.bureau.id]);
      const bureauLimit = bureau?.meters.VCPU?.limit ?? UNLIMITED;
      if (bureauLimit !== UNLIMITED) expect(bureauLimit).toBeLessThanOrEqual(city?.meters.VCPU?.limit ?? UNLIMITED);
    }
  });

  it("are a city's own business beneath it, and not its own", async () => {
    const way = await freshWay();
    const cityAdministrator = viewerWith(['CITY_ADMINISTRATOR'], way.city.id);
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [way.city.id, way.bureau.id] };
    expect((await setLimit(way.bureau.id, { VCPU: 10 }, cityAdministrator, scope)).ok).toBe(true);
    expect(codesOf(await setLimit(way.city.id, { VCPU: 10 }, cityAdministrator, scope))).toEqual(['NOT_PERMITTED']);
    const foreign = await freshWay();
    const refused = await setLimit(foreign.bureau.id, { VCPU: 10 }, cityAdministrator, scope);
    expect(codesOf(refused)).toEqual(['UNKNOWN_REFERENCE']);
    expect(refused).toEqual(await setLimit(newId(), { VCPU: 10 }, cityAdministrator, scope));
  });

  it.each([-1, 0.5, 2e12, Number.NaN])('refuse %p', async (limit) => {
    const way = await freshWay();
    expect(codesOf(await setLimit(way.bureau.id, { VCPU: limit }))).toEqual(['INVALID_INPUT']);
  });
});

describe('any sequence of submits, approvals, rejections, releases and limits', () => {
  it('keeps every counter equal to its live claims, and within its limit', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('submit' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constantFrom('approve' as const, 'reject' as const), at: fc.nat(5) }),
      fc.record({ kind: fc.constant('release' as const), at: fc.nat(5) }),
      fc.record({
        kind: fc.constant('limit' as const),
        level: fc.constantFrom('city' as const, 'bureau' as const, 'systemId' as const, 'projectId' as const),
        limit: fc.option(fc.integer({ min: 0, max: 12 })),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const way = await freshWay();
        const idOfLevel = (level: 'city' | 'bureau' | 'systemId' | 'projectId') =>
          level === 'city' || level === 'bureau' ? way[level].id : way[level];
        const under: string[] = [];
        const running: string[] = [];
        // The model: what is live, and each level's limit.
        let expected = 0;
        const limits = new Map<string, number>();
        const sizes = new Map<string, number>();
        for (const one of steps) {
          if (one.kind === 'submit') {
            const id = await sent(way, one.count);
            const fits = [...limits.values()].every((limit) => expected + one.count <= limit);
            const result = await submit(way, id);
            expect(result.ok).toBe(fits);
            if (!fits) continue;
            expected += one.count;
            sizes.set(id, one.count);
            under.push(id);
          } else if (one.kind === 'limit') {
            const id = idOfLevel(one.level);
            if (!(await setLimit(id, { MACHINE: one.limit })).ok) continue;
            if (one.limit === null) limits.delete(id);
            else {
              expect(one.limit).toBeGreaterThanOrEqual(expected);
              limits.set(id, one.limit);
            }
          } else if (one.kind === 'release') {
            const [id] = running.splice(one.at, 1);
            if (id === undefined) continue;
            const claims: { id: string }[] = await app.test.db.query('select id from claim where request_id = ?', [id]);
            const ids = claims.map((c) => c.id);
            await get(UnitOfWork).run((tx) => journey.allocation.release(tx, ids));
            expected -= sizes.get(id) ?? 0;
          } else {
            const [id] = under.splice(one.at, 1);
            if (id === undefined) continue;
            if (one.kind === 'approve') {
              expect((await journey.approve(id)).ok).toBe(true);
              running.push(id);
            } else {
              const { version } = await journey.row(id);
              await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', journey.wish(id, version));
              expected -= sizes.get(id) ?? 0;
            }
          }
        }
        for (const level of ['city', 'bureau', 'systemId', 'projectId'] as const)
          expect(await live(idOfLevel(level))).toEqual({ counter: expected, claims: expected });
        const counters = await get(Counters).read(
          'QUOTA',
          (['city', 'bureau', 'systemId', 'projectId'] as const).map(idOfLevel),
        );
        for (const row of counters) expect(row.live).toBeLessThanOrEqual(row.limit);
      }),
      { numRuns: 12 },
    );
  });
});

describe('preview', () => {
  it('shows the quota beside the place, and says the same as submit', async () => {
    const way = await freshWay();
    await setLimit(way.bureau.id, { MACHINE: 2, VCPU: 8 });
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [way.bureau.id] };
    const content = journey.content(centerId, 3, { systemId: way.systemId, projectId: way.projectId });
    const preview = await journey.submission.preview(scope, content, null);
    expect(preview).toMatchObject({
      ok: true,
      value: {
        plan: { feasible: true },
        quotas: {
          rows: [
            { meter: 'MACHINE', requested: 3, left: 2, limit: 2, fits: false },
            { meter: 'VCPU', requested: 3, left: 8, limit: 8, fits: true },
          ],
          shortages: [{ code: 'QUOTA_SHORTAGE', short: 1 }],
        },
      },
    });
  });

  it('counts disks and memory of every line', async () => {
    const way = await freshWay();
    const big = offer({ code: 'big', vcpu: 4, memoryMib: 8192 });
    await get(UnitOfWork).run((tx) => get(CatalogService).add(tx, { offers: [big], images: [] }));
    await setLimit(way.city.id, { MEMORY_MIB: 9_000, STORAGE_GIB: 60 });
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [way.bureau.id] };
    const base = journey.content(centerId, 1, { systemId: way.systemId, projectId: way.projectId });
    const [line] = base.lines;
    if (!line) throw new Error('no line');
    const content = {
      ...base,
      lines: [line, { ...line, name: 'big', vm: line?.vm ? { ...line.vm, offerId: big.id } : null }],
    };
    const preview = await journey.submission.preview(scope, content, null);
    expect(preview).toMatchObject({
      ok: true,
      value: {
        quotas: {
          rows: [
            { meter: 'MEMORY_MIB', requested: 9216, fits: false },
            { meter: 'STORAGE_GIB', requested: 40, fits: true },
          ],
        },
      },
    });
  });
});
