import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpaceDesk } from '../../support/space-desk.ts';

let app: TestApplication;
let kinds: KindsDesk;
let desk: SpaceDesk;
let money: OwnBudget;
let ahead = 0;

beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + ahead) });
  kinds = await KindsDesk.open(app);
  desk = await SpaceDesk.open(app, kinds);
  money = new OwnBudget(app, kinds.journey, () => new Date());
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const only = async (lineId: string) => {
  const [place, ...others] = await desk.places(lineId);
  expect(others).toEqual([]);
  if (!place) throw new Error('the line has a place');
  return place;
};
/** Something of the house's own that takes these units of a cabinet. */
const block = async (cabinetId: string | undefined, startUnit: number, units: number) => {
  const placed = await desk.rooms.place({
    where: { cabinetId: cabinetId ?? '', startUnit },
    heightHalfUnits: units * 2,
  });
  if (!placed.ok) throw new Error(placed.error[0]?.message.en);
  return placed.value.holderId;
};
const unblock = (holderId: string) =>
  desk.rooms.in(async (tx, space) => ({ ok: true, value: await space.release(tx, holderId) }));

describe('a place in a cabinet', () => {
  it('becomes bigger where it is, by an order that says from what to what, and only then', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const line = await desk.given(site);
    const before = await only(line);
    expect(before).toMatchObject({ units: 2, powerW: 600, kg: 40, state: 'ALLOCATED' });
    const [units, watts] = [await desk.taken('CABINET_HALF_UNIT'), await desk.taken('POWER_W')];
    const change = await desk.changes.submitted(desk.to(line, { heightUnits: 5, powerW: 1_500, weightKg: 90 }));
    expect(await only(line)).toEqual(before);
    expect(await desk.taken('CABINET_HALF_UNIT')).toBe(units + 6);
    expect(await desk.taken('POWER_W')).toBe(watts + 900);
    const row = await kinds.journey.row(change);
    expect(row).toMatchObject({ nature: 'CHANGE', cabinetCount: 1 });
    // 3 U at 100 yuan, and 500 W beyond the 1,000 W that 5 U include: 400 W more than before beyond 2 U's 400 W.
    expect(row.monthlyFen).toBe(30_000n + 3_000n);
    idOf(await kinds.journey.approve(change));
    const order = await desk.orderOf(change);
    expect(order).toMatchObject({ kind: 'CHANGE', state: 'SUBMITTED' });
    expect(order.instructions).toContain('2 U 600 W 40 kg → 5 U 1500 W 90 kg');
    expect(await only(line)).toEqual(before);
    await desk.carryOut(change);
    expect(await desk.changes.state(change)).toBe('CLOSED');
    expect(await only(line)).toMatchObject({ id: before.id, from: before.from, units: 5, powerW: 1_500, kg: 90 });
    expect(await desk.taken('CABINET_HALF_UNIT')).toBe(units + 6);
    const [left] = await desk.rooms.sql<{ n: number }>(
      "select count(*) as n from cabinet_holder where grows_holder_id is not null and state <> 'RELEASED'",
    );
    expect(Number(left?.n)).toBe(0);
  });

  it('is asked for the difference alone: beside it only that much must be free', async () => {
    const site = await desk.site('ACTIVE_A', [{ heightUnits: 10 }]);
    const line = await desk.given(site);
    const [cabinet] = site.cabinetIds;
    await block(cabinet, 5, 6);
    // 2 U are free above it: 3 more are not.
    const tooMuch = await desk.changes.sent(desk.to(line, { heightUnits: 5 }));
    expect(await desk.changes.submit(tooMuch)).toMatchObject({
      ok: false,
      error: [{ code: 'SPACE_SHORTAGE', meter: 'UNITS', requested: 3, free: 2, path: ['content', 'lines', '0'] }],
    });
    idOf(await desk.changes.withdraw(tooMuch));
    const fits = await desk.changes.granted(desk.to(line, { heightUnits: 4 }));
    await desk.carryOut(fits);
    expect(await only(line)).toMatchObject({ units: 4 });
  });

  it('grows upward, else downward, else both ways, and what stands in it stays where it stands', async () => {
    const site = await desk.site('ACTIVE_A', [{ heightUnits: 10 }]);
    const [cabinet] = site.cabinetIds;
    const below = await block(cabinet, 1, 4);
    const line = await desk.given(site);
    expect(await only(line)).toMatchObject({ from: 4, units: 2 });
    await block(cabinet, 7, 3);
    await unblock(below);
    const thing = await desk.put((await only(line)).id, 0, 2);
    await desk.changes.granted(desk.to(line, { heightUnits: 3 })).then((id) => desk.carryOut(id));
    expect(await only(line)).toMatchObject({ from: 3, units: 3 });
    const [row] = await desk.rooms.sql('select start_half_unit as at from hosted_equipment where id = ?', [thing]);
    expect(Number(row?.at)).toBe(2);
    const told = await desk.changes.changes.preview(kinds.journey.scope, desk.to(line, { heightUnits: 8 }), null);
    expect(told).toMatchObject({ ok: true, value: { preview: { plan: { feasible: false } } } });
  });

  it('that cannot grow is told whether all of it would find room in another cabinet', async () => {
    const site = await desk.site('ACTIVE_A', [{ heightUnits: 4 }]);
    const line = await desk.given(site);
    await block(site.cabinetIds[0], 3, 2);
    const refused = async () => {
      const told = await desk.changes.changes.preview(kinds.journey.scope, desk.to(line, { heightUnits: 4 }), null);
      return told.ok ? told.value.preview.plan.lines[0]?.refusals[0]?.message.zh : undefined;
    };
    expect(await refused()).toContain('其他机柜也放不下');
    await desk.rooms.open([[{ heightUnits: 20, code: 'ANOTHER' }]], null, site.center.id);
    expect(await refused()).toContain('请新申请机位，搬迁后退还原机位');
  });

  it('is asked for power of its feeds, and for what its frame bears', async () => {
    const site = await desk.site('ACTIVE_A', [{ feedAWatts: 1_000, feedBWatts: 1_000, weightLimitGrams: 200_000 }]);
    const line = await desk.given(site);
    const short = async (wish: object) => {
      const told = await desk.changes.changes.preview(kinds.journey.scope, desk.to(line, wish), null);
      return told.ok ? told.value.preview.plan.lines[0]?.refusals : told.error;
    };
    expect(await short({ powerW: 1_500 })).toMatchObject([{ code: 'SPACE_SHORTAGE', meter: 'POWER_W' }]);
    expect(await short({ weightKg: 300 })).toMatchObject([{ code: 'SPACE_SHORTAGE', meter: 'WEIGHT_GRAMS' }]);
    const change = await desk.changes.granted(desk.to(line, { powerW: 700, weightKg: 100 }));
    await desk.carryOut(change);
    expect(await only(line)).toMatchObject({ units: 2, powerW: 700, kg: 100 });
  });

  it('becomes smaller around what stands in it, and takes nothing in meanwhile', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const line = await desk.given(site, {
      cabinet: { offerId: kinds.cabinet.id, heightUnits: 6, powerW: 2_000, weightKg: 100 },
    });
    const place = await only(line);
    const units = await desk.taken('CABINET_HALF_UNIT');
    // It stands in the upper half: the lower end goes.
    const thing = await desk.put(place.id, 8, 2, 900);
    expect(await desk.changes.draft(desk.to(line, { powerW: 800 }))).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'STILL_IN_USE', path: ['content', 'lines', '0', 'things', 'powerW'] }],
    });
    const change = await desk.changes.granted(desk.to(line, { heightUnits: 2, powerW: 1_000, weightKg: 50 }));
    expect(await desk.taken('CABINET_HALF_UNIT')).toBe(units);
    const going = await app.test.db.query(
      "select subject_id from request_item_change where state = 'UNDERWAY' and subject_id = ?",
      [place.id],
    );
    expect(going).toHaveLength(1);
    await desk.carryOut(change);
    expect(await only(line)).toMatchObject({ from: place.from + 4, units: 2, powerW: 1_000, kg: 50 });
    expect(await desk.taken('CABINET_HALF_UNIT')).toBe(units - 8);
    const [row] = await desk.rooms.sql('select start_half_unit as at from hosted_equipment where id = ?', [thing]);
    expect(Number(row?.at)).toBe(0);
  });

  it('of a whole cabinet gets other power and load, and no other height', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const offerId = newId();
    await get(UnitOfWork).run(async (tx) => {
      const frame = { heightUnits: 42, includedW: 3_000, status: 'OFFERED', version: 1 } as const;
      const whole = {
        id: offerId,
        code: 'whole-42',
        name: '整柜',
        form: 'WHOLE',
        zone: 'GOVERNMENT_EXTRANET',
      } as const;
      await get(CatalogService).add(tx, { offers: [], images: [], cabinets: [{ ...whole, ...frame }] });
      const price = { meter: 'CABINET_WHOLE', architecture: null, price: parseUnitPrice('3000.00'), synthetic: true };
      await get(PricingService).add(tx, [price]);
    });
    ahead += 2_000;
    const line = await desk.given(site, { cabinet: { offerId, heightUnits: 42, powerW: 3_000, weightKg: 400 } });
    const watts = await desk.taken('POWER_W');
    expect(await desk.changes.draft(desk.to(line, { heightUnits: 40 }))).toMatchObject({
      ok: false,
      error: [{ rule: 'wholeCabinet', path: ['content', 'lines', '0', 'things', 'heightUnits'] }],
    });
    const change = await desk.changes.granted(desk.to(line, { powerW: 4_000, weightKg: 500 }));
    expect(await desk.taken('POWER_W')).toBe(watts + 1_000);
    await desk.carryOut(change);
    expect(await only(line)).toMatchObject({ units: 42, powerW: 4_000, kg: 500 });
    expect(await desk.taken('POWER_W')).toBe(watts + 1_000);
  });
});

