import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CentralPayers } from '../../../server/src/budgets/central-payers.service.js';
import { availableOf, type Budget } from '../../../server/src/budgets/domain/budget.js';
import { BudgetLedger } from '../../../server/src/budgets/ledger.service.js';
import { CLOSED_BOOK } from '../../../server/src/budgetyears/closed-book.types.js';
import { ClosedMonths } from '../../../server/src/budgetyears/closed-months.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { RequestJourney } from '../../support/request-journey.ts';
import { MadeUpBook, YearDesk } from '../../support/year-desk.ts';

const YEAR = 2026;
const now = () => new Date('2026-12-02T02:00:00.000Z');
const book = new MadeUpBook();
let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let desk: YearDesk;
let months: ClosedMonths;
let whole: string;

beforeAll(async () => {
  app = await openTestApplication({ now });
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, now);
  desk = new YearDesk(app, journey);
  months = desk.get(ClosedMonths);
  // The closing of months is another feature's; here a book stands in for it.
  Object.assign(months, { book });
  expect(app.context.get(CLOSED_BOOK, { strict: false })).toBeDefined();
  whole = await money.whole(100_000_00n);
});
afterAll(() => app.close());

const rowOf = async (id: string): Promise<Budget> => (await money.budgets.budget(WHOLE_PROVINCE, id)) as Budget;
const figuresOf = async (id: string) => {
  const { amount, reserved, spent } = await rowOf(id);
  return [amount, reserved, spent];
};
/** What its entries add up to, and what is left of its encumbrances: neither may ever differ from its figures. */
async function agrees(id: string): Promise<void> {
  const { reserved, entries, left } = await money.books(id);
  expect([entries, left]).toEqual([reserved, reserved]);
}
async function reserve(budgetId: string, requestId: string, amount: bigint, round = 1): Promise<void> {
  const ledger = desk.get(BudgetLedger);
  await desk.get(UnitOfWork).run(async (tx) => {
    const subject = { kind: 'REQUEST', id: requestId, round };
    const moves = await ledger.reserve(tx, [{ budgetId, amount, subject, by: '测试', reason: '占用' }]);
    if (!moves.ok) throw new Error('not reserved');
    expect((await ledger.take(tx, moves.value)).ok).toBe(true);
  });
}
const charge = (use: { resourceId: string }, project: Project | null, amount: bigint, ofMonth?: string) => ({
  ...{ resourceId: use.resourceId, departmentId: journey.department.id, projectId: project?.id ?? null, amount },
  ...(ofMonth === undefined ? {} : { ofMonth }),
});
const own = async (amount: bigint) => {
  const project = await money.project();
  return { project, item: await money.item(whole, amount, project) };
};

