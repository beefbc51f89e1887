import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LineDisputes } from '../../../server/src/accounting/line-disputes.service.js';
import { CostChangePasses } from '../../../server/src/costchanges/cost-change-passes.service.js';
import { CostChanges } from '../../../server/src/costchanges/cost-changes.service.js';
import { CHANGE_DIMENSIONS, type ChangeQuestion } from '../../../server/src/costchanges/cost-changes.types.js';
import { CHANGE_PARTS, type ChangePart } from '../../../server/src/costchanges/domain/change.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AccountDesk, scopeOf, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';

const wall = new Wall();
const systems = [newId(), newId()];
const centers = [newId(), newId()];
const MONTHS = ['2026-09', '2026-10', '2026-11', '2026-12'];
let app: TestApplication;
let desk: AccountDesk;
let passes: CostChangePasses;
let told: Record<'steady' | 'grown' | 'released' | 'late' | 'city', UseStory>;

const ask = (more: Partial<ChangeQuestion> = {}, scope: TenantScope = WHOLE_PROVINCE) =>
  desk.get(CostChanges).between(scope, {
    ...{ from: '2026-09', to: '2026-10', by: 'DEPARTMENT', limit: null, side: 'PROVINCE' },
    ...{ departmentIds: null, systemId: null, projectId: null, centerId: null },
    ...more,
  });
const usesOf = (
  part: ChangePart | null,
  more: Partial<ChangeQuestion> = {},
  first = 100,
  after: string[] | null = null,
) =>
  desk.get(CostChanges).uses(
    WHOLE_PROVINCE,
    {
      ...{ from: '2026-09', to: '2026-10', part, side: 'PROVINCE' as const },
      ...{ departmentIds: null, systemId: null, projectId: null, centerId: null },
      ...more,
    },
    { first, after },
  );
const moved = (parts: Readonly<Record<ChangePart, bigint>>) =>
  Object.fromEntries(Object.entries(parts).filter(([, amount]) => amount !== 0n));
const owner = (at: number) => ({ systemId: systems[at] ?? null, centerId: centers[at] ?? null });
const take = async () => {
  await desk.get(CostCells).take();
  return passes.take();
};

/** By every side, of every two months: the parts are the difference, and so are the uses that they open to. */
async function explained(): Promise<void> {
  for (const side of ['PROVINCE', 'CITIES'] as const)
    for (const [at, from] of MONTHS.entries())
      for (const to of MONTHS.slice(at + 1))
        for (const by of CHANGE_DIMENSIONS) {
          const answer = await ask({ side, from, to, by });
          for (const sum of [answer, ...answer.groups]) {
            expect([side, from, to, by, sum.rest]).toEqual([side, from, to, by, 0n]);
            expect(CHANGE_PARTS.reduce((total, part) => total + sum.parts[part], 0n)).toBe(sum.after - sum.before);
          }
        }
  for (const part of CHANGE_PARTS) {
    const { rows } = await usesOf(part);
    expect([part, rows.reduce((total, row) => total + row.parts[part], 0n)]).toEqual([part, (await ask()).parts[part]]);
  }
}

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  passes = desk.get(CostChangePasses);
  told = {
    steady: story(desk.bureau.id, '2026-08-01 00:00', 4, { owner: owner(0) }),
    grown: story(desk.bureau.id, '2026-08-01 00:00', 2, {
      owner: owner(1),
      steps: [
        { at: shanghai('2026-08-01 00:00'), vcpu: 2 },
        { at: shanghai('2026-10-01 00:00'), vcpu: 3 },
      ],
    }),
    released: story(desk.other.id, '2026-08-01 00:00', 6, { owner: owner(1), ends: shanghai('2026-10-01 00:00') }),
    late: story(desk.other.id, '2026-10-01 00:00', 1, { owner: owner(0) }),
    city: story(desk.ofCity.id, '2026-09-16 00:00', 5, { owner: owner(0) }),
  };
  wall.set('2026-12-11 10:00');
  await desk.rate(Object.values(told));
  await desk.passed();
  await take();
});
afterAll(() => app.close());

