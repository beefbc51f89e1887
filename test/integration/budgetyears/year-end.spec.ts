import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Budget } from '../../../server/src/budgets/domain/budget.js';
import { BudgetLedger } from '../../../server/src/budgets/ledger.service.js';
import { ClosedPostingsRepository } from '../../../server/src/budgetyears/closed-postings.repository.js';
import { YearEndService } from '../../../server/src/budgetyears/year-end.service.js';
import { YearEndWork } from '../../../server/src/budgetyears/year-end-work.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';

const now = () => new Date('2027-01-20T02:00:00.000Z');
let app: TestApplication;
let money: OwnBudget;
let ends: YearEndService;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication({ now });
  money = new OwnBudget(app, await RequestJourney.begin(app), now);
  ends = get(YearEndService);
});
afterAll(() => app.close());

const rowOf = async (id: string): Promise<Budget> => (await money.budgets.budget(WHOLE_PROVINCE, id)) as Budget;
const begin = (year: number, scope: TenantScope = WHOLE_PROVINCE) =>
  ends.begin(money.finance, scope, { idempotencyKey: newId(), year });
const reserve = (budgetId: string, amount: bigint) =>
  get(UnitOfWork).run(async (tx) => {
    const subject = { kind: 'REQUEST', id: newId(), round: 1 };
    const moves = await get(BudgetLedger).reserve(tx, [{ budgetId, amount, subject, by: '测试', reason: '占用' }]);
    if (moves.ok) await get(BudgetLedger).take(tx, moves.value);
  });
const amounts = async () => {
  const rows = await app.test.db.query(
    'select year, grain, sum(amount_fen) as fen from budget where year in (2026, 2027) group by year, grain order by year, grain',
  );
  return rows.map(({ year, grain, fen }: { year: number; grain: string; fen: string }) => [
    Number(year),
    grain,
    Number(fen),
  ]);
};

/** Cities, use of theirs as the consolidated view has it, and months that were entered. */
function support() {
  let position = 100;
  const next = () => {
    position += 1;
    return position;
  };
  return {
    departments: async (): Promise<[string, string, string]> => {
      const made = [1, 2, 3].map((n) => department({ name: `第${n}市`, level: 'CITY' }));
      await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, made));
      return made.map(({ id }) => id) as [string, string, string];
    },
    cells: (cityId: string, month: string) =>
      app.test.db.query(
        `insert into cost_cell (source_id, position, month, of_month, city_id, department_id, kind, share, amount_fen)
         values ('DRAFT', ?, ?, ?, ?, ?, 'MACHINE', 'MAIN', 100)`,
        [next(), month, month, cityId, cityId],
      ),
    posting: (cityId: string, month: string) =>
      app.test.db.query(
        `insert into budget_posting (document_id, position, kind, city_id, month, round, after_id, began_at, ended_at)
         values (?, ?, 'STATEMENT', ?, ?, 1, '', now(3), now(3))`,
        [newId(), next(), cityId, month],
      ),
  };
}

