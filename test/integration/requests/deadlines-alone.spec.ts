import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import { HoldKeeping } from '../../../server/src/requests/hold-keeping.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
});
afterAll(() => app.close());

describe('holds that ran out', () => {
  it('go back each alone: one that fails keeps no other waiting, is told, and goes back the next time', async () => {
    const { center, pool } = await journey.openCenter('alone', 100);
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await journey.submitted(journey.content(center.id)));
    const [first, broken, last] = ids as [string, string, string];
    await app.test.db.query("update request set hold_expires_at = '2020-01-01' where id in (?)", [ids]);
    const holding = app.context.get(HoldKeeping, { strict: false });
    const giveBack = holding.giveBack.bind(holding);
    const spy = jest
      .spyOn(holding, 'giveBack')
      .mockImplementation((tx, id, by) => (id === broken ? Promise.reject(new Error('broken')) : giveBack(tx, id, by)));
    const deadlines = app.context.get(DeadlinesService, { strict: false });
    const failed = await deadlines.expireHolds(SYSTEM).catch((error: unknown) => error);
    expect(failed).toMatchObject({ message: 'broken' });
    const states = async () => Promise.all([first, broken, last].map(async (id) => (await journey.row(id)).state));
    expect(await states()).toEqual(['EXPIRED', 'UNDER_REVIEW', 'EXPIRED']);
    spy.mockRestore();
    await deadlines.expireHolds(SYSTEM);
    expect(await states()).toEqual(['EXPIRED', 'EXPIRED', 'EXPIRED']);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 0, claims: 0 });
  });
});
