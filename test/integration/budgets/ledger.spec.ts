import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import mysql from 'mysql2/promise';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { BudgetsService } from '../../../server/src/budgets/budgets.service.js';
import type { Budget, EntrySubject } from '../../../server/src/budgets/domain/budget.js';
import { availableOf } from '../../../server/src/budgets/domain/budget.js';
import { BudgetLedger, type BudgetMove } from '../../../server/src/budgets/ledger.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { say } from '../../../server/src/kernel/bilingual.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import { ok, type Result } from '../../../server/src/kernel/result.js';
import { scopeFor, type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Tx, UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const finance = viewerWith(['FINANCE'], null, { name: '钱财政' });
const home = department();
const neighbour = department();

let app: TestApplication;
let budgets: BudgetsService;
let ledger: BudgetLedger;
let acts: Acts;
let made = 0;

beforeAll(async () => {
  app = await openTestApplication();
  const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
  [budgets, ledger, acts] = [get(BudgetsService), get(BudgetLedger), get(Acts)];
  await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [home, neighbour]));
});
afterAll(() => app.close());

const keys = { functionClass: '', economicClass: '', fundNature: 'GENERAL_BUDGET', budgetLevel: 'PROVINCE' } as const;
const itemKeys = { ...keys, functionClass: '2010301', economicClass: '30213' } as const;

function create(more: Partial<Parameters<BudgetsService['create']>[2]>) {
  const base = {
    idempotencyKey: newId(),
    parentId: null,
    departmentId: home.id,
    projectId: null,
    name: '预算',
    budgetCode: '',
  };
  return budgets.create(finance, WHOLE_PROVINCE, { ...base, ...keys, year: 2026, amount: 0n, ...more });
}

/** A department's year of its own with items of these amounts; the years only keep them apart. */
async function open(total: bigint, ...amounts: bigint[]): Promise<{ whole: string; items: string[] }> {
  made += 1;
  const year = 2000 + made;
  const whole = idOf(await create({ year, amount: total }));
  const items: string[] = [];
  for (const [i, amount] of amounts.entries())
    items.push(idOf(await create({ ...itemKeys, year, parentId: whole, budgetCode: `XM2026${i}`, amount })));
  return { whole, items };
}

const subject = (id = newId(), kind = 'REQUEST', round = 1): EntrySubject => ({ kind, id, round });
const posted = { by: '测试', reason: '核定' };

type Posting = (tx: Tx) => Promise<Result<readonly BudgetMove[], readonly Refusal[]>>;
/** As a later feature does: postings inside its act, the figures last. */
function act(posting: Posting) {
  return acts.perform({ name: 'test.post', actor: finance, input: {} }, async (tx) => {
    const moves = await posting(tx);
    if (!moves.ok) return moves;
    return ok({
      value: null,
      audit: { objectType: 'Budget', objectId: 'x', departmentId: null, summary: say('入账', 'Posted') },
      last: () => ledger.take(tx, moves.value),
    });
  });
}
const reserve = (budgetId: string, amount: bigint, of = subject()) =>
  act((tx) => ledger.reserve(tx, [{ ...posted, budgetId, amount, subject: of }]));

const rowOf = async (id: string): Promise<Budget> => (await budgets.budget(WHOLE_PROVINCE, id)) as Budget;
const figuresOf = async (id: string) => {
  const { amount, reserved, spent } = await rowOf(id);
  return { amount, reserved, spent };
};

