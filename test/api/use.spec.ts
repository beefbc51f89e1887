import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { MadeUpUse } from '../../server/src/demonstration/made-up-use.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

const PAST = { machines: 120, months: 3 };

let console_: TestConsole;
let reviewer: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  await console_.application.get(MadeUpUse, { strict: false }).load(new Date());
  reviewer = await console_.signIn('reviewer');
}, 180_000);
afterAll(() => console_?.close());

// Of the tables that the list and its edges read; housekeeping and sessions count for themselves.
const MEANT = /from `?(resource|offer|price|department|system|life_policy)/i;
const LIST = `query L($first: Int!, $filter: ResourceFilter) {
  resources(first: $first, filter: $filter) {
    totalCount
    nodes { id use { state cpuP95 idle { text } } useDays { day partial } sizeSuggestion { offerId savedMonthly } }
  }
}`;
type Node = {
  id: string;
  use: { state: string; cpuP95: number | null; idle: object | null };
  useDays: { day: string; partial: boolean }[];
  sizeSuggestion: { savedMonthly: string | null } | null;
};

it('asks as many statements for many machines as for two', async () => {
  await reviewer.data(LIST, { first: 2 });
  const two = await countStatements(console_.test.db, () => reviewer.data(LIST, { first: 2 }), MEANT);
  const many = await countStatements(console_.test.db, () => reviewer.data(LIST, { first: 50 }), MEANT);
  expect(many.result.resources.nodes).toHaveLength(50);
  expect(two.statements).toBeGreaterThan(0);
  expect(many.statements).toBe(two.statements);
});

it('names in its lists just those whose own page says so, and sums them by department', async () => {
  const listed = async (uses: string[] | null): Promise<Node[]> => {
    const { resources } = await reviewer.data(LIST, { first: 100, filter: { uses, states: ['IN_USE'] } });
    expect(resources.nodes).toHaveLength(Math.min(100, resources.totalCount));
    return resources.nodes;
  };
  const [idle, oversized] = [await listed(['IDLE']), await listed(['OVERSIZED'])];
  expect(idle.length).toBeGreaterThan(0);
  expect(oversized.length).toBeGreaterThan(0);
  expect(idle.every(({ use }) => use.idle !== null)).toBe(true);
  expect(oversized.every(({ sizeSuggestion, use }) => sizeSuggestion !== null && use.idle === null)).toBe(true);
  const { useTotal, departmentUses } = await reviewer.data(
    `{ useTotal { windowDays machines seen idle oversized oversizedMonthly }
       departmentUses(first: 100) { nodes { machines idle oversized oversizedMonthly } } }`,
  );
  expect(useTotal).toMatchObject({ windowDays: 30, idle: idle.length, oversized: oversized.length });
  const saved = oversized.reduce((sum, one) => sum + BigInt(one.sizeSuggestion?.savedMonthly ?? '0'), 0n);
  expect(useTotal.oversizedMonthly).toBe(saved.toString());
  for (const name of ['machines', 'idle', 'oversized'])
    expect(departmentUses.nodes.reduce((sum: number, row: Record<string, number>) => sum + (row[name] ?? 0), 0)).toBe(
      useTotal[name],
    );
});

it('pages departments without losing or repeating one', async () => {
  const page = async (first: number, after: string | null) =>
    (
      await reviewer.data(
        `query D($first: Int!, $after: String) {
           departmentUses(first: $first, after: $after, orderBy: CPU) {
             totalCount pageInfo { hasNextPage endCursor } nodes { cpuMean department { id } }
           }
         }`,
        { first, after },
      )
    ).departmentUses;
  const whole = await page(100, null);
  expect(whole.totalCount).toBe(whole.nodes.length);
  const seen: object[] = [];
  let after: string | null = null;
  for (let asked = 0; asked <= whole.totalCount; asked += 3) {
    const some = await page(3, after);
    seen.push(...some.nodes);
    if (!some.pageInfo.hasNextPage) break;
    after = some.pageInfo.endCursor;
  }
  expect(seen).toEqual(whole.nodes);
});

it('says of today that it is in part, and no sum of money to whoever reads no prices', async () => {
  const { resources } = await reviewer.data(LIST, { first: 20, filter: { states: ['IN_USE'] } });
  const measured = (resources.nodes as Node[]).filter(({ useDays }) => useDays.length > 0);
  expect(measured.length).toBeGreaterThan(0);
  for (const { useDays } of measured) expect(useDays.filter(({ partial }) => partial).length).toBeLessThanOrEqual(1);
  const duty = await console_.signIn('duty');
  const { useTotal } = await duty.data('{ useTotal { idle idleMonthly oversizedMonthly } }');
  expect(useTotal).toMatchObject({ idleMonthly: null, oversizedMonthly: null });
  expect(useTotal.idle).toBeGreaterThan(0);
});
