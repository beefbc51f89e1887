import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { EncumberingService } from '../../../server/src/requests/encumbering.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { DebtDesk } from '../../support/debt-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { OwnBudget } from '../../support/own-budget.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpaceDesk } from '../../support/space-desk.ts';

let app: TestApplication;
let kinds: KindsDesk;
let desk: SpaceDesk;
let money: OwnBudget;
let reckoning: Reckoning;
let a: Site;
let b: Site;
let recovery: Site;
let item = '';
let projectId = '';
let ahead = 0;

beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + ahead) });
  kinds = await KindsDesk.open(app);
  desk = await SpaceDesk.open(app, kinds);
  const size = { vcpu: 10, servers: 6, cabinets: [{}, {}] };
  a = await kinds.openSite('ACTIVE_A', size);
  b = await kinds.openSite('ACTIVE_B', size);
  recovery = await kinds.openSite('RECOVERY', size);
  money = new OwnBudget(app, kinds.journey, () => new Date());
  const project = await money.project();
  projectId = project.id;
  item = await money.item(await money.whole(10_000_000_000n), 1_000_000_000n, project);
  reckoning = new Reckoning(app);
});
afterEach(async () => expect(await reckoning.findings()).toEqual([]));
afterAll(() => app.close());

const reserved = async () => (await money.books(item)).reserved;
/** What one request has reserved still. */
const leftOf = async (requestId: string) => {
  const [standing = []] = await kinds.get(EncumberingService).ofRequests([requestId]);
  return standing.reduce((sum, { left }) => sum + left, 0n);
};
const requestOf = async (lineId: string) => {
  const [row] = await desk.rooms.sql<{ id: string }>('select request_id as id from request_line where id = ?', [
    lineId,
  ]);
  return row?.id ?? '';
};
/** Where a line has what: "MAIN_A a ALLOCATED". */
const items = async (lineId: string) => {
  const names = new Map([
    [a.center.id, 'a'],
    [b.center.id, 'b'],
    [recovery.center.id, 'r'],
  ]);
  const rows = await desk.rooms.sql<{ share: string; center_id: string; state: string }>(
    "select share, center_id, state from item_claim where line_id = ? and state <> 'RELEASED' order by share, id",
    [lineId],
  );
  return rows.map((row) => `${row.share} ${names.get(row.center_id)} ${row.state}`);
};
const servers = async (count: number) => {
  const { journey } = kinds;
  const line = kinds.line('SERVER', { localMode: 'SINGLE', remoteMode: 'NONE', centerId: a.center.id, count });
  const request = await journey.submitted({ ...kinds.content([line]), projectId });
  idOf(await journey.approve(request));
  await desk.carryOut(request);
  return desk.lineOf(request);
};
const returned = async (serverId: string) => {
  const [row] = await desk.rooms.sql<{ version: number }>('select version from server where id = ?', [serverId]);
  const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
  const wish = {
    id: serverId,
    expectedVersion: row?.version ?? 0,
    action: 'RETURN' as const,
    reason: '退回',
    poolId: null,
  };
  return kinds.get(ServerLifeService).change(engineer, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() });
};

describe('places in cabinets', () => {
  it('get a twin in the other center, which belongs to their line, and grow together then', async () => {
    const cabinet = { offerId: kinds.cabinet.id, heightUnits: 2, powerW: 600, weightKg: 40, apart: true };
    const line = await desk.given(a, { count: 2, cabinet }, projectId);
    const first = await reserved();
    const up = await desk.changes.submitted(desk.to(line, {}, { localMode: 'DUAL_ACTIVE' }));
    expect(await items(await desk.lineOf(up))).toEqual(['MAIN_B b HELD', 'MAIN_B b HELD']);
    expect(await reserved()).toBe(2n * first);
    idOf(await kinds.journey.approve(up));
    const both = ['MAIN_A a ALLOCATED', 'MAIN_A a ALLOCATED', 'MAIN_B b ALLOCATED', 'MAIN_B b ALLOCATED'];
    expect(await items(line)).toEqual(both);
    const order = await desk.orderOf(up);
    expect(order.instructions).toContain('新交付 2 处机位');
    expect(codesOf(await desk.changes.draft(desk.to(line, { heightUnits: 3 })))).toEqual(['CHANGE_OPEN']);
    await desk.carryOut(up);
    expect(await desk.changes.state(up)).toBe('CLOSED');
    await desk.changes.granted(desk.to(line, { heightUnits: 3 })).then((id) => desk.carryOut(id));
    expect((await desk.places(line)).map(({ units }) => units)).toEqual([3, 3, 3, 3]);
    idOf(await desk.giveBack(line));
    expect(await items(line)).toEqual([]);
    expect(await reserved()).toBe(0n);
  });

  it('let a share go when people have done it, and say which stays', async () => {
    const line = await desk.given(a, { localMode: 'DUAL_ACTIVE', centerId: null }, projectId);
    const both = await reserved();
    expect(await desk.changes.draft(desk.to(line, {}, { localMode: 'SINGLE' }))).toMatchObject({
      ok: false,
      error: [{ rule: 'centerToKeep', path: ['content', 'lines', '0', 'centerId'] }],
    });
    const [, inB] = await desk.places(line);
    const thing = await desk.put(inB?.id ?? '', 0, 2);
    const down = desk.to(line, {}, { localMode: 'SINGLE', centerId: a.center.id });
    expect(await desk.changes.draft(down)).toMatchObject({ ok: false, error: [{ reason: 'STILL_IN_USE' }] });
    await desk.rooms.sql(
      "update hosted_equipment set state = 'GONE', holder_id = null, start_half_unit = null where id = ?",
      [thing],
    );
    const change = await desk.changes.granted(down);
    expect(await items(line)).toEqual(['MAIN a ALLOCATED', 'MAIN_B b ALLOCATED']);
    expect(await reserved()).toBe(both);
    await desk.carryOut(change);
    expect(await items(line)).toEqual(['MAIN a ALLOCATED']);
    expect(await reserved()).toBe(both / 2n);
    idOf(await desk.giveBack(line));
    expect(await reserved()).toBe(0n);
  });

  it('owe a share where its center is not open yet, and it is settled in the size that they have then', async () => {
    const debts = new DebtDesk(kinds);
    idOfRules(await debts.rules());
    await app.test.db.query("update center set life = 'BUILDING' where id = ?", [recovery.center.id]);
    ahead += 2_000;
    const line = await desk.given(a, {}, projectId);
    const up = await desk.changes.granted(desk.to(line, {}, { remoteMode: 'APPLICATION' }));
    await desk.carryOut(up);
    const [request] = await desk.rooms.sql<{ id: string }>('select request_id as id from request_line where id = ?', [
      line,
    ]);
    expect(await debts.states(request?.id ?? '')).toEqual(['CABINET OPEN 1']);
    expect(await desk.changes.draft(desk.to(line, {}, { localMode: 'DUAL_ACTIVE' }))).toMatchObject({
      ok: false,
      error: [{ reason: 'DR_DEBT_OPEN' }],
    });
    await desk.changes.granted(desk.to(line, { heightUnits: 4 })).then((id) => desk.carryOut(id));
    await app.test.db.query("update center set life = 'IN_SERVICE' where id = ?", [recovery.center.id]);
    ahead += 2_000;
    const [debt] = await debts.of(request?.id ?? '');
    if (!debt) throw new Error('it is owed');
    idOf(await debts.settle(debt));
    expect((await desk.places(line)).map(({ units }) => units)).toEqual([4, 4]);
  });
});

