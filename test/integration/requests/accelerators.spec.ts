import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PoolMeters } from '../../../server/src/allocation/pool-meters.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { offer } from '../../support/builders/catalog.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const CLASS = 'ASCEND-910B';
const METER = `ACCELERATOR:${CLASS}`;
const withCards = offer({ code: 'npu-1c1g', vcpu: 1, memoryMib: 1024, accelerator: CLASS, acceleratorCount: 2 });

const more = { accelerator: CLASS, acceleratorCount: 2, memoryMib: 1024 };
const sizes = [offer({ code: 'npu-4c1g', vcpu: 4, ...more }), offer({ code: 'npu-2c1g', vcpu: 2, ...more })];
const others = [offer({ code: 'plain-2c1g', vcpu: 2 }), offer({ code: 'npu-four', ...more, acceleratorCount: 4 })];

let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  await desk.get(UnitOfWork).run(async (tx) => {
    await desk.get(CatalogService).add(tx, { offers: [withCards, ...sizes, ...others], images: [] });
    const price = { meter: METER, architecture: null, price: parseUnitPrice('5000.00'), synthetic: true };
    await desk.get(PricingService).add(tx, [price]);
  });
});
afterAll(() => app.close());

async function siteWith(cards: number): Promise<Site> {
  const site = await desk.openSite('ACTIVE_A', { servers: 0 });
  if (cards > 0)
    await app.test.db.query(
      "insert into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ('POOL', ?, ?, ?, 0)",
      [site.pool.id, METER, cards],
    );
  return site;
}
const content = (site: Site, count: number) => {
  const line = desk.line('VM', { localMode: 'SINGLE', remoteMode: 'NONE', centerId: site.center.id, count });
  return desk.content([{ ...line, vm: line.vm && { ...line.vm, offerId: withCards.id } }]);
};
const versionOf = async (id: string) => desk.journey.wish(id, (await desk.journey.row(id)).version);
const cardsOf = async (site: Site) => {
  const [meters = []] = await desk.get(PoolMeters).metersOfPools([site.pool.id]);
  const { total, held, allocated, free } = meters.find((meter) => meter.accelerator === CLASS) ?? {};
  return { total, held, allocated, free };
};

const levelOf = async (quotaId: string) => {
  const [row] = await app.test.db.query(
    "select live_amount as n from capacity_counter where kind = 'QUOTA' and subject_id = ? and meter = 'ACCELERATOR'",
    [quotaId],
  );
  return Number(row?.n ?? 0);
};

