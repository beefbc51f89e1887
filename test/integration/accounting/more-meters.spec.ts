import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountingSweep } from '../../../server/src/accounting/accounting-sweep.service.js';
import { ProrationRules } from '../../../server/src/accounting/proration-rules.service.js';
import { StatementsService } from '../../../server/src/accounting/statements.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { DataUses } from '../../../server/src/metering/data-uses.service.js';
import { AddressesByHandService } from '../../../server/src/networks/addresses-by-hand.service.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PriceEditor } from '../../../server/src/pricing/price-editor.service.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { idOf } from '../../support/request-journey.ts';

const wall = new Wall();
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
const finance = viewerWith(['FINANCE'], null);
let app: TestApplication;
let kinds: KindsDesk;
let changes: ChangeDesk;
let a: Site;

const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  app.test.db.query(text, values);
/** Standing intervals as days and hours in Shanghai, by meter and time. */
const used = async (where: string, values: unknown[]) => {
  const rows = await sql(
    `select meter, share, quantity, date_format(date_add(start_at, interval 8 hour), '%m-%d %H:%i') as begins,
            date_format(date_add(end_at, interval 8 hour), '%m-%d %H:%i') as ends
     from metered_interval where ${where} and standing = 1 order by meter, start_at`,
    values,
  );
  return rows.map((row) => [row.meter, row.share, Number(row.quantity), row.begins, row.ends]);
};
const ofKind = (kind: string) => used('kind = ?', [kind]);
const ofUse = (id: string) => used('resource_id = ?', [id]);
const sweep = (): Promise<number> => kinds.get(AccountingSweep).run();
const amounts = async (where: string, values: unknown[]) =>
  (
    await sql(`select meter, state, amount_fen as fen from rated_line where ${where} order by meter, start_at`, values)
  ).map(({ fen, meter, state }) => [meter, state, fen === null ? null : Number(fen)]);
const granted = async (more: object): Promise<string[]> => {
  const { journey } = kinds;
  const requestId = await journey.submitted(kinds.content([kinds.line('VM', { centerId: a.center.id, ...more })]));
  idOf(await journey.approve(requestId));
  return ((await changes.life.resources.ofRequests([requestId]))[0] ?? []).map(({ id }) => id);
};

beforeAll(async () => {
  wall.set('2026-11-02 10:00');
  app = await openTestApplication(wall);
  kinds = await KindsDesk.open(app);
  changes = new ChangeDesk(app, kinds.journey);
  await sql('delete from proration_rule');
  await kinds.get(UnitOfWork).run(async (tx) => {
    await kinds
      .get(ProrationRules)
      .add(tx, { from: '2026-10', rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '测试' });
    const free = { price: 0n, kind: 'FREE', synthetic: true, reason: '推广 IPv6' } as const;
    await kinds.get(PricingService).add(tx, [
      { meter: 'ADDRESS', price: parseUnitPrice('30'), synthetic: true },
      { ...free, meter: 'ADDRESS_IPV6', listPrice: parseUnitPrice('3') },
      { ...free, meter: 'ADDRESS_INTERNAL', listPrice: 0n },
    ]);
  });
  a = await kinds.openSite('ACTIVE_A');
  await kinds.openSite('RECOVERY');
});
afterAll(() => app.close());

