import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpaceDesk } from '../../support/space-desk.ts';

const MEETINGS = 6;
const PLACES = MEETINGS + 4;

let app: TestApplication;
let desk: SpaceDesk;
let site: Site;
let roomId: string;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await SpaceDesk.open(app, await KindsDesk.open(app));
  // Of such places a cabinet has power for two.
  site = await desk.site(
    'ACTIVE_A',
    Array.from({ length: PLACES / 2 }, () => ({})),
  );
  const [row] = await desk.rooms.sql<{ room_id: string }>('select room_id from cabinet where id = ?', [
    site.cabinetIds[0],
  ]);
  roomId = row?.room_id ?? '';
});
afterAll(() => app.close());

/** A line with one place of 6 U and 2,000 W, that people have handed over. */
async function given(): Promise<{ line: string; holderId: string }> {
  const { cabinet } = desk.kinds;
  const size = { offerId: cabinet.id, heightUnits: 6, powerW: 2_000, weightKg: 100 };
  const line = await desk.given(site, { cabinet: size });
  const [place] = await desk.places(line);
  if (!place) throw new Error('the line has a place');
  return { line, holderId: place.id };
}

/** An application of the department to put something into its place. */
async function racking(holderId: string, powerW = 900): Promise<string> {
  const { department, applicant } = desk.kinds.journey;
  const where = { departmentId: department.id, centerId: site.center.id, roomIds: [roomId] };
  const things = [desk.work.thing(holderId, { powerW })];
  return desk.work.create(desk.work.content('RACK', { ...where, things }), applicant);
}

const thingOf = async (orderId: string) => {
  const [row] = await desk.rooms.sql<{ state: string; holder_id: string | null }>(
    'select e.state, e.holder_id from hosted_equipment e join work_order_equipment l on l.equipment_id = e.id where l.order_id = ?',
    [orderId],
  );
  return [row?.state, row?.holder_id ?? null];
};

const REFUSED = {
  ok: false,
  error: [{ code: 'NOT_PERMITTED', reason: 'SPACE_SHRINKS', path: ['equipment', '0', 'targetId'] }],
};

describe('racking into a place that a change makes smaller', () => {
  it.each([
    ['units', { heightUnits: 4 }],
    ['watts', { powerW: 1_500 }],
    ['kilograms', { weightKg: 60 }],
  ] as const)('by %s is refused from its sending to its end, and keeps nothing', async (_, less) => {
    const { line, holderId } = await given();
    const order = await racking(holderId);
    const refused = async () => {
      expect(await desk.work.assign(order)).toMatchObject(REFUSED);
      expect((await desk.work.row(order)).state).toBe('SUBMITTED');
      expect(await thingOf(order)).toEqual(['EXPECTED', null]);
    };
    const change = await desk.changes.sent(desk.to(line, less));
    await refused();
    idOf(await desk.changes.submit(change));
    await refused();
    idOf(await desk.kinds.journey.approve(change));
    await refused();
    await desk.carryOut(change);
    idOf(await desk.work.assign(order));
    expect(await thingOf(order)).toEqual(['PLANNED', holderId]);
    expect(await desk.imbalances()).toEqual([]);
  });

  it('is possible again when the change is withdrawn, and while one makes the place bigger', async () => {
    const { line, holderId } = await given();
    const orders = [await racking(holderId), await racking(holderId)] as const;
    const smaller = await desk.changes.submitted(desk.to(line, { heightUnits: 4 }));
    expect(await desk.work.assign(orders[0])).toMatchObject(REFUSED);
    idOf(await desk.changes.withdraw(smaller));
    idOf(await desk.work.assign(orders[0]));
    await desk.changes.submitted(desk.to(line, { heightUnits: 8 }));
    idOf(await desk.work.assign(orders[1]));
  });

  it('at the same moment: one of both comes first, and what is kept fits into what stays', async () => {
    for (let meetings = 0; meetings < MEETINGS; meetings += 1) {
      const { line, holderId } = await given();
      const order = await racking(holderId);
      const draft = idOf(await desk.changes.draft(desk.to(line, { powerW: 800 })));
      const [sent, opened] = await Promise.all([desk.changes.send(draft), desk.work.assign(order)]);
      expect([sent.ok, opened.ok].filter(Boolean)).toHaveLength(1);
      if (!opened.ok) expect(opened).toMatchObject(REFUSED);
      // Seen before it was kept: it has changed since, or it says what stands there.
      if (!sent.ok) expect(codesOf(sent)).toEqual(['NOT_PERMITTED']);
      expect(await thingOf(order)).toEqual(opened.ok ? ['PLANNED', holderId] : ['EXPECTED', null]);
    }
  });
});
