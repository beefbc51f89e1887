import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { recordStatements, type Statement } from '../../bench/recorded-statements.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpaceDesk } from '../../support/space-desk.ts';

const REQUESTS = 6;
const LOCKS_A_REQUEST = /from request where .* for update$/is;
const LOCKS_CABINETS = /from `?cabinet`? where .*for update$/is;
const COUNTERS = /^update (`?budget`?|capacity_counter) /;
const TAKEN_LAST = /^(update|select .* from) (`?budget`?|capacity_counter) |^COMMIT$/s;

let app: TestApplication;
let kinds: KindsDesk;
let desk: SpaceDesk;
let a: Site;
let projectId = '';

beforeAll(async () => {
  app = await openTestApplication();
  kinds = await KindsDesk.open(app);
  desk = await SpaceDesk.open(app, kinds);
  const size = { vcpu: 10, servers: 0, cabinets: [{}, {}, {}, {}] };
  a = await kinds.openSite('ACTIVE_A', size);
  await kinds.openSite('ACTIVE_B', size);
  const money = new OwnBudget(app, kinds.journey);
  const project = await money.project();
  projectId = project.id;
  await money.item(await money.whole(10_000_000_000n), 1_000_000_000n, project);
});
afterEach(async () => {
  expect(await new Reckoning(app).findings()).toEqual([]);
  expect(await desk.imbalances()).toEqual([]);
});
afterAll(() => app.close());

/** Two lines of places of one request in both centers, handed over: the one is changed, the other is given back. */
async function twoLines(): Promise<{ requestId: string; changed: string; given: string }> {
  const { journey } = kinds;
  const cabinet = { offerId: kinds.cabinet.id, heightUnits: 1, powerW: 100, weightKg: 10 };
  const line = (name: string) =>
    kinds.line('CABINET', { name, localMode: 'DUAL_ACTIVE', remoteMode: 'NONE', centerId: null, count: 2, cabinet });
  const requestId = await journey.submitted({ ...kinds.content([line('first'), line('second')]), projectId });
  idOf(await journey.approve(requestId));
  const lines = (await journey.requests.linesOf([requestId]))[0] ?? [];
  for (const { id } of lines) await desk.work.carryOutMade((await desk.work.orderFor('line_id', id)).id);
  const [changed, given] = lines;
  return { requestId, changed: changed?.id ?? '', given: given?.id ?? '' };
}

/** A change that gives what stays more power and lets the other center's go, up to the press that says it is done: its order. */
async function finishedChange(lineId: string): Promise<{ id: string; change: string }> {
  const wish = desk.to(lineId, { powerW: 300 }, { localMode: 'SINGLE', centerId: a.center.id });
  const change = await desk.changes.granted(wish);
  const { id } = await desk.orderOf(change);
  await desk.work.finishMade(id);
  return { id, change };
}

/** Those of the transaction that says it is done. */
function transactionOf(sent: readonly Statement[]): Statement[] {
  const at = sent.findIndex(({ sql }) => /^update request_item_change set state = 'DONE'/.test(sql.trim()));
  expect(at).toBeGreaterThan(0);
  const begin = sent.slice(0, at).findLastIndex(({ sql }) => sql.trim() === 'START TRANSACTION');
  const end = at + sent.slice(at).findIndex(({ sql }) => sql.trim() === 'COMMIT');
  return sent.slice(begin, end + 1);
}

describe('a change of places that is done', () => {
  it('locks the changed request before cabinets, all cabinets at once, and counters once and last', async () => {
    const { requestId, changed, given } = await twoLines();
    const { id, change } = await finishedChange(changed);
    const sent = transactionOf(
      await recordStatements(app.test.db, async () => {
        await desk.work.confirmMade(id);
      }),
    );
    expect(await desk.changes.state(change)).toBe('CLOSED');
    const requests = sent.flatMap(({ sql, values }, at) => (LOCKS_A_REQUEST.test(sql.trim()) ? [{ at, values }] : []));
    const original = requests.find(({ values }) => values.includes(requestId));
    const cabinets = sent.flatMap(({ sql }, at) => (LOCKS_CABINETS.test(sql.trim()) ? [at] : []));
    expect(cabinets).toHaveLength(1);
    expect(original?.at).toBeLessThan(cabinets[0] ?? 0);
    const first = sent.findIndex(({ sql }) => COUNTERS.test(sql.trim()));
    expect(sent.slice(first).filter(({ sql }) => !TAKEN_LAST.test(sql.trim()))).toEqual([]);
    expect(sent.filter(({ sql }) => /^update capacity_counter /.test(sql.trim()))).toHaveLength(1);
    idOf(await desk.giveBack(given));
  });

  it.each([8, 32])(
    'and the giving back of another line of its request come to their ends, by %i clients',
    async (clients) => {
      const pairs = [];
      for (let at = 0; at < REQUESTS; at += 1) {
        const lines = await twoLines();
        pairs.push({ ...lines, ...(await finishedChange(lines.changed)) });
      }
      const acts = pairs.flatMap(({ id, given }) => [
        () => desk.work.confirmMade(id),
        async () => {
          // Whoever is told that the request has just changed looks again and presses anew.
          let answer = await desk.giveBack(given);
          while (!answer.ok && codesOf(answer)[0] === 'VERSION_CONFLICT') answer = await desk.giveBack(given);
          idOf(answer);
        },
      ]);
      await byClients(clients, acts, (act) => act());
      for (const { change, changed, given } of pairs) {
        expect(await desk.changes.state(change)).toBe('CLOSED');
        expect((await desk.places(changed)).map(({ powerW }) => powerW)).toEqual([300, 300]);
        expect(await desk.places(given)).toEqual([]);
        idOf(await desk.giveBack(changed));
      }
    },
  );
});