/** What the entries of a budget and of all below it add up to, reckoned by the database alone. */
async function recount(id: string): Promise<{ amount: bigint; reserved: bigint; spent: bigint }> {
  const { path } = await rowOf(id);
  const entries = `${app.test.address.database}_audit.budget_entry`;
  const [row] = await app.test.db.query(
    `select
       coalesce(sum(case when e.kind = 'ADJUST' and b.id = ? then e.amount_fen end), 0) as amount,
       coalesce(sum(case e.kind when 'RESERVE' then e.amount_fen when 'RELEASE' then -e.amount_fen when 'SPEND' then -e.from_reserved_fen end), 0) as reserved,
       coalesce(sum(case e.kind when 'SPEND' then e.amount_fen end), 0) as spent
     from ${entries} e join budget b on b.id = e.budget_id where b.path like concat(?, '%')`,
    [id, path],
  );
  const [left] = await app.test.db.query(
    "select coalesce(sum(n.left_fen), 0) as live from encumbrance n join budget b on b.id = n.budget_id where b.path like concat(?, '%')",
    [path],
  );
  expect(BigInt(left.live)).toBe(BigInt(row.reserved));
  return { amount: BigInt(row.amount), reserved: BigInt(row.reserved), spent: BigInt(row.spent) };
}

