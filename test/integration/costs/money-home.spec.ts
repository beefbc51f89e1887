import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MonthsToClose } from '../../../server/src/accounting/month-to-close.service.js';
import { StatementConfirmations } from '../../../server/src/accounting/statement-confirmations.service.js';
import { BudgetsService } from '../../../server/src/budgets/budgets.service.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { CostOverviews } from '../../../server/src/costs/cost-overviews.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { DuePayments } from '../../../server/src/spend/payments-due.service.js';
import { AccountDesk, scopeOf, story, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

const wall = new Wall();
let app: TestApplication;
let desk: AccountDesk;

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  wall.set('2026-11-10 10:00');
  await desk.rate([
    story(desk.bureau.id, '2026-09-01 00:00', 4),
    story(desk.bureau.id, '2026-10-01 00:00', 2),
    story(desk.other.id, '2026-09-01 00:00', 3, { ends: new Date('2026-09-30T16:00:00.000Z') }),
    story(desk.ofCity.id, '2026-09-01 00:00', 5),
  ]);
  await desk.passed();
  await desk.get(CostCells).take();
});
afterAll(() => app.close());

const overview = (scope: TenantScope = WHOLE_PROVINCE, ids: readonly string[] | null = null) =>
  desk.get(CostOverviews).of(scope, ids);

describe('what use costs at a glance', () => {
  it('says the running month, the last whole one beside the one before, and the year', async () => {
    const { figures, month, months } = await overview();
    // 30 yuan a vCPU and month; of November the nine whole days that are behind.
    expect(month).toBe('2026-11');
    expect(figures).toEqual({
      ...{ monthToDate: 5_400n, lastMonth: 18_000n, beforeMonth: 21_000n, yearToDate: 44_400n, yearOnYear: null },
    });
    expect(months).toHaveLength(12);
    expect(months.slice(-4).map(({ amount, drafted }) => [amount, drafted])).toEqual([
      [0n, false],
      [21_000n, true],
      [18_000n, true],
      [5_400n, true],
    ]);
  });

  it('names who moved, and comes to the change of the total', async () => {
    const { departments } = await overview();
    expect(departments.movers).toEqual([
      { key: desk.other.id, before: 9_000n, after: 0n, change: -9_000n },
      { key: desk.bureau.id, before: 12_000n, after: 18_000n, change: 6_000n },
    ]);
    expect(departments.change).toBe(-3_000n);
  });

  it('is a department’s own to its head, with none of another (invariant 16), and a city beside the province', async () => {
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [desk.other.id] };
    expect((await overview(own)).figures.yearToDate).toBe(9_000n);
    const foreign = await overview(own, [desk.bureau.id]);
    expect(foreign.figures.yearToDate).toBe(0n);
    expect(foreign.departments.movers).toEqual([]);
    // The province's own side has none of it; who asks for it by name sees it.
    expect((await overview(WHOLE_PROVINCE, [desk.city.id, desk.ofCity.id])).figures.lastMonth).toBe(15_000n);
  });

  it('asks the database five times, whatever is used', async () => {
    const { statements } = await countStatements(app.test.db, () => overview());
    expect(statements).toBe(5);
  });
});

