import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { recordStatements } from '../../bench/recorded-statements.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { HandedLines, type Lines } from '../../support/handed-lines.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const REQUESTS = 12;
const DEADLOCK = 1213;
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
const LOCKS_A_REQUEST = /from request where .* for update$/is;
const LOCKS_A_SERVER = /from `?server`? .*for update$/is;
const LOCKS_CABINETS = /from `?cabinet`? where .*for update$/is;

let app: TestApplication;
let kinds: KindsDesk;
let handed: HandedLines;

beforeAll(async () => {
  app = await openTestApplication();
  kinds = await KindsDesk.open(app);
  // Everything of every request stands in one cabinet.
  const roomy = { heightUnits: 60, feedAWatts: 60_000, feedBWatts: 60_000, weightLimitGrams: 3_000_000 };
  const site = await kinds.openSite('ACTIVE_A', { servers: REQUESTS + 1, cabinets: [roomy] });
  await kinds.rackServers(site);
  handed = new HandedLines(app, kinds, site);
});
afterAll(() => app.close());

async function serverOf({ server }: Lines): Promise<{ id: string; version: number }> {
  const [row] = await app.test.db.query(
    'select s.id, s.version from server s join item_claim i on i.live_subject_id = s.id where i.line_id = ?',
    [server],
  );
  return row;
}

async function takeBack(lines: Lines) {
  const { id, version } = await serverOf(lines);
  const said = { id, action: 'RETURN' as const, reason: '退回', poolId: null };
  const wish = { ...said, expectedVersion: version, idempotencyKey: newId() };
  return kinds.get(ServerLifeService).change(engineer, WHOLE_PROVINCE, wish);
}

async function giveBack({ requestId, cabinet }: Lines): Promise<void> {
  // Whoever is told that the request has just changed looks again and presses anew.
  let answer = await handed.giveBack(requestId, cabinet);
  while (!answer.ok && codesOf(answer)[0] === 'VERSION_CONFLICT') answer = await handed.giveBack(requestId, cabinet);
  idOf(answer);
}

describe('a server that comes back', () => {
  it('is locked after its request and before its cabinet', async () => {
    const lines = await handed.delivered(null);
    const sent = await recordStatements(app.test.db, async () => {
      idOf(await takeBack(lines));
    });
    const first = (pattern: RegExp) => sent.findIndex(({ sql }) => pattern.test(sql.trim()));
    const order = [first(LOCKS_A_REQUEST), first(LOCKS_A_SERVER), first(LOCKS_CABINETS)];
    expect(order[0]).toBeGreaterThan(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    await giveBack(lines);
  });

  it('and the places of its request in the same cabinet go back without one deadlock, by 32 clients', async () => {
    const all: Lines[] = [];
    for (let at = 0; at < REQUESTS; at += 1) all.push(await handed.delivered(null));
    const deadlocks = jest.spyOn(app.context.get(DataSource).logger, 'logQueryError');
    const acts = all.flatMap((lines) => [async () => void idOf(await takeBack(lines)), () => giveBack(lines)]);
    await byClients(32, acts, (act) => act());
    const seen = deadlocks.mock.calls.map(([error]) => (error as { errno?: number }).errno);
    deadlocks.mockRestore();
    expect(seen.filter((errno) => errno === DEADLOCK)).toEqual([]);
    for (const { server, cabinet } of all)
      expect([await handed.gone(server), await handed.gone(cabinet)]).toEqual([true, true]);
    expect(await new Reckoning(app).findings()).toEqual([]);
  });
});
