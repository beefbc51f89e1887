import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { availableOf, type Budget } from '../../../server/src/budgets/domain/budget.js';
import { BudgetLedger } from '../../../server/src/budgets/ledger.service.js';
import { ClosedMonths } from '../../../server/src/budgetyears/closed-months.service.js';
import { FundingMoves } from '../../../server/src/budgetyears/funding-moves.service.js';
import { YearOpening } from '../../../server/src/budgetyears/year-opening.service.js';
import { YearPreviews } from '../../../server/src/budgetyears/year-previews.service.js';
import { YearReservations } from '../../../server/src/budgetyears/year-reservations.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { EncumberingService } from '../../../server/src/requests/encumbering.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { ProjectFunding } from '../../../server/src/systems/project-funding.service.js';
import { openApplicationOn, openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';
import { MadeUpBook, YearDesk } from '../../support/year-desk.ts';

let clock = new Date('2026-12-20T02:00:00.000Z');
const now = () => clock;
let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: YearDesk;
let opening: YearOpening;
let paid: Project;
let small: Project;
let roomy: string;
let tight: string;
let whole: string;

beforeAll(async () => {
  app = await openTestApplication({ now });
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, now);
  desk = new YearDesk(app, journey);
  opening = desk.opening;
  [paid, small] = [await money.project(), await money.project()];
  whole = await money.whole(100_000_00n, 'PROVINCE', 2027);
  roomy = await money.item(whole, 10_000_00n, paid, { year: 2027 });
  tight = await money.item(whole, 100_00n, small, { year: 2027 });
});
afterAll(() => app.close());

const rowOf = async (id: string): Promise<Budget> => (await money.budgets.budget(WHOLE_PROVINCE, id)) as Budget;
const reservedOf = async (id: string) => (await rowOf(id)).reserved;
const begin = (year = 2027, scope: TenantScope = WHOLE_PROVINCE, idempotencyKey = newId()) =>
  opening.begin(money.finance, scope, { year, idempotencyKey });
/** 10 yuan a vCPU and month, twelve months of it. */
const YEAR_OF_ONE = 120_00n;
const machines: { resourceId: string; requestId: string | null }[] = [];