describe('why a month costs other than another', () => {
  it('names what came, what went and what grew, by department', async () => {
    const { groups } = await ask();
    // 30 yuan a vCPU and month.
    expect(groups.map(({ key, parts }) => [key, moved(parts)])).toEqual([
      [desk.other.id, { NEW: 3_000n, RELEASED: -18_000n }],
      [desk.bureau.id, { RESIZED: 3_000n }],
    ]);
    const cities = await ask({ side: 'CITIES', by: 'CITY' });
    expect(cities.groups.map(({ key, parts }) => [key, moved(parts)])).toEqual([[desk.city.id, { NEW: 7_500n }]]);
  });

  it('adds up by every side, between any two months, to the fen', explained);

  it('shows a month that still runs as days, and nothing as released', async () => {
    // Ten of thirty-one days of December.
    const { parts } = await ask({ from: '2026-11', to: '2026-12' });
    expect(Object.keys(moved(parts))).toEqual(['DAYS']);
  });

  it('adds up what happened on the way', async () => {
    const [whole, first, second] = [
      await ask({ from: '2026-09', to: '2026-11' }),
      await ask({ from: '2026-09', to: '2026-10' }),
      await ask({ from: '2026-10', to: '2026-11' }),
    ];
    for (const part of CHANGE_PARTS) expect(whole.parts[part]).toBe(first.parts[part] + second.parts[part]);
  });

  it('gives a few that moved most and all others as one', async () => {
    const few = await ask({ by: 'SYSTEM', limit: 1 });
    const all = await ask({ by: 'SYSTEM' });
    expect(few.groups).toEqual(all.groups.slice(0, 1));
    expect(few.beyond?.groups).toBe(all.groups.length - 1);
    expect(few.parts).toEqual(all.parts);
    expect((few.beyond?.after ?? 0n) + (few.groups[0]?.after ?? 0n)).toBe(all.after);
  });

  it('opens down to the uses, page by page', async () => {
    const all = await usesOf(null);
    expect(all.rows.map(({ resourceId }) => resourceId)).toEqual([
      told.released.resourceId,
      ...[told.grown.resourceId, told.late.resourceId].toSorted(),
    ]);
    expect(all.rows[0]?.code).toMatch(/^VM-/);
    const first = await usesOf(null, {}, 2);
    const last = first.rows.at(-1);
    const next = await usesOf(null, {}, 2, [String(last?.moved), last?.resourceId as string]);
    expect([first.totalCount, first.hasNextPage, next.hasNextPage]).toEqual([3, true, false]);
    expect([...first.rows, ...next.rows]).toEqual(all.rows);
    expect((await usesOf('PRICE')).rows).toEqual([]);
  });

  it('reads nothing anew while no line has changed, and only the months of those that have', async () => {
    expect(await take()).toBe(0);
    // Told late of October: October and November, and December that comes after it… is as it was.
    told.late = { ...told.late, steps: [...told.late.steps, { at: shanghai('2026-10-21 00:00'), vcpu: 2 }] };
    await desk.rate([told.late]);
    expect(await take()).toBe(3);
    await explained();
    const [kept] = await desk.sql('select count(distinct pass_id) as passes from cost_change');
    const [standing] = await desk.sql('select count(*) as months from cost_change_month');
    // Nothing of what was made before is left; a month in which nothing changed has no rows at all.
    expect(Number(kept?.passes)).toBeLessThanOrEqual(Number(standing?.months));
  });

  it('says the same of months that are closed, and calls what comes late a correction', async () => {
    const before = await ask();
    await desk.close('2026-09');
    await desk.close('2026-10');
    await take();
    expect((await ask()).groups).toEqual(before.groups);
    await explained();
    told.steady = { ...told.steady, steps: [...told.steady.steps, { at: shanghai('2026-10-16 00:00'), vcpu: 8 }] };
    await desk.rate([told.steady]);
    await take();
    // November took what October owes: 15 days of 4 and 16 days of 8 vCPU, each rounded alone, less a whole month of 4.
    const november = await ask({ from: '2026-10', to: '2026-11' });
    const bureau = november.groups.find(({ key }) => key === desk.bureau.id);
    expect(moved(bureau?.parts as Record<ChangePart, bigint>)).toEqual({ RESIZED: 12_000n, CORRECTION: 6_193n });
    await explained();
  });

  it('calls a new price a price, and a disputed line a correction', async () => {
    desk.price('2026-11-01', '45');
    await desk.rate(Object.values(told), { repriced: new Map([['VCPU', '2026-11-01']]) });
    await take();
    const { parts } = await ask({ from: '2026-10', to: '2026-11' });
    expect(parts.PRICE).toBeGreaterThan(0n);
    const raised = await desk.get(LineDisputes).raise(desk.head, scopeOf(desk.head), {
      ...{ month: '2026-11', resourceId: told.grown.resourceId, meter: 'VCPU' },
      ...{ from: shanghai('2026-11-01 00:00').getTime(), reason: '已申请缩容', idempotencyKey: newId() },
    });
    if (!raised.ok) throw new Error(JSON.stringify(raised.error));
    await take();
    const disputed = await ask({ from: '2026-10', to: '2026-11' });
    // 3 vCPU at 45 yuan are not charged.
    expect(disputed.parts.CORRECTION - parts.CORRECTION).toBe(-13_500n);
    expect(disputed.parts.PRICE).toBe(parts.PRICE);
    await explained();
  });

  it('shows nobody another’s changes (invariant 16)', async () => {
    const own: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [desk.other.id] };
    for (const by of CHANGE_DIMENSIONS) {
      const seen = await ask({ by }, own);
      const whole = await ask({ by: 'DEPARTMENT', departmentIds: [desk.other.id] });
      expect([by, seen.parts, seen.before]).toEqual([by, whole.parts, whole.before]);
    }
    expect((await ask({ departmentIds: [desk.bureau.id] }, own)).groups).toEqual([]);
  });

  it('leaves half of a pass to nobody: what a console wrote that died is thrown away by the next', async () => {
    const before = await ask();
    await desk.sql(
      `insert into cost_change select ?, resource_id, part, city_id, department_id, system_id, project_id, center_id, kind,
         share, before_fen, after_fen, new_fen, released_fen, resized_fen, price_fen, moved_fen, days_fen, correction_fen
       from cost_change limit 3`,
      [newId()],
    );
    expect(await ask()).toEqual(before);
    await take();
    const [left] = await desk.sql(
      'select count(*) as n from cost_change where pass_id not in (select pass_id from cost_change_month)',
    );
    expect(Number(left?.n)).toBe(0);
  });
});