describe('reserving', () => {
  it.each([1, 64])('invariant 11: grants exactly what fits to %i clients at once, on every grain', async (clients) => {
    // The department is tighter than its items together once one of them is overrun.
    const { whole, items } = await open(100_00n, 60_00n, 40_00n);
    const wishes = Array.from({ length: 160 }, (_, i) => items[i % 2] as string);
    const results: Awaited<ReturnType<typeof reserve>>[] = [];
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (let item = wishes.shift(); item !== undefined; item = wishes.shift())
          results.push(await reserve(item, 1_00n));
      }),
    );
    expect(results.filter((r) => r.ok)).toHaveLength(100);
    for (const refused of results.filter((r) => !r.ok)) expect(codesOf(refused)).toEqual(['BUDGET_SHORTAGE']);
    expect(await figuresOf(whole)).toEqual({ amount: 100_00n, reserved: 100_00n, spent: 0n });
    for (const id of [whole, ...items]) expect(await recount(id)).toEqual(await figuresOf(id));
  });

  it('is refused with the figures, by the grain that is short', async () => {
    const { whole, items } = await open(100n, 60n, 40n);
    const [first = '', second = ''] = items;
    // Past use ran over: 90 of 60.
    expect(
      (
        await act((tx) =>
          ledger.spend(tx, [{ ...posted, budgetId: first, amount: 90n, subject: subject(), reserved: null }]),
        )
      ).ok,
    ).toBe(true);
    const refused = await reserve(second, 30n);
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'BUDGET_SHORTAGE', budgetId: whole, availableFen: '10', requestedFen: '30', shortFen: '20' }],
    });
    expect(await figuresOf(second)).toEqual({ amount: 40n, reserved: 0n, spent: 0n });
    expect((await reserve(second, 10n)).ok).toBe(true);
  });

  it('invariant 12: happens once for a subject, however often and by however many it is asked; another amount is refused', async () => {
    const { items } = await open(100n, 100n);
    const of = subject();
    const results = await Promise.all(Array.from({ length: 32 }, () => reserve(items[0] as string, 40n, of)));
    expect(results.every((r) => r.ok)).toBe(true);
    expect((await rowOf(items[0] as string)).reserved).toBe(40n);
    expect(codesOf(await reserve(items[0] as string, 41n, of))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('is never done on a department as a whole, nor on a budget that is not there', async () => {
    const { whole } = await open(100n);
    expect(codesOf(await reserve(whole, 1n))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await reserve(newId(), 1n))).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('the ledger', () => {
  it('invariants 10, 11, 12: adds up after any course of postings, on every grain, and again after each is asked twice', async () => {
    const step = fc.record({
      kind: fc.constantFrom('reserve', 'release', 'part', 'spend', 'unreserved', 'reverse'),
      item: fc.nat(2),
      holder: fc.nat(3),
      amount: fc.bigInt({ min: 1n, max: 60n }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const { whole, items } = await open(200n, 100n, 60n, 40n);
        const holders = Array.from({ length: 4 }, () => subject());
        const spends: string[] = [];
        for (const { kind, item, holder, amount } of steps) {
          const budgetId = items[item] as string;
          const reserved = holders[holder] as EntrySubject;
          const own = subject(newId(), 'STATEMENT');
          const posting: Posting = (tx) => {
            if (kind === 'reserve') return ledger.reserve(tx, [{ ...posted, budgetId, amount, subject: reserved }]);
            if (kind === 'release') return ledger.release(tx, { ...posted, reserved });
            if (kind === 'part')
              return ledger.release(tx, { ...posted, reserved, subject: own, part: { budgetId, amount } });
            if (kind === 'reverse' && spends[0])
              return ledger.reverse(tx, { ...posted, entryId: spends[0], subject: own });
            return ledger.spend(tx, [
              { ...posted, budgetId, amount, subject: own, reserved: kind === 'spend' ? reserved : null },
            ]);
          };
          for (let twice = 0; twice < 2; twice += 1) await act(posting);
          const page = await budgets.entries(await rowOf(whole), { first: 100, after: null });
          const spend = page.rows.find((entry) => entry.kind === 'SPEND' && entry.reversesEntryId === null);
          if (spend) spends[0] = spend.id;
        }
        const rows = await Promise.all(items.map(rowOf));
        const all = await rowOf(whole);
        for (const id of [whole, ...items]) expect(await recount(id)).toEqual(await figuresOf(id));
        const sum = (of: (row: Budget) => bigint) => rows.reduce((total, row) => total + of(row), 0n);
        expect([all.allotted, all.reserved, all.spent]).toEqual([
          sum((row) => row.amount),
          sum((row) => row.reserved),
          sum((row) => row.spent),
        ]);
      }),
      { numRuns: 12 },
    );
  });

  it('turns what was reserved into what was spent, and shows what went beyond', async () => {
    const { items } = await open(100n, 100n);
    const budgetId = items[0] as string;
    const held = subject();
    await reserve(budgetId, 80n, held);
    const month = subject(newId(), 'STATEMENT');
    const spend = () =>
      act((tx) => ledger.spend(tx, [{ ...posted, budgetId, amount: 50n, subject: month, reserved: held }]));
    await Promise.all([spend(), spend(), spend()]);
    expect(await figuresOf(budgetId)).toEqual({ amount: 100n, reserved: 30n, spent: 50n });
    await act((tx) => ledger.spend(tx, [{ ...posted, budgetId, amount: 60n, subject: subject(), reserved: held }]));
    expect(await figuresOf(budgetId)).toEqual({ amount: 100n, reserved: 0n, spent: 110n });
    expect(availableOf(await rowOf(budgetId))).toBe(-10n);
    expect(codesOf(await reserve(budgetId, 1n))).toEqual(['BUDGET_SHORTAGE']);
    expect(await recount(budgetId)).toEqual(await figuresOf(budgetId));
  });

  it('invariant 10: is changed by nobody: the application may neither update nor delete an entry', async () => {
    const { items } = await open(10n, 10n);
    const connection = await mysql.createConnection({
      ...app.test.address,
      database: `${app.test.address.database}_audit`,
    });
    for (const statement of [
      'update budget_entry set amount_fen = 1',
      'delete from budget_entry',
      'truncate table budget_entry',
      'drop table budget_entry',
    ])
      await expect(connection.query(statement)).rejects.toMatchObject({ errno: 1142 });
    await connection.end();
    expect(await recount(items[0] as string)).toEqual({ amount: 10n, reserved: 0n, spent: 0n });
  });
});

describe('amounts', () => {
  it('of items never exceed the department, also under 64 clients', async () => {
    const { whole, items } = await open(1_000n, 100n);
    const year = (await rowOf(whole)).year;
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        create({ ...itemKeys, year, parentId: whole, budgetCode: `NEW26${i}`, amount: 100n }),
      ),
    );
    expect(results.filter((r) => r.ok)).toHaveLength(9);
    expect([...new Set(results.flatMap(codesOf))]).toEqual(['BUDGET_SHORTAGE']);
    expect((await rowOf(whole)).allotted).toBe(1_000n);
    expect(items).toHaveLength(1);
  });

  it('are adjusted with a reason, never below what is promised', async () => {
    const { whole, items } = await open(200n, 100n);
    const budgetId = items[0] as string;
    await reserve(budgetId, 70n);
    const adjust = (change: bigint, expectedVersion = 1, reason = '追加') =>
      budgets.adjust(finance, WHOLE_PROVINCE, { idempotencyKey: newId(), budgetId, expectedVersion, change, reason });
    expect(await adjust(-31n)).toMatchObject({
      error: [{ code: 'BUDGET_SHORTAGE', availableFen: '30', shortFen: '1' }],
    });
    expect(codesOf(await adjust(101n))).toEqual(['BUDGET_SHORTAGE']);
    expect(codesOf(await adjust(0n))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await adjust(1n, 1, ' '))).toEqual(['INVALID_INPUT']);
    expect((await adjust(-30n)).ok).toBe(true);
    expect(codesOf(await adjust(5n))).toEqual(['VERSION_CONFLICT']);
    expect((await adjust(130n, 2)).ok).toBe(true);
    expect(await figuresOf(budgetId)).toEqual({ amount: 200n, reserved: 70n, spent: 0n });
    expect((await rowOf(whole)).allotted).toBe(200n);
    expect(await recount(budgetId)).toEqual(await figuresOf(budgetId));
  });

  it("are a city's own at its levels: its finance opens and adjusts them, and touches nothing of the province's", async () => {
    const city = department({ level: 'CITY' });
    const bureau = department({ parent: city });
    await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => app.context.get(DepartmentsService, { strict: false }).add(tx, [city, bureau]));
    const officer = viewerWith(['CITY_FINANCE'], city.id, { departmentTreeIds: [city.id, bureau.id] });
    const scope = scopeFor(officer, 'BUDGET', 'CREATE') as TenantScope;
    const base = { ...keys, parentId: null, projectId: null, name: '预算', budgetCode: '', year: 2026, amount: 100n };
    const opening = (more: Partial<Parameters<BudgetsService['create']>[2]>) =>
      budgets.create(officer, scope, { ...base, idempotencyKey: newId(), departmentId: bureau.id, ...more });
    expect(codesOf(await opening({}))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await opening({ budgetLevel: 'CITY', departmentId: home.id }))).toEqual(['UNKNOWN_REFERENCE']);
    const opened = idOf(await opening({ budgetLevel: 'CITY' }));
    const adjusting = (budgetId: string, expectedVersion = 1) =>
      budgets.adjust(officer, scope, {
        idempotencyKey: newId(),
        budgetId,
        expectedVersion,
        change: 5n,
        reason: '追加',
      });
    expect((await adjusting(opened)).ok).toBe(true);
    // A bureau's money of the province's level, opened by the province.
    const provincial = idOf(await create({ departmentId: bureau.id, year: 2027 }));
    expect(codesOf(await adjusting(provincial))).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await adjusting(idOf(await create({ year: 2098 }))))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('keep their keys apart, and refuse what is no budget', async () => {
    const { whole } = await open(100n, 10n);
    const { year } = await rowOf(whole);
    const item = { ...itemKeys, year, parentId: whole, budgetCode: 'XM20260', amount: 1n };
    expect(codesOf(await create(item))).toEqual(['INVALID_INPUT']);
    expect((await create({ ...item, economicClass: '30227' })).ok).toBe(true);
    expect(codesOf(await create({ ...item, budgetCode: '项目' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await create({ ...item, functionClass: '20', economicClass: 'x' }))).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    expect(codesOf(await create({ ...item, budgetCode: 'BUDGET', amount: -1n }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await create({ ...item, budgetCode: 'BUDGET', departmentId: neighbour.id }))).toEqual([
      'UNKNOWN_REFERENCE',
    ]);
    expect(codesOf(await create({ ...item, budgetCode: 'BUDGET', year: year + 50 }))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await create({ ...item, budgetCode: 'BUDGET', projectId: newId() }))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('are seen by their own department only', async () => {
    const { whole } = await open(100n, 10n);
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [neighbour.id] };
    expect(await budgets.budget(scope, whole)).toBeNull();
    expect((await budgets.list(scope, {}, { first: 10, after: null })).totalCount).toBe(0);
    expect(await budgets.totals(scope, {})).toMatchObject({ amount: 0n, count: 0 });
  });
});
