import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';

const POOL_UNITS = 100;
const REQUESTS = 160;

let app: TestApplication;
let journey: RequestJourney;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
});
afterAll(() => app.close());

describe('claims at submit', () => {
  it.each([1, 8, 32, 64])('grant exactly what a pool of 100 has to %i clients at once', async (clients) => {
    const { center, pool } = await journey.openCenter(`race-${clients}`, POOL_UNITS);
    const sent = await byClients(
      8,
      Array.from({ length: REQUESTS }, (_, i) => i),
      () => journey.sent(journey.content(center.id)),
    );
    const results = await byClients(clients, sent, (id) => journey.submit(id));
    expect(results.filter((r) => r.ok)).toHaveLength(POOL_UNITS);
    for (const refused of results.filter((r) => !r.ok)) expect(codesOf(refused)).toEqual(['CAPACITY_SHORTAGE']);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: POOL_UNITS, claims: POOL_UNITS });
    const states = await Promise.all(sent.map(async (id) => (await journey.row(id)).state));
    expect(states.filter((s) => s === 'UNDER_REVIEW')).toHaveLength(POOL_UNITS);
    expect(states.filter((s) => s === 'AWAITING_SIGN_OFF')).toHaveLength(REQUESTS - POOL_UNITS);
  });

  it('are all of a request or none: machines that do not fit together leave nothing behind', async () => {
    const { center, pool } = await journey.openCenter('whole', 10);
    const sent = await Promise.all([7, 7, 3].map((count) => journey.sent(journey.content(center.id, count))));
    const results = await Promise.all(sent.map((id) => journey.submit(id)));
    const granted = results.map((r, i) => (r.ok ? ([7, 7, 3][i] as number) : 0)).reduce((a, b) => a + b, 0);
    expect([7, 10]).toContain(granted);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: granted, claims: granted });
  });

  it('are taken once however often the same press arrives', async () => {
    const { center, pool } = await journey.openCenter('once', 10);
    const id = await journey.sent(journey.content(center.id, 2));
    const key = newId();
    const results = await Promise.all(Array.from({ length: 100 }, () => journey.submit(id, 2, key)));
    expect(results.every((r) => r.ok)).toBe(true);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 2, claims: 2 });
    const [steps] = await app.test.db.query(
      "select count(*) as n from request_step where request_id = ? and action = 'SUBMIT'",
      [id],
    );
    expect(Number(steps.n)).toBe(1);
  });

  it('go to one of two people who press at the same moment', async () => {
    const { center } = await journey.openCenter('two', 10);
    const id = await journey.submitted(journey.content(center.id, 2));
    await journey.approveUpToLast(id);
    const results = await Promise.all([journey.approveStep(id), journey.approveStep(id)]);
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect(results.flatMap(codesOf)).toEqual(['ILLEGAL_TRANSITION']);
  });
});
