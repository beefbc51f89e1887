import mysql from 'mysql2/promise';
import { toRow } from '../../server/src/accounting/accounting.repository.js';
import { spanOfMonth } from '../../server/src/accounting/domain/accounting-units.js';
import type { StatementLine } from '../../server/src/accounting/domain/line-diff.js';
import { PriceBook } from '../../server/src/accounting/domain/price-book.js';
import { linesOf, type RatingBooks, RatingService } from '../../server/src/accounting/rating.service.js';
import { parseUnitPrice } from '../../server/src/kernel/money.js';
import { intervalsOf } from '../../server/src/metering/domain/intervals.js';
import type { MeteredNow } from '../../server/src/metering/metering.service.js';
import type { NamedUse } from '../../server/src/metering/metering.types.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestApplication } from '../support/application.ts';
import type { Row } from './table.ts';

/** Enough that warming up does not decide. */
const RESOURCES = 20_000;
/** As the worker does it. */
const PER_PAGE = 500;
const MONTH = '2026-03';
const METERS = ['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD', 'ADDRESS'] as const;

/**
 * Statement lines rated and persisted per second by the service's own way (read what stands, rate, compare, write, one
 * transaction a page) against the bare batched insert of the same rows by plain mysql2, and rating alone. All in this run.
 */
export async function benchRating(app: TestApplication): Promise<Row[]> {
  const rating = app.context.get(RatingService, { strict: false });
  const work = app.context.get(UnitOfWork, { strict: false });
  const books = madeUpBooks();
  const pages = pagesOf(uses());
  const until = spanOfMonth(MONTH).to;
  // The service rates this month and the last besides; here only the month of the uses is in its books.
  const [warm = []] = pagesOf(uses(PER_PAGE));
  await work.run((tx) => rating.rate(tx, warm, books));
  await app.test.db.query('delete from rated_line');

  const service = await seconds(async () => {
    for (const page of pages) await work.run((tx) => rating.rate(tx, page, books));
  });
  const [{ n }] = await app.test.db.query('select count(*) as n from rated_line');
  const lines: StatementLine[] = [];
  const alone = await seconds(async () => {
    for (const one of pages.flat()) lines.push(...linesOf(one, [MONTH], until, books));
  });
  if (Number(n) !== lines.length) throw new Error(`${n} lines stand, ${lines.length} were rated`);
  await app.test.db.query('delete from rated_line');
  const bare = await seconds(() => bareInsert(app, lines));
  const again = await seconds(async () => {
    for (const page of pages) await work.run((tx) => rating.rate(tx, page, books));
  });
  // A price that was told late: the whole month is rated anew, and every line of it is another.
  const dearer = madeUpBooks('32.75');
  const changed = await seconds(async () => {
    for (const page of pages) await work.run((tx) => rating.rate(tx, page, dearer));
  });
  const [{ n: dear }] = await app.test.db.query('select count(*) as n from rated_line where unit_price = 32.75');
  if (Number(dear) !== lines.length) throw new Error(`${dear} lines of ${lines.length} have the new price`);
  return [
    {
      what: `statement lines/s, rated and persisted (${lines.length} lines)`,
      value: lines.length / service,
      unit: '/s',
    },
    { what: 'the bare batched insert of the same rows', value: lines.length / bare, unit: '/s' },
    { what: 'ratio', value: bare / service, unit: '', goal: { atLeast: 0.5 } },
    { what: 'rating alone, one thread', value: lines.length / alone, unit: '/s' },
    { what: 'rated again with nothing new (compared, not written)', value: lines.length / again, unit: '/s' },
    { what: 'the month rated anew after a price changed, every line', value: changed, unit: 's' },
    { what: '…', value: lines.length / changed, unit: '/s' },
  ];
}

