import { afterEach, expect, it } from '@jest/globals';
import { AccountingSweep } from '../../../server/src/accounting/accounting-sweep.service.js';
import { CostCells } from '../../../server/src/costs/cost-cells.service.js';
import { DemonstrationContractLife } from '../../../server/src/demonstration/demonstration-contract-life.js';
import { DemonstrationSpend } from '../../../server/src/demonstration/demonstration-spend.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { FilesService } from '../../../server/src/files/files.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { Outages } from '../../../server/src/outages/outages.service.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { AssetsService } from '../../../server/src/spend/assets.service.js';
import { ContractsService } from '../../../server/src/spend/contracts.service.js';
import { Deductions } from '../../../server/src/spend/deductions.service.js';
import { DisposalsService } from '../../../server/src/spend/disposals.service.js';
import { EntriesService } from '../../../server/src/spend/entries.service.js';
import { ReconciliationService } from '../../../server/src/spend/reconciliation.service.js';
import { SupplementsService } from '../../../server/src/spend/supplements.service.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';

let app: TestApplication;
afterEach(() => app.close());

async function morningOf(time: string) {
  const clock = { now: () => new Date(time) };
  app = await openTestApplication(clock);
  const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
  const centers = ['center-a', 'center-b', 'center-c'].map((code) => center({ code, name: code }));
  await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers, clusters: [], pools: [] }));
  const [contracts, entries, reconciliation] = [get(ContractsService), get(EntriesService), get(ReconciliationService)];
  const demonstration = new DemonstrationSpend(
    contracts,
    entries,
    get(Deductions),
    get(Outages),
    get(SystemsService),
    get(AssetsService),
    new DemonstrationContractLife(contracts, entries, get(Deductions), get(SupplementsService), get(DisposalsService)),
    reconciliation,
    get(FacilitiesService),
    get(AccountingSweep),
    get(CostCells),
    get(FilesService),
    clock,
  );
  const duty = viewerWith(['DUTY_ENGINEER'], null);
  await demonstration.run(viewerWith(['FINANCE'], null), viewerWith(['FINANCE'], null), duty);
  const { rows } = await contracts.contracts({}, { first: 100, after: null });
  const payments = await entries.page({ kind: 'PAYMENT' }, { first: 100, after: null });
  const { first, last } = reconciliation.monthsOf(Number(time.slice(0, 4)));
  const deductions = await entries.page({ kind: 'DEDUCTION' }, { first: 100, after: null });
  const assets = (await get(AssetsService).assets({}, { first: 100, after: null })).rows;
  const disposals = (await get(DisposalsService).ofAssets(assets.map(({ id }) => id))).filter((one) => one !== null);
  const supplements = (await get(SupplementsService).ofContracts(rows.map(({ id }) => id))).flat();
  return {
    rows,
    payments,
    deductions,
    disposals,
    supplements,
    cells: await reconciliation.cells(WHOLE_PROVINCE, first, last),
  };
}

it('late in the year finance has paid three quarters, one deduction less, and one payment waits', async () => {
  const { rows, payments, deductions, cells, ...later } = await morningOf('2026-11-29T02:00:00.000Z');
  expect(rows.map(({ state }) => state).toSorted()).toEqual([...Array(6).fill('CONFIRMED'), 'ENTERED']);
  expect(payments.rows.filter(({ state }) => state === 'ENTERED')).toHaveLength(1);
  // Four contracts three quarters each; of the fifth an advance that the first quarter draws down; of the sixth an advance alone.
  expect(payments.totalCount).toBe(16);
  expect(rows.filter(({ deducted }) => deducted > 0n)).toHaveLength(1);
  const advanced = rows.filter((row) => row.advanced > 0n);
  expect(advanced.map(({ accepted, paid }) => paid - accepted).toSorted((a, b) => Number(a - b))).toEqual([
    0n,
    8_640_000n,
  ]);
  // It rests on the book of outages: what was nobody's fault does not count.
  expect(deductions.rows.filter(({ state }) => state === 'CONFIRMED')).toMatchObject([
    { assessment: { downMinutes: 138, excusedMinutes: 60, faults: [{ minutes: 78 }, { minutes: 60 }] } },
  ]);
  expect(deductions.rows.filter(({ state }) => state === 'ENTERED')).toMatchObject([
    { assessment: { month: '2026-10', downMinutes: 151, excusedMinutes: 55 } },
  ]);
  expect(later.supplements.map(({ state }) => state).toSorted()).toEqual(['CONFIRMED', 'ENTERED']);
  expect(rows.find(({ kind, state }) => kind === 'CLOUD_PLATFORM' && state === 'CONFIRMED')?.ceiling).toBe(
    620_000_000n,
  );
  expect(later.disposals.map(({ state }) => state).toSorted()).toEqual(['CONFIRMED', 'ENTERED']);
  // What is of no center is seen, and not explained away.
  const unallocated = cells.filter(({ centerId }) => centerId === null);
  expect(unallocated).toHaveLength(9);
  for (const cell of cells) expect(cell.accounted + cell.unallocated).toBe(cell.spend);
  expect(cells.some(({ explained }) => explained !== 0n)).toBe(true);
  expect(cells.some(({ unexplained }) => unexplained !== 0n)).toBe(true);
});

it('in the first weeks of a year nothing is paid yet, and contracts and assets are there', async () => {
  const { rows, payments, cells, ...later } = await morningOf('2027-01-10T02:00:00.000Z');
  expect([rows.length, payments.totalCount]).toEqual([6, 0]);
  expect([later.supplements, later.disposals]).toEqual([[], []]);
  expect(cells.map(({ month }) => month)).toEqual(['2027-01', '2027-01', '2027-01']);
});
