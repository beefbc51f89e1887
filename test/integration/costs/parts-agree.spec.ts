import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DraftAmounts } from '../../../server/src/accounting/draft-amounts.service.js';
import { LineDisputes } from '../../../server/src/accounting/line-disputes.service.js';
import { ClosedMonths } from '../../../server/src/budgetyears/closed-months.service.js';
import { ClosedPostingsRepository } from '../../../server/src/budgetyears/closed-postings.repository.js';
import { unspentMonths } from '../../../server/src/budgetyears/domain/spent-months.js';
import { Forecasts } from '../../../server/src/budgetyears/forecasts.service.js';
import { AccountedCosts } from '../../../server/src/costs/accounted-costs.service.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { CostPivots, type CostQuestion } from '../../../server/src/costs/cost-pivots.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ReconciliationService } from '../../../server/src/spend/reconciliation.service.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { AccountDesk, scopeOf, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { system } from '../../support/builders/system.ts';
import { OwnBudget } from '../../support/own-budget.ts';

const SIDES = ['PROVINCE', 'CITIES'] as const;
const MONTHS = ['2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02'];
const [FIRST, LAST] = ['2026-09', '2027-02'];
const wall = new Wall();
const centers = [newId(), newId()];
let app: TestApplication;
let desk: AccountDesk;
let money: OwnBudget;
let own: Project;
let item: string;
let owned: UseStory;
let uses: UseStory[];

const total = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);
/** Amounts by key, and nothing of what comes to nothing. */
const seen = (entries: Iterable<readonly [string, bigint]>) => {
  const sums = new Map<string, bigint>();
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0n) + amount);
  return [...sums].filter(([, amount]) => amount !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1));
};
const pivot = (more: Partial<CostQuestion>) =>
  desk.get(CostPivots).pivot(WHOLE_PROVINCE, {
    ...{ rows: 'DEPARTMENT', columns: 'MONTH', from: FIRST, to: LAST, basis: 'CHARGED', side: 'PROVINCE' },
    ...{ departmentIds: null, systemId: null, projectId: null, centerId: null },
    ...more,
  });
const cellsOf = async (more: Partial<CostQuestion>) => {
  const { columns, rows } = await pivot(more);
  return seen(
    rows.flatMap(({ amounts, key }) => amounts.map((amount, at) => [`${columns[at]} ${key}`, amount] as const)),
  );
};
const owner = (center: number, projectId: string | null = null) => ({ centerId: centers[center] ?? null, projectId });
const closingOf = async (month: string) => {
  const [row] = await desk.sql(
    "select id from closing where book = 'PROVINCE' and of_month = ? and kind = 'STATEMENT' and state = 'CLOSED'",
    [month],
  );
  return row?.id as string;
};