describe('what a change of a place keeps', () => {
  let site: Site;
  beforeAll(async () => {
    site = await desk.site('ACTIVE_A', [{}, {}, {}]);
  });

  it.each(['rejected', 'withdrawn', 'expired'] as const)('goes back once when it is %s', async (how) => {
    const line = await desk.given(site);
    const before = [await kinds.books(), await only(line)];
    const change = await desk.changes.submitted(desk.to(line, { heightUnits: 4, powerW: 900 }));
    expect((await kinds.books()).places).toBe((before[0] as { places: number }).places + 1);
    if (how === 'withdrawn') idOf(await desk.changes.withdraw(change));
    if (how === 'expired') {
      await app.test.db.query("update request set hold_expires_at = '2020-01-01' where id = ?", [change]);
      await desk.changes.deadlines.expireHolds(SYSTEM);
    }
    if (how === 'rejected') {
      const { version } = await kinds.journey.row(change);
      const { review, acceptance } = kinds.journey;
      idOf(await review.move(acceptance, { kind: 'PROVINCE' }, 'REJECT', kinds.journey.wish(change, version)));
    }
    expect([await kinds.books(), await only(line)]).toEqual(before);
    // Free again: the next change of it is no other's business.
    const next = await desk.changes.granted(desk.to(line, { heightUnits: 3 }));
    await desk.carryOut(next);
    expect(await only(line)).toMatchObject({ units: 3 });
  });

  it('is asked for by one change at a time; and a place is neither given back nor moved meanwhile', async () => {
    const line = await desk.given(site);
    const drafts = await Promise.all(
      [3, 4, 5, 6].map(async (heightUnits) => idOf(await desk.changes.draft(desk.to(line, { heightUnits })))),
    );
    const answers = await byClients(4, drafts, async (id) => ({ id, sent: await desk.changes.send(id) }));
    const through = answers.filter(({ sent }) => sent.ok);
    expect(through).toHaveLength(1);
    for (const { sent } of answers.filter((one) => !one.sent.ok)) expect(codesOf(sent)).toEqual(['CHANGE_OPEN']);
    expect(codesOf(await desk.giveBack(line))).toEqual(['CHANGE_OPEN']);
    const id = through[0]?.id ?? '';
    idOf(await desk.changes.submit(id));
    const place = await only(line);
    const moved = await desk.rooms.in((tx, space) =>
      space.move(tx, [
        { holderId: place.id, cabinetId: place.cabinetId, startUnit: 30, face: null, expectedVersion: null, path: [] },
      ]),
    );
    expect(moved).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'CHANGE_OPEN' }] });
    idOf(await desk.changes.withdraw(id));
    idOf(await desk.giveBack(line));
    expect(codesOf(await desk.changes.draft(desk.to(line, { heightUnits: 9 })))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('of a budget is the difference; it goes back newest first, and all of it with the place', async () => {
    const project = await money.project();
    const item = await money.item(await money.whole(10_000_000_000n), 100_000_000n, project);
    const reserved = async () => (await money.books(item)).reserved;
    const line = await desk.given(site, {}, project.id);
    const first = await reserved();
    const withdrawn = await desk.changes.submitted(desk.to(line, { heightUnits: 4 }));
    const more = await reserved();
    expect(more).toBeGreaterThan(first);
    idOf(await desk.changes.withdraw(withdrawn));
    expect(await reserved()).toBe(first);
    await desk.changes.granted(desk.to(line, { heightUnits: 4 })).then((id) => desk.carryOut(id));
    expect(await reserved()).toBe(more);
    const less = await desk.changes.granted(desk.to(line, { heightUnits: 2 }));
    expect(await reserved()).toBe(more);
    const changed = await desk.lineOf(less);
    const answers = await byClients(4, [1, 2, 3, 4], () =>
      get(UnitOfWork).run(async (tx) => {
        const back = await get(ChangeFollowUp).lineDone(tx, changed, 'GD-2026-000001', '集云');
        await get(FollowUpService).moveBudgets(tx, back?.moves ?? []);
        await back?.quotasLast?.();
        return (back?.moves.length ?? 0) > 0;
      }),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await reserved()).toBe(first);
    await desk.changes.granted(desk.to(line, { heightUnits: 5 })).then((id) => desk.carryOut(id));
    idOf(await desk.giveBack(line));
    expect(await reserved()).toBe(0n);
  });
});

