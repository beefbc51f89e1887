import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetAdjustments } from '../../../server/src/budgets/adjustments.service.js';
import { BudgetPolicies } from '../../../server/src/budgets/budget-policies.service.js';
import { BudgetWarnings } from '../../../server/src/budgets/budget-warnings.service.js';
import type { AdjustmentDecision } from '../../../server/src/budgets/domain/adjustment.js';
import type { Budget } from '../../../server/src/budgets/domain/budget.js';
import { BudgetLedger } from '../../../server/src/budgets/ledger.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { BudgetFits } from '../../../server/src/requests/budget-fits.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const now = () => new Date('2026-06-10T02:00:00.000Z');
const other = viewerWith(['FINANCE'], null, { name: '孙财政', userId: newId() });
let app: TestApplication;
let journey: RequestJourney;
let money: OwnBudget;
let asking: Viewer;
let adjustments: BudgetAdjustments;
let whole: string;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication({ now });
  journey = await RequestJourney.begin(app);
  money = new OwnBudget(app, journey, now);
  asking = viewerWith(['FINANCE'], null, { name: '钱财政', userId: newId() });
  adjustments = get(BudgetAdjustments);
  whole = await money.whole(1_000_00n);
});
afterAll(() => app.close());

const rowOf = async (id: string): Promise<Budget> => (await money.budgets.budget(WHOLE_PROVINCE, id)) as Budget;
const request = (budgetId: string, change: bigint, by = asking, reason = '追加', scope: TenantScope = WHOLE_PROVINCE) =>
  adjustments.request(by, scope, { idempotencyKey: newId(), budgetId, change, reason });
const decide = (id: string, decision: AdjustmentDecision = 'APPROVE', by = other, note = '同意', key = newId()) =>
  adjustments.decide(by, WHOLE_PROVINCE, { idempotencyKey: key, id, decision, note });
const reserve = (budgetId: string, amount: bigint, id = newId()) =>
  get(UnitOfWork).run(async (tx) => {
    const ledger = get(BudgetLedger);
    await tx.manager.query('savepoint test');
    const subject = { kind: 'REQUEST', id, round: 1 };
    const moves = await ledger.reserve(tx, [{ budgetId, amount, subject, by: '测试', reason: '占用' }]);
    const taken = moves.ok ? await ledger.take(tx, moves.value) : moves;
    if (!taken.ok) await tx.manager.query('rollback to savepoint test');
    return taken;
  });

