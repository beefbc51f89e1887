import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DebtRow } from '../../../server/src/drdebts/drdebts.types.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { DebtDesk } from '../../support/debt-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const REMOTE = { localMode: 'SINGLE', remoteMode: 'APPLICATION' } as const;

/** What is on the shelf is known for a second: each change of a center's life takes a little longer. */
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };
const later = () => {
  ahead += 2_000;
};

let app: TestApplication;
let desk: DebtDesk;
let life: LifeDesk;
let recovery: Site;
let journey: KindsDesk['journey'];
beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = new DebtDesk(await KindsDesk.open(app));
  journey = desk.kinds.journey;
  life = new LifeDesk(app, journey);
  await desk.kinds.openSite('ACTIVE_A', { servers: 20, cabinets: [{}, {}, {}] });
  recovery = await desk.kinds.openSite('RECOVERY', { servers: 20, cabinets: [{}, {}] }, 'BUILDING');
});
afterAll(() => app.close());

const lines = (count = 2, more: object = {}) => [desk.kinds.line('VM', { ...REMOTE, count, ...more })];
const machinesOf = async (requestId: string) => (await life.resources.ofRequests([requestId]))[0] ?? [];
async function granted(count = 2, more: object = {}): Promise<string> {
  const id = await journey.submitted(desk.kinds.content(lines(count, more)));
  idOf(await journey.approve(id));
  return id;
}
async function withdraw(id: string): Promise<void> {
  const wish = journey.wish(id, (await journey.row(id)).version);
  idOf(await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', wish));
}

describe('while the recovery center is being built', () => {
  it('refuses where no rule accepts a debt, and says what is not in service', async () => {
    const id = await journey.sent(desk.kinds.content(lines()));
    const refused = await journey.submit(id);
    expect(codesOf(refused)).toEqual(['INVALID_INPUT']);
    if (!refused.ok) expect(refused.error[0]).toMatchObject({ rule: 'D1' });
    expect(await desk.of(id)).toEqual([]);
  });

  it('takes a change of the rules by one of two who saw the same version', async () => {
    const results = await Promise.all([desk.rules(), desk.rules()]);
    expect(results.flatMap((one) => (one.ok ? ['ok'] : codesOf(one))).sort()).toEqual(['VERSION_CONFLICT', 'ok']);
    later();
    const versions = await desk.policies.versions();
    expect(versions.map(({ number }) => number)).toEqual([2, 1]);
    expect(versions[0]).toMatchObject({ reason: '异地中心明年投用', changedBy: '孙分配' });
  });

  it('registers the remote share with the hold, by kind, and holds nothing for it', async () => {
    const all = desk.kinds.lines({ ...REMOTE }).filter((line) => line.kind !== 'SERVICE');
    const before = await desk.kinds.books();
    const id = await journey.submitted(desk.kinds.content(all));
    const owed = await desk.of(id);
    expect(owed.map(({ kind, share, standing, state }) => [kind, share, standing, state]).sort()).toEqual([
      ['CABINET', 'RECOVERY', 'STANDBY', 'PENDING'],
      ['SERVER', 'RECOVERY', 'STANDBY', 'PENDING'],
      ['VM', 'RECOVERY', 'STANDBY', 'PENDING'],
    ]);
    const vm = owed.find(({ kind }) => kind === 'VM');
    // Two machines of 1 vCPU and 1 GiB stand by with half of it; their disks are kept in full.
    expect(vm).toMatchObject({ itemCount: 2, machines: 2, vcpu: 1, memoryMib: 1_024, storageGib: 40 });
    expect(vm).toMatchObject({ centerId: recovery.center.id, role: 'RECOVERY' });
    expect(vm?.monthlyFen).toBeGreaterThan(0n);
    const held = await desk.kinds.books();
    expect(held.claims - before.claims).toBe(2);
    expect(held.servers - before.servers).toBe(1);
    await withdraw(id);
    expect(await desk.states(id)).toEqual(['CABINET VOID 1', 'SERVER VOID 1', 'VM VOID 2']);
    expect(await desk.kinds.books()).toEqual(before);
  });

  it('is void with a rejection and with a hold that ran out; held anew it is owed once', async () => {
    const rejected = await journey.submitted(desk.kinds.content(lines()));
    const wish = journey.wish(rejected, (await journey.row(rejected)).version, '不同意');
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'REJECT', wish));
    expect(await desk.states(rejected)).toEqual(['VM VOID 2']);

    const expired = await journey.submitted(desk.kinds.content(lines()));
    await app.test.db.query("update request set hold_expires_at = '2020-01-01' where id = ?", [expired]);
    await desk.kinds.get(DeadlinesService).expireHolds(SYSTEM);
    expect(await desk.states(expired)).toEqual(['VM VOID 2']);

    const returned = await journey.submitted(desk.kinds.content(lines()));
    const back = journey.wish(returned, (await journey.row(returned)).version, '请补正');
    idOf(await journey.review.move(journey.acceptance, WHOLE_PROVINCE, 'RETURN', back));
    expect(await desk.states(returned)).toEqual(['VM PENDING 2']);
    const again = journey.wish(returned, (await journey.row(returned)).version);
    idOf(await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', again));
    idOf(await journey.submit(returned, (await journey.row(returned)).version));
    expect(await desk.states(returned)).toEqual(['VM PENDING 2', 'VM VOID 2']);
  });

  it('is owed for certain with the grant, and cannot be settled before the center opens', async () => {
    const id = await granted();
    const [debt] = await desk.of(id);
    if (!debt) throw new Error('nothing is owed');
    expect(debt).toMatchObject({ state: 'OPEN', itemCount: 2 });
    expect(debt.firmAt).not.toBeNull();
    // The machines that run are made; the ones that would stand by are not.
    expect((await machinesOf(id)).map((machine) => machine.standby)).toEqual([false, false]);
    expect(codesOf(await desk.settle(debt))).toEqual(['NOT_PERMITTED']);
    expect(await desk.states(id)).toEqual(['VM OPEN 2']);
  });

  it('follows its mains: smaller with the first machine that goes, void with the last', async () => {
    const id = await granted();
    const machines = await machinesOf(id);
    const [one, two] = machines.map(({ id: machineId }) => machineId);
    if (!one || !two) throw new Error('two machines');
    // Never delivered: they go at once.
    idOf((await life.release(one)) as never);
    await life.observe(one, 'GONE');
    expect(await desk.states(id)).toEqual(['VM OPEN 1']);
    expect((await desk.of(id))[0]).toMatchObject({ machines: 1, vcpu: 1, storageGib: 20 });
    idOf((await life.release(two)) as never);
    await life.observe(two, 'GONE');
    expect(await desk.states(id)).toEqual(['VM VOID 1']);
  });

  it('is waived by the center with a reason, and by nobody else', async () => {
    const id = await granted();
    const [debt] = await desk.of(id);
    if (!debt) throw new Error('nothing is owed');
    const wish = { debtId: debt.id, expectedVersion: debt.version, idempotencyKey: newId() };
    expect(codesOf(await desk.debts.waive(desk.allocator, WHOLE_PROVINCE, { ...wish, reason: ' ' }))).toEqual([
      'INVALID_INPUT',
    ]);
    const mine = { kind: 'DEPARTMENTS' as const, departmentIds: [newId()] };
    const other = { ...wish, idempotencyKey: newId(), reason: '系统将下线' };
    expect(codesOf(await desk.debts.waive(desk.allocator, mine, other))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await desk.debts.waive(desk.allocator, WHOLE_PROVINCE, { ...other, idempotencyKey: newId() }));
    expect(await desk.states(id)).toEqual(['VM WAIVED 2']);
  });
});

