import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import type { TestConsole } from '../support/console.ts';
import { benchListPage } from './list-page.ts';
import type { Row } from './table.ts';

/** As many as design §13 lists. */
export const PAST_MACHINES = 100_000;
const PAGE = 50;

/** The console's own list of resources, as its page asks for it. */
const RESOURCE_LIST = `query ResourceList($first: Int!) {
  resources(first: $first, orderBy: NEWEST) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id code name state power stale observedAt vcpu memoryMib diskGib addresses monthlyCost createdAt deliveredAt
      department { id name } system { id name } center { id name role }
    }
  }
}`;

/** Of a province with so many machines in its past; making that past is measured too. */
export async function benchResourceList(console_: TestConsole): Promise<Row[]> {
  const began = performance.now();
  await console_.application.get(HistoryLoader, { strict: false }).load({ machines: PAST_MACHINES, months: 24 });
  const seconds = (performance.now() - began) / 1_000;
  const [{ n }] = await console_.test.db.query('select count(*) as n from resource');
  return [
    { what: `a past of ${n} machines in 24 months, made and written`, value: seconds, unit: ' s' },
    ...(await benchListPage(console_, {
      what: `list of VMs at ${n}`,
      username: 'reviewer',
      query: RESOURCE_LIST,
      first: PAGE,
    })),
  ];
}