describe('machines with accelerators', () => {
  it('cost their pieces, in full where they stand by and nothing where only data is kept', async () => {
    const { journey } = desk;
    const a = await siteWith(8);
    const recovery = await desk.openSite('RECOVERY', { servers: 0 });
    await app.test.db.query(
      "insert into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ('POOL', ?, ?, 8, 0)",
      [recovery.pool.id, METER],
    );
    const cost = async (remoteMode: 'NONE' | 'DATA' | 'APPLICATION') => {
      const form = content(a, 1);
      const lines = form.lines.map((line) => ({ ...line, remoteMode }));
      const preview = await journey.submission.preview(journey.scope, { ...form, lines }, null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value.quotation.lines[0]?.parts.map(({ eachFen }) => Number(eachFen));
    };
    // 1 vCPU, 1 GiB and 20 GiB of storage at 10 yuan each, and two cards at 5,000.
    const [bare, cards, storage] = [22_000, 1_000_000, 20_000];
    expect(await cost('NONE')).toEqual([bare + cards]);
    expect(await cost('DATA')).toEqual([bare + cards, storage]);
    expect((await cost('APPLICATION'))?.[1]).toBeGreaterThan(cards);
    await app.test.db.query("update center set life = 'STOPPED' where id = ?", [recovery.center.id]);
  });

  it('count in every quota on the way from the hold on, and are refused beyond its limit with figures', async () => {
    const { journey } = desk;
    const site = await siteWith(8);
    const before = await levelOf(journey.system.id);
    const id = await journey.submitted(content(site, 2));
    expect((await levelOf(journey.system.id)) - before).toBe(4);
    await app.test.db.query(
      "update capacity_counter set limit_amount = live_amount + 1 where kind = 'QUOTA' and subject_id = ? and meter = 'ACCELERATOR'",
      [journey.system.id],
    );
    const refused = await journey.submit(await journey.sent(content(site, 1)));
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'QUOTA_SHORTAGE', level: 'SYSTEM', meter: 'ACCELERATOR', requested: 2, left: 1, short: 1 }],
    });
    await app.test.db.query(
      "update capacity_counter set limit_amount = ? where kind = 'QUOTA' and subject_id = ? and meter = 'ACCELERATOR'",
      [Number.MAX_SAFE_INTEGER, journey.system.id],
    );
    idOf(await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', await versionOf(id)));
    expect(await levelOf(journey.system.id)).toBe(before);
  });

  it('take their pieces of the pool from the hold on, have them as devices, and give them back', async () => {
    const { journey } = desk;
    const site = await siteWith(8);
    const id = await journey.submitted(content(site, 3));
    expect(await cardsOf(site)).toEqual({ total: 8, held: 6, allocated: 0, free: 2 });
    idOf(await journey.approve(id));
    expect(await cardsOf(site)).toEqual({ total: 8, held: 0, allocated: 6, free: 2 });
    const [machine] = (await desk.get(ResourcesService).ofRequests([id]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    const [desired] = await desk.get(ResourcesService).desiredOf([machine.id]);
    expect(desired?.accelerators).toEqual({ [CLASS]: 2 });
    const life = new LifeDesk(app, journey);
    idOf(await life.release(machine.id));
    await life.observe(machine.id, 'GONE');
    expect(await cardsOf(site)).toEqual({ total: 8, held: 0, allocated: 4, free: 4 });
  });

  it('are refused where the pool has no such class (P15), and by how many machines where it has too few (P10)', async () => {
    const { journey } = desk;
    const refusedBy = async (site: Site, count: number) => {
      const preview = await journey.submission.preview(journey.scope, content(site, count), null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      const [line] = preview.value.plan.lines;
      return [line?.checks.find((check) => !check.passed)?.criterion, line?.refusals[0]];
    };
    expect((await refusedBy(await siteWith(0), 1))[0]).toBe('P15');
    expect(await refusedBy(await siteWith(5), 3)).toMatchObject(['P10', { requested: 3, free: 2, short: 1 }]);
  });

  it('are granted exactly as often as the pieces go, at 32 clients', async () => {
    const { journey } = desk;
    const site = await siteWith(11);
    const numbers = Array.from({ length: 32 }, (_, at) => at);
    const sent = await byClients(8, numbers, () => journey.sent(content(site, 1)));
    const results = await byClients(32, sent, (id) => journey.submit(id));
    expect(results.filter((result) => result.ok)).toHaveLength(5);
    expect([...new Set(results.flatMap((result) => (result.ok ? [] : codesOf(result))))]).toEqual([
      'CAPACITY_SHORTAGE',
    ]);
    expect((await cardsOf(site)).free).toBe(1);
  });

  it('keep their pieces when they become smaller, and get or lose none by a change', async () => {
    const { journey } = desk;
    const site = await siteWith(8);
    const request = await journey.submitted(content(site, 1));
    idOf(await journey.approve(request));
    const changing = new ChangeDesk(app, journey);
    const [machine] = (await desk.get(ResourcesService).ofRequests([request]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    await changing.life.observe(machine.id, 'RUNNING');
    for (const { id } of sizes) {
      await changing.granted(changing.content([machine.id], { offerId: id }));
      await changing.life.observe(machine.id, 'RUNNING');
      expect(await cardsOf(site)).toEqual({ total: 8, held: 0, allocated: 2, free: 6 });
    }
    expect((await changing.life.row(machine.id)).vcpu).toBe(2);
    for (const { id } of others)
      expect(await changing.draft(changing.content([machine.id], { offerId: id }))).toMatchObject({
        ok: false,
        error: [{ code: 'INVALID_INPUT', rule: 'sameAccelerators', path: ['content', 'lines', '0', 'offerId'] }],
      });
  });

  it('cost nothing less when the data that was kept beside them goes: it had no cards', async () => {
    const { journey } = desk;
    const site = await siteWith(8);
    const recovery = await desk.openSite('RECOVERY', { servers: 0 });
    const form = content(site, 1);
    const lines = form.lines.map((line) => ({ ...line, remoteMode: 'DATA' as const }));
    const request = await journey.submitted({ ...form, lines });
    idOf(await journey.approve(request));
    const changing = new ChangeDesk(app, journey);
    const [machine] = (await desk.get(ResourcesService).ofRequests([request]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    await changing.life.observe(machine.id, 'RUNNING');
    const change = await changing.submitted(changing.content([machine.id], { remoteMode: 'NONE' }));
    expect((await journey.row(change)).monthlyFen).toBe(-20_000n);
    await app.test.db.query("update center set life = 'STOPPED' where id = ?", [recovery.center.id]);
  });
});