describe('opening a budget year', () => {
  it('is shown before it is done: what each item would carry, which is too small, and what nobody pays for', async () => {
    for (let i = 0; i < 5; i += 1) machines.push(await desk.run(paid, { vcpu: 2 }));
    machines.push(await desk.run(small));
    await desk.run(null);
    await desk.run(await money.project());
    await desk.run(paid, { ends: new Date('2026-11-01T00:00:00.000Z') });
    const before = [await rowOf(roomy), await rowOf(tight), await rowOf(whole)];
    const preview = await desk.get(YearPreviews).preview(2027);
    expect(preview).toMatchObject({ uses: 8, amount: 11n * YEAR_OF_ONE, overrunCount: 1 });
    expect(preview.items.map(({ budget, uses, amount, overrun }) => [budget.id, uses, amount, overrun])).toEqual([
      [tight, 1, YEAR_OF_ONE, 20_00n],
      [roomy, 5, 10n * YEAR_OF_ONE, 0n],
    ]);
    expect(preview.unpaid.map(({ why, uses, amount }) => [why, uses, amount])).toEqual([
      ['NO_ITEM', 1, YEAR_OF_ONE],
      ['NO_PROJECT', 1, YEAR_OF_ONE],
    ]);
    expect([await rowOf(roomy), await rowOf(tight), await rowOf(whole)]).toEqual(before);
  });

  it('is finance’s of the province alone, and of this year or the next', async () => {
    expect(codesOf(await begin(2027, { kind: 'DEPARTMENTS', departmentIds: [] }))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await begin(2028))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await begin(2025))).toEqual(['INVALID_INPUT']);
  });

  it('goes on where a worker died, and does what the preview showed, once', async () => {
    const key = newId();
    expect((await begin(2027, WHOLE_PROVINCE, key)).ok).toBe(true);
    expect((await begin(2027, WHOLE_PROVINCE, key)).ok).toBe(true);
    expect(codesOf(await begin())).toEqual(['NOT_PERMITTED']);
    const pages: number[] = [];
    const plans = (opening as unknown as { plans: { plan: (...args: never[]) => Promise<unknown> } }).plans;
    const plan = plans.plan.bind(plans);
    plans.plan = async (...args) => {
      pages.push(1);
      if (pages.length === 3) throw new Error('died');
      return plan(...args);
    };
    await expect(opening.run(2)).rejects.toThrow('died');
    plans.plan = plan;
    const half = await reservedOf(whole);
    expect(half > 0n && half < 11n * YEAR_OF_ONE).toBe(true);
    await opening.run(2);
    await opening.run(2);
    expect([await reservedOf(roomy), await reservedOf(tight), await reservedOf(whole)]).toEqual([
      10n * YEAR_OF_ONE,
      YEAR_OF_ONE,
      11n * YEAR_OF_ONE,
    ]);
    for (const id of [roomy, tight, whole]) {
      const { reserved, entries, left } = await money.books(id);
      expect([entries, left]).toEqual([reserved, reserved]);
    }
  });

  it('never refuses what runs, and refuses what is new where the item is too small', async () => {
    expect(availableOf(await rowOf(tight))).toBe(-20_00n);
    const ledger = desk.get(BudgetLedger);
    const fresh = await desk.get(UnitOfWork).run(async (tx) => {
      const subject = { kind: 'REQUEST', id: newId(), round: 1 };
      const moves = await ledger.reserve(tx, [{ budgetId: tight, amount: 1n, subject, by: '测试', reason: '新申请' }]);
      return moves.ok ? ledger.take(tx, moves.value) : moves;
    });
    expect(codesOf(fresh)).toEqual(['BUDGET_SHORTAGE']);
  });

  it('encumbers once more only what has come to run since', async () => {
    const late = await desk.run(paid, { vcpu: 1, requestId: machines[0]?.requestId ?? null });
    expect((await begin()).ok).toBe(true);
    await opening.run();
    expect(await reservedOf(roomy)).toBe(11n * YEAR_OF_ONE);
    expect((await begin()).ok).toBe(true);
    await opening.run();
    expect(await reservedOf(roomy)).toBe(11n * YEAR_OF_ONE);
    const rows = await app.test.db.query('select run from budget_opening_use where use_id = ?', [late.resourceId]);
    expect(rows.map(({ run }: { run: number }) => Number(run))).toEqual([1]);
  });

  it('counts what a request’s own hold has encumbered of that year, and reserves no more than what is missing', async () => {
    const use = await desk.run(paid, { vcpu: 3 });
    const ledger = desk.get(BudgetLedger);
    await desk.get(UnitOfWork).run(async (tx) => {
      const subject = { kind: 'REQUEST', id: use.requestId as string, round: 1 };
      const moves = await ledger.reserve(tx, [{ budgetId: roomy, amount: 7_00n, subject, by: '测试', reason: '占用' }]);
      if (moves.ok) await ledger.take(tx, moves.value);
    });
    await begin();
    await opening.run();
    expect(await reservedOf(roomy)).toBe(14n * YEAR_OF_ONE);
    await begin();
    await opening.run();
    expect(await reservedOf(roomy)).toBe(14n * YEAR_OF_ONE);
  });

  it('is given back as a machine goes, by the same act that gives back what a hold reserved', async () => {
    clock = new Date('2027-07-01T02:00:00.000Z');
    const [machine] = machines;
    const encumbering = app.context.get(EncumberingService, { strict: false });
    const before = await reservedOf(roomy);
    await desk.get(UnitOfWork).run(async (tx) => {
      const gone = { id: machine?.resourceId ?? '', requestId: machine?.requestId ?? '', monthlyFen: 20_00n };
      const moves = await encumbering.shrink(tx, gone, '测试');
      expect((await encumbering.move(tx, moves)).ok).toBe(true);
    });
    expect(before - (await reservedOf(roomy))).toBe(6n * 20_00n);
  });
});

