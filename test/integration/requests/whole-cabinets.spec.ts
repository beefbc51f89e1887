import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { idOf } from '../../support/request-journey.ts';
import { Rooms } from '../../support/rooms.ts';

let app: TestApplication;
let desk: KindsDesk;
let rooms: Rooms;
const wholeOffer = newId();
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  rooms = new Rooms(app);
  await desk.get(UnitOfWork).run(async (tx) => {
    const frame = { heightUnits: 42, includedW: 5_000, status: 'OFFERED', version: 1 } as const;
    const offer = {
      id: wholeOffer,
      code: 'cabinet-42',
      name: '整柜',
      form: 'WHOLE',
      zone: 'GOVERNMENT_EXTRANET',
    } as const;
    await desk.get(CatalogService).add(tx, { offers: [], images: [], cabinets: [{ ...offer, ...frame }] });
    const price = { meter: 'CABINET_WHOLE', architecture: null, price: parseUnitPrice('3000.00'), synthetic: true };
    await desk.get(PricingService).add(tx, [price]);
  });
});
afterAll(() => app.close());

const single = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const whole = (site: Site, count = 1) =>
  desk.content([
    desk.line('CABINET', {
      ...{ ...single, centerId: site.center.id, count },
      cabinet: { offerId: wholeOffer, heightUnits: 42, powerW: 4_000, weightKg: 500 },
    }),
  ]);
const owner = async (cabinetId: string | undefined) => {
  const [row] = await app.test.db.query('select department_id as d, owner_holder_id as h from cabinet where id = ?', [
    cabinetId,
  ]);
  return row as { d: string | null; h: string | null };
};
/** A strip beside the units, which takes none of them. */
const strip = (cabinetId: string, departmentId: string) =>
  rooms.place({
    where: { cabinetId, startUnit: null },
    heightHalfUnits: 0,
    kind: 'OTHER',
    state: 'HELD',
    departmentId,
  });

describe('a whole cabinet', () => {
  it('is the department’s own from the hold on, so that nobody else’s thing comes in, and nobody’s when the hold ends', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 0 });
    const [cabinetId = ''] = site.cabinetIds;
    const before = await desk.books();
    const id = await journey.submitted(whole(site));
    expect(await owner(cabinetId)).toMatchObject({ d: journey.department.id, h: expect.any(String) });
    expect(await strip(cabinetId, newId())).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'CABINET_OF_ANOTHER_DEPARTMENT' }],
    });
    const { version } = await journey.row(id);
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', journey.wish(id, version)));
    expect(await owner(cabinetId)).toEqual({ d: null, h: null });
    expect(await desk.books()).toEqual(before);
    expect((await strip(cabinetId, newId())).ok).toBe(true);
  });

  it('takes its own height and power of the quotas, and stays the department’s while it is moved, until it is ended', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 0, cabinets: [{}, {}] });
    const id = await journey.submitted(whole(site));
    const [taking] = await app.test.db.query(
      `select t.amounts from quota_taking t join cabinet_holder h on h.id = t.subject_id where h.subject_id = ? and t.live = 1`,
      [id],
    );
    expect(JSON.parse(taking.amounts)).toMatchObject({ CABINET_HALF_UNIT: 84, POWER_W: 4_000 });
    idOf(await journey.approve(id));
    const [holder] = await app.test.db.query(
      "select id, cabinet_id as cabinetId from cabinet_holder where subject_id = ? and state = 'ALLOCATED'",
      [id],
    );
    const other = site.cabinetIds.find((one) => one !== holder.cabinetId) as string;
    const moved = await rooms.in((tx, space) =>
      space.move(tx, [
        { ...{ holderId: holder.id, cabinetId: other, startUnit: null }, face: null, expectedVersion: null, path: [] },
      ]),
    );
    expect(moved.ok).toBe(true);
    expect(await owner(holder.cabinetId)).toEqual({ d: null, h: null });
    expect(await owner(other)).toEqual({ d: journey.department.id, h: holder.id });
    await desk.get(UnitOfWork).run((tx) => rooms.space.release(tx, holder.id));
    expect(await owner(other)).toEqual({ d: null, h: null });
    expect(await rooms.recount()).toEqual([]);
  });

  it('leaves a cabinet that somebody gave to the department as it was', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 0, cabinets: [{ departmentId: journey.department.id }] });
    const [cabinetId] = site.cabinetIds;
    const id = await journey.submitted(whole(site));
    const { version } = await journey.row(id);
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', journey.wish(id, version)));
    expect(await owner(cabinetId)).toEqual({ d: journey.department.id, h: null });
  });
});

describe('places of one line that stand apart', () => {
  const apart = (site: Site, count: number, asked = true) =>
    desk.content([
      desk.line('CABINET', {
        ...{ ...single, centerId: site.center.id, count },
        cabinet: { offerId: desk.cabinet.id, heightUnits: 2, powerW: 200, weightKg: 20, apart: asked },
      }),
    ]);
  const cabinetsOf = async (id: string) => {
    const [row] = await app.test.db.query(
      "select count(distinct cabinet_id) as n from cabinet_holder where subject_id = ? and state = 'HELD'",
      [id],
    );
    return Number(row.n);
  };

  it.each([3, 12])('have %i cabinets of their own; without that wish they share the tightest', async (count) => {
    const site = await desk.openSite('ACTIVE_A', { servers: 0, cabinets: Array.from({ length: 12 }, () => ({})) });
    expect(await cabinetsOf(await desk.journey.submitted(apart(site, count)))).toBe(count);
    expect(await cabinetsOf(await desk.journey.submitted(apart(site, count, false)))).toBeLessThan(count);
  });

  it('are refused where there are fewer cabinets than places, by K7, in preview as at submit', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 0, cabinets: [{}, {}] });
    const preview = await journey.submission.preview(journey.scope, apart(site, 3), null);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    const [line] = preview.value.plan.lines;
    expect(line?.checks.find((check) => !check.passed)).toMatchObject({
      criterion: 'K7',
      figures: { zh: '须分放在不同机柜：只有 2 个机柜放得下' },
    });
    const refused = await journey.submit(await journey.sent(apart(site, 3)));
    expect(refused).toMatchObject({ ok: false, error: [{ path: ['content', 'lines', '0'], rule: 'apart' }] });
  });
});
