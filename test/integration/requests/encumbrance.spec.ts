import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { costOfDays } from '../../../server/src/pricing/domain/cost-of-days.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChainDesk, MovedClock } from '../../support/chain-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const WHOLE = 10_000_000_000n;
const RACERS = 80;
const FITTING = 20;
const RACE = Array.from({ length: RACERS }, (_, i) => i);
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
const clock = new MovedClock();

let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: ChainDesk;
let followUp: FollowUpService;
let resources: ResourcesService;
let whole: string;
let center: string;
/** What one machine of the journey costs from today to the year's end. */
let unit: bigint;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, () => clock.now());
  desk = new ChainDesk(app, journey);
  followUp = app.context.get(FollowUpService, { strict: false });
  resources = app.context.get(ResourcesService, { strict: false });
  whole = await money.whole(WHOLE);
  center = (await journey.openCenter('money', 100_000)).center.id;
  const row = await journey.row(await journey.draft(journey.content(center)));
  unit = costOfDays(row.monthlyFen ?? 0n, '2026-11-30', '2027-01-01');
});
afterAll(() => app.close());

const content = (project: Project, count = 1, at = center): RequestContent =>
  journey.content(at, count, { projectId: project.id });

/** A project that pays by itself, with so much of a budget item. */
async function paying(amount: bigint): Promise<{ project: Project; item: string }> {
  const project = await money.project();
  return { project, item: await money.item(whole, amount, project) };
}

/** Signed off by the head: it holds. */
async function held(project: Project, count = 1): Promise<string> {
  const id = await journey.sent(content(project, count));
  idOf(await journey.submit(id));
  idOf(await journey.approveStep(id));
  return id;
}

const reserved = async (item: string) => {
  const { reserved: figure, entries, left } = await money.books(item);
  expect([entries, left]).toEqual([figure, figure]);
  return figure;
};

describe('a hold', () => {
  it('reserves what it costs to the end of the budget year, and preview says the same beforehand', async () => {
    const { project, item } = await paying(5n * unit);
    const preview = await journey.submission.preview(journey.scope, content(project, 3), null);
    expect(preview).toMatchObject({
      ok: true,
      value: { budget: { fundingMode: 'OWN_PAYS', asked: 3n * unit, available: 5n * unit, fits: true } },
    });
    // One day of November, and December whole.
    expect(unit).toBeGreaterThan(0n);
    const id = await held(project, 3);
    expect(await reserved(item)).toBe(3n * unit);
    // Its own is not counted against it.
    const again = await journey.submission.preview(journey.scope, content(project, 5), id);
    expect(again).toMatchObject({ ok: true, value: { budget: { own: 3n * unit, available: 5n * unit, fits: true } } });
    idOf(await journey.approve(id));
    expect(await reserved(item)).toBe(3n * unit);
  });

  it('encumbers nothing where the finance office pays', async () => {
    for (const fundingMode of ['CENTRAL', 'CENTRAL_WITHIN_QUOTA'] as const) {
      const project = await money.project({ fundingMode });
      const item = await money.item(whole, 0n, project);
      await held(project);
      expect(await money.books(item)).toEqual({ reserved: 0n, entries: 0n, left: 0n, entryCount: 0 });
    }
  });

  it('is refused with the figures where the item, or the department above it, has not that much', async () => {
    const { project, item } = await paying(2n * unit);
    const id = await journey.sent(content(project, 3));
    const refused = await journey.submit(id);
    expect(refused).toMatchObject({
      ok: false,
      error: [
        {
          code: 'BUDGET_SHORTAGE',
          path: ['content', 'projectId'],
          budgetId: item,
          availableFen: (2n * unit).toString(),
          requestedFen: (3n * unit).toString(),
          shortFen: unit.toString(),
        },
      ],
    });
    expect((await journey.row(id)).state).toBe('AWAITING_SIGN_OFF');
    expect(await money.books(item)).toEqual({ reserved: 0n, entries: 0n, left: 0n, entryCount: 0 });
  });

  it('is refused where no budget item, or more than one, has the keys of the project', async () => {
    const year = 2026;
    const lone = await money.project({ budgetCode: 'NOSUCHITEM', functionClass: '2010302' });
    const none = await journey.submit(await journey.sent(content(lone)));
    expect(none).toMatchObject({
      error: [
        {
          code: 'BUDGET_ITEM_MISSING',
          path: ['content', 'projectId'],
          projectId: lone.id,
          year,
          matching: 0,
          budgetKeys: '2026/NOSUCHITEM/2010302/PROVINCE',
        },
      ],
    });
    const twice = await money.project();
    const [first] = [
      await money.item(whole, unit, twice),
      await money.item(whole, unit, twice, { economicClass: '31007' }),
    ];
    expect(await journey.submit(await journey.sent(content(twice)))).toMatchObject({
      error: [{ code: 'BUDGET_ITEM_MISSING', matching: 2 }],
    });
    expect((await money.books(first)).entryCount).toBe(0);
    const keyed = await money.project({ budgetCode: 'KEYED001', economicClass: '30227' });
    // Of the department, under the project's code, and written to no project.
    const named = await money.item(whole, unit, null, { budgetCode: 'KEYED001' });
    await held(keyed);
    expect(await reserved(named)).toBe(unit);
  });

  it('is of all or nothing: without a place nothing is reserved, without money nothing is held', async () => {
    const small = await journey.openCenter(`small-${newId().slice(-6)}`, 1);
    const rich = await paying(10n * unit);
    const poor = await paying(0n);
    expect(codesOf(await journey.submit(await journey.sent(content(rich.project, 2, small.center.id))))).toEqual([
      'CAPACITY_SHORTAGE',
    ]);
    expect((await money.books(rich.item)).entryCount).toBe(0);
    expect(codesOf(await journey.submit(await journey.sent(content(poor.project, 1, small.center.id))))).toEqual([
      'BUDGET_SHORTAGE',
    ]);
    expect(await journey.liveOf(small.pool.id)).toEqual({ counter: 0, claims: 0 });
    idOf(await journey.submit(await journey.sent(content(rich.project, 1, small.center.id))));
    expect(await journey.liveOf(small.pool.id)).toEqual({ counter: 1, claims: 1 });
  });
});