describe('servers', () => {
  it('get a share in the other center and let one go; what leaves by its own life is waited for', async () => {
    const line = await servers(2);
    const first = await reserved();
    const up = await desk.changes.granted(desk.to(line, {}, { localMode: 'DUAL_ACTIVE' }));
    expect(await items(line)).toEqual([
      ...['MAIN_A a ALLOCATED', 'MAIN_A a ALLOCATED'],
      ...['MAIN_B b ALLOCATED', 'MAIN_B b ALLOCATED'],
    ]);
    await desk.carryOut(up);
    expect(await desk.changes.state(up)).toBe('CLOSED');
    const down = await desk.changes.granted(desk.to(line, {}, { localMode: 'SINGLE', centerId: a.center.id }));
    await desk.carryOut(down);
    expect(await desk.changes.state(down)).toBe('PROVISIONING');
    const leaving = await desk.rooms.sql<{ id: string }>(
      "select subject_id as id from request_item_change where request_id = ? and what = 'LEAVE' order by id",
      [down],
    );
    expect(leaving).toHaveLength(2);
    for (const { id } of leaving) {
      expect(codesOf(await desk.changes.draft(desk.to(line, {}, { remoteMode: 'APPLICATION' })))).toEqual([
        'CHANGE_OPEN',
      ]);
      idOf(await returned(id));
    }
    expect(await desk.changes.state(down)).toBe('CLOSED');
    expect(await items(line)).toEqual(['MAIN a ALLOCATED', 'MAIN a ALLOCATED']);
    expect(await reserved()).toBe(first);
    const standby = await desk.changes.granted(desk.to(line, {}, { remoteMode: 'APPLICATION' }));
    await desk.carryOut(standby);
    // Half of two stands by.
    expect(await items(line)).toEqual(['MAIN a ALLOCATED', 'MAIN a ALLOCATED', 'RECOVERY r ALLOCATED']);
  });

  it('give their price back to the change that made them, also before its order is done', async () => {
    const line = await servers(1);
    const original = await requestOf(line);
    const up = await desk.changes.granted(desk.to(line, {}, { remoteMode: 'APPLICATION' }));
    const [before, ofChange] = [await leftOf(original), await leftOf(up)];
    expect([before, ofChange].every((left) => left > 0n)).toBe(true);
    const [made] = await desk.rooms.sql<{ id: string }>(
      "select subject_id as id from request_item_change where request_id = ? and what = 'MAKE' and state = 'UNDERWAY'",
      [up],
    );
    idOf(await returned(made?.id ?? ''));
    expect([await leftOf(original), await leftOf(up)]).toEqual([before, 0n]);
    await desk.carryOut(up);
    expect(await desk.changes.state(up)).toBe('CLOSED');
    expect(await items(line)).toEqual(['MAIN a ALLOCATED']);
    expect([await leftOf(original), await leftOf(up)]).toEqual([before, 0n]);
  });

  it('are what they are: another size is refused with what to do', async () => {
    const line = await servers(1);
    expect(await desk.changes.draft(desk.to(line, { powerW: 900 }))).toMatchObject({
      ok: false,
      error: [{ rule: 'serverFixed', path: ['content', 'lines', '0', 'things'] }],
    });
    expect(await desk.changes.draft(desk.to(line, {}))).toMatchObject({
      ok: false,
      error: [{ rule: 'nothingChanges' }],
    });
  });
});

function idOfRules(answer: { readonly ok: boolean }): void {
  if (!answer.ok) throw new Error('the rules are refused');
}
