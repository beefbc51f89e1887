import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { idOf } from '../../support/request-journey.ts';

const SIZE = {
  ...{ vcpu: 10_000, servers: 600 },
  cabinets: Array.from({ length: 60 }, () => ({ feedAWatts: 60_000, feedBWatts: 60_000 })),
};
const HANDFUL = 10;

let app: TestApplication;
let desk: KindsDesk;
let site: Site;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  site = await desk.openSite('ACTIVE_A', SIZE);
  // Before anything is asked for: what centers there are is known for a second.
  await desk.openSite('ACTIVE_B', SIZE);
  await desk.openSite('RECOVERY', SIZE);
});
afterAll(() => app.close());

/** Lines of one thing each: so many machines, servers and places in cabinets. */
function mixed(vms: number, servers: number, places: number): RequestContent {
  const more = { count: 1, centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' } as const;
  const cabinet = { offerId: desk.cabinet.id, heightUnits: 2, powerW: 200, weightKg: 20 };
  const lines = (kind: 'VM' | 'SERVER' | 'CABINET', count: number, rest: object = {}) =>
    Array.from({ length: count }, (_, at) =>
      desk.line(kind, { ...more, ...rest, name: `${kind.toLowerCase()}-${at}` }),
    );
  return desk.content([...lines('VM', vms), ...lines('SERVER', servers), ...lines('CABINET', places, { cabinet })]);
}

describe('a request of many lines', () => {
  it('is held, granted and given back by as many statements as one of a tenth of them', async () => {
    const { journey } = desk;
    const costs: number[][] = [];
    for (const [vms, servers, places] of [
      [14, 2, 9],
      [140, 20, 40],
    ] as const) {
      const content = mixed(vms, servers, places);
      const counted = async (work: () => Promise<unknown>) => (await countStatements(app.test.db, work)).statements;
      const id = await journey.sent(content);
      const held = await counted(async () => idOf(await journey.submit(id)));
      await journey.approveUpToLast(id);
      const granted = await counted(async () => idOf(await journey.approveStep(id)));
      const other = await journey.submitted(content);
      const { version } = await journey.row(other);
      const rejected = await counted(async () =>
        idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', journey.wish(other, version))),
      );
      costs.push([held, granted, rejected]);
    }
    const [few = [], many = []] = costs;
    // Bulk statements carry some hundred rows each: ten times the lines may be a handful more.
    for (const [at, most] of many.entries()) expect(most).toBeLessThanOrEqual((few[at] ?? 0) + HANDFUL);
  });

  it('holds a thousand of all kinds, in three centers each, by a bounded number of statements', async () => {
    const { journey } = desk;
    const modes = { centerId: null, localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;
    const content = mixed(700, 100, 200);
    const id = await journey.sent({ ...content, lines: content.lines.map((line) => ({ ...line, ...modes })) });
    const { statements } = await countStatements(app.test.db, async () => idOf(await journey.submit(id)));
    expect(statements).toBeLessThanOrEqual(150);
    const [servers] = await app.test.db.query('select count(*) as n from server where hold_subject = ?', [id]);
    const [places] = await app.test.db.query(
      "select count(*) as n from cabinet_holder where subject_id = ? and state = 'HELD'",
      [id],
    );
    // Of servers a recovery share is half.
    expect([Number(servers.n), Number(places.n)]).toEqual([300, 600]);
  });
});
