import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CentralPayers } from '../../../server/src/budgets/central-payers.service.js';
import { ClosedMonths } from '../../../server/src/budgetyears/closed-months.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { costOfDays } from '../../../server/src/pricing/domain/cost-of-days.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { toBudgetFit } from '../../../server/src/requests/request-funding.graphql.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChainDesk, MovedClock } from '../../support/chain-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { MadeUpBook, YearDesk } from '../../support/year-desk.ts';

const AMPLE = 10_000_000_000n;
const RACERS = 80;
const FITTING = 20;
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
const clock = new MovedClock();
/** Whose money it is: the center's own department, never the asking one's. */
const bigData = department({ name: '省大数据中心' });
const city = department({ name: '滨州市', level: 'CITY' });

let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: ChainDesk;
let center: string;
/** What one machine of the journey costs from today to the year's end. */
let unit: bigint;
/** The item in force; each test names one of its own. */
let central: string;
let project: Project;
let whole: string;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, () => clock.now());
  desk = new ChainDesk(app, journey);
  await work((tx) => app.context.get(DepartmentsService, { strict: false }).add(tx, [bigData, city]));
  center = (await journey.openCenter('central', 100_000)).center.id;
  const row = await journey.row(await journey.draft(journey.content(center)));
  unit = costOfDays(row.monthlyFen ?? 0n, '2026-11-30', '2027-01-01');
  whole = await money.whole(AMPLE, 'PROVINCE', 2026, bigData.id);
});
afterAll(() => app.close());

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const work: UnitOfWork['run'] = (act) => app.context.get(UnitOfWork, { strict: false }).run(act);
const content = (of: Project, count = 1): RequestContent => journey.content(center, count, { projectId: of.id });
const reserved = async (item: string) => {
  const { reserved: figure, entries, left } = await money.books(item);
  expect([entries, left]).toEqual([figure, figure]);
  return figure;
};
const named = async (amount: bigint): Promise<string> => {
  const item = await money.item(whole, amount, null, { departmentId: bigData.id });
  await money.nameCentral(item);
  return item;
};
let ofOwn: string | null = null;
const wholeOfOwn = async () => {
  ofOwn ??= await money.whole(AMPLE);
  return ofOwn;
};
const signed = async (of: Project, count = 1): Promise<string> => {
  const id = await journey.sent(content(of, count));
  idOf(await journey.submit(id));
  return id;
};

beforeEach(async () => {
  project = await money.project({ fundingMode: 'CENTRAL' });
});

describe('what finance pays', () => {
  it('encumbers nothing as long as finance has named no item of the year', async () => {
    await signed(project);
    const preview = await journey.submission.preview(journey.scope, content(project), null);
    expect(preview).toMatchObject({ ok: true, value: { budget: { budget: null, asked: 0n, fits: true } } });
    const [row] = await app.test.db.query('select count(*) as n from encumbrance');
    expect(Number(row.n)).toBe(0);
  });

  it('encumbers the item that finance has named, with the hold, and nothing of the department’s', async () => {
    central = await named(5n * unit);
    const departments = await money.item(await wholeOfOwn(), unit, project);
    const preview = await journey.submission.preview(journey.scope, content(project, 3), null);
    if (!preview.ok) throw new Error('not quoted');
    expect(preview.value.budget).toMatchObject({ fundingMode: 'CENTRAL', asked: 3n * unit, fits: true });
    // The department is told that it fits, not how much the center has left.
    const said = toBudgetFit(preview.value.budget, journey.scope);
    expect([said.asked, said.amount, said.used, said.available]).toEqual([3n * unit, null, null, null]);
    expect(toBudgetFit(preview.value.budget, WHOLE_PROVINCE).available).toBe(5n * unit);
    await signed(project, 3);
    expect(await reserved(central)).toBe(3n * unit);
    expect((await money.books(departments)).entryCount).toBe(0);
  });

  it('is refused in words, without figures, where the item has not that much; nothing is held then', async () => {
    central = await named(2n * unit);
    const id = await journey.sent(content(project, 3));
    const refused = await journey.submit(id);
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'BUDGET_SHORT', path: ['content', 'projectId'] }],
    });
    expect(JSON.stringify(refused)).not.toContain((2n * unit).toString());
    expect((await journey.row(id)).heldSince).toBeNull();
    expect((await money.books(central)).entryCount).toBe(0);
  });

  it('is a city’s own item for a city’s bureau, and never the province’s', async () => {
    central = await named(5n * unit);
    const before = await reserved(central);
    const ofCity = await money.project({ fundingMode: 'CENTRAL', departmentId: city.id, budgetLevel: 'CITY' });
    await signed(ofCity);
    expect(await reserved(central)).toBe(before);
    const own = await money.central(city.id, 5n * unit, 'CITY');
    await signed(ofCity, 2);
    expect(await reserved(own)).toBe(2n * unit);
    // Written to the province's level by somebody, it is nobody's: its use is in the city's book.
    await signed(await money.project({ fundingMode: 'CENTRAL', departmentId: city.id }));
    await signed(project);
    expect([await reserved(central), await reserved(own)]).toEqual([before + unit, 2n * unit]);
  });
});