describe('addresses', () => {
  let machine: string;
  let net: string;

  it('of a machine are meters of it: from its delivery, whenever they were granted, to its end', async () => {
    ({ id: net } = await kinds.openNetwork(a, 50));
    [machine = ''] = await granted({ localMode: 'SINGLE', remoteMode: 'NONE', count: 1 });
    wall.set('2026-11-03 10:00');
    await sweep();
    expect(await ofUse(machine)).toEqual([]);
    wall.set('2026-11-04 10:00');
    await changes.life.observe(machine, 'RUNNING');
    wall.set('2026-11-06 09:00');
    await sweep();
    expect(await ofUse(machine)).toEqual([
      ['ADDRESS_INTERNAL', 'MAIN', 1, '11-04 10:00', null],
      ['ADDRESS_IPV6', 'MAIN', 1, '11-04 10:00', null],
      ['MEMORY_GIB', 'MAIN', 1_024, '11-04 10:00', null],
      ['STORAGE_GIB_SSD', 'MAIN', 20, '11-04 10:00', null],
      ['VCPU', 'MAIN', 1, '11-04 10:00', null],
    ]);
  });

  it('that are free rate to nothing by decision, with their list price and why: another thing than no price', async () => {
    expect(await amounts("resource_id = ? and meter like 'ADDRESS%'", [machine])).toEqual([
      ['ADDRESS_INTERNAL', 'RATED', 0],
      ['ADDRESS_IPV6', 'RATED', 0],
    ]);
    const statements = kinds.get(StatementsService);
    const [lines = []] = await statements.linesOf([{ scope: WHOLE_PROVINCE, month: '2026-11', resourceId: machine }]);
    const ids = lines.flatMap(({ meter, version }) => (meter === 'ADDRESS_IPV6' && version ? [version.id] : []));
    expect(await kinds.get(PricingService).versionsByIds(ids)).toMatchObject([
      { kind: 'FREE', price: 0n, listPrice: 3_000_000n, reason: '推广 IPv6' },
    ]);
  });

  it('that are taken and given back meanwhile split their own meter and no other', async () => {
    const byHand = kinds.get(AddressesByHandService);
    const wish = { networkId: net, address: null, purpose: '第二网卡', departmentId: null };
    wall.set('2026-11-08 12:00');
    const holder = { kind: 'Resource' as const, id: machine };
    const taken = await byHand.claim(engineer, { ...wish, holder, idempotencyKey: newId() });
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    wall.set('2026-11-12 12:00');
    for (const id of taken.value.claimIds)
      idOf(await byHand.release(engineer, { id, expectedVersion: 1, idempotencyKey: newId() }));
    wall.set('2026-11-13 09:00');
    await sweep();
    expect((await ofUse(machine)).filter(([meter]) => meter !== 'ADDRESS_IPV6')).toEqual([
      ['ADDRESS_INTERNAL', 'MAIN', 1, '11-04 10:00', '11-08 12:00'],
      ['ADDRESS_INTERNAL', 'MAIN', 2, '11-08 12:00', '11-12 12:00'],
      ['ADDRESS_INTERNAL', 'MAIN', 1, '11-12 12:00', null],
      ['MEMORY_GIB', 'MAIN', 1_024, '11-04 10:00', null],
      ['STORAGE_GIB_SSD', 'MAIN', 20, '11-04 10:00', null],
      ['VCPU', 'MAIN', 1, '11-04 10:00', null],
    ]);
  });

  it('of a system are uses of their own, and what the internet reaches is paid for', async () => {
    const words = {
      ...{ code: 'eip', name: '公网出口', centerId: a.center.id, zone: 'INTERNET' as const, vlanId: 900 },
      ...{ ipv4Prefix: '221.226.1.0/24', ipv4Gateway: '221.226.1.1', ipv6Prefix: null, ipv6Gateway: null },
      ...{ reserved: [], singleStackReason: '运营商只给 IPv4' },
    };
    const networkId = idOf(await kinds.get(NetworksService).create(engineer, words, newId()));
    wall.set('2026-11-14 12:00');
    const holder = { kind: 'System' as const, id: kinds.journey.system.id };
    const wish = { networkId, address: null, holder, departmentId: null, purpose: '门户网站', idempotencyKey: newId() };
    const taken = await kinds.get(AddressesByHandService).claim(engineer, wish);
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    wall.set('2026-11-17 09:00');
    await sweep();
    expect(await ofKind('ADDRESS')).toEqual([['ADDRESS', 'MAIN', 1, '11-14 12:00', null]]);
    // 3 days of 30 of 30 yuan.
    expect(await amounts("kind = 'ADDRESS'", [])).toEqual([['ADDRESS', 'RATED', 300]]);
    const [use] = await sql("select * from metered_resource where kind = 'ADDRESS'");
    expect(use).toMatchObject({ name: '门户网站', department_id: kinds.journey.department.id, system_id: holder.id });
    expect(use?.code).toMatch(/^221\.226\.1\./);
  });

  it('go with their machine, whatever they rest for afterwards', async () => {
    wall.set('2026-11-18 10:00');
    idOf(await changes.life.release(machine, undefined, 10));
    wall.set('2026-11-19 10:00');
    idOf(await changes.life.purge(machine));
    wall.set('2026-11-19 16:00');
    await changes.life.observe(machine, 'GONE');
    wall.set('2026-11-20 09:00');
    await sweep();
    expect(new Set((await ofUse(machine)).map(([, , , , ends]) => ends))).toEqual(
      new Set(['11-08 12:00', '11-12 12:00', '11-19 10:00']),
    );
  });

  it('its disk that is kept goes on from the moment of its release, and ends when it is given up', async () => {
    expect(await ofKind('DISK')).toEqual([['STORAGE_GIB_SSD', 'MAIN', 20, '11-19 10:00', null]]);
    // The 19th belongs to what stands at its end: 1 day of 30 of 20 GiB at 10 yuan.
    expect(await amounts("kind = 'DISK'", [])).toEqual([['STORAGE_GIB_SSD', 'RATED', 667]]);
    wall.set('2026-11-22 10:00');
    idOf(await changes.life.giveUpDisk(machine));
    wall.set('2026-11-23 18:00');
    await changes.life.diskGone((await changes.life.diskOf(machine))?.id ?? '');
    wall.set('2026-11-24 09:00');
    await sweep();
    expect(await ofKind('DISK')).toEqual([['STORAGE_GIB_SSD', 'MAIN', 20, '11-19 10:00', '11-22 10:00']]);
    const before = await sql('select * from metered_interval order by resource_id, meter, start_at, version');
    wall.set('2026-11-24 10:00');
    await sweep();
    expect(await sql('select * from metered_interval order by resource_id, meter, start_at, version')).toEqual(before);
  });
});

