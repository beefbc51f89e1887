import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { codesOf } from '../../support/request-journey.ts';

const REQUESTS = 40;
const FREE_SERVERS = 10;
/** 42 U in pieces of 6. */
const PLACES = 7;
const QUOTA = 5;

let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
});
afterAll(() => app.close());

/** So many of the same, sent before and submitted at once; the codes of those that were refused. */
async function race(clients: number, content: Parameters<KindsDesk['journey']['sent']>[0]) {
  const numbers = Array.from({ length: REQUESTS }, (_, at) => at);
  const sent = await byClients(8, numbers, () => desk.journey.sent(content));
  const results = await byClients(clients, sent, (id) => desk.journey.submit(id));
  const codes = results.flatMap((result) => (result.ok ? [] : codesOf(result)));
  return { granted: results.filter((result) => result.ok).length, codes: [...new Set(codes)] };
}

describe('at once', () => {
  it.each([1, 8, 32, 64])('%i clients get exactly the places that one cabinet has', async (clients) => {
    const site = await desk.openSite('ACTIVE_A', { servers: 0 });
    const cabinet = { offerId: desk.cabinet.id, heightUnits: 6, powerW: 100, weightKg: 10 };
    const centerId = site.center.id;
    const line = desk.line('CABINET', { cabinet, centerId, localMode: 'SINGLE', remoteMode: 'NONE' });
    expect(await race(clients, desk.content([line]))).toEqual({ granted: PLACES, codes: ['SPACE_SHORTAGE'] });
    const [held] = await app.test.db.query(
      "select count(*) as n, count(distinct start_half_unit) as places from cabinet_holder where cabinet_id = ? and state = 'HELD'",
      [site.cabinetIds[0]],
    );
    expect([Number(held.n), Number(held.places)]).toEqual([PLACES, PLACES]);
  });

  it.each([1, 8, 32, 64])('%i clients get exactly the servers of a class that a center has', async (clients) => {
    const site = await desk.openSite('ACTIVE_A', { servers: FREE_SERVERS });
    const line = desk.line('SERVER', { centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
    expect(await race(clients, desk.content([line]))).toEqual({ granted: FREE_SERVERS, codes: ['CAPACITY_SHORTAGE'] });
    const [held] = await app.test.db.query(
      "select count(*) as n, count(distinct hold_subject) as requests from server where center_id = ? and state = 'HELD'",
      [site.center.id],
    );
    expect([Number(held.n), Number(held.requests)]).toEqual([FREE_SERVERS, FREE_SERVERS]);
  });

  it.each([1, 8, 32, 64])('%i clients get exactly what a quota above has left', async (clients) => {
    const site = await desk.openSite('ACTIVE_A', { servers: REQUESTS });
    const line = desk.line('SERVER', { centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
    const limit = (amount: string) =>
      app.test.db.query(
        `update capacity_counter set limit_amount = ${amount} where kind = 'QUOTA' and meter = 'SERVER' and subject_id = ?`,
        [desk.journey.department.id],
      );
    await limit(`live_amount + ${QUOTA}`);
    expect(await race(clients, desk.content([line]))).toEqual({ granted: QUOTA, codes: ['QUOTA_SHORTAGE'] });
    await limit(String(Number.MAX_SAFE_INTEGER));
    const [held] = await app.test.db.query("select count(*) as n from server where center_id = ? and state = 'HELD'", [
      site.center.id,
    ]);
    expect(Number(held.n)).toBe(QUOTA);
  });
});
