import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import { ServerPlaceService } from '../../../server/src/servers/server-place.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { idOf } from '../../support/request-journey.ts';
import { Rooms } from '../../support/rooms.ts';

let app: TestApplication;
let desk: KindsDesk;
let site: Site;
/** Of another room of the center; their codes come last. */
let farther: readonly string[];
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  site = await desk.openSite('ACTIVE_A', { servers: 4, cabinets: [{}, {}] });
  const rooms = new Rooms(app);
  // The site's own room has the first code.
  await rooms.open([[{}]]);
  farther = (await rooms.open([[{ code: 'Z1' }, { code: 'Z2' }]], null, site.center.id)).ids;
  // One alike in each cabinet: by asset number the first stands in the farther room, and so does the last.
  const servers: { id: string }[] = await app.test.db.query(
    'select id from server where id in (?) order by asset_number',
    [site.serverIds],
  );
  const engineer = viewerWith(['FACILITY_ENGINEER'], null);
  const cabinets = [farther[0], site.cabinetIds[0], site.cabinetIds[1], farther[1]];
  for (const [at, { id }] of servers.entries()) {
    const wish = { id, expectedVersion: 1, idempotencyKey: newId(), startUnit: null };
    const cabinetId = cabinets[at] as string;
    idOf(await desk.get(ServerPlaceService).mount(engineer, WHOLE_PROVINCE, { ...wish, cabinetId }));
  }
});
afterAll(() => app.close());

/** By kind, the cabinets in which what the request has stands. */
async function cabinetsOf(requestId: string): Promise<Record<string, string>> {
  const rows: { kind: string; cabinet: string }[] = await app.test.db.query(
    `select i.kind, h.cabinet_id as cabinet from item_claim i
     left join server s on s.id = i.subject_id
     join cabinet_holder h on h.id = coalesce(s.holder_id, i.subject_id)
     where i.request_id = ? and i.state <> 'RELEASED'`,
    [requestId],
  );
  return Object.fromEntries(rows.map(({ kind, cabinet }) => [kind, cabinet]));
}

describe('what a system gets more of, in servers and cabinets', () => {
  it('stands, of equals, near to what it has (B8, K11): the preview says so, and the hold does the same', async () => {
    const { journey } = desk;
    const [server, place] = (['SERVER', 'CABINET'] as const).map((kind) =>
      desk.line(kind, { centerId: site.center.id }),
    );
    if (!server || !place) throw new Error('the desk has lines of each kind');
    const told = async (content: RequestContent) => {
      const preview = await journey.submission.preview(journey.scope, content, null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      const checks = preview.value.plan.lines.flatMap((line) => line.checks);
      return checks.flatMap(({ criterion, figures }) =>
        criterion === 'B8' || criterion === 'K11' ? [`${criterion} ${figures?.zh}`] : [],
      );
    };
    const both = desk.content([server, place]);
    expect(await told(both)).toEqual([]);
    const first = await journey.submitted(desk.content([server]));
    expect(await cabinetsOf(first)).toEqual({ SERVER: farther[0] });
    // What is only held is not yet where the system is.
    expect(await told(both)).toEqual([]);
    idOf(await journey.approve(first));

    expect(await told(both)).toEqual(['B8 同列 1', 'K11 同机柜 1']);
    const second = await journey.submitted(both);
    expect(await cabinetsOf(second)).toEqual({ SERVER: farther[1], CABINET: farther[0] });
  });
});
