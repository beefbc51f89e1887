import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { ResourceMoves } from '../../../server/src/resources/resource-moves.service.js';
import { keepHouse } from '../../../server/src/work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;
let centerId: string;
const clock = new MovedClock();

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new LifeDesk(app, journey);
  centerId = (await journey.openCenter('house', 1_000)).center.id;
});
afterAll(() => app.close());

describe('a thing that cannot be settled', () => {
  it('keeps no other waiting, neither of its own kind nor behind it, and is told in the end', async () => {
    const until = addDays(calendarDate(clock.now()), 2);
    const ids = await desk.delivered(centerId, 3, until);
    const [binned = ''] = await desk.delivered(centerId);
    idOf(await desk.release(binned));
    clock.pass(8);
    // The first in the order of the clock's list: without care it would stand first again in every round.
    const [bad = ''] = ids.toSorted();
    const moves = desk.get(ResourceMoves);
    const stop = moves.stopForTerm.bind(moves);
    moves.stopForTerm = async (tx, row, said) => {
      if (row.id === bad) throw new Error('this one is beyond the clock');
      await stop(tx, row, said);
    };
    try {
      await expect(keepHouse(app.context)).rejects.toThrow('this one is beyond the clock');
    } finally {
      moves.stopForTerm = stop;
    }
    const stopped = await Promise.all(ids.map(async (id) => (await desk.row(id)).termOverAt !== null));
    expect(ids.filter((_, at) => !stopped[at])).toEqual([bad]);
    expect((await desk.row(binned)).state).toBe('RELEASING');
    await keepHouse(app.context);
    expect((await desk.row(bad)).termOverAt).not.toBeNull();
  });
});