/** What everybody who shows money says of it, compared to the fen. */
async function partsAgree(): Promise<void> {
  await desk.get(CostCells).take();
  await desk.get(ClosedMonths).run();
  // The consolidated view and the statements: each department, each month, each side.
  for (const side of SIDES) {
    const statements: [string, bigint][] = [];
    for (const month of MONTHS) {
      const page = await desk.statements.departments(WHOLE_PROVINCE, month, { first: 100, after: null }, side);
      statements.push(...page.rows.map((row): [string, bigint] => [`${month} ${row.departmentId}`, row.amount]));
    }
    expect([side, 'statements', await cellsOf({ side })]).toEqual([side, 'statements', seen(statements)]);
    expect((await pivot({ side })).total).toBe((await pivot({ side, basis: 'USED' })).total);
  }
  // The accounted side of the reconciliation, by month of use and center; it says what the lines say, and reads none of them.
  const reconciled = await desk.get(ReconciliationService).cells(WHOLE_PROVINCE, FIRST, LAST);
  const ofLines = await desk.usedByLines(FIRST, LAST);
  for (const side of SIDES)
    expect([side, 'reconciled by lines', seen(ofLines[side])]).toEqual([
      ...[side, 'reconciled by lines'],
      seen(
        reconciled.map(({ accounted, centerId, cities, month }) => [
          `${month} ${centerId}`,
          side === 'PROVINCE' ? accounted : cities,
        ]),
      ),
    ]);
  const accounted = await desk.get(AccountedCosts).byCenter(WHOLE_PROVINCE, FIRST, LAST);
  expect([
    'vCPU',
    seen(accounted.map(({ centerId, month, vcpuSeconds }) => [`${month} ${centerId}`, vcpuSeconds])),
  ]).toEqual([...['vCPU', seen(ofLines.vcpuSeconds)]]);
  for (const side of SIDES)
    expect([side, 'reconciled', await cellsOf({ side, basis: 'USED', rows: 'CENTER' })]).toEqual([
      ...[side, 'reconciled'],
      seen(
        reconciled.map(({ accounted, centerId, cities, month }) => [
          `${month} ${centerId}`,
          side === 'PROVINCE' ? accounted : cities,
        ]),
      ),
    ]);
  // Common costs: each month's is on the statements of those who use its center, or visibly unallocated; nothing is lost.
  const shared: [string, bigint][] = [];
  for (const side of SIDES)
    for (const [key, amount] of await cellsOf({ side, basis: 'USED', rows: 'KIND' }))
      if (key.endsWith(' SHARED')) shared.push([key, amount]);
  const spreads = await desk.sql('select * from shared_spread');
  expect(['shared', seen(shared)]).toEqual([
    'shared',
    seen(spreads.map((row) => [`${row.month} SHARED`, BigInt(row.spread_fen as string)])),
  ]);
  for (const row of spreads)
    expect(BigInt(row.spread_fen as string) + BigInt(row.unallocated_fen as string)).toBe(
      BigInt(row.amount_fen as string) + BigInt(row.carried_fen as string),
    );
  // Budgets: all that was closed is spent of the item that pays for it, or unpaid.
  const closed = [];
  for (const { id } of await desk.amounts.documents(null, 100)) closed.push(...(await desk.amounts.amountsOf(id)));
  const ofOwn = total(closed.filter(({ projectId }) => projectId === own.id).map(({ amount }) => amount));
  const [unpaid] = await desk.sql('select coalesce(sum(amount_fen), 0) as fen from budget_unpaid');
  const spent = (await money.budgets.budget(WHOLE_PROVINCE, item))?.spent ?? 0n;
  expect(['spent', spent]).toEqual(['spent', ofOwn]);
  expect(['spent and unpaid', spent + BigInt(unpaid?.fen as string)]).toEqual([
    'spent and unpaid',
    total(closed.map(({ amount }) => amount)),
  ]);
  // What a forecast adds to what is spent is all that is not spent yet, once.
  const months = unspentMonths(2026, await desk.get(ClosedPostingsRepository).monthsOf(2026));
  const drafted = await desk.draftedByLines([own.id], 2026, months);
  // The forecast reads kept sums, and says to the fen what the lines come to.
  const kept = await desk.get(Forecasts).drafted([own.id], 2026);
  expect(['drafted', kept.drafted, kept.draftedAt !== null]).toEqual(['drafted', drafted, true]);
  const used = await pivot({ projectId: own.id, basis: 'USED', columns: null, to: '2026-12' });
  expect(['spent and drafted', spent + drafted]).toEqual(['spent and drafted', used.total]);
}

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  const ofBureau = system(desk.bureau.id);
  await desk.work((tx) => desk.get(SystemsService).add(tx, { systems: [ofBureau], projects: [], links: [] }));
  money = new OwnBudget(app, { department: desk.bureau, system: ofBureau }, wall.now);
  own = await money.project();
  const whole = await money.whole(100_000_00n, 'PROVINCE', 2026);
  item = await money.item(whole, 10_000_00n, own, { year: 2026 });
  owned = story(desk.bureau.id, '2026-09-01 00:00', 4, { owner: owner(0, own.id) });
  uses = [
    owned,
    story(desk.bureau.id, '2026-09-05 00:00', 2, { owner: owner(1) }),
    story(desk.other.id, '2026-10-10 00:00', 3, { owner: owner(1) }),
    story(desk.ofCity.id, '2026-09-01 00:00', 5, { owner: owner(0) }),
  ];
  await desk.shares(centers[0] as string, 'network', 1_000_01n, '2026-09');
  await desk.shares(centers[1] as string, 'security', 333_35n, '2026-10', 'VCPU');
  await desk.shares(newId(), 'empty', 77_77n, '2026-11');
  wall.set('2026-12-02 10:00');
  await desk.rate(uses);
  await desk.passed();
});
afterAll(() => app.close());

