import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProrationRules } from '../../../server/src/accounting/proration-rules.service.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { AssetsService } from '../../../server/src/spend/assets.service.js';
import { ReconciliationService } from '../../../server/src/spend/reconciliation.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

const own = department();
const city = department({ level: 'CITY' });
let app: TestApplication;
let desk: SpendDesk;
let assets: AssetsService;
let reconciliation: ReconciliationService;

beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date('2026-07-15T02:00:00.000Z') });
  desk = await SpendDesk.open(app);
  [assets, reconciliation] = [desk.get(AssetsService), desk.get(ReconciliationService)];
  await desk.get(UnitOfWork).run(async (tx) => {
    await desk.get(DepartmentsService).add(tx, [own, city]);
    const rule = { from: '2026-01', rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '测试' } as const;
    await desk.get(ProrationRules).add(tx, rule);
  });
});
afterAll(() => app.close());

/** A line of a draft: 4 vCPU the whole of January in one center. */
async function line(departmentId: string, amount: bigint): Promise<void> {
  await app.test.db.query(
    `insert into rated_line (month, resource_id, meter, start_at, end_at, interval_start_at, subject_id, kind, department_id,
       center_id, share, quantity, period, portion_numerator, portion_denominator, minimum, state, price_version_id, unit_price, amount_fen)
     values ('2026-01', ?, 'VCPU', '2025-12-31 16:00:00', '2026-01-31 16:00:00', '2025-12-31 16:00:00', ?, 'MACHINE', ?,
       ?, 'MAIN', 4, 'MONTH', 31, 31, 0, 'RATED', ?, 30, ?)`,
    [newId(), newId(), departmentId, desk.center.id, newId(), amount],
  );
}
const cellOf = async (month: string, centerId: string | null = desk.center.id) => {
  const cells = await reconciliation.cells(WHOLE_PROVINCE, '2026-01', '2026-06');
  return cells.find((cell) => cell.month === month && cell.centerId === centerId);
};