describe('the item that pays centrally', () => {
  const name = (budgetId: string, scope: TenantScope = WHOLE_PROVINCE) =>
    app.context.get(CentralPayers, { strict: false }).name(money.finance, scope, { idempotencyKey: newId(), budgetId });

  it('is named of its own tree: a city’s by the city or for it, the province’s by the province alone', async () => {
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [city.id, bigData.id] };
    const wholeOfCity = await money.whole(unit, 'COUNTY', 2027, city.id);
    const ofCity = await money.item(wholeOfCity, unit, null, {
      ...{ departmentId: city.id, budgetLevel: 'COUNTY', year: 2027 },
    });
    expect((await name(ofCity, own)).ok).toBe(true);
    const provinces = await money.item(whole, 0n, null, { departmentId: bigData.id });
    expect(await name(provinces, own)).toMatchObject({ error: [{ reason: 'LEVEL_OF_PROVINCE' }] });
    expect(await name(provinces, { kind: 'DEPARTMENTS', departmentIds: [] })).toMatchObject({
      error: [{ code: 'UNKNOWN_REFERENCE' }],
    });
    expect(await name(whole)).toMatchObject({ error: [{ reason: 'NOT_ITS_LEVEL' }] });
    const ofCitysLevel = await money.item(whole, 0n, null, { departmentId: bigData.id, budgetLevel: 'CITY' });
    expect(await name(ofCitysLevel)).toMatchObject({ error: [{ reason: 'NOT_ITS_LEVEL' }] });
  });

  it('is one a year and tree, the one that was named last, also where an earlier one is named again', async () => {
    const payers = app.context.get(CentralPayers, { strict: false });
    const [first, second] = [await named(unit), await named(unit)];
    await name(first);
    const rows = await Promise.all([first, second].map((id) => money.budgets.budget(WHOLE_PROVINCE, id)));
    expect(await payers.paying(rows.flatMap((row) => row ?? []))).toEqual([true, false]);
    expect((await payers.itemFor(project, 2026))?.id).toBe(first);
    expect(await payers.itemFor(project, 2025)).toBeNull();
  });
});

describe('so many at once', () => {
  const race = async (clients: number) => {
    central = await named(BigInt(FITTING) * unit + unit - 1n);
    const sent = await byClients(8, range(RACERS), () => journey.sent(content(project)));
    return byClients(clients, sent, (id) => journey.submit(id));
  };

  it.each([1, 8, 32, 64])(
    'on the one item that the center pays from, %i clients reserve exactly what fits',
    async (clients) => {
      const results = await race(clients);
      expect(results.filter((result) => result.ok)).toHaveLength(FITTING);
      for (const refused of results.filter((result) => !result.ok)) expect(codesOf(refused)).toEqual(['NOT_PERMITTED']);
      expect(await reserved(central)).toBe(BigInt(FITTING) * unit);
      await reserved(whole);
    },
  );

  it('64 clients of two payers, while half of what was held is withdrawn and a month is spent, leave the books whole', async () => {
    central = await named(BigInt(RACERS) * 3n * unit);
    const own = await money.project();
    const item = await money.item(await wholeOfOwn(), 64n * unit, own);
    const held = await byClients(8, range(20), () => signed(project));
    const year = new YearDesk(app, journey);
    const months = year.get(ClosedMonths);
    const book = new MadeUpBook();
    Object.assign(months, { book });
    const uses = await Promise.all(Array.from({ length: 30 }, () => year.run(project)));
    book.close(
      '2026-10',
      uses.map(({ resourceId }) => ({
        ...{ resourceId, departmentId: journey.department.id, projectId: project.id, amount: 7_00n },
      })),
    );
    const sent = await byClients(8, range(64), (at) => journey.sent(content(at % 2 ? own : project)));
    const [results] = await Promise.all([
      byClients(64, sent, (id) => journey.submit(id)),
      byClients(8, held, (id) => desk.move(journey.applicant, id, 'WITHDRAW')),
      months.run(3),
    ]);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect([await reserved(central), await reserved(item)]).toEqual([32n * unit, 32n * unit]);
    expect((await money.budgets.budget(WHOLE_PROVINCE, central))?.spent).toBe(210_00n);
    await reserved(whole);
  });
});