describe('once the recovery center is on trial', () => {
  it('tells ops how many debts are due, and settles each once for 32 at a time', async () => {
    const id = await granted();
    const [debt] = await desk.of(id);
    if (!debt) throw new Error('nothing is owed');
    await desk.life(recovery.center.id, 'BEGIN_TRIAL');
    later();
    const notices: { text_zh: string }[] = await app.test.db.query(
      "select text_zh from notice where subject_id = ? and kind = 'WORK_WAITING'",
      [recovery.center.id],
    );
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text_zh).toMatch(/笔容灾欠账到期/);

    const before = await desk.kinds.books();
    const presses = Array.from({ length: 32 }, () => newId());
    const answers = await byClients(32, presses, (key) => desk.settle(debt, key));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect([...new Set(answers.flatMap(codesOf))]).toEqual(['ILLEGAL_TRANSITION']);
    const after = await desk.kinds.books();
    expect(after.claims - before.claims).toBe(2);
    expect(await desk.states(id)).toEqual(['VM SETTLING 2']);
    const standby = (await machinesOf(id)).filter((machine) => machine.standby);
    expect(standby.map(({ name, centerId }) => [name, centerId])).toEqual([
      ['vm-r-1', recovery.center.id],
      ['vm-r-2', recovery.center.id],
    ]);
    const [line] = (await journey.requests.linesOf([id]))[0] ?? [];
    expect(line?.shares.find((share) => share.share === 'RECOVERY')).toMatchObject({
      owed: false,
      centerId: recovery.center.id,
      count: 2,
    });
    for (const machine of standby) await life.observe(machine.id, 'STOPPED');
    expect(await desk.states(id)).toEqual(['VM SETTLED 2']);
  });

  it('answers the same press the same', async () => {
    const [waiting] = await openDebts();
    if (!waiting) throw new Error('nothing is owed');
    const key = newId();
    const answers = await byClients(
      8,
      Array.from({ length: 8 }, () => key),
      (same) => desk.settle(waiting, same),
    );
    expect(answers.map((answer) => answer.ok)).toEqual(Array.from({ length: 8 }, () => true));
  });

  it('says by which criterion a debt does not fit, keeps it owed, and settles the others of the batch', async () => {
    const [id, other] = [await owedGrant(5), await owedGrant(1)];
    const [big] = await desk.of(id);
    const [small] = await desk.of(other);
    if (!big || !small) throw new Error('nothing is owed');
    // 5 machines of 1 vCPU stand by with 3; the pool has 2 left.
    const limit = (sql: string) =>
      app.test.db.query(
        `update capacity_counter set limit_amount = ${sql} where kind = 'POOL' and meter = 'VCPU' and subject_id = ?`,
        [recovery.pool.id],
      );
    await limit('live_amount + 2');
    const before = await desk.kinds.books();
    const items = [big, small].map(({ id: debtId, version }) => ({ debtId, expectedVersion: version }));
    const answers = await desk.settlement.settleMany(desk.allocator, WHOLE_PROVINCE, {
      items,
      idempotencyKey: newId(),
    });
    if (!answers.ok) throw new Error('the batch was refused');
    const [first, second] = answers.value;
    if (!first || first.ok) throw new Error('it fitted');
    expect(first.error).toMatchObject([
      { code: 'CAPACITY_SHORTAGE', criterion: 'P7', requested: 3, free: 2, short: 1 },
    ]);
    expect(second?.ok).toBe(true);
    expect(await desk.states(id)).toEqual(['VM OPEN 5']);
    const after = await desk.kinds.books();
    expect(after.claims - before.claims).toBe(1);
    await limit('live_amount + 100');
    idOf(await desk.settle(big));
    expect(await desk.states(id)).toEqual(['VM SETTLING 5']);
  });

  it('settles data alone at once, and nothing that its quota has no room for', async () => {
    const id = await owedGrant(2, { remoteMode: 'DATA' });
    const [debt] = await desk.of(id);
    if (!debt) throw new Error('nothing is owed');
    const limit = (sql: string) =>
      app.test.db.query(
        `update capacity_counter set limit_amount = ${sql} where kind = 'QUOTA' and meter = 'STORAGE_GIB' and subject_id = ?`,
        [journey.department.id],
      );
    await limit('live_amount + 39');
    const refused = await desk.settle(debt);
    expect(codesOf(refused)).toEqual(['QUOTA_SHORTAGE']);
    expect(await desk.states(id)).toEqual(['VM OPEN 2']);
    await limit(String(Number.MAX_SAFE_INTEGER));
    idOf(await desk.settle(debt));
    expect(await desk.states(id)).toEqual(['VM SETTLED 2']);
    expect(await machinesOf(id)).toHaveLength(2);
  });

  it('keeps the DR modes of its line, and settles at the size that its mains have become', async () => {
    const id = await owedGrant(2);
    for (const machine of await machinesOf(id)) await life.observe(machine.id, 'RUNNING');
    const [first] = await machinesOf(id);
    const changing = new ChangeDesk(app, journey);
    const to = (wish: object) => changing.content([first?.id ?? ''], wish);
    // What is owed is its mode already: asked for again it is nothing new, and it does not go by a change.
    expect(await changing.draft(to({ remoteMode: 'APPLICATION' }))).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', rule: 'nothingChanges' }],
    });
    expect(await changing.draft(to({ remoteMode: 'NONE' }))).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'DR_DEBT_OPEN' }],
    });
    const [big] = await changing.offers({ vcpu: 4, memoryMib: 4_096 });
    later();
    const change = await changing.submitted(to({ offerId: big?.id }));
    const [debt] = await desk.of(id);
    if (!debt) throw new Error('nothing is owed');
    expect(codesOf(await desk.settle(debt))).toEqual(['CHANGE_OPEN']);
    idOf(await journey.approve(change));
    // One of two was named: what is owed is of one size, so both have changed.
    for (const machine of await machinesOf(id)) await life.observe(machine.id, 'RUNNING');
    idOf(await desk.settle(debt));
    expect((await machinesOf(id)).map(({ standby, vcpu }) => [standby, vcpu])).toEqual([
      ...[
        [false, 4],
        [false, 4],
        [true, 4],
        [true, 4],
      ],
    ]);
    expect(await desk.states(id)).toEqual(['VM SETTLING 2']);
  });

  it('settles nothing by the size of mains that began to change, or have changed, since it looked', async () => {
    const changing = new ChangeDesk(app, journey);
    const [big] = await changing.offers({ vcpu: 4, memoryMib: 4_096 });
    const looks = desk.settlement as unknown as { prepare(debt: DebtRow): Promise<unknown> };
    const settleWhile = async (debt: DebtRow, meanwhile: () => Promise<unknown>) => {
      const prepare = looks.prepare.bind(desk.settlement);
      const spy = jest.spyOn(looks, 'prepare').mockImplementationOnce(async (one) => {
        const prepared = await prepare(one);
        await meanwhile();
        return prepared;
      });
      const answer = await desk.settle(debt);
      spy.mockRestore();
      return answer;
    };
    const id = await owedGrant(2);
    for (const machine of await machinesOf(id)) await life.observe(machine.id, 'RUNNING');
    const [first] = await machinesOf(id);
    const [debt] = await desk.of(id);
    if (!debt || !first) throw new Error('nothing is owed');
    const before = await desk.kinds.books();
    let change = '';
    const begun = await settleWhile(debt, async () => {
      change = await changing.sent(changing.content([first.id], { offerId: big?.id }));
    });
    expect(codesOf(begun)).toEqual(['CHANGE_OPEN']);
    expect(await desk.kinds.books()).toEqual(before);
    idOf(await changing.withdraw(change));
    const changed = await settleWhile(debt, async () => {
      await changing.granted(changing.content([first.id], { offerId: big?.id }));
      for (const machine of await machinesOf(id)) await life.observe(machine.id, 'RUNNING');
    });
    expect(changed).toMatchObject({ ok: false, error: [{ reason: 'CHANGED_MEANWHILE' }] });
    expect(await desk.states(id)).toEqual(['VM OPEN 2']);
    idOf(await desk.settle(debt));
    expect(new Set((await machinesOf(id)).map(({ vcpu }) => vcpu))).toEqual(new Set([4]));
  });

  it('meets a change of its mains at the same moment: what is made is of the size that they have', async () => {
    const changing = new ChangeDesk(app, journey);
    const [big] = await changing.offers({ vcpu: 4, memoryMib: 4_096 });
    for (let meetings = 0; meetings < 4; meetings += 1) {
      const id = await owedGrant(1);
      for (const machine of await machinesOf(id)) await life.observe(machine.id, 'RUNNING');
      const [main] = await machinesOf(id);
      const [debt] = await desk.of(id);
      if (!debt || !main) throw new Error('nothing is owed');
      const draft = idOf(await changing.draft(changing.content([main.id], { offerId: big?.id })));
      const [settled, sent] = await Promise.all([desk.settle(debt), changing.send(draft)]);
      const open = (await life.row(main.id)).openChangeId;
      expect(open).toBe(sent.ok ? draft : null);
      // One of both came first; a change that comes second has what was settled in it, or is told.
      expect([settled.ok, sent.ok].filter(Boolean).length).toBeGreaterThan(0);
      expect(await desk.states(id)).toEqual([settled.ok ? 'VM SETTLING 1' : 'VM OPEN 1']);
      if (!settled.ok) expect(codesOf(settled)).toEqual(['CHANGE_OPEN']);
      expect(await new Reckoning(app).findings([id])).toEqual([]);
    }
  });

  it('settles a server and a place by an order of their own, once their mains are delivered', async () => {
    const id = await owedRequest(
      desk.kinds.lines({ ...REMOTE }).filter(({ kind }) => kind === 'SERVER' || kind === 'CABINET'),
    );
    const debts = await desk.of(id);
    expect(debts.map(({ kind }) => kind).sort()).toEqual(['CABINET', 'SERVER']);
    for (const debt of debts) expect(codesOf(await desk.settle(debt))).toEqual(['NOT_PERMITTED']);
    const follow = desk.kinds.get(FollowUpService);
    const fulfilled = (lineId: string) =>
      desk.kinds.get(UnitOfWork).run((tx) => follow.lineFulfilled(tx, lineId, 'GD-1'));
    for (const { lineId } of debts) expect(await fulfilled(lineId)).toBe(true);
    for (const debt of debts) idOf(await desk.settle(debt));
    expect(await desk.states(id)).toEqual(['CABINET SETTLING 1', 'SERVER SETTLING 1']);
    const orders = await app.test.db.query('select line_id as lineId from work_order where request_id = ?', [id]);
    expect(orders).toHaveLength(4);
    for (const debt of debts) expect(await fulfilled(debt.id)).toBe(true);
    expect(await desk.states(id)).toEqual(['CABINET SETTLED 1', 'SERVER SETTLED 1']);
    expect(await fulfilled((debts[0] as (typeof debts)[number]).id)).toBe(false);
  });

  it('settles two shares of one line at the same moment, and the line knows of both', async () => {
    const lives = (life: string, ids: readonly string[]) =>
      app.test.db.query('update center set life = ? where id in (?)', [life, ids]).then(later);
    const twin = await desk.kinds.openSite('ACTIVE_B', { servers: 0 });
    const late = [twin.center.id, recovery.center.id];
    await lives('BUILDING', late);
    const id = await granted(1, { localMode: 'DUAL_ACTIVE' });
    const owed = await desk.of(id);
    expect(owed.map(({ share }) => share).sort()).toEqual(['MAIN_B', 'RECOVERY']);
    await lives('IN_SERVICE', late);
    for (const answer of await Promise.all(owed.map((debt) => desk.settle(debt)))) idOf(answer);
    const [line] = (await journey.requests.linesOf([id]))[0] ?? [];
    expect(line?.shares.map((share) => [share.share, share.owed, share.centerId])).toEqual([
      ['MAIN_A', false, expect.any(String)],
      ['MAIN_B', false, twin.center.id],
      ['RECOVERY', false, recovery.center.id],
    ]);
    await lives('STOPPED', [twin.center.id]);
  });

  it('claims addresses for what is settled, and settles nothing where they run out', async () => {
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    const words = {
      ...{ code: 'net-recovery', name: '灾备网段', centerId: recovery.center.id, zone: 'GOVERNMENT_EXTRANET' as const },
      ...{ vlanId: 900, singleStackReason: null },
      ...{ ipv4Prefix: '10.90.0.0/24', ipv4Gateway: '10.90.0.1' },
      ...{ ipv6Prefix: '2001:db8:90::/64', ipv6Gateway: '2001:db8:90::1' },
      reserved: [{ first: '10.90.0.4', last: '10.90.0.254', note: '保留' }],
    };
    const networkId = idOf(await desk.kinds.get(NetworksService).create(engineer, words, newId()));
    const claims = () =>
      app.test.db.query(
        'select subject_type as type, state from address_claim where network_id = ? and live = 1 order by address_key',
        [networkId],
      );
    const [three, two] = [await owedGrant(3), await owedGrant(2)];
    const [tooMany, fits] = [(await desk.of(three))[0], (await desk.of(two))[0]];
    if (!tooMany || !fits) throw new Error('nothing is owed');
    const short = { code: 'ADDRESS_SHORTAGE', requested: 3, free: 2, short: 1 };
    expect(await desk.settle(tooMany)).toMatchObject({ ok: false, error: [short] });
    expect(await claims()).toEqual([]);
    expect(await desk.states(three)).toEqual(['VM OPEN 3']);
    idOf(await desk.settle(fits));
    expect(await claims()).toEqual(Array.from({ length: 4 }, () => ({ type: 'Resource', state: 'ALLOCATED' })));
  });
});

const openDebts = async () =>
  (
    await desk.debts.page(
      WHOLE_PROVINCE,
      {
        ...{ roles: [], kinds: [], departmentIds: null, systemId: null, dueIn: null, search: null, requestId: null },
        states: ['OPEN'],
      },
      { first: 100, after: null },
    )
  ).rows;

/** Granted while the center was not open: its life is set back for that long. */
async function owedGrant(count: number, more: object = {}): Promise<string> {
  return owedRequest(lines(count, more));
}

async function owedRequest(asked: Parameters<KindsDesk['content']>[0]): Promise<string> {
  const set = async (to: string) => {
    await app.test.db.query('update center set life = ? where id = ?', [to, recovery.center.id]);
    later();
  };
  await set('BUILDING');
  const id = await journey.submitted(desk.kinds.content(asked));
  idOf(await journey.approve(id));
  await set('TRIAL');
  return id;
}