describe('data in the recovery center without a machine', () => {
  let machines: string[];
  const end = new Date('2026-12-01T00:00:00+08:00');
  /** What the checklist of a close counts of data (LATE_FACTS). */
  const lateData = () => kinds.get(DataUses).factsSince(end, end);

  it('begins as machines are delivered, at the price of the recovery share', async () => {
    wall.set('2026-11-24 11:00');
    machines = await granted({ localMode: 'SINGLE', remoteMode: 'DATA', count: 2 });
    expect(machines).toHaveLength(2);
    wall.set('2026-11-24 20:00');
    await sweep();
    expect(await ofKind('DATA')).toEqual([]);
    for (const [index, id] of machines.entries()) {
      wall.set(`2026-11-2${5 + index} 10:00`);
      await changes.life.observe(id, 'RUNNING');
    }
    wall.set('2026-11-27 09:00');
    expect(await lateData()).toBe(2);
    await sweep();
    expect(await lateData()).toBe(0);
    expect(await ofKind('DATA')).toEqual([
      ['STORAGE_GIB_SSD', 'RECOVERY', 20, '11-25 10:00', null],
      ['STORAGE_GIB_SSD', 'RECOVERY', 20, '11-26 10:00', null],
    ]);
    // 2 days and 1 day of 30, 20 GiB at 10 yuan each.
    expect(await amounts("kind = 'DATA'", [])).toEqual([
      ['STORAGE_GIB_SSD', 'RATED', 1_333],
      ['STORAGE_GIB_SSD', 'RATED', 667],
    ]);
    const statements = kinds.get(StatementsService);
    const filter = { view: await statements.view('2026-11'), departmentId: null };
    expect((await statements.total(WHOLE_PROVINCE, filter)).drAmount).toBe(2_000n);
  });

  it('grows when its machine’s disk does, from the grant on; and ends with the machine that needed it', async () => {
    wall.set('2026-11-27 12:00');
    await changes.granted(changes.content(machines, { diskGib: 50 }));
    wall.set('2026-11-28 09:00');
    await sweep();
    expect(await ofKind('DATA')).toEqual([
      ['STORAGE_GIB_SSD', 'RECOVERY', 20, '11-25 10:00', '11-27 12:00'],
      ['STORAGE_GIB_SSD', 'RECOVERY', 20, '11-26 10:00', '11-27 12:00'],
      ['STORAGE_GIB_SSD', 'RECOVERY', 50, '11-27 12:00', null],
      ['STORAGE_GIB_SSD', 'RECOVERY', 50, '11-27 12:00', null],
    ]);
    for (const id of machines) await changes.life.observe(id, 'RUNNING');
    const [first = ''] = machines;
    wall.set('2026-11-28 10:00');
    idOf(await changes.life.release(first));
    idOf(await changes.life.purge(first));
    await changes.life.observe(first, 'GONE');
    wall.set('2026-11-29 09:00');
    expect(await lateData()).toBe(1);
    await sweep();
    expect(await lateData()).toBe(0);
    expect((await ofKind('DATA')).map(([, , gib, , ends]) => [gib, ends]).toSorted()).toEqual([
      [20, '11-27 12:00'],
      [20, '11-27 12:00'],
      [50, null],
      [50, '11-28 10:00'],
    ]);
  });
});