describe('what is reserved of the center’s item goes back once', () => {
  const expireTwice = async () => {
    await desk.deadlines.expireHolds(system);
    await desk.deadlines.expireHolds(system);
  };
  const ends: Record<string, (id: string) => Promise<unknown>> = {
    'when the request is rejected': (id) => desk.move(journey.acceptance, id, 'REJECT'),
    'when it is withdrawn': (id) => desk.move(journey.applicant, id, 'WITHDRAW'),
    'when the hold of what was returned runs out': async (id) => {
      await desk.move(journey.acceptance, id, 'RETURN');
      clock.pass(8);
      await expireTwice();
      clock.pass(-8);
    },
    'when the hold runs out': async () => {
      clock.pass(15);
      await expireTwice();
      clock.pass(-15);
    },
  };

  it.each(Object.keys(ends))('%s', async (how) => {
    central = await named(5n * unit);
    const id = await signed(project, 2);
    expect(await reserved(central)).toBe(2n * unit);
    await (ends[how] as (id: string) => Promise<unknown>)(id);
    expect(await reserved(central)).toBe(0n);
    expect((await money.books(central)).entryCount).toBe(2);
  });

  it('with each machine that is gone, also where finance has named another item since', async () => {
    central = await named(5n * unit);
    const id = await signed(project, 3);
    idOf(await journey.approve(id));
    const next = await named(5n * unit);
    const [machines = []] = await app.context.get(ResourcesService, { strict: false }).ofRequests([id]);
    const followUp = app.context.get(FollowUpService, { strict: false });
    for (const { id: resourceId, requestId, monthlyFen } of [machines[0], machines[0]] as typeof machines)
      await work(async (tx) => {
        await followUp.moveBudgets(tx, await followUp.resourceReleased(tx, { id: resourceId, requestId, monthlyFen }));
      });
    expect([await reserved(central), await reserved(next)]).toEqual([2n * unit, 0n]);
  });
});

describe('a month that is closed', () => {
  const year = () => new YearDesk(app, journey);
  const closed = async (month: string, requestId: string, amount: bigint) => {
    const months = year().get(ClosedMonths);
    const book = new MadeUpBook();
    Object.assign(months, { book });
    const { resourceId } = await year().run(project, { requestId });
    book.close(month, [{ resourceId, departmentId: journey.department.id, projectId: project.id, amount }]);
    await months.run();
  };

  it('spends what was reserved of the item that it was reserved of, and what was not of the one in force', async () => {
    central = await named(5n * unit);
    const id = await signed(project);
    const next = await named(5n * unit);
    await closed('2026-11', id, 3_00n);
    await closed('2026-11', newId(), 2_00n);
    const figures = async (item: string) => {
      const row = await money.budgets.budget(WHOLE_PROVINCE, item);
      return [await reserved(item), row?.spent];
    };
    expect(await figures(central)).toEqual([unit - 3_00n, 3_00n]);
    expect(await figures(next)).toEqual([0n, 2_00n]);
  });

  it('never runs over an item that was replaced while the one in force keeps its reservation', async () => {
    central = await named(5n * unit);
    const id = await signed(project);
    const next = await named(5n * unit);
    await closed('2026-11', id, unit + 7_00n);
    const [old, now] = await Promise.all([central, next].map((item) => money.budgets.budget(WHOLE_PROVINCE, item)));
    expect([old?.reserved, old?.spent, now?.reserved, now?.spent]).toEqual([0n, unit, 0n, 7_00n]);
  });

  it('runs over what the center has: shown, never refused; what is new is refused from then on', async () => {
    central = await named(unit);
    const id = await signed(project);
    await closed('2026-11', id, unit + 5_00n);
    const row = await money.budgets.budget(WHOLE_PROVINCE, central);
    expect([row?.reserved, row?.spent]).toEqual([0n, unit + 5_00n]);
    expect(codesOf(await journey.submit(await journey.sent(content(project))))).toEqual(['NOT_PERMITTED']);
  });
});
