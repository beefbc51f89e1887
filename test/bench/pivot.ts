import { CostChangesRepository } from '../../server/src/costchanges/cost-changes.repository.js';
import type { OwnerChange } from '../../server/src/costchanges/domain/change.js';
import { type CostAmount, CostsRepository } from '../../server/src/costs/costs.repository.js';
import { COST_DIMENSIONS } from '../../server/src/costs/domain/pivot.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestConsole } from '../support/console.ts';
import type { Row } from './table.ts';

const MONTHS = 36;
const RESOURCES = 100_000;
const DEPARTMENTS = 120;
/** A hundred resources a system, over the centers and shares that its DR mode gives it. */
const SYSTEMS = 1_000;
const SPREAD = [
  { share: 'MAIN_A', center: 0, meteredKind: 'MACHINE' },
  { share: 'MAIN_B', center: 1, meteredKind: 'MACHINE' },
  { share: 'RECOVERY', center: 2, meteredKind: 'MACHINE' },
  { share: 'RECOVERY', center: 2, meteredKind: 'DATA' },
  { share: 'MAIN', center: 0, meteredKind: 'SERVER' },
] as const;
/** Of a month; a price that is changed changes every use. */
const CHANGED_OF_A_MONTH = 0.05;
const MONTHS_OF_NEW_PRICES = [12, 24];
const CHANGES_PER_INSERT = 10_000;
const ROUNDS = 60;
const WARM_ROUNDS = 10;
const GOAL_MS = 500;

const months = Array.from({ length: MONTHS }, (_, at) => {
  const number = 2024 * 12 + at;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
});
const [FIRST, LAST] = [months[0] as string, months.at(-1) as string];
const PIVOT = `query P($rows: CostDimension!, $columns: CostDimension, $from: String!, $to: String!, $basis: CostBasis) {
  costPivot(rows: $rows, columns: $columns, from: $from, to: $to, basis: $basis) {
    columns { key label } rows { key label amounts total } rest { rows amounts total } amounts total draftedMonths } }`;
const CHANGE = `query C($from: String!, $to: String!, $by: CostChangeDimension) {
  costChange(from: $from, to: $to, by: $by) { before after rest parts { part amount } groups { key label before after parts { part amount } } } }`;

/**
 * 费用总览 over 36 months of 100,000 resources, by every pair of its sides and both bases, over HTTP: from the sums that are
 * kept once a month is closed. And why costs changed, between months that follow each other and over all of them.
 */
export async function benchPivot(console_: TestConsole): Promise<Row[]> {
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const cells = await fillCells(get(CostsRepository), get(UnitOfWork));
  const changes = await fillChanges(get(CostChangesRepository), get(UnitOfWork));
  const { db } = console_.test;
  for (const table of ['cost_cell', 'cost_change']) await db.query(`analyze table ${table}`);
  const finance = await console_.signIn('finance');
  const layouts = COST_DIMENSIONS.flatMap((rows) =>
    [...COST_DIMENSIONS.filter((one) => one !== rows), null].flatMap((columns) =>
      (['CHARGED', 'USED'] as const).map((basis) => ({ rows, columns, basis, from: FIRST, to: LAST })),
    ),
  );
  for (const layout of layouts.slice(0, WARM_ROUNDS)) await finance.data(PIVOT, layout);
  const pivots: number[] = [];
  for (const layout of layouts) pivots.push(await milliseconds(() => finance.data(PIVOT, layout)));
  const changesOf = async (from: string): Promise<number[]> => {
    const measured: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const by = (['DEPARTMENT', 'SYSTEM', 'CENTER', 'SHARE'] as const)[round % 4];
      measured.push(await milliseconds(() => finance.data(CHANGE, { from, to: LAST, by })));
    }
    return measured.slice(WARM_ROUNDS);
  };
  const [next, all] = [await changesOf(months.at(-2) as string), await changesOf(FIRST)];
  return [
    { what: `pivot of ${MONTHS} months of ${RESOURCES} resources: kept sums`, value: cells, unit: '' },
    { what: '… layouts asked, each pair of sides by both bases', value: layouts.length, unit: '' },
    { what: '… p50 over HTTP', value: at(pivots, 0.5), unit: ' ms' },
    { what: '… p95 over HTTP', value: at(pivots, 0.95), unit: ' ms', goal: { atMost: GOAL_MS } },
    { what: 'why costs changed: uses that changed in all months', value: changes, unit: '' },
    { what: '… p95 over HTTP, from one month to the next', value: at(next, 0.95), unit: ' ms' },
    { what: `… p95 over HTTP, over ${MONTHS} months`, value: at(all, 0.95), unit: ' ms' },
  ];
}

