import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

let console_: TestConsole;
let facility: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  facility = await console_.signIn('facility');
}, 120_000);
afterAll(() => console_?.close());

// Of the tables that the list and its edges read; housekeeping and sessions count for themselves.
const MEANT = /from `?(backup|work_order|department|system|center|resource)/i;

const LIST =
  'query L($first: Int!) { backups(first: $first) { totalCount nodes { id code state health department { name } system { name } targetCenter { name } machines { name } runs { endedAt } orders { id } availableActions } } }';

/** As a backup platform does it: no session, a token of its own. */
function push(body: unknown, token?: string): Promise<Response> {
  return fetch(`${console_.url}/backup-runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
}

async function tokenFor(centerCode: string): Promise<string> {
  const { centers } = await facility.data('{ centers { id code } }');
  const center = centers.find((each: { code: string }) => each.code === centerCode);
  const { registerReadingSource } = await facility.data(
    'mutation R($input: RegisterReadingSourceInput!) { registerReadingSource(input: $input) { token errors { message } } }',
    { input: { idempotencyKey: newId(), name: `备份平台 ${newId()}`, centerIds: [center.id] } },
  );
  expect(registerReadingSource.errors).toEqual([]);
  return registerReadingSource.token;
}

describe('POST /backup-runs', () => {
  it('takes what the platform of the keeping center tells, once, and refuses strangers and nonsense by place', async () => {
    const { backups } = await facility.data(
      '{ backups(first: 50, filter: { health: MISSED }) { nodes { id code targetCenter { code } } } }',
    );
    const [late] = backups.nodes;
    const endedAt = new Date().toISOString();
    const body = { runs: [{ backup: late.code, endedAt, result: 'SUCCEEDED', sizeMib: 1_024 }] };
    expect((await push(body)).status).toBe(401);
    expect((await push(body, 'x'.repeat(43))).status).toBe(401);

    const { centers } = await facility.data('{ centers { code } }');
    const other = centers.find((each: { code: string }) => each.code !== late.targetCenter.code);
    const refused = await push(body, await tokenFor(other.code));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ index: 0, field: 'backup' }] });

    const token = await tokenFor(late.targetCenter.code);
    const bad = await push({ runs: [...body.runs, { ...body.runs[0], endedAt: 'yesterday' }] }, token);
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ errors: [{ index: 1, field: 'endedAt' }] });
    expect((await push([], token)).status).toBe(400);

    const taken = await push(body, token);
    expect([taken.status, await taken.json()]).toEqual([200, { accepted: 1, alreadyKnown: 0 }]);
    const again = await push(body, token);
    expect(await again.json()).toEqual({ accepted: 0, alreadyKnown: 1 });
    const { backup } = await facility.data(
      'query B($id: ID!) { backup(id: $id) { health missedSince runs { endedAt source } } }',
      { id: late.id },
    );
    expect(backup).toMatchObject({ health: 'GOOD', missedSince: null });
    expect(backup.runs[0]).toEqual({ endedAt, source: 'SIGNAL' });
  });
});

describe('the list of backups', () => {
  it('asks as many statements for five as for one', async () => {
    const one = await countStatements(console_.test.db, () => facility.data(LIST, { first: 1 }), MEANT);
    const five = await countStatements(console_.test.db, () => facility.data(LIST, { first: 5 }), MEANT);
    expect(one.statements).toBeGreaterThan(0);
    expect(five.statements).toBe(one.statements);
  });

  it('is no business of a provider’s operator, who sees the days of his rooms and no others', async () => {
    const operator = await console_.signIn('operator');
    expect((await operator.ask('{ backups { totalCount } }')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { centers, workOrders } = await operator.data(
      '{ centers { id } workOrders(first: 50) { nodes { state center { id } rooms { id } } } }',
    );
    const worked = new Set(
      workOrders.nodes
        .filter((each: { state: string }) => ['OPEN', 'ACCEPTED', 'IN_PROGRESS', 'SUSPENDED'].includes(each.state))
        .flatMap((each: { rooms: { id: string }[] }) => each.rooms.map((room) => room.id)),
    );
    const seen: string[] = [];
    for (const { id } of centers) {
      const { workRooms } = await operator.data('query R($id: ID!) { workRooms(centerId: $id) { id } }', { id });
      seen.push(...workRooms.map((room: { id: string }) => room.id));
    }
    expect(new Set(seen)).toEqual(worked);
    expect(worked.size).toBeGreaterThan(0);
  });
});
