import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Center } from '../../../server/src/facilities/domain/facility.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { LifePolicies } from '../../../server/src/resources/life-policies.service.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { payment, project, system } from '../../support/builders/system.ts';
import { byClients } from '../../support/by-clients.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

/** 20 % of it is 200 vCPU: 20 requests of 10 machines of 1 vCPU. Memory and storage are ample. */
const PROVINCE_VCPU = 1_000;
const CAP = 200;
const EACH = 10;
const LINE_MOST = 100;
const SYSTEM = { userId: null, name: '系统', departmentId: null, address: null, traceId: newId() } as const;

let app: TestApplication;
let journey: RequestJourney;
let center: Center;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  center = (await journey.openCenter('held-cap', PROVINCE_VCPU)).center;
  await setShare(20);
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

async function setShare(value: number): Promise<void> {
  const policies = get(LifePolicies);
  const row = (await policies.rows()).find(({ name }) => name === 'HELD_SHARE_PERCENT');
  const changes = [{ name: 'HELD_SHARE_PERCENT' as const, value, expectedVersion: row?.version ?? 0 }];
  const changed = await policies.change(journey.allocator, { idempotencyKey: newId(), changes });
  if (!changed.ok) throw new Error(JSON.stringify(changed.error));
}

/** A department without any quota, whose people ask for its own system. */
async function newcomer() {
  const own = department();
  const [itsSystem, itsProject] = [system(own.id), project(own.id)];
  await get(UnitOfWork).run(async (tx) => {
    await get(DepartmentsService).add(tx, [own]);
    await get(SystemsService).add(tx, {
      systems: [itsSystem],
      projects: [itsProject],
      links: [payment(itsSystem, itsProject, '2020-01-01')],
    });
  });
  const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [own.id] };
  const applicant: Viewer = viewerWith(['APPLICANT'], own.id);
  const head: Viewer = viewerWith(['DEPARTMENT_HEAD'], own.id);
  /** Of so many machines, at most as many a line as a line may have. */
  const content = (count: number) => {
    const form = journey.content(center.id, 1, { systemId: itsSystem.id, projectId: itsProject.id });
    const [line] = form.lines;
    const counts = count > LINE_MOST ? [LINE_MOST, count - LINE_MOST] : [count];
    return { ...form, lines: counts.map((of, at) => ({ ...(line as LineContent), name: `web-${at + 1}`, count: of })) };
  };
  return {
    id: own.id,
    scope,
    applicant,
    content,
    sent: async (count = EACH) => {
      const id = idOf(await journey.requests.createDraft(applicant, scope, content(count), newId()));
      return idOf(await journey.review.move(applicant, scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, 1)));
    },
    submit: async (id: string) =>
      journey.submission.submit(head, scope, journey.wish(id, (await journey.row(id)).version)),
    move: async (id: string, action: 'WITHDRAW' | 'SEND_FOR_SIGN_OFF') =>
      journey.review.move(applicant, scope, action, journey.wish(id, (await journey.row(id)).version)),
    held: async () => {
      const [row] = await app.test.db.query(
        "select coalesce(sum(vcpu), 0) as n from claim where department_id = ? and state = 'HELD'",
        [own.id],
      );
      return Number(row.n);
    },
    previewed: async (count: number) => {
      const preview = await journey.submission.preview(scope, content(count), null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value;
    },
  };
}

describe('what a department may hold at once', () => {
  it.each([1, 8, 32, 64])('grants %i clients of a department without a quota exactly its share', async (clients) => {
    const own = await newcomer();
    const ids = await byClients(
      8,
      Array.from({ length: 32 }, (_, at) => at),
      () => own.sent(),
    );
    const results = await byClients(clients, ids, own.submit);
    for (const refused of results.filter((result) => !result.ok)) expect(codesOf(refused)).toEqual(['HOLD_CAP']);
    expect(results.filter((result) => result.ok)).toHaveLength(CAP / EACH);
    expect(await own.held()).toBe(CAP);
    // Others are not kept out by it.
    const other = await newcomer();
    expect(await other.submit(await other.sent())).toMatchObject({ ok: true });
    for (const result of results) if (result.ok) idOf(await own.move(result.value.id, 'WITHDRAW'));
    expect(await own.held()).toBe(0);
  });

  it('is shown by the preview as the hold then decides, with figures', async () => {
    const own = await newcomer();
    idOf(await own.submit(await own.sent(195)));
    expect((await own.previewed(5)).held).toMatchObject([
      { meter: 'VCPU', held: 195, requested: 5, cap: CAP, fits: true },
      { meter: 'MEMORY_MIB', fits: true },
      { meter: 'STORAGE_GIB', fits: true },
    ]);
    const { held, plan } = await own.previewed(6);
    expect(held[0]).toEqual({ meter: 'VCPU', held: 195, requested: 6, cap: CAP, fits: false });
    expect(plan.lines[0]?.checks.at(-1)).toMatchObject({ criterion: 'P22', passed: false });
    const late = await own.sent(6);
    expect(await own.submit(late)).toMatchObject({
      ok: false,
      error: [{ code: 'HOLD_CAP', path: [], meter: 'VCPU', held: 195, requested: 6, cap: CAP, short: 1 }],
    });
    expect((await journey.row(late)).state).toBe('AWAITING_SIGN_OFF');
    idOf(await own.submit(await own.sent(5)));
    expect(await own.held()).toBe(CAP);
  });

  it('has room again when what is held is granted, rejected, withdrawn or runs out', async () => {
    const own = await newcomer();
    const filled = async () => {
      const id = idOf(await own.submit(await own.sent(CAP)));
      expect(codesOf(await own.submit(await own.sent(1)))).toEqual(['HOLD_CAP']);
      return id;
    };
    idOf(await journey.approve(await filled()));
    expect(await own.held()).toBe(0);

    const rejected = await filled();
    const { version } = await journey.row(rejected);
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', journey.wish(rejected, version)));

    idOf(await own.move(await filled(), 'WITHDRAW'));

    const expired = await filled();
    await app.test.db.query('update request set hold_expires_at = ? where id = ?', [new Date(0), expired]);
    await get(DeadlinesService).expireHolds(SYSTEM);
    expect(await own.held()).toBe(0);

    // Returned for correction it still holds, until that runs out too.
    const returned = await filled();
    const row = await journey.row(returned);
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'RETURN', journey.wish(returned, row.version)));
    expect(codesOf(await own.submit(await own.sent(1)))).toEqual(['HOLD_CAP']);
    await app.test.db.query('update request set hold_expires_at = ? where id = ?', [new Date(0), returned]);
    await get(DeadlinesService).expireHolds(SYSTEM);
    idOf(await own.submit(await own.sent(1)));
    expect(await own.held()).toBe(1);
    expect(await new Reckoning(app).findings()).toEqual([]);
  });

  it('takes nothing from a request that holds, when the rule is lowered while it is corrected', async () => {
    const own = await newcomer();
    const id = idOf(await own.submit(await own.sent(CAP)));
    const { version } = await journey.row(id);
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'RETURN', journey.wish(id, version)));
    await setShare(1);
    idOf(await own.move(id, 'SEND_FOR_SIGN_OFF'));
    expect(await own.submit(id)).toMatchObject({ ok: true });
    expect(await own.held()).toBe(CAP);
    expect(codesOf(await own.submit(await own.sent(1)))).toEqual(['HOLD_CAP']);
    await setShare(100);
    idOf(await own.submit(await own.sent(1)));
    await setShare(20);
  });
});
