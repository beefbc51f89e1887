import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PoolMeters } from '../../../server/src/allocation/pool-meters.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { offer } from '../../support/builders/catalog.ts';
import { DebtDesk } from '../../support/debt-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { Reckoning } from '../../support/reckoning.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const CLASS = 'ASCEND-910B';
const METER = `ACCELERATOR:${CLASS}`;
/** Half of it stands by: whole for each machine, so that all of a line are of one size. */
const withCards = offer({ code: 'npu-2c2g', vcpu: 2, memoryMib: 2048, accelerator: CLASS, acceleratorCount: 2 });
const PLENTY_CARDS = 100;

/** What is on the shelf is known for a second: each change of a center's life takes a little longer. */
let ahead = 0;
let app: TestApplication;
let desk: DebtDesk;
let life: LifeDesk;
let recovery: Site;
beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + ahead) });
  desk = new DebtDesk(await KindsDesk.open(app));
  const { kinds } = desk;
  life = new LifeDesk(app, kinds.journey);
  await kinds.get(UnitOfWork).run(async (tx) => {
    await kinds.get(CatalogService).add(tx, { offers: [withCards], images: [] });
    const price = { meter: METER, architecture: null, price: parseUnitPrice('5000.00'), synthetic: true };
    await kinds.get(PricingService).add(tx, [price]);
  });
  const active = await kinds.openSite('ACTIVE_A', { servers: 0 });
  recovery = await kinds.openSite('RECOVERY', { servers: 0 }, 'BUILDING');
  await giveCards(active, PLENTY_CARDS);
  expect((await desk.rules()).ok).toBe(true);
  ahead += 2_000;
});
afterAll(() => app.close());

const giveCards = (site: Site, cards: number) =>
  app.test.db.query(
    `insert into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ('POOL', ?, ?, ?, 0)
     on duplicate key update limit_amount = ?`,
    [site.pool.id, METER, cards, cards],
  );
const recoveryIs = async (to: 'BUILDING' | 'TRIAL') => {
  await app.test.db.query('update center set life = ? where id = ?', [to, recovery.center.id]);
  ahead += 2_000;
};
/** A granted request whose remote share is owed. */
async function owed(count: number, remoteMode: 'APPLICATION' | 'DATA' = 'APPLICATION'): Promise<string> {
  await recoveryIs('BUILDING');
  const { kinds } = desk;
  const plain = kinds.line('VM', { localMode: 'SINGLE', remoteMode, count });
  const line = { ...plain, vm: plain.vm && { ...plain.vm, offerId: withCards.id } };
  const id = await kinds.journey.submitted(kinds.content([line]));
  idOf(await kinds.journey.approve(id));
  return id;
}
const debtOf = async (requestId: string) => {
  const [debt] = await desk.of(requestId);
  if (!debt) throw new Error('nothing is owed');
  return debt;
};
const cardsIn = async (site: Site) => {
  const [meters = []] = await desk.kinds.get(PoolMeters).metersOfPools([site.pool.id]);
  const { total, allocated, free } = meters.find((meter) => meter.accelerator === CLASS) ?? {};
  return { total, allocated, free };
};
const quota = async () => {
  const [row] = await app.test.db.query(
    "select live_amount as n from capacity_counter where kind = 'QUOTA' and subject_id = ? and meter = 'ACCELERATOR'",
    [desk.kinds.journey.department.id],
  );
  return Number(row?.n ?? 0);
};
const quotaLimit = (sql: string) =>
  app.test.db.query(
    `update capacity_counter set limit_amount = ${sql} where kind = 'QUOTA' and meter = 'ACCELERATOR' and subject_id = ?`,
    [desk.kinds.journey.department.id],
  );

