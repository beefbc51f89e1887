import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DR_SHARES, OF_NONE } from '../../../server/src/accounting/domain/narrowing.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { CostPivots, type CostQuestion } from '../../../server/src/costs/cost-pivots.service.js';
import type { CostNarrow } from '../../../server/src/costs/costs.types.js';
import { COST_DIMENSIONS } from '../../../server/src/costs/domain/pivot.js';
import { IdleCosts } from '../../../server/src/costs/idle-costs.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UseWindows } from '../../../server/src/resources/use-windows.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { AccountDesk, story, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { project } from '../../support/builders/system.ts';

const wall = new Wall();
const systems = [newId(), newId()];
const centers = [newId(), newId()];
let projects: Project[];
let app: TestApplication;
let desk: AccountDesk;
let cells: CostCells;

const ask = (more: Partial<CostQuestion> = {}, scope: TenantScope = WHOLE_PROVINCE) =>
  desk.get(CostPivots).pivot(scope, {
    ...{ rows: 'DEPARTMENT', columns: 'MONTH', from: '2026-09', to: '2026-12', basis: 'CHARGED', side: 'PROVINCE' },
    ...{ departmentIds: null, systemId: null, projectId: null, centerId: null },
    ...more,
  });
const owner = (at: number) => ({ systemId: systems[at] ?? null, centerId: centers[at] ?? null });

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  projects = ['YS-1', 'YS-1', null].map((budgetCode) => project(desk.bureau.id, { budgetCode }));
  await desk.work((tx) => desk.get(SystemsService).add(tx, { systems: [], projects, links: [] }));
  cells = desk.get(CostCells);
});
afterAll(() => app.close());

