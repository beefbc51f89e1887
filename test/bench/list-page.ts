import mysql from 'mysql2/promise';
import type { TestConsole } from '../support/console.ts';
import { recordStatements, replay } from './recorded-statements.ts';
import type { Row } from './table.ts';

/** Enough for a p95 that one hiccup does not decide. */
const ROUNDS = 200;
const WARM_ROUNDS = 30;
const SMALL_PAGE = 5;

interface ListPage {
  readonly what: string;
  readonly username: string;
  /** Takes `$first`. */
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly first: number;
}

/**
 * One page of a long list over HTTP against the very statements that it sends, by plain mysql2; and that their number
 * does not depend on the page's size (design §13).
 */
export async function benchListPage(console_: TestConsole, page: ListPage): Promise<Row[]> {
  const client = await console_.signIn(page.username);
  const { db, address } = console_.test;
  const ask = (first: number) => client.data(page.query, { ...page.variables, first });
  for (let round = 0; round < WARM_ROUNDS; round += 1) await ask(page.first);
  // The feed is asked all the time, whoever lists what.
  const own = async (first: number) =>
    (await recordStatements(db, () => ask(first))).filter(({ sql }) => !sql.includes('change_feed'));
  const statements = await own(page.first);
  const fewer = await own(SMALL_PAGE);
  const http = await times(() => ask(page.first));
  const connection = await mysql.createConnection({ ...address, timezone: 'Z' });
  try {
    const plain = await times(() => replay(connection, statements));
    return [
      { what: `${page.what}: statements of a page of ${page.first}`, value: statements.length, unit: '' },
      {
        what: `… more than for a page of ${SMALL_PAGE}`,
        value: statements.length - fewer.length,
        unit: '',
        goal: { atMost: 0 },
      },
      { what: '… p50 over HTTP', value: at(http, 0.5), unit: ' ms' },
      { what: '… p95 over HTTP', value: at(http, 0.95), unit: ' ms' },
      { what: '… p95 of its statements by plain mysql2', value: at(plain, 0.95), unit: ' ms' },
      { what: '… ratio of the p95', value: at(http, 0.95) / at(plain, 0.95), unit: '', goal: { atMost: 3 } },
    ];
  } finally {
    await connection.end();
  }
}

async function times(work: () => Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    measured.push(performance.now() - began);
  }
  return measured.toSorted((a, b) => a - b);
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
