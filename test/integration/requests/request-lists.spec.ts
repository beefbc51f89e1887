import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import type { RequestOrder } from '../../../server/src/requests/requests.types.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ChainDesk, MovedClock } from '../../support/chain-desk.ts';
import { RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: ChainDesk;
let draft: string;
let sent: string;
let withdrawn: string;
const clock = new MovedClock();

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChainDesk(app, journey);
  const { center } = await journey.openCenter('lists', 100);
  withdrawn = await journey.sent(journey.content(center.id));
  await desk.move(journey.applicant, withdrawn, 'WITHDRAW');
  clock.pass(1);
  draft = await journey.draft(journey.content(center.id));
  clock.pass(1);
  sent = await journey.sent(journey.content(center.id));
});
afterAll(() => app.close());

const listed = async (viewer: Viewer, order: RequestOrder = 'OLDEST'): Promise<string[]> => {
  const filter = { awaitingMe: false, overdue: false, escalatedToMe: false };
  const scope = viewer.departmentId === null ? WHOLE_PROVINCE : journey.scope;
  const { rows, totalCount } = await journey.requests.page(viewer, scope, filter, order, { first: 100, after: null });
  expect(totalCount).toBe(rows.length);
  return rows.map((row) => row.id);
};

describe('a draft', () => {
  it('is listed and counted in its own department', async () => {
    for (const viewer of [journey.applicant, journey.head])
      expect(await listed(viewer)).toEqual([withdrawn, draft, sent]);
    const counts = await journey.requests.countsByState(journey.head, journey.scope);
    expect(counts).toContainEqual({ state: 'DRAFT', count: 1 });
  });

  it('is nobody else’s business until it is sent', async () => {
    for (const role of ['CAPACITY_ALLOCATOR', 'FINANCE', 'CENTER_ACCEPTANCE', 'CLOUD_AUTHORITY', 'LEADER'] as const) {
      const viewer = viewerWith([role], null);
      expect([role, await listed(viewer)]).toEqual([role, [withdrawn, sent]]);
      const counts = await journey.requests.countsByState(viewer, WHOLE_PROVINCE);
      expect(counts.map((count) => count.state)).not.toContain('DRAFT');
    }
    const city = viewerWith(['CITY_ADMINISTRATOR'], journey.department.id);
    expect(await listed(city)).toEqual([withdrawn, sent]);
  });
});

describe('the order by waiting time', () => {
  it('begins with what has waited longest and ends with what waits for nobody', async () => {
    expect(await listed(journey.applicant, 'WAITING_LONGEST')).toEqual([draft, sent, withdrawn]);
  });
});