describe('the consolidated view', () => {
  const uses = () => [
    story(desk.bureau.id, '2026-09-01 00:00', 4, {
      owner: { ...owner(0), share: 'MAIN', projectId: projects[0]?.id ?? null },
    }),
    story(desk.bureau.id, '2026-09-01 00:00', 2, {
      owner: { ...owner(1), share: 'RECOVERY', projectId: projects[1]?.id ?? null },
    }),
    story(desk.other.id, '2026-10-01 00:00', 3, { owner: { ...owner(1), projectId: projects[2]?.id ?? null } }),
    story(desk.ofCity.id, '2026-09-01 00:00', 5, { owner: owner(0) }),
  ];
  let told: ReturnType<typeof uses>;

  it('knows what is drafted, the province’s side and the cities’ apart', async () => {
    told = uses();
    wall.set('2026-11-01 10:00');
    await desk.rate(told);
    await desk.passed();
    await cells.take();
    const province = await ask();
    // 30 yuan a vCPU and month: 6 and 6 of the bureau, 3 of the other from October.
    expect(province.columns).toEqual(['2026-09', '2026-10', '2026-11', '2026-12']);
    expect(province.rows).toEqual([
      { key: desk.bureau.id, amounts: [18_000n, 18_000n, 0n, 0n], total: 36_000n },
      { key: desk.other.id, amounts: [0n, 9_000n, 0n, 0n], total: 9_000n },
    ]);
    expect(province.draftedMonths).toEqual(['2026-09', '2026-10']);
    const cities = await ask({ side: 'CITIES', rows: 'CITY', columns: null });
    expect(cities.rows).toEqual([{ key: desk.city.id, amounts: [30_000n], total: 30_000n }]);
  });

  it('comes to the same in every grouping, and to what the statements come to (invariant 7)', async () => {
    const [{ fen } = { fen: '0' }] = await desk.sql(
      'select sum(amount_fen) as fen from rated_line where department_id in (?)',
      [[desk.bureau.id, desk.other.id]],
    );
    for (const rows of COST_DIMENSIONS)
      for (const columns of [...COST_DIMENSIONS.filter((one) => one !== rows), null])
        expect({ rows, columns, total: (await ask({ rows, columns })).total }).toEqual({
          ...{ rows, columns, total: BigInt(fen as string) },
        });
  });

  it('has a month that is closed once, whoever takes it and however often', async () => {
    const before = await ask();
    await desk.close('2026-09');
    // Not taken yet: the draft stands, and nothing is counted twice.
    expect((await ask()).rows).toEqual(before.rows);
    const taken = await Promise.all([cells.take(), cells.take(), cells.take()]);
    expect(taken.toSorted()).toEqual([0, 0, 1]);
    const after = await ask();
    expect(after.rows).toEqual(before.rows);
    expect(after.draftedMonths).toEqual(['2026-10']);
    expect(await cells.take()).toBe(0);
    expect((await ask()).rows).toEqual(before.rows);
  });

  it('shows a correction in the month that takes it, and by month of use in the one that it corrects', async () => {
    const [first] = told;
    if (!first) throw new Error('nothing was told');
    // It had two more from the middle of September on: told late.
    await desk.rate([{ ...first, steps: [...first.steps, { at: new Date('2026-09-15T16:00:00.000Z'), vcpu: 6 }] }]);
    await cells.take();
    const charged = await ask({ rows: 'DEPARTMENT' });
    const used = await ask({ rows: 'DEPARTMENT', basis: 'USED' });
    // 2 vCPU of 15 days of 30 in September; all of October.
    expect(charged.rows[0]?.amounts).toEqual([18_000n, 18_000n + 6_000n + 3_000n, 0n, 0n]);
    expect(used.rows[0]?.amounts).toEqual([18_000n + 3_000n, 18_000n + 6_000n, 0n, 0n]);
    expect(charged.total).toBe(used.total);
  });

  it('shows nobody another’s costs (invariant 16; CloudKitty fix-dataframe-filtering)', async () => {
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [desk.other.id] };
    for (const rows of COST_DIMENSIONS) expect((await ask({ rows, columns: null }, own)).total).toBe(9_000n);
    expect((await ask({ departmentIds: [desk.bureau.id] }, own)).rows).toEqual([]);
    // Whoever sees no province sees all that is his, whatever side he asks for.
    expect((await ask({ side: 'CITIES' }, own)).total).toBe(9_000n);
  });

  it('is narrowed to a system or a center', async () => {
    const whole = await ask({ rows: 'SYSTEM', columns: null });
    for (const { key, total } of whole.rows) expect((await ask({ systemId: key, columns: null })).total).toBe(total);
    const byCenter = await ask({ rows: 'CENTER', columns: null });
    for (const { key, total } of byCenter.rows) expect((await ask({ centerId: key, columns: null })).total).toBe(total);
  });

  it('shows what DR costs alone: the second same-city share and the recovery share, as on statements', async () => {
    const all = await ask({ rows: 'SHARE', columns: null });
    const dr = await ask({ rows: 'SHARE', columns: null, shares: DR_SHARES });
    expect(dr.rows).toEqual(all.rows.filter(({ key }) => key === 'MAIN_B' || key === 'RECOVERY'));
    expect(dr.total).toBeGreaterThan(0n);
    const page = await desk.statements.departments(WHOLE_PROVINCE, '2026-09', { first: 100, after: null });
    const onStatements = page.rows.reduce((sum, { drAmount }) => sum + drAmount, 0n);
    const september = await ask({ rows: 'SYSTEM', columns: null, to: '2026-09', shares: DR_SHARES });
    expect(september.total).toBe(onStatements);
  });

  it('has each figure of a department and month on its statement, narrowed by the same sides, to the fen', async () => {
    const { rows } = await ask({ rows: 'DEPARTMENT', columns: 'MONTH' });
    const narrowings: readonly Partial<CostQuestion>[] = [
      ...[...centers, OF_NONE].map((centerId) => ({ centerId })),
      ...[...systems, OF_NONE].map((systemId) => ({ systemId })),
      ...[...projects.map(({ id }) => id), OF_NONE].map((projectId) => ({ projectId })),
      { projectIds: projects.slice(0, 2).map(({ id }) => id) },
      ...[DR_SHARES, ['MAIN' as const], []].map((shares) => ({ shares })),
      { kind: 'MACHINE' },
      { centerId: centers[1] ?? null, systemId: systems[1] ?? null, shares: DR_SHARES, kind: 'MACHINE' },
    ];
    let figures = 0;
    for (const narrow of narrowings) {
      const table = await ask({ rows: 'DEPARTMENT', columns: 'MONTH', ...narrow });
      for (const { key: departmentId } of rows)
        for (const [at, month] of table.columns.entries()) {
          const figure = table.rows.find(({ key }) => key === departmentId)?.amounts[at] ?? 0n;
          const filter = { ...narrow, view: await desk.statements.view(month as string), departmentId };
          const total = await desk.statements.total(WHOLE_PROVINCE, filter);
          expect([narrow, departmentId, month, total.amount]).toEqual([narrow, departmentId, month, figure]);
          const uses = await desk.statements.resources(WHOLE_PROVINCE, filter, { first: 100, after: null });
          expect(uses.rows.reduce((sum, { amount }) => sum + amount, 0n)).toBe(figure);
          if (figure !== 0n) figures += 1;
        }
    }
    expect(figures).toBeGreaterThan(20);
  });

  it('shows what machines cost that are idle by the rules, as their statements charge them, and nobody’s else', async () => {
    const [first, second, other] = told;
    const idle = [first, other].flatMap((use) => use?.resourceId ?? []);
    const windows = desk.get(UseWindows);
    const judged = windows.idle.bind(windows);
    Object.assign(windows, { idle: async () => ({ ids: [...idle, newId()], reckonedAt: wall.now() }) });
    try {
      const narrow = {
        side: 'PROVINCE',
        departmentIds: null,
        systemId: null,
        projectId: null,
        centerId: null,
      } as const;
      const of = (scope: TenantScope = WHOLE_PROVINCE, more: Partial<CostNarrow> = {}) =>
        desk.get(IdleCosts).of(scope, { ...narrow, ...more }, '2026-10', 'DEPARTMENT');
      const seen = await of();
      const onStatement = async (resourceId: string) => {
        const filter = { view: await desk.statements.view('2026-10'), departmentId: null };
        const page = await desk.statements.resources(WHOLE_PROVINCE, filter, { first: 100, after: null });
        return page.rows.find((row) => row.resourceId === resourceId)?.amount ?? 0n;
      };
      for (const { amount, resourceId } of seen.dearest) expect(amount).toBe(await onStatement(resourceId));
      expect(seen.dearest.map(({ resourceId }) => resourceId).toSorted()).toEqual(idle.toSorted());
      expect(seen.groups.reduce((sum, { amount }) => sum + amount, 0n)).toBe(seen.amount);
      expect(seen.total).toBe((await ask({ from: '2026-10', to: '2026-10', columns: null })).total);
      const own = await of({ kind: 'DEPARTMENTS', departmentIds: [desk.other.id] });
      expect([own.machines, own.amount]).toEqual([1, 9_000n]);
      expect((await of(WHOLE_PROVINCE, { side: 'CITIES' })).machines).toBe(0);
      expect(second && seen.dearest.some(({ resourceId }) => resourceId === second.resourceId)).toBe(false);
    } finally {
      Object.assign(windows, { idle: judged });
    }
    expect((await windows.idle()).ids).toEqual([]);
  });

  it('is laid out by budget items: projects that name the same are one, and what names none is seen', async () => {
    const all = await ask({ rows: 'PROJECT', columns: 'MONTH' });
    const codes = await ask({ rows: 'BUDGET_CODE', columns: 'MONTH' });
    expect([codes.total, codes.amounts]).toEqual([all.total, all.amounts]);
    const [first, second, without] = projects;
    const totalOf = (id: string | undefined) => all.rows.find(({ key }) => key === id)?.total ?? 0n;
    const none = (all.rows.find(({ key }) => key === null)?.total ?? 0n) + totalOf(without?.id);
    const byCode = new Map(codes.rows.map(({ key, total }) => [key, total]));
    expect(byCode).toEqual(
      new Map<string | null, bigint>([
        ['YS-1', totalOf(first?.id) + totalOf(second?.id)],
        [null, none],
      ]),
    );
    const narrowed = await ask({ projectIds: await desk.get(SystemsService).projectIdsOfBudgetCode('YS-1') });
    expect(narrowed.total).toBe(byCode.get('YS-1'));
    expect((await ask({ projectId: OF_NONE })).total).toBe(all.rows.find(({ key }) => key === null)?.total ?? 0n);
    expect(await desk.get(SystemsService).projectIdsOfBudgetCode('预算')).toEqual([]);
  });

  it('asks the database three times, whatever is asked for', async () => {
    const asked: string[] = [];
    const query = app.test.db.query.bind(app.test.db);
    app.test.db.query = ((text: string, ...rest: unknown[]) => {
      asked.push(text);
      return query(text, ...(rest as []));
    }) as typeof app.test.db.query;
    await ask({ rows: 'CITY', columns: 'QUARTER' });
    app.test.db.query = query;
    expect(asked.length).toBe(3);
  });
});