describe('what waits', () => {
  const waiting = (scope: TenantScope = WHOLE_PROVINCE, ids: readonly string[] | null = null) =>
    desk.get(MonthsToClose).toConfirm(scope, ids);

  it('for a department is what was put before it and neither confirmed nor closed, the oldest first', async () => {
    await desk.get(StatementConfirmations).run(desk.finance);
    const own = scopeOf(desk.head);
    expect((await waiting(own)).map(({ amount, month }) => [month, amount])).toEqual([
      ['2026-09', 12_000n],
      ['2026-10', 18_000n],
    ]);
    expect((await waiting(own, [desk.other.id])).length).toBe(0);
    const expected = await desk.get(StatementConfirmations).figuresOf('2026-10', desk.bureau.id);
    const wish = { month: '2026-10', departmentId: desk.bureau.id, expected, idempotencyKey: newId() };
    expect((await desk.get(StatementConfirmations).confirm(desk.head, own, wish)).ok).toBe(true);
    expect((await waiting(own)).map(({ month }) => month)).toEqual(['2026-09']);
  });

  it('for finance is the first month that is over and not closed, with those who have not confirmed', async () => {
    const of = () => countStatements(app.test.db, () => desk.get(MonthsToClose).of(WHOLE_PROVINCE));
    const { result: before, statements } = await of();
    expect(before).toMatchObject({ closedThrough: null, next: { month: '2026-09', closing: null, amount: 21_000n } });
    expect(before?.next?.unconfirmed).toEqual([
      { departmentId: desk.bureau.id, amount: 12_000n },
      { departmentId: desk.other.id, amount: 9_000n },
    ]);
    await desk.close('2026-09');
    const { result: after, statements: again } = await of();
    // Two departments or one, one month or two: as many statements.
    expect(again).toBe(statements);
    expect(after).toMatchObject({ closedThrough: '2026-09', next: { month: '2026-10' } });
    // What is closed waits for nobody's word any more.
    expect((await waiting(scopeOf(desk.head))).length).toBe(0);
    expect(after?.next?.unconfirmed).toEqual([]);
  });

  it('for a city is its own book, whatever the province has closed, and nothing once all is closed', async () => {
    const scope = scopeOf(desk.cityFinance);
    expect(await desk.get(MonthsToClose).of(scope)).toMatchObject({ book: desk.city.id, next: { month: '2026-09' } });
    await desk.close('2026-10');
    expect(await desk.get(MonthsToClose).of(WHOLE_PROVINCE)).toEqual({
      ...{ book: (await desk.get(MonthsToClose).of(WHOLE_PROVINCE))?.book, closedThrough: '2026-10', next: null },
    });
    expect(await desk.get(MonthsToClose).of({ kind: 'DEPARTMENTS', departmentIds: [desk.bureau.id] })).toBeNull();
  });

  it('to be paid is what plans ask for within the month, less what confirmed payments say to have paid of it', async () => {
    const spend = await SpendDesk.open(app);
    const instalment = (dueOn: string, amount: bigint) => ({ dueOn, amount, condition: '验收后' });
    const contractId = await spend.contract({
      instalments: [instalment('2026-11-01', 300_00n), instalment('2026-12-10', 400_00n), instalment('2026-12-11', 1n)],
    });
    await spend.accepted(contractId, 900_00n);
    const entered = await spend.pay(contractId, 100_00n, { instalment: 1 });
    const due = async () => (await desk.get(DuePayments).now()).payments.map(({ overdue, rest }) => [rest, overdue]);
    // Entered is not paid.
    expect(await due()).toEqual([
      [300_00n, true],
      [400_00n, false],
    ]);
    await spend.entries.decide(spend.checker, 'CONFIRM', {
      ...{ idempotencyKey: newId(), id: idOf(entered), expectedVersion: 1 },
    });
    expect(await due()).toEqual([
      [200_00n, true],
      [400_00n, false],
    ]);
    const { result, statements } = await countStatements(app.test.db, () => desk.get(DuePayments).now());
    expect([result.rest, statements]).toEqual([600_00n, 1]);
  });
});

describe('budgets that have come to a threshold', () => {
  it('are those whose most is used, in order, and the same that the list finds', async () => {
    const budgets = desk.get(BudgetsService);
    const open = async (name: string, departmentId: string, amount: bigint, spent: bigint): Promise<string> => {
      const made = await budgets.create(desk.finance, WHOLE_PROVINCE, {
        ...{ idempotencyKey: newId(), parentId: null, departmentId, projectId: null, name, amount, year: 2026 },
        ...{
          budgetCode: '',
          functionClass: '',
          economicClass: '',
          fundNature: 'GENERAL_BUDGET',
          budgetLevel: 'PROVINCE',
        },
      } as never);
      const id = idOf(made);
      await desk.sql('update budget set spent_fen = ? where id = ?', [spent, id]);
      return id;
    };
    const over = await open('超出', desk.bureau.id, 1_000n, 1_001n);
    const at = await open('恰到', desk.other.id, 1_000n, 800n);
    await open('未到', desk.ofCity.id, 1_000n, 799n);
    const filter = { year: 2026, reachedPercent: 80 };
    expect((await budgets.mostUsed(WHOLE_PROVINCE, filter, 6)).map(({ id }) => id)).toEqual([over, at]);
    expect((await budgets.mostUsed(WHOLE_PROVINCE, filter, 1)).map(({ id }) => id)).toEqual([over]);
    expect((await budgets.list(WHOLE_PROVINCE, filter, { first: 10, after: null })).totalCount).toBe(2);
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [desk.other.id] };
    expect((await budgets.mostUsed(own, filter, 6)).map(({ id }) => id)).toEqual([at]);
  });
});