describe('changes at once', () => {
  const PAIRS = 16;
  const lines: string[] = [];

  /** Cabinets with two places and one unit between them, which either may have. */
  beforeAll(async () => {
    const site = await desk.site(
      'ACTIVE_A',
      Array.from({ length: PAIRS }, () => ({ heightUnits: 5 })),
    );
    const between = await Promise.all(site.cabinetIds.map((id) => block(id, 3, 1)));
    for (let n = 0; n < 2 * PAIRS; n += 1) lines.push(await desk.given(site));
    for (const id of between) await unblock(id);
  });

  it.each([1, 8, 32])('for the last free units are granted exactly what fits, by %i clients', async (clients) => {
    const sent = await byClients(4, lines, (line) => desk.changes.sent(desk.to(line, { heightUnits: 3 })));
    const answers = await byClients(clients, sent, async (id) => ({ id, answer: await desk.changes.submit(id) }));
    expect(answers.filter(({ answer }) => answer.ok)).toHaveLength(PAIRS);
    for (const { answer } of answers.filter((one) => !one.answer.ok))
      expect(codesOf(answer)).toEqual(['SPACE_SHORTAGE']);
    expect(await desk.imbalances()).toEqual([]);
    for (const { id } of answers) idOf(await desk.changes.withdraw(id));
  });
});