describe('spend and accounted cost', () => {
  it('stand side by side, and what is different is explained by named people', async () => {
    const contract = await desk.contract({ ceiling: 181_00n });
    await desk.accepted(contract, 181_00n);
    // 181 days: a hundred fen a day.
    await desk.confirmed(idOf(await desk.pay(contract, 181_00n)));
    // Entered only, it is no spend yet.
    const asset = idOf(
      await assets.enter(desk.clerk, {
        ...{
          idempotencyKey: newId(),
          code: 'ZC-1',
          name: '存储阵列',
          centerId: desk.center.id,
          acquiredOn: '2026-01-20',
        },
        ...{ cost: 60_00n, residual: 0n, lifeMonths: 60, maintenance: 5_00n, power: 2_00n },
      }),
    );
    await line(own.id, 20_00n);
    await line(city.id, 3_00n);
    await desk.get(CostCells).take();
    expect(await cellOf('2026-01')).toMatchObject({
      spend: 31_00n,
      accounted: 20_00n,
      unallocated: 11_00n,
      cities: 3_00n,
    });
    idOf(await assets.decide(desk.checker, 'CONFIRM', { idempotencyKey: newId(), id: asset, expectedVersion: 1 }));
    expect(await cellOf('2026-01')).toMatchObject({ spend: 39_00n, unallocated: 19_00n, unexplained: 16_00n });
    const explain = (amount: bigint, note = '') =>
      reconciliation.explain(desk.clerk, {
        ...{
          idempotencyKey: newId(),
          month: '2026-01',
          centerId: desk.center.id,
          reason: 'IDLE_CAPACITY',
          amount,
          note,
        },
      });
    const first = idOf(await explain(16_00n));
    expect(await cellOf('2026-01')).toMatchObject({ explained: 16_00n, unexplained: 0n });
    // Taken back once, both stay.
    const back = () => reconciliation.takeBack(desk.clerk, { idempotencyKey: newId(), id: first, note: '算错' });
    const answers = await Promise.all([back(), back()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await cellOf('2026-01')).toMatchObject({ explained: 0n, unexplained: 16_00n });
    expect(await reconciliation.differencesOfCell('2026-01', desk.center.id)).toHaveLength(2);
    expect(codesOf(await explain(0n))).toEqual(['INVALID_INPUT']);
    // 4 vCPU the whole month, of the province and of the city.
    expect((await cellOf('2026-01'))?.vcpuMonths).toBe(8_000_000n);
  });

  it('open down to payments, assets and departments whose sums are the figures', async () => {
    for (const month of ['2026-01', '2026-02', '2026-06']) {
      const parts = await reconciliation.partsOfCell(month, desk.center.id);
      const used = await reconciliation.accountedOfCell(WHOLE_PROVINCE, month, desk.center.id);
      const cell = await cellOf(month);
      expect(parts.reduce((sum, { amount }) => sum + amount, 0n)).toBe(cell?.spend);
      const sums = Map.groupBy(used, (one) => one.city);
      const sumOf = (which: boolean) => (sums.get(which) ?? []).reduce((sum, { amount }) => sum + amount, 0n);
      expect([sumOf(false), sumOf(true)]).toEqual([cell?.accounted, cell?.cities]);
      for (const part of parts) expect([part.entryId, part.assetId].filter(Boolean)).toHaveLength(1);
    }
  });

  it('lose nothing that is of no center: a contract whose weights are all zero is seen unallocated', async () => {
    const contract = await desk.contract({ ceiling: 31_00n, shares: [{ centerId: desk.center.id, weight: 0 }] });
    await desk.accepted(contract, 31_00n);
    const payment = idOf(await desk.pay(contract, 31_00n, { to: '2026-02-01' }));
    await desk.confirmed(payment);
    expect(await cellOf('2026-01', null)).toMatchObject({ spend: 31_00n, accounted: 0n, unallocated: 31_00n });
    // Reversed, it is nothing anywhere.
    await desk.confirmed(idOf(await desk.reverse(payment)));
    expect(await cellOf('2026-01', null)).toMatchObject({ spend: 0n, unallocated: 0n });
  });

  it('come to the same for a month alone as in a longer row of months', async () => {
    const all = await reconciliation.cells(WHOLE_PROVINCE, '2026-01', '2026-06');
    for (const { month } of all)
      expect(await reconciliation.cells(WHOLE_PROVINCE, month, month)).toEqual(
        all.filter((cell) => cell.month === month),
      );
  });
});

describe('an owned asset', () => {
  const wish = (more = {}) => ({
    ...{ idempotencyKey: newId(), code: 'ZC-2', name: '服务器', centerId: desk.center.id, acquiredOn: '2026-02-10' },
    ...{ cost: 100n, residual: 10n, lifeMonths: 7, maintenance: 0n, power: 0n },
    ...more,
  });

  it('is refused with every field that is wrong, and has a code of its own', async () => {
    const wrong = await assets.enter(desk.clerk, wish({ cost: -1n, centerId: newId() }));
    expect(wrong).toMatchObject({ error: [{ path: ['cost'] }, { path: ['residual'] }, { path: ['centerId'] }] });
    idOf(await assets.enter(desk.clerk, wish()));
    expect(await assets.enter(desk.clerk, wish())).toMatchObject({ error: [{ path: ['code'], rule: 'unique' }] });
  });

  it('costs something else from a month on, and what was before stays', async () => {
    const id = idOf(await assets.enter(desk.clerk, wish({ code: 'ZC-3', maintenance: 5n })));
    const change = (from: string) =>
      assets.changeUpkeep(desk.clerk, {
        idempotencyKey: newId(),
        id,
        from,
        maintenance: 9n,
        power: 0n,
        reason: '续保',
      });
    idOf(await change('2026-05'));
    expect(await change('2026-05')).toMatchObject({ error: [{ path: ['from'], rule: 'order' }] });
    expect(await change('2026-03')).toMatchObject({ error: [{ path: ['from'], rule: 'order' }] });
    const [upkeeps = []] = await assets.upkeepsOf([id]);
    expect(upkeeps.map(({ fromMonth, maintenance }) => [fromMonth, maintenance])).toEqual([
      ['2026-02', 5n],
      ['2026-05', 9n],
    ]);
    const [asset] = await assets.byIds([id]);
    expect(asset && assets.monthOf(asset, upkeeps)).toMatchObject({ month: '2026-07', maintenance: 9n, netValue: 22n });
  });
});