describe('statements, the consolidated view, the reconciliation and budgets say the same to the fen (invariant 7; opencost#1409: two meters of one use)', () => {
  it('while everything is drafted', partsAgree);

  it('when a city has closed a month and the province has not, which says nothing of the province’s months', async () => {
    await desk.close('2026-09', desk.city.id);
    await partsAgree();
    const postings = desk.get(ClosedPostingsRepository);
    expect(await postings.firstUnspent(2026)).toBe('2026-01');
    expect(unspentMonths(2026, await postings.monthsOf(2026, desk.city.id))[8]).toBe('2026-10');
  });

  it('when months are closed', async () => {
    await desk.close('2026-09');
    await desk.close('2026-10');
    await partsAgree();
  });

  it('when a fact of a closed month is told late', async () => {
    owned = { ...owned, steps: [...owned.steps, { at: shanghai('2026-09-16 00:00'), vcpu: 7 }] };
    uses[0] = owned;
    await desk.rate([owned]);
    expect(await desk.corrections()).not.toEqual([]);
    await partsAgree();
  });

  it('when a price changes for closed days', async () => {
    desk.price('2026-09-21', '45.55');
    await desk.rate(uses, { repriced: new Map([['VCPU', '2026-09-21']]) });
    await desk.passed();
    await partsAgree();
  });

  it('while a line is disputed, when it is closed so, and when it is answered', async () => {
    const disputes = desk.get(LineDisputes);
    const line = { month: '2026-11', resourceId: owned.resourceId, meter: 'VCPU' };
    const from = shanghai('2026-11-01 00:00').getTime();
    const raised = await disputes.raise(desk.head, scopeOf(desk.head), {
      ...{ ...line, from, reason: '十一月已申请缩容', idempotencyKey: newId() },
    });
    if (!raised.ok) throw new Error(JSON.stringify(raised.error));
    await partsAgree();
    await desk.close('2026-11');
    await partsAgree();
    const answered = await disputes.decide(desk.finance, WHOLE_PROVINCE, 'CORRECT', {
      ...{
        id: raised.value.id,
        expectedVersion: 1,
        text: '经核对工单',
        correctedFen: 100_01n,
        idempotencyKey: newId(),
      },
    });
    if (!answered.ok) throw new Error(JSON.stringify(answered.error));
    await partsAgree();
    expect(await desk.chargedOf('2026-11', owned.resourceId)).toBe(100_01n);
  });

  it('when a month is opened again that later ones were closed after, and when it is closed again', async () => {
    await desk.reverse(await closingOf('2026-10'));
    await partsAgree();
    expect(await desk.get(ClosedPostingsRepository).firstUnspent(2026)).toBe('2026-10');
    await desk.close('2026-10');
    await partsAgree();
    for (const month of ['2026-09', '2026-10'])
      expect([month, await desk.chargedOf(month, owned.resourceId)]).toEqual([
        month,
        await desk.ratedOf(month, owned.resourceId),
      ]);
  });
});

describe('a document that is closed', () => {
  it('comes after all that were closed before it, whatever the clock says and in whatever order they were asked for', async () => {
    const first = await desk.request('2026-10', desk.cityFinance, desk.city.id);
    if (!first.ok) throw new Error(JSON.stringify(first.error));
    await desk.reverse(await closingOf('2026-11'));
    const taken = (await desk.amounts.documents(null, 100)).at(-1);
    // A console whose clock is behind the other's, and a close that was asked for before.
    wall.set('2026-12-02 09:00');
    await desk.approve(first.value.id, desk.citySecond);
    expect(await desk.stateOf(first.value.id)).toBe('CLOSED');
    const next = await desk.amounts.documents(taken?.id ?? null, 100);
    expect(next.map(({ id }) => id)).toEqual([first.value.id]);
    expect((await desk.verification.document(first.value.id))?.findings).toEqual([]);
    await partsAgree();
  });

  it('that is closed while drafts are read is not lost to the consolidated view, nor seen twice', async () => {
    await desk.passed();
    const before = (await pivot({})).total;
    const drafts = desk.get(DraftAmounts);
    const read = drafts.all.bind(drafts);
    let closes = 1;
    Object.assign(drafts, {
      all: async () => {
        if (closes-- > 0) {
          const some = await read();
          await desk.close('2026-11');
          return some;
        }
        return read();
      },
    });
    try {
      expect(await desk.get(CostCells).take()).toBe(1);
    } finally {
      Object.assign(drafts, { all: read });
    }
    expect((await pivot({})).total).toBe(before);
    await partsAgree();
  });

  it('is nothing to anybody before its last row: half a copy, left by a close that was stopped, is in no sum', async () => {
    await desk.sql(
      `insert into ${desk.audit}.closed_line select ?, department_id, resource_id, meter, of_month, start_at, part, line_kind,
         cause, adjustment, end_at, subject_id, kind, system_id, project_id, center_id, architecture, share, quantity,
         period, portion_numerator, portion_denominator, minimum, state, price_version_id, unit_price, rated_fen,
         before_fen, amount_fen
       from ${desk.audit}.closed_line where document_id = ?`,
      [newId(), await closingOf('2026-09')],
    );
    await partsAgree();
  });
});
