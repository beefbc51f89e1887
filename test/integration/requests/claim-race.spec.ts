import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
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

  it('are taken once where two people press one batch of the same requests at the same moment', async () => {
    const { center, pool } = await journey.openCenter('batch', 100);
    const ids = await Promise.all(Array.from({ length: 10 }, () => journey.sent(journey.content(center.id, 2))));
    const heads = [journey.head, viewerWith(['DEPARTMENT_HEAD'], journey.department.id, { name: '副主任' })];
    const items = ids.map((requestId) => ({ requestId, expectedVersion: 2 }));
    const answers = await Promise.all(
      heads.map(async (head, at) => {
        const wish = { items: at === 0 ? items : items.toReversed(), opinion: '同意', idempotencyKey: newId() };
        const answer = await journey.review.approveMany(head, journey.scope, wish);
        if (!answer.ok) throw new Error(JSON.stringify(answer.error));
        return at === 0 ? answer.value : answer.value.toReversed();
      }),
    );
    for (const at of ids.keys()) {
      const both = answers.map((answer) => answer[at]);
      expect(both.filter((one) => one?.ok)).toHaveLength(1);
    }
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 20, claims: 20 });
    const [steps] = await app.test.db.query(
      "select count(*) as n from request_step where request_id in (?) and action = 'SUBMIT'",
      [ids],
    );
    expect(Number(steps.n)).toBe(ids.length);
  });

  it('are taken once where one batch arrives many times, and each time it is answered the same', async () => {
    const { center, pool } = await journey.openCenter('batches', 100);
    const ids = await Promise.all(Array.from({ length: 5 }, () => journey.sent(journey.content(center.id, 2))));
    const wish = {
      items: ids.map((requestId) => ({ requestId, expectedVersion: 2 })),
      ...{ opinion: '同意', idempotencyKey: newId() },
    };
    const press = () => journey.review.approveMany(journey.head, journey.scope, wish);
    const answers = await Promise.all(Array.from({ length: 16 }, press));
    expect(answers).toEqual(
      answers.map(() => ({
        ok: true,
        value: ids.map((id) => expect.objectContaining({ ok: true, value: expect.objectContaining({ id }) })),
      })),
    );
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 10, claims: 10 });
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
