import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAdvanceApprovals } from '../../support/impossible/advance-approvals.ts';
import { describeOneAtATime } from '../../support/impossible/one-at-a-time.ts';
import { describePeopleAndRecords } from '../../support/impossible/people-and-records.ts';
import { World } from '../../support/impossible/world.ts';
import { describeWritersAndFences } from '../../support/impossible/writers-and-fences.ts';

const world = new World();
beforeAll(() => world.open());
afterAll(() => world.close());

/** Every impossibility of the design, each with an attempt that is refused; in this order, for each leaves the world to the next. */
describe('it is impossible', () => {
  describeWritersAndFences(world);
  describePeopleAndRecords(world);
});

describeAdvanceApprovals(world);
describeOneAtATime(world);