describe('the end of a budget year', () => {
  let general: string;
  let bond: string;
  let overrun: string;
  let whole: string;

  it('is a year’s that is over, and the province’s', async () => {
    whole = await money.whole(1_000_00n, 'PROVINCE', 2026);
    general = await money.item(whole, 300_00n, null, { year: 2026 });
    bond = await money.item(whole, 400_00n, null, { year: 2026, fundNature: 'SPECIAL_BOND' });
    overrun = await money.item(whole, 100_00n, null, { year: 2026, fundNature: 'OWN_FUNDS' });
    await money.spend(general, 120_00n);
    await reserve(general, 100_00n);
    await money.spend(bond, 150_00n);
    await money.spend(overrun, 130_00n);
    expect(await begin(2027)).toMatchObject({ error: [{ reason: 'YEAR_NOT_OVER' }] });
    expect(codesOf(await begin(2026, { kind: 'DEPARTMENTS', departmentIds: [] }))).toEqual(['NOT_PERMITTED']);
  });

  it('waits until all months are spent, where the console closes them', async () => {
    await app.test.db.query(
      "insert into budget_posting (document_id, position, kind, month, round, after_id, began_at) values (?, 1, 'STATEMENT', '2026-11', 1, '', now(3))",
      [newId()],
    );
    expect(await begin(2026)).toMatchObject({ error: [{ reason: 'MONTHS_OPEN' }] });
    await app.test.db.query("update budget_posting set month = '2026-12'");
    // Begun only: some of its uses are spent, and others not.
    expect(await begin(2026)).toMatchObject({ error: [{ reason: 'MONTHS_OPEN' }] });
    await app.test.db.query('update budget_posting set ended_at = began_at, city_id = document_id');
    // A city that is through says nothing of the province, which has not begun here.
    expect(await get(ClosedPostingsRepository).monthsOf(2026)).toEqual([]);
    await app.test.db.query('update budget_posting set city_id = null');
  });

  it('is shown before: what ends, what goes back, what is carried over', async () => {
    expect(await ends.preview(2026)).toEqual([
      { fundNature: 'GENERAL_BUDGET', action: 'COLLECT', budgets: 2, released: 100_00n, left: 380_00n },
      { fundNature: 'OWN_FUNDS', action: 'CARRY', budgets: 0, released: 0n, left: 0n },
      { fundNature: 'SPECIAL_BOND', action: 'CARRY', budgets: 1, released: 0n, left: 250_00n },
    ]);
  });

  it('gives back what is reserved, collects or carries over what is left by rule, once, and conserves every fen (invariant 11)', async () => {
    const key = (await rowOf(bond)).key;
    expect((await begin(2026)).ok).toBe(true);
    expect(await begin(2026)).toMatchObject({ error: [{ reason: 'YEAR_ENDED' }] });
    // A worker that dies in between leaves whole pages.
    const books = (get(YearEndWork) as unknown as { books: { takeOff: (...args: never[]) => Promise<void> } }).books;
    const takeOff = books.takeOff.bind(books);
    let calls = 0;
    books.takeOff = async (...args) => {
      calls += 1;
      if (calls === 2) throw new Error('died');
      return takeOff(...args);
    };
    await expect(get(YearEndWork).run(1)).rejects.toThrow('died');
    books.takeOff = takeOff;
    await get(YearEndWork).run(1);
    await get(YearEndWork).run(1);
    expect(await rowOf(general)).toMatchObject({ amount: 120_00n, reserved: 0n, spent: 120_00n });
    expect(await rowOf(bond)).toMatchObject({ amount: 150_00n, spent: 150_00n });
    expect(await rowOf(overrun)).toMatchObject({ amount: 100_00n, spent: 130_00n });
    // What its items have got, and nothing that was never given to any.
    expect(await rowOf(whole)).toMatchObject({ amount: 370_00n, allotted: 370_00n, reserved: 0n });
    expect(await amounts()).toEqual([
      [2026, 'DEPARTMENT', 370_00],
      [2026, 'ITEM', 370_00],
      [2027, 'DEPARTMENT', 250_00],
      [2027, 'ITEM', 250_00],
    ]);
    const [next] = await app.test.db.query('select * from budget where budget_key = ?', [
      key.replace('2026/', '2027/'),
    ]);
    expect(next).toMatchObject({ fund_nature: 'SPECIAL_BOND', version: expect.anything() });
    const { reserved, entries, left } = await money.books(whole);
    expect([reserved, entries, left]).toEqual([0n, 0n, 0n]);
  });

  it('of a city’s items waits for the city’s own books, while the province’s and other cities’ go on', async () => {
    const { departments, cells, posting } = support();
    const [slow, done, idle] = await departments();
    const year = 2025;
    const whole = async (departmentId: string) => {
      const id = await money.whole(100_00n, 'CITY', year, departmentId);
      return money.item(id, 100_00n, null, { year, departmentId, budgetLevel: 'CITY', fundNature: 'SPECIAL_BOND' });
    };
    const items = [await whole(slow), await whole(done), await whole(idle)];
    const provinces = await money.whole(50_00n, 'PROVINCE', year);
    for (const item of items) await reserve(item, 40_00n);
    // Both cities have use; one has closed its year, the other not even begun to. The third never had any.
    await cells(slow, `${year}-03`);
    await cells(done, `${year}-03`);
    for (let month = 1; month <= 12; month += 1) await posting(done, `${year}-${String(month).padStart(2, '0')}`);
    expect((await begin(year)).ok).toBe(true);
    await get(YearEndWork).run();
    const reserved = async () => Promise.all(items.map(async (item) => (await rowOf(item)).reserved));
    expect(await reserved()).toEqual([40_00n, 0n, 0n]);
    // General money of the province went back.
    expect((await rowOf(provinces)).amount).toBe(0n);
    expect((await ends.yearEnd(year))?.endedAt).toBeNull();
    expect(await ends.waitsFor(year)).toEqual([{ cityId: slow, month: `${year}-03` }]);
    for (let month = 3; month <= 12; month += 1) await posting(slow, `${year}-${String(month).padStart(2, '0')}`);
    await get(YearEndWork).run();
    expect(await reserved()).toEqual([0n, 0n, 0n]);
    expect((await ends.yearEnd(year))?.endedAt).not.toBeNull();
    const carried = await app.test.db.query(
      "select count(*) as n, sum(amount_fen) as fen from budget where year = 2026 and grain = 'ITEM' and budget_level = 'CITY'",
    );
    expect([Number(carried[0].n), Number(carried[0].fen)]).toEqual([3, 300_00]);
  });

  it('follows the rule that finance has set last, and no rule reaches back into a year that was ended', async () => {
    const set = (fromYear: number, reason = '省财办〔2027〕3号') =>
      ends.setRule(money.finance, WHOLE_PROVINCE, {
        ...{ idempotencyKey: newId(), fromYear, fundNature: 'GENERAL_BUDGET', action: 'CARRY', reason },
      });
    expect(await set(2026)).toMatchObject({ error: [{ reason: 'YEAR_ENDED' }] });
    expect(codesOf(await set(2027, ' '))).toEqual(['INVALID_INPUT']);
    expect((await set(2027)).ok).toBe(true);
    expect((await ends.rules()).map(({ fromYear, action }) => [fromYear, action])).toEqual([[2027, 'CARRY']]);
  });
});