describe('a house that closed months before it metered these', () => {
  it('counts them from the month in which it does', async () => {
    await sql("insert into metering_start (what, from_at) values ('ADDRESS', ?), ('DISK', ?)", [
      new Date('2026-11-16T00:00:00+08:00'),
      new Date('2026-11-30T00:00:00+08:00'),
    ]);
    wall.set('2026-11-29 12:00');
    await sweep();
    expect(await ofKind('ADDRESS')).toEqual([['ADDRESS', 'MAIN', 1, '11-16 00:00', null]]);
    expect(await ofKind('DISK')).toEqual([]);
  });
});

describe('a price that is free', () => {
  const enter = (itemId: string, more: object) =>
    kinds.get(PriceEditor).addVersion(finance, {
      ...{ idempotencyKey: newId(), itemId, centerId: null, architecture: null, from: '2026-12-01', to: null },
      ...{ kind: 'FREE' as const, unitPrice: '12.5', reason: '2027 年起免费', endsPrevious: true, ...more },
    });

  it('is entered with the price that it would have, and charges nothing', async () => {
    const [item] = await sql("select id from price_item where meter = 'ADDRESS' and period = 'MONTH'");
    const done = await enter(item?.id as string, {});
    expect(done.ok).toBe(true);
    const [versions = []] = await kinds.get(PricingService).versionsOf([item?.id as string]);
    expect(versions.at(-1)).toMatchObject({ kind: 'FREE', price: 0n, listPrice: 12_500_000n, from: '2026-12-01' });
    expect(await enter(item?.id as string, { from: '2027-03-01', unitPrice: '-1' })).toMatchObject({
      ok: false,
      error: [{ path: ['unitPrice'] }],
    });
  });

  it('is never charged behind the editor either: the table refuses it', async () => {
    await expect(sql("update price_version set unit_price = 1 where kind = 'FREE'")).rejects.toThrow(
      /ck_price_version_kind/,
    );
    await expect(sql("update price_version set kind = 'STANDARD' where kind = 'FREE'")).rejects.toThrow(
      /ck_price_version_kind/,
    );
  });
});