describe('an owed share of machines with accelerators', () => {
  it('asks for their pieces by class, in the list and in the totals, and for none where only data is kept', async () => {
    const [standby, data] = [await owed(3), await owed(1, 'DATA')];
    expect(await debtOf(standby)).toMatchObject({ accelerator: CLASS, accelerators: 6, machines: 3 });
    expect(await debtOf(data)).toMatchObject({ accelerator: null, accelerators: 0, storageGib: 20 });
    const every = { states: [], roles: [], kinds: [], departmentIds: null, systemId: null, dueIn: null, search: null };
    const totals = await desk.debts.totals(WHOLE_PROVINCE, { ...every, requestId: standby });
    expect(totals).toMatchObject([{ role: 'RECOVERY', debts: 1, accelerators: [{ name: CLASS, count: 6 }] }]);
    expect(await desk.debts.totals(WHOLE_PROVINCE, { ...every, requestId: data })).toMatchObject([
      { debts: 1, accelerators: [] },
    ]);
    // Two cards of each of three machines at 5,000 yuan, beside what stands by of them.
    expect((await debtOf(standby)).monthlyFen).toBeGreaterThan(3_000_000n);
    expect((await debtOf(data)).monthlyFen).toBeLessThan(1_000_000n);
  });

  it('asks for fewer with every main that goes', async () => {
    const id = await owed(2);
    const [machine] = (await life.resources.ofRequests([id]))[0] ?? [];
    idOf((await life.release(machine?.id ?? '')) as never);
    await life.observe(machine?.id ?? '', 'GONE');
    expect(await debtOf(id)).toMatchObject({ itemCount: 1, accelerator: CLASS, accelerators: 2 });
  });

  it('is refused in a center without that class, and by how much where it has too few, and stays owed', async () => {
    const debt = await debtOf(await owed(3));
    await recoveryIs('TRIAL');
    const before = await desk.kinds.books();
    const none = await desk.settle(debt);
    expect(codesOf(none)).toEqual(['INVALID_INPUT']);
    expect(none).toMatchObject({ error: [{ rule: 'P15' }] });
    await giveCards(recovery, 5);
    expect(await desk.settle(debt)).toMatchObject({
      ok: false,
      error: [{ code: 'CAPACITY_SHORTAGE', criterion: 'P10', requested: 3, free: 2, short: 1 }],
    });
    expect(await desk.states(debt.requestId)).toEqual(['VM OPEN 3']);
    expect(await desk.kinds.books()).toEqual(before);
    expect(await cardsIn(recovery)).toEqual({ total: 5, allocated: 0, free: 5 });
  });

  it('is refused where its quota of accelerators is used up, with the figures', async () => {
    const debt = await debtOf(await owed(2));
    await recoveryIs('TRIAL');
    await giveCards(recovery, PLENTY_CARDS);
    await quotaLimit('live_amount + 3');
    expect(await desk.settle(debt)).toMatchObject({
      ok: false,
      error: [{ code: 'QUOTA_SHORTAGE', meter: 'ACCELERATOR', requested: 4, left: 3, short: 1 }],
    });
    expect(await desk.states(debt.requestId)).toEqual(['VM OPEN 2']);
    await quotaLimit(String(Number.MAX_SAFE_INTEGER));
  });

  it('takes its pieces of pool and quota when it is settled, costs them, and has them as devices', async () => {
    const id = await owed(2);
    const debt = await debtOf(id);
    await recoveryIs('TRIAL');
    await giveCards(recovery, 4);
    const before = await quota();
    idOf(await desk.settle(debt));
    expect(await cardsIn(recovery)).toEqual({ total: 4, allocated: 4, free: 0 });
    expect((await quota()) - before).toBe(4);
    const standby = ((await life.resources.ofRequests([id]))[0] ?? []).filter((machine) => machine.standby);
    expect(standby.map((machine) => machine.accelerators)).toEqual([{ [CLASS]: 2 }, { [CLASS]: 2 }]);
    const [line] = (await desk.kinds.journey.requests.linesOf([id]))[0] ?? [];
    const share = line?.shares.find((one) => one.share === 'RECOVERY');
    expect(share?.monthlyFen).toBe(String(debt.monthlyFen));
    expect(await new Reckoning(app).findings([id])).toEqual([]);
  });
});