it('two workers open a year together and encumber everything once', async () => {
  const second = await openApplicationOn(app.test.db, { now });
  try {
    const project = await money.project();
    const item = await money.item(whole, 50_000_00n, project, { year: 2027 });
    await Promise.all(
      Array.from({ length: 12 }, () => desk.run(project, { begins: new Date('2026-01-01T00:00:00.000Z') })),
    );
    await begin();
    const other = second.context.get(YearOpening, { strict: false });
    await Promise.all([opening.run(1), other.run(1)]);
    await opening.run(1);
    await other.run(1);
    await opening.run(1);
    expect(await reservedOf(item)).toBe(12n * YEAR_OF_ONE);
  } finally {
    await second.close();
  }
});

describe('who pays changes within the year', () => {
  const bigData = department({ name: '省大数据中心' });
  let project: Project;
  let own: string;
  let central: string;
  const MONTH = 10_00n;
  const changeTo = (fundingMode: Project['fundingMode']) =>
    desk.get(UnitOfWork).run(async (tx) => {
      await desk.get(ProjectFunding).changed(tx, project, fundingMode, '钱财政');
      await tx.manager.query('update project set funding_mode = ? where id = ?', [fundingMode, project.id]);
      project = { ...project, fundingMode };
    });
  const figures = async () => {
    for (const id of [own, central]) {
      const { reserved, entries, left } = await money.books(id);
      expect([entries, left]).toEqual([reserved, reserved]);
    }
    return [await reservedOf(own), await reservedOf(central)];
  };

  beforeAll(async () => {
    clock = new Date('2027-07-20T02:00:00.000Z');
    await desk.get(UnitOfWork).run((tx) => desk.get(DepartmentsService).add(tx, [bigData]));
    project = await money.project();
    own = await money.item(whole, 10_000_00n, project, { year: 2027 });
    const wholeOfCenter = await money.whole(100_000_00n, 'PROVINCE', 2027, bigData.id);
    central = await money.item(wholeOfCenter, 10_000_00n, null, { year: 2027, departmentId: bigData.id });
    await money.nameCentral(central);
    for (let i = 0; i < 3; i += 1) await desk.run(project);
    await begin();
    await opening.run();
  });

  it('the old reservation ends with the month before and the new one begins: nothing is reserved twice or by nobody', async () => {
    expect(await figures()).toEqual([3n * 12n * MONTH, 0n]);
    await changeTo('CENTRAL');
    expect(await desk.get(FundingMoves).run(2)).toBe(1);
    expect(await figures()).toEqual([3n * 6n * MONTH, 3n * 6n * MONTH]);
    expect(await desk.get(FundingMoves).run()).toBe(0);
    await begin();
    await opening.run();
    expect(await figures()).toEqual([3n * 6n * MONTH, 3n * 6n * MONTH]);
  });

  it('goes on where a worker died, and back again where it was changed by mistake', async () => {
    await changeTo('OWN_PAYS');
    const moves = desk.get(FundingMoves);
    const plans = (moves as unknown as { plans: { plan: (...args: never[]) => Promise<unknown> } }).plans;
    const plan = plans.plan.bind(plans);
    let pages = 0;
    plans.plan = async (...args) => {
      pages += 1;
      if (pages === 2) throw new Error('died');
      return plan(...args);
    };
    await expect(moves.run(1)).rejects.toThrow('died');
    plans.plan = plan;
    expect(await moves.run(1)).toBe(1);
    expect(await figures()).toEqual([3n * 12n * MONTH, 0n]);
    await changeTo('CENTRAL');
    await moves.run();
    expect(await figures()).toEqual([3n * 6n * MONTH, 3n * 6n * MONTH]);
  });

  it('each closed month is spent of whoever paid in it', async () => {
    const book = new MadeUpBook();
    const months = desk.get(ClosedMonths);
    Object.assign(months, { book });
    const rows: { id: string }[] = await app.test.db.query(
      'select distinct resource_id as id from metered_interval where project_id = ?',
      [project.id],
    );
    for (const month of ['2027-06', '2027-07'])
      book.close(
        month,
        rows.map(({ id }) => ({
          ...{ resourceId: id, departmentId: journey.department.id, projectId: project.id, amount: MONTH },
        })),
      );
    await months.run();
    expect(await figures()).toEqual([3n * 5n * MONTH, 3n * 5n * MONTH]);
    expect([(await rowOf(own)).spent, (await rowOf(central)).spent]).toEqual([3n * MONTH, 3n * MONTH]);
  });
});