describe('a change that cannot be asked for', () => {
  it('is refused with what to do', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const line = await desk.given(site);
    const draft = async (wish: object, modes: object = {}) => {
      const answer = await desk.changes.draft(desk.to(line, wish, modes));
      return answer.ok ? [] : answer.error.map((refusal) => [refusal.code, 'rule' in refusal ? refusal.rule : null]);
    };
    expect(await draft({})).toEqual([['INVALID_INPUT', 'nothingChanges']]);
    expect(await draft({ heightUnits: 2.25 })).toEqual([['INVALID_INPUT', 'halfUnits']]);
    expect(await draft({ powerW: -1 })).toEqual([['INVALID_INPUT', 'range']]);
    expect(await draft({ weightKg: 9_999 })).toEqual([['INVALID_INPUT', 'range']]);
    expect(codesOf(await desk.changes.draft(desk.to(newId(), { heightUnits: 3 })))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('is one of what was for a time that is over', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const line = await desk.given(site);
    await app.test.db.query(
      "update request_line_term set temporary_until = '2026-01-31', review_from = null where line_id = ?",
      [line],
    );
    expect(await desk.changes.draft(desk.to(line, { heightUnits: 3 }))).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'TERM_OVER' }],
    });
  });

  it('is growth in a center that takes nothing in; less of it is possible', async () => {
    const site = await desk.site('ACTIVE_A', [{}]);
    const line = await desk.given(site);
    await app.test.db.query("update center set life = 'STOPPED' where id = ?", [site.center.id]);
    ahead += 2_000;
    const told = await desk.changes.changes.preview(kinds.journey.scope, desk.to(line, { heightUnits: 3 }), null);
    expect(told).toMatchObject({
      ok: true,
      value: { preview: { plan: { feasible: false, lines: [{ refusals: [{ rule: 'K1' }] }] } } },
    });
    const less = await desk.changes.granted(desk.to(line, { powerW: 400 }));
    await desk.carryOut(less);
    expect(await only(line)).toMatchObject({ powerW: 400 });
  });
});