/** Each of five meters, half of them with a size that changed once in the month. */
function uses(count = RESOURCES): NamedUse[] {
  return Array.from({ length: count }, (_, at): NamedUse => {
    const id = newId();
    const quantities = (times: number) => Object.fromEntries(METERS.map((meter) => [meter, times * (1 + (at % 7))]));
    const changed =
      at % 2 === 0 ? [{ id: '2', at: new Date('2026-03-17T02:00:00.000Z'), quantities: quantities(2) }] : [];
    return {
      ...{ resourceId: id, subjectId: id, kind: 'MACHINE', code: `VM-${at}`, name: `vm-${at}`, requestId: null },
      owner: {
        ...{ departmentId: DEPARTMENTS[at % DEPARTMENTS.length] as string, systemId: newId(), projectId: null },
        ...{ centerId: null, architecture: 'ARM64', share: 'MAIN' },
      },
      begins: new Date('2026-03-02T02:00:00.000Z'),
      ends: new Date('2026-03-30T02:00:00.000Z'),
      facts: [{ id: '1', at: new Date('2026-03-02T02:00:00.000Z'), quantities: quantities(1) }, ...changed],
      disputed: [],
    };
  });
}

const DEPARTMENTS = Array.from({ length: 100 }, () => newId());

function pagesOf(all: readonly NamedUse[]): MeteredNow[][] {
  const pages: MeteredNow[][] = [];
  for (let at = 0; at < all.length; at += PER_PAGE)
    pages.push(
      all.slice(at, at + PER_PAGE).map((use) => ({
        use,
        intervals: intervalsOf(use).map((interval) => ({
          ...interval,
          ...use.owner,
          ...{ resourceId: use.resourceId, subjectId: use.subjectId, kind: use.kind, version: 1 },
        })),
        changedFrom: use.begins,
      })),
    );
  return pages;
}

/** @param price of a month, in yuan. */
function madeUpBooks(price = '31.5'): RatingBooks {
  const versions = METERS.map((meter) => ({
    meter,
    period: 'MONTH' as const,
    versions: [
      {
        ...{ id: newId(), itemId: newId(), centerId: null, architecture: null, from: '2026-01-01', to: null },
        ...{ kind: 'STANDARD' as const, price: parseUnitPrice(price), listPrice: null, synthetic: true, reason: '' },
      },
    ],
  }));
  return {
    prices: new PriceBook(versions),
    items: versions,
    rules: [{ from: MONTH, rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '' }],
  };
}

async function bareInsert(app: TestApplication, lines: readonly StatementLine[]): Promise<void> {
  const { socketPath, user, password, database } = app.test.address;
  const connection = await mysql.createConnection({ socketPath, user, password, database, timezone: 'Z' });
  const rows = lines.map((line) => {
    const row = toRow(line);
    return COLUMNS.map(([, of]) => of(row));
  });
  const into = `insert into rated_line (${COLUMNS.map(([name]) => name).join(', ')}) values ?`;
  for (let at = 0; at < rows.length; at += 1_000) await connection.query(into, [rows.slice(at, at + 1_000)]);
  await connection.end();
}

type LineRow = ReturnType<typeof toRow>;
const COLUMNS: readonly (readonly [string, (row: LineRow) => unknown])[] = [
  ['month', (row) => row.month],
  ['resource_id', (row) => row.resourceId],
  ['meter', (row) => row.meter],
  ['start_at', (row) => row.startAt],
  ['end_at', (row) => row.endAt],
  ['interval_start_at', (row) => row.intervalStartAt],
  ['subject_id', (row) => row.subjectId],
  ['kind', (row) => row.kind],
  ['department_id', (row) => row.departmentId],
  ['system_id', (row) => row.systemId],
  ['project_id', (row) => row.projectId],
  ['center_id', (row) => row.centerId],
  ['architecture', (row) => row.architecture],
  ['share', (row) => row.share],
  ['quantity', (row) => row.quantity.toString()],
  ['period', (row) => row.period],
  ['portion_numerator', (row) => row.portionNumerator.toString()],
  ['portion_denominator', (row) => row.portionDenominator.toString()],
  ['minimum', (row) => row.minimum],
  ['state', (row) => row.state],
  ['price_version_id', (row) => row.priceVersionId],
  ['unit_price', (row) => row.unitPrice],
  ['amount_fen', (row) => row.amountFen?.toString() ?? null],
];

async function seconds(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
}
