import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { SpaceActs } from '../../../server/src/cabinets/space-acts.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { recordStatements, type Statement } from '../../bench/recorded-statements.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpaceDesk } from '../../support/space-desk.ts';

const REQUESTS = 6;
const CROSSED = 12;
const DEADLOCK = 1213;
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
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

describe('places of many requests in the same cabinets', () => {
  const wherever = { expectedVersion: null, startUnit: null, face: null, path: [] };
  const inOrder = async (lineId: string) =>
    (await desk.places(lineId)).toSorted((one, other) => (one.id < other.id ? -1 : 1));

  /** Places of the one request go through the cabinets upwards, of the next downwards; of each one a move is planned. */
  async function crossed(): Promise<{ lines: string[]; plans: string[] }> {
    const space = kinds.get(SpaceService);
    const cabinet = { offerId: kinds.cabinet.id, heightUnits: 1, powerW: 50, weightKg: 5 };
    const lines: string[] = [];
    for (let at = 0; at < CROSSED; at += 1)
      lines.push(await desk.given(a, { count: a.cabinetIds.length, cabinet }, projectId));
    const places = await Promise.all(lines.map(inOrder));
    const moves = places.flatMap((own, at) =>
      own.map(({ id }, nth) => {
        const cabinetId = a.cabinetIds[at % 2 === 0 ? nth : own.length - 1 - nth] ?? '';
        return { ...wherever, holderId: id, cabinetId };
      }),
    );
    await kinds.get(UnitOfWork).run(async (tx) => expect((await space.move(tx, moves)).ok).toBe(true));
    const plans: string[] = [];
    for (const [at, [place]] of places.entries()) {
      const cabinetId = a.cabinetIds[(at + 1) % a.cabinetIds.length] ?? '';
      const move = { ...wherever, holderId: place?.id ?? '', cabinetId };
      const planned = await kinds.get(UnitOfWork).run((tx) => space.planMove(tx, move));
      if (!planned.ok) throw new Error(JSON.stringify(planned));
      plans.push(planned.value.holderId);
    }
    return { lines, plans };
  }

  it.each([8, 32])('go back, and moves of them are given up, without one deadlock, by %i clients', async (clients) => {
    const { lines, plans } = await crossed();
    const acts = lines.flatMap((lineId, at) => [
      async () => void idOf(await desk.giveBack(lineId)),
      async () => {
        const wish = { holderId: plans[at] ?? '', expectedVersion: 1 };
        // A plan that has ended with its place is told to be none.
        await kinds.get(SpaceActs).releaseHolder(engineer, wish, newId());
      },
    ]);
    const deadlocks = jest.spyOn(app.context.get(DataSource).logger, 'logQueryError');
    await byClients(clients, acts, (act) => act());
    const seen = deadlocks.mock.calls.map(([error]) => (error as { errno?: number }).errno);
    deadlocks.mockRestore();
    expect(seen.filter((errno) => errno === DEADLOCK)).toEqual([]);
    for (const lineId of lines) expect(await desk.places(lineId)).toEqual([]);
    const [{ n }] = await app.test.db.query(
      "select count(*) as n from cabinet_holder where id in (?) and state <> 'RELEASED'",
      [plans],
    );
    expect(Number(n)).toBe(0);
  });
});