describe('so many at once', () => {
  it.each([1, 8, 32, 64])('on one budget item, %i clients reserve exactly what fits', async (clients) => {
    const { project, item } = await paying(BigInt(FITTING) * unit + unit - 1n);
    const sent = await byClients(8, RACE, () => journey.sent(content(project)));
    const results = await byClients(clients, sent, (id) => journey.submit(id));
    expect(results.filter((result) => result.ok)).toHaveLength(FITTING);
    for (const refused of results.filter((result) => !result.ok)) expect(codesOf(refused)).toEqual(['BUDGET_SHORTAGE']);
    expect(await reserved(item)).toBe(BigInt(FITTING) * unit);
  });
});

describe('what is reserved goes back once', () => {
  const ends: Record<string, (id: string) => Promise<unknown>> = {
    'when it is rejected': (id) => desk.move(journey.acceptance, id, 'REJECT'),
    'when it is withdrawn': (id) => desk.move(journey.applicant, id, 'WITHDRAW'),
    'when it was returned and is withdrawn': async (id) => {
      await desk.move(journey.acceptance, id, 'RETURN');
      return desk.move(journey.applicant, id, 'WITHDRAW');
    },
    // The clock is moved by what follows, so these are the last.
    'when the hold of what was returned runs out': async (id) => {
      await desk.move(journey.acceptance, id, 'RETURN');
      clock.pass(8);
      await expireTwice();
    },
    'when the hold runs out': async () => {
      clock.pass(15);
      await expireTwice();
    },
  };
  const expireTwice = async () => {
    await desk.deadlines.expireHolds(system);
    await desk.deadlines.expireHolds(system);
  };

  it('not while it is returned for correction; sent again it reserves anew in its place', async () => {
    const { project, item } = await paying(5n * unit);
    const id = await journey.sent(content(project, 4));
    idOf(await journey.submit(id));
    idOf(await desk.move(journey.acceptance, id, 'RETURN'));
    expect(await reserved(item)).toBe(4n * unit);
    const { version } = await journey.row(id);
    idOf(
      await journey.requests.updateDraft(
        journey.applicant,
        journey.scope,
        content(project, 5),
        journey.wish(id, version),
      ),
    );
    idOf(await desk.move(journey.applicant, id, 'SEND_FOR_SIGN_OFF'));
    expect(await reserved(item)).toBe(4n * unit);
    idOf(await desk.sign(journey.head, id));
    expect(await reserved(item)).toBe(5n * unit);
    const rounds = await money.ledger.encumbrancesOf('REQUEST', [id]);
    expect(rounds.map(({ subject, left }) => [subject.round, left])).toEqual([
      [1, 0n],
      [2, 5n * unit],
    ]);
  });

  it('for the rest of the year with each machine that is gone', async () => {
    const { project, item } = await paying(5n * unit);
    const id = await held(project, 3);
    idOf(await journey.approve(id));
    const [machines = []] = await resources.ofRequests([id]);
    expect(machines).toHaveLength(3);
    const gone = (at: number) =>
      app.context.get(UnitOfWork, { strict: false }).run(async (tx) => {
        const { id: resourceId, requestId, monthlyFen } = machines[at] as (typeof machines)[number];
        await followUp.moveBudgets(tx, await followUp.resourceReleased(tx, { id: resourceId, requestId, monthlyFen }));
      });
    await Promise.all([gone(0), gone(0), gone(0)]);
    expect(await reserved(item)).toBe(2n * unit);
    clock.pass(10);
    await gone(1);
    await gone(1);
    const { monthlyFen } = machines[1] as (typeof machines)[number];
    const left = 2n * unit - costOfDays(monthlyFen, '2026-12-10', '2027-01-01');
    expect(await reserved(item)).toBe(left);
    // Its own year only: what the year before has left is for that year's close.
    clock.pass(30);
    await gone(2);
    expect(await reserved(item)).toBe(left);
    clock.pass(-40);
  });

  it.each(Object.keys(ends))('%s', async (how) => {
    const { project, item } = await paying(5n * unit);
    const id = await journey.sent(content(project, 2));
    idOf(await journey.submit(id));
    const before = await reserved(item);
    expect(before).toBeGreaterThan(0n);
    await (ends[how] as (id: string) => Promise<unknown>)(id);
    expect((await journey.row(id)).heldSince === null || how.includes('when it')).toBe(true);
    expect(await reserved(item)).toBe(0n);
    expect((await money.books(item)).entryCount).toBe(2);
  });
});