describe('an adjustment', () => {
  it('changes nothing until another person approves it, and then once', async () => {
    const item = await money.item(whole, 100_00n, null);
    const id = idOf(await request(item, 50_00n));
    expect((await rowOf(item)).amount).toBe(100_00n);
    expect(await decide(id, 'APPROVE', asking)).toMatchObject({
      error: [{ code: 'NOT_PERMITTED', reason: 'TWO_PEOPLE' }],
    });
    const key = newId();
    await Promise.all([decide(id, 'APPROVE', other, '同意', key), decide(id, 'APPROVE', other, '同意', key)]);
    expect((await rowOf(item)).amount).toBe(150_00n);
    expect(await decide(id)).toMatchObject({ error: [{ reason: 'DECIDED_ALREADY' }] });
    const [entry] = (await money.budgets.entries(await rowOf(item), { first: 1, after: null })).rows;
    expect(entry).toMatchObject({ kind: 'ADJUST', amount: 50_00n, by: '钱财政、孙财政', reason: '追加' });
  });

  it('is declined with a reason, and withdrawn only by who asked', async () => {
    const item = await money.item(whole, 100_00n, null);
    const id = idOf(await request(item, 5_00n));
    expect(codesOf(await decide(id, 'DECLINE', other, ' '))).toEqual(['INVALID_INPUT']);
    expect(await decide(id, 'WITHDRAW', other)).toMatchObject({ error: [{ reason: 'NOT_ITS_AUTHOR' }] });
    expect((await decide(id, 'DECLINE', other, '缺少批复')).ok).toBe(true);
    const second = idOf(await request(item, 5_00n));
    expect((await decide(second, 'WITHDRAW', asking, '')).ok).toBe(true);
    expect((await rowOf(item)).amount).toBe(100_00n);
    const states = (await adjustments.list(WHOLE_PROVINCE, { budgetId: item, state: null }, { first: 10, after: null }))
      .rows;
    expect(states.map(({ state }) => state)).toEqual(['WITHDRAWN', 'DECLINED']);
  });

  it('is judged by the figures at its approval: what was free when it was asked for may be promised since', async () => {
    const item = await money.item(whole, 100_00n, null);
    const id = idOf(await request(item, -60_00n));
    expect((await reserve(item, 70_00n)).ok).toBe(true);
    expect(codesOf(await decide(id))).toEqual(['BUDGET_SHORTAGE']);
    expect(await rowOf(item)).toMatchObject({ amount: 100_00n, reserved: 70_00n });
    expect(codesOf(await request(item, -60_00n))).toEqual(['BUDGET_SHORTAGE']);
  });

  it('of 64 items approved at once never gives them more together than their department has', async () => {
    const full = await money.whole(100_00n, 'PROVINCE', 2031);
    const items = await Promise.all(Array.from({ length: 64 }, () => money.item(full, 0n, null, { year: 2031 })));
    const ids = await Promise.all(items.map(async (item) => idOf(await request(item, 10_00n))));
    const results = await Promise.all(ids.map((id) => decide(id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(10);
    expect([...new Set(results.flatMap(codesOf))]).toEqual(['BUDGET_SHORTAGE']);
    expect(await rowOf(full)).toMatchObject({ amount: 100_00n, allotted: 100_00n });
    const [sum] = await app.test.db.query('select sum(amount_fen) as fen from budget where parent_id = ?', [full]);
    expect(BigInt(sum.fen)).toBe(100_00n);
  });

  it("of a city's money is the city's: its finance asks and approves by two, and reaches no other", async () => {
    const city = department({ level: 'CITY' });
    await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [city]));
    const scope: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [city.id] };
    const item = await money.item(whole, 10_00n, null);
    expect(codesOf(await request(item, 1_00n, asking, '追加', scope))).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('thresholds', () => {
  it('tell people once a budget and part, the highest that it has come to', async () => {
    const item = await money.item(whole, 100_00n, null);
    const warnings = get(BudgetWarnings);
    await warnings.run();
    const told = async () =>
      (
        await app.test.db.query(
          "select text_zh as text from notice where subject_id = ? and once_key like 'budget-threshold%' order by id",
          [item],
        )
      ).map(({ text }: { text: string }) => text);
    expect((await reserve(item, 79_99n)).ok).toBe(true);
    await warnings.run();
    expect(await told()).toEqual([]);
    expect((await reserve(item, 1n)).ok).toBe(true);
    await Promise.all([warnings.run(), warnings.run()]);
    expect(await told()).toEqual([expect.stringContaining('已达 80%')]);
    expect((await reserve(item, 20_00n)).ok).toBe(true);
    await warnings.run();
    await warnings.run();
    expect(await told()).toEqual([expect.stringContaining('已达 80%'), expect.stringContaining('已达 100%')]);
  });

  it('stop what is new from the part on that the rule in force says, and tell what to do; past use is entered', async () => {
    const project = await money.project();
    const item = await money.item(whole, 100_00n, project);
    const policies = get(BudgetPolicies);
    const rule = { from: '2026-06-10', warnPercents: [80], blockPercent: 95, reason: '省财办〔2026〕12号' };
    const set = (more: object, scope: TenantScope = WHOLE_PROVINCE) =>
      policies.set(asking, scope, { idempotencyKey: newId(), ...rule, ...more });
    for (const wrong of [{ from: '2026-06-09' }, { warnPercents: [95, 80] }, { blockPercent: 0 }, { reason: '' }])
      expect(codesOf(await set(wrong))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await set({}, { kind: 'DEPARTMENTS', departmentIds: [] }))).toEqual(['NOT_PERMITTED']);
    expect((await set({})).ok).toBe(true);
    expect((await set({ from: '2026-07-01', blockPercent: null })).ok).toBe(true);
    expect((await reserve(item, 94_99n)).ok).toBe(true);
    expect((await reserve(item, 1n)).ok).toBe(true);
    const refused = await reserve(item, 1n);
    expect(refused).toMatchObject({ error: [{ code: 'BUDGET_BLOCKED', budgetId: item, percent: 95 }] });
    const part = { eachFen: 1n, count: 1, vcpu: 0, memoryMib: 0 };
    const fit = await get(BudgetFits).of(project, { within: [part], beyond: [] }, null);
    expect(fit).toMatchObject({ fits: false, refusals: [{ code: 'BUDGET_BLOCKED', path: ['content', 'projectId'] }] });
    await money.spend(item, 50_00n);
    expect((await rowOf(item)).spent).toBe(50_00n);
    expect((await policies.all()).map(({ from, blockPercent }) => [from, blockPercent])).toEqual([
      ['2026-07-01', null],
      ['2026-06-10', 95],
    ]);
    expect((await policies.inForce(new Date('2026-07-01T02:00:00.000Z'))).blockPercent).toBeNull();
  });

  it('under 64 that ask at once, a stopped budget has taken no more than until the one that reached the part', async () => {
    const wide = await money.whole(1_000_00n, 'PROVINCE', 2032);
    const item = await money.item(wide, 100_00n, null, { year: 2032 });
    const results = await Promise.all(Array.from({ length: 64 }, () => reserve(item, 3_00n)));
    // 32 of three yuan are 96 of 100.
    expect(results.filter(({ ok }) => ok)).toHaveLength(32);
    expect([...new Set(results.flatMap(codesOf))]).toEqual(['BUDGET_BLOCKED']);
    expect((await rowOf(item)).reserved).toBe(96_00n);
  });
});