describe('what happens between the pages', () => {
  let mine: Project;
  let item: string;
  let central: string;
  let each: bigint;
  let first: string | null;

  beforeAll(async () => {
    mine = await money.project();
    item = await money.item(whole, 10_000_00n, mine, { year: 2027 });
    const [named] = await app.test.db.query('select budget_id as id from central_item where year = 2027');
    central = named.id;
    first = (await desk.run(mine)).requestId;
    await desk.run(mine);
    await begin();
    await opening.run();
    each = (await reservedOf(item)) / 2n;
  });

  it('goes on where a worker died and more has come to run since of a request that was moved already', async () => {
    const before = await reservedOf(central);
    await desk.get(UnitOfWork).run(async (tx) => {
      await desk.get(ProjectFunding).changed(tx, mine, 'CENTRAL', '钱财政');
      await tx.manager.query("update project set funding_mode = 'CENTRAL' where id = ?", [mine.id]);
    });
    const moves = desk.get(FundingMoves);
    const plans = (moves as unknown as { plans: { plan: (...args: never[]) => Promise<unknown> } }).plans;
    const plan = plans.plan.bind(plans);
    let pages = 0;
    plans.plan = async (...args) => {
      pages += 1;
      if (pages === 2) throw new Error('died');
      return plan(...args);
    };
    await expect(moves.run(1)).rejects.toThrow('died');
    plans.plan = plan;
    expect([await reservedOf(item), (await reservedOf(central)) - before]).toEqual([each, each]);
    await desk.run(mine, { requestId: first });
    expect(await moves.run(1)).toBe(1);
    expect([await reservedOf(item), (await reservedOf(central)) - before]).toEqual([0n, 3n * each]);
    expect(await moves.run(1)).toBe(0);
  });

  it('waits while a closed month is entered: what it has spent is not reserved once more', async () => {
    const months = desk.get(ClosedMonths);
    const book = new MadeUpBook();
    Object.assign(months, { book });
    const rows: { id: string }[] = await app.test.db.query(
      'select distinct resource_id as id from metered_interval where project_id = ?',
      [mine.id],
    );
    const uses = rows.map(({ id }) => ({
      ...{ resourceId: id, departmentId: journey.department.id, projectId: mine.id, amount: 10_00n },
    }));
    book.close('2027-08', uses);
    book.dieAfterPages = 1;
    await expect(months.run(2)).rejects.toThrow('died');
    const half = await reservedOf(central);
    await begin();
    await opening.run();
    expect(await reservedOf(central)).toBe(half);
    await months.run(2);
    const spent = await reservedOf(central);
    expect(spent < half).toBe(true);
    await opening.run();
    expect(await reservedOf(central)).toBe(spent);
  });
});

it('gives back of one reservation what two requests had of it, each its part', async () => {
  const [ledger, reservations] = [desk.get(BudgetLedger), desk.get(YearReservations)];
  const posted = { by: '测试', reason: '变更占用' };
  const subject = { kind: 'REQUEST', id: newId(), round: 1 };
  await desk.get(UnitOfWork).run(async (tx) => {
    const moves = await ledger.reserve(tx, [{ ...posted, budgetId: roomy, amount: 100n, subject }]);
    if (!moves.ok || !(await ledger.take(tx, moves.value)).ok) throw new Error('not reserved');
  });
  const left = async () => (await ledger.standingOf([subject.id])).map((one) => one.left);
  const [held] = await ledger.standingOf([subject.id]);
  const of = (amount: bigint) => ({ encumbranceId: held?.id ?? '', reserved: subject, budgetId: roomy, amount });
  const plan = { uses: [], reservations: [], releases: [of(30n), of(20n)] };
  await desk.get(UnitOfWork).run((tx) => reservations.write(tx, { ...posted, year: 2027, round: -1 }, plan));
  expect(await left()).toEqual([50n]);
});