describe('the level above', () => {
  it.each([1, 8, 32, 64])('grants to %i clients exactly what it has, whatever its items have', async (clients) => {
    const { project, item } = await paying(BigInt(RACERS) * unit);
    const other = await money.item(whole, 0n, null);
    const [budget] = await money.budgets.budgets([whole]);
    if (!budget) throw new Error('the department has no budget');
    const room = BigInt(FITTING) * unit;
    // Past use ran over until the department has that much left.
    await money.spend(other, budget.amount - budget.reserved - budget.spent - room);
    const sent = await byClients(8, RACE, () => journey.sent(content(project)));
    const results = await byClients(clients, sent, (id) => journey.submit(id));
    const each = await money.ledger.encumbrancesOf('REQUEST', sent);
    expect(each.length).toBe(results.filter((result) => result.ok).length);
    const sum = each.reduce((total, { amount }) => total + amount, 0n);
    expect(sum).toBeLessThanOrEqual(room);
    expect(sum + (each[0]?.amount ?? 0n)).toBeGreaterThan(room);
    for (const refused of results.filter((result) => !result.ok))
      expect(refused).toMatchObject({ error: [{ code: 'BUDGET_SHORTAGE', budgetId: whole }] });
    expect(await reserved(item)).toBe(sum);
    await reserved(whole);
    for (const id of sent) await desk.move(journey.applicant, id, 'WITHDRAW');
    expect(await reserved(item)).toBe(0n);
    const finance = await money.budgets.budgets([whole]);
    idOf(
      await money.budgets.adjust(money.finance, WHOLE_PROVINCE, {
        idempotencyKey: newId(),
        budgetId: whole,
        expectedVersion: finance[0]?.version ?? 0,
        change: WHOLE,
        reason: '追加',
      }),
    );
  });
});