const ids = (count: number) => Array.from({ length: count }, () => newId());
const [departments, systems, projects, centers] = [ids(DEPARTMENTS), ids(SYSTEMS), ids(SYSTEMS), ids(3)];
const ownerOf = (system: number, spread: number) => {
  const { center, meteredKind, share } = SPREAD[spread % SPREAD.length] as (typeof SPREAD)[number];
  return {
    ...{ departmentId: departments[system % DEPARTMENTS] as string, systemId: systems[system] as string, cityId: null },
    ...{ projectId: projects[system] as string, centerId: centers[center] as string, share, meteredKind },
  };
};

/** As each month's document says it, and some corrections of the month before. */
async function fillCells(repository: CostsRepository, work: UnitOfWork): Promise<number> {
  let count = 0;
  for (const [at, month] of months.entries()) {
    const amounts = systems.flatMap((_, system) =>
      SPREAD.flatMap((__, spread): CostAmount[] => {
        const own = { ...ownerOf(system, spread), amount: BigInt(31_500_00 + system * 977 + spread * 13 + at) };
        const corrected = at > 0 && (system + at) % 10 === 0;
        return [
          { ...own, month, ofMonth: month },
          ...(corrected ? [{ ...own, month, ofMonth: months[at - 1] as string, amount: -99_13n }] : []),
        ];
      }),
    );
    await work.run(async (tx) => {
      await repository.begin(tx);
      await repository.addDocument(tx, newId(), amounts);
    });
    count += amounts.length;
  }
  return count;
}

async function fillChanges(repository: CostChangesRepository, work: UnitOfWork): Promise<number> {
  let count = 0;
  for (const [at, month] of months.entries()) {
    if (at === 0) continue;
    const passId = newId();
    // First: a worker throws away what speaks for no month.
    await work.run((tx) => repository.put(tx, [{ month, passId, textHash: '0'.repeat(64) }]));
    const priced = MONTHS_OF_NEW_PRICES.includes(at);
    const changed = priced ? RESOURCES : Math.round(RESOURCES * CHANGED_OF_A_MONTH);
    for (let from = 0; from < changed; from += CHANGES_PER_INSERT)
      await work.run((tx) =>
        repository.add(
          tx,
          passId,
          Array.from({ length: Math.min(CHANGES_PER_INSERT, changed - from) }, (_, one) => ({
            resourceId: newId(),
            changes: [changeOf(from + one + at, priced)],
          })),
        ),
      );
    count += changed;
  }
  return count;
}

function changeOf(number: number, priced: boolean): OwnerChange {
  const { meteredKind: kind, ...owner } = ownerOf(number % SYSTEMS, number);
  const none = { NEW: 0n, RELEASED: 0n, RESIZED: 0n, PRICE: 0n, MOVED: 0n, DAYS: 0n, CORRECTION: 0n };
  const part = priced ? 'PRICE' : (['NEW', 'RELEASED', 'RESIZED'] as const)[number % 3];
  return { owner: { ...owner, kind }, before: 12_000n, after: 12_314n, parts: { ...none, [part as 'NEW']: 314n } };
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

function at(measured: readonly number[], share: number): number {
  const sorted = measured.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}