describe('a month that is closed', () => {
  it('turns what was reserved for it into what was spent, once however often the worker looks', async () => {
    const { project, item } = await own(1_000_00n);
    const use = await desk.run(project);
    await reserve(item, use.requestId as string, 800_00n);
    book.close('2026-06', [charge(use, project, 100_00n)]);
    await Promise.all([months.run(), months.run()]);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 700_00n, 100_00n]);
    await agrees(item);
    await agrees(whole);
  });

  it('is never refused for want of money: beyond the reservation and the item it is spent, and the item says so', async () => {
    const { project, item } = await own(100_00n);
    const use = await desk.run(project);
    await reserve(item, use.requestId as string, 80_00n);
    book.close('2026-07', [charge(use, project, 150_00n)]);
    await months.run();
    expect(await figuresOf(item)).toEqual([100_00n, 0n, 150_00n]);
    expect(availableOf(await rowOf(item))).toBe(-50_00n);
    expect(await money.budgets.unreservedOf([await rowOf(item)])).toEqual([70_00n]);
    const [entry] = (await money.budgets.entries(await rowOf(item), { first: 1, after: null })).rows;
    expect(entry).toMatchObject({
      kind: 'SPEND',
      reason: '2026-07 核算费用列支',
      subject: { kind: 'USAGE', id: use.resourceId },
    });
    await agrees(item);
  });

  it('that was reopened gives back what it had spent and reserved, and is spent anew as it is closed again', async () => {
    const { project, item } = await own(1_000_00n);
    const use = await desk.run(project);
    await reserve(item, use.requestId as string, 120_00n);
    const first = book.close('2026-08', [charge(use, project, 150_00n)]);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 0n, 150_00n]);
    book.reverse(first);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 120_00n, 0n]);
    book.close('2026-08', [charge(use, project, 90_00n)], 2);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 30_00n, 90_00n]);
    await agrees(item);
  });

  it('charges a correction to the item of the year whose use it corrects, also below nothing', async () => {
    const { project, item } = await own(1_000_00n);
    const wholeBefore = await money.whole(1_000_00n, 'PROVINCE', YEAR - 1);
    const before = await money.item(wholeBefore, 500_00n, project, { year: YEAR - 1 });
    const use = await desk.run(project);
    book.close('2026-09', [
      charge(use, project, 40_00n),
      charge(use, project, -15_00n, '2025-12'),
      charge(use, project, -60_00n, '2026-08'),
    ]);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 0n, -20_00n]);
    expect(await figuresOf(before)).toEqual([500_00n, 0n, -15_00n]);
    await agrees(item);
  });

  it('keeps what nobody pays for, and enters it as soon as there is an item; a page that died begins anew', async () => {
    const project = await money.project();
    const uses = await Promise.all(Array.from({ length: 5 }, () => desk.run(project)));
    const stray = await desk.run(null);
    book.close('2026-10', [...uses.map((use) => charge(use, project, 10_00n)), charge(stray, null, 3_00n)]);
    book.dieAfterPages = 1;
    await expect(months.run(3)).rejects.toThrow('died');
    book.dieAfterPages = null;
    await months.run(3);
    const unpaid = () =>
      app.test.db.query(
        'select why, count(*) as n, sum(amount_fen) as fen from budget_unpaid group by why order by why',
      );
    expect(
      (await unpaid()).map((row: { why: string; n: number; fen: string }) => [row.why, Number(row.n), Number(row.fen)]),
    ).toEqual([
      ['NO_ITEM', 5, 50_00],
      ['NO_PROJECT', 1, 3_00],
    ]);
    const item = await money.item(whole, 100_00n, project);
    await months.enterUnpaid(2);
    await months.enterUnpaid(2);
    expect(await figuresOf(item)).toEqual([100_00n, 0n, 50_00n]);
    expect((await unpaid()).map((row: { why: string }) => row.why)).toEqual(['NO_PROJECT']);
  });

  it('is paid by the center’s own item where finance pays, and encumbers nothing of the department', async () => {
    const project = await money.project({ fundingMode: 'CENTRAL' });
    const departments = await money.item(whole, 100_00n, project);
    const central = await money.item(whole, 1_000_00n, null);
    const named = await desk
      .get(CentralPayers)
      .name(money.finance, WHOLE_PROVINCE, { idempotencyKey: newId(), budgetId: central });
    expect(named.ok).toBe(true);
    const use = await desk.run(project);
    book.close('2026-11', [charge(use, project, 25_00n)]);
    await months.run();
    expect(await figuresOf(central)).toEqual([1_000_00n, 0n, 25_00n]);
    expect(await figuresOf(departments)).toEqual([100_00n, 0n, 0n]);
  });

  it('that two books closed is spent by each, and one of them is taken back without the other', async () => {
    const { project, item } = await own(1_000_00n);
    const use = await desk.run(project);
    const first = book.close('2026-12', [charge(use, project, 10_00n)]);
    // It became a city's within the month.
    book.close('2026-12', [charge(use, project, 5_00n)], 1, newId());
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 0n, 15_00n]);
    book.reverse(first);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 0n, 5_00n]);
    await agrees(item);
  });

  it('stays with the item that paid it, when another is named while something else of it is unpaid', async () => {
    const project = await money.project({ fundingMode: 'CENTRAL' });
    const unpaid = await money.project();
    const [first, second] = [await money.item(whole, 100_00n, null), await money.item(whole, 100_00n, null)];
    const name = (budgetId: string) =>
      desk.get(CentralPayers).name(money.finance, WHOLE_PROVINCE, { idempotencyKey: newId(), budgetId });
    await name(first);
    const [use, stray] = [await desk.run(project), await desk.run(unpaid)];
    book.close('2026-12', [charge(use, project, 25_00n), charge(stray, unpaid, 7_00n)]);
    await months.run();
    await name(second);
    const item = await money.item(whole, 100_00n, unpaid);
    await months.enterUnpaid();
    expect(await figuresOf(first)).toEqual([100_00n, 0n, 25_00n]);
    expect(await figuresOf(second)).toEqual([100_00n, 0n, 0n]);
    expect(await figuresOf(item)).toEqual([100_00n, 0n, 7_00n]);
  });

  it('that books of the time before have entered by request is not entered a second time', async () => {
    const { project, item } = await own(1_000_00n);
    const use = await desk.run(project);
    const ledger = desk.get(BudgetLedger);
    await desk.get(UnitOfWork).run(async (tx) => {
      const subject = { kind: 'USAGE', id: use.requestId as string, round: 202_611 };
      const moves = await ledger.spend(tx, [
        { budgetId: item, amount: 60_00n, subject, reserved: null, by: '集云', reason: '期初' },
      ]);
      if (moves.ok) await ledger.take(tx, moves.value);
    });
    book.close('2026-11', [charge(use, project, 60_00n)], 2);
    await months.run();
    expect(await figuresOf(item)).toEqual([1_000_00n, 0n, 60_00n]);
  });
});
