import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SharedLines } from '../../../server/src/accounting/shared-lines.service.js';
import { EnergyService } from '../../../server/src/energy/energy.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SharedPoolEditor } from '../../../server/src/sharedcosts/shared-pool-editor.service.js';
import { AccountDesk, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';

const wall = new Wall();
const site = center({ code: 'shared-a', name: '甲中心' });
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
let app: TestApplication;
let desk: AccountDesk;
let network: string;
let uses: UseStory[];

const spreadOf = async (poolId: string, month: string) => {
  const [row] = await desk.sql('select * from shared_spread where pool_id = ? and month = ?', [poolId, month]);
  if (!row) return null;
  const fen = (name: string) => (row[name] === null ? null : Number(row[name]));
  return {
    ...{ amount: fen('amount_fen'), carried: fen('carried_fen'), spread: fen('spread_fen') },
    ...{ unallocated: fen('unallocated_fen'), settled: Number(row.settled) === 1 },
  };
};
/** By department, in the order of amounts. */
const partsOf = async (month: string, meter: string): Promise<[string, number][]> => {
  const rows = await desk.sql(
    'select department_id as id, amount_fen as fen from rated_line where month = ? and meter = ? order by amount_fen desc',
    [month, meter],
  );
  const names = new Map([desk.bureau, desk.other, desk.city, desk.ofCity].map(({ id, name }) => [id, name]));
  return rows.map(({ fen, id }) => [names.get(id as string) ?? '?', Number(fen)]);
};
const drawn = async (month: string, totalKwh: number, itKwh: number) => {
  const wish = { centerId: site.id, month, totalKwh, itKwh, idempotencyKey: newId() };
  const done = await desk.get(EnergyService).recordMonth(engineer, wish);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
};

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  await desk.work((tx) => desk.get(FacilitiesService).add(tx, { centers: [site], clusters: [], pools: [] }));
  const owner = { centerId: site.id };
  uses = [
    story(desk.bureau.id, '2026-09-01 00:00', 4, { owner }),
    story(desk.other.id, '2026-09-01 00:00', 2, { owner }),
    story(desk.ofCity.id, '2026-09-01 00:00', 1, { owner }),
  ];
  wall.set('2026-09-16 10:00');
  await desk.rate(uses);
  network = await desk.shares(site.id, 'network', 1_000_00n, '2026-09');
  await desk.passed();
});
afterAll(() => app.close());

describe('what a center costs in common', () => {
  it('is on drafts as the days that have ended, by what use came to', async () => {
    // 15 of 30 days of 1,000 yuan over 4 : 2 : 1; the odd fen goes to the largest remainder.
    expect(await partsOf('2026-09', 'SHARED:network')).toEqual([
      ['省财政厅', 285_71],
      ['省水利厅', 142_86],
      ['南京市局', 71_43],
    ]);
    expect(await spreadOf(network, '2026-09')).toEqual({
      ...{ amount: 500_00, carried: 0, spread: 500_00, unallocated: 0, settled: false },
    });
  });

  it('says on its line how it came about, under a name of its own', async () => {
    const view = await desk.statements.view('2026-09');
    const filter = { view, departmentId: desk.bureau.id, kind: 'SHARED' as const };
    const { rows } = await desk.statements.resources(WHOLE_PROVINCE, filter, { first: 10, after: null });
    expect(rows).toMatchObject([{ kind: 'SHARED', code: 'network', centerId: site.id, amount: 285_71n }]);
    const resourceId = rows[0]?.resourceId ?? '';
    const [lines = []] = await desk.statements.linesOf([{ scope: WHOLE_PROVINCE, month: '2026-09', resourceId }]);
    expect(lines).toMatchObject([
      { quantity: 1n, portion: { numerator: 60_00n, denominator: 105_00n }, version: { price: 500_000_000n } },
    ]);
  });

  it('writes nothing again when nothing is new', async () => {
    const before = await desk.sql('select * from rated_line order by month, resource_id, meter, start_at');
    await desk.share();
    expect(await desk.sql('select * from rated_line order by month, resource_id, meter, start_at')).toEqual(before);
  });

  it('keeps a month from being closed until it is spread for good', async () => {
    wall.set('2026-10-02 10:00');
    await desk.rate(uses);
    expect(await desk.get(SharedLines).behind('2026-09')).toBe(1);
    expect(await desk.request('2026-09')).toMatchObject({ ok: false, error: [{ item: 'SWEEP_BEHIND' }] });
    await desk.passed();
    expect(await desk.get(SharedLines).behind('2026-09')).toBe(0);
    expect(await partsOf('2026-09', 'SHARED:network')).toEqual([
      ['省财政厅', 571_43],
      ['省水利厅', 285_71],
      ['南京市局', 142_86],
    ]);
  });

  it('is moved by no late line of another department once the month is over', async () => {
    const before = await partsOf('2026-09', 'SHARED:network');
    const [first] = uses as [UseStory];
    uses[0] = { ...first, steps: [...first.steps, { at: shanghai('2026-09-20 00:00'), vcpu: 40 }] };
    await desk.rate([uses[0]]);
    await desk.passed();
    expect(await partsOf('2026-09', 'SHARED:network')).toEqual(before);
  });

  it('is visibly unallocated where nobody used what it is spread by (opencost#883)', async () => {
    const pool = await desk.shares(site.id, 'accelerators', 50_00n, '2026-10', 'ACCELERATOR:none');
    await desk.share();
    // One of 31 days.
    expect(await spreadOf(pool, '2026-10')).toEqual({
      ...{ amount: 161, carried: 0, spread: 0, unallocated: 161, settled: false },
    });
    expect(await partsOf('2026-10', 'SHARED:accelerators')).toEqual([]);
  });

  it('closes with the month: the documents have it, and what a city closed first stays as it was', async () => {
    await desk.close('2026-09', desk.city.id);
    const ofCity = await partsOf('2026-09', 'SHARED:network');
    await desk.close('2026-09');
    const closed = await desk.sql(
      `select sum(amount_fen) as fen from ${desk.audit}.closed_line where meter = 'SHARED:network' and of_month = '2026-09'`,
    );
    expect(Number(closed[0]?.fen)).toBe(1_000_00);
    expect(await partsOf('2026-09', 'SHARED:network')).toEqual(ofCity);
    expect(await desk.corrections()).toEqual([]);
  });
});

describe('power beside the racks (PUE)', () => {
  let pool: string;
  const editor = () => desk.get(SharedPoolEditor);
  const enter = (more: object) =>
    editor().addVersion(desk.finance, {
      ...{ idempotencyKey: newId(), poolId: pool, fromMonth: '2026-10', method: 'PUE', monthlyAmount: null },
      ...{ pricePerKwh: '0.65', basis: 'METER', meter: 'VCPU', reason: '2026 年电价通知', ...more },
    } as Parameters<SharedPoolEditor['addVersion']>[1]);

  it('is entered from a month on that is open; a closed one never changes', async () => {
    await desk.sql(
      "insert into price_item (id, meter, period, name_zh, name_en, unit_zh, unit_en, version) values (?, 'VCPU', 'MONTH', '处理器', 'Processor', '个', 'vCPU', 1)",
      [newId()],
    );
    const wish = { code: 'power', nameZh: '供电损耗', nameEn: 'Power overhead', kind: 'POWER_OVERHEAD' as const };
    const made = await editor().create(desk.finance, { ...wish, centerId: site.id, idempotencyKey: newId() });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    pool = made.value.poolId;
    expect(await editor().create(desk.finance, { ...wish, centerId: site.id, idempotencyKey: newId() })).toMatchObject({
      ok: false,
      error: [{ path: ['code'], rule: 'unique' }],
    });
    expect(await enter({ fromMonth: '2026-09' })).toMatchObject({
      ok: false,
      error: [{ code: 'PERIOD_CLOSED', month: '2026-09', path: ['fromMonth'] }],
    });
    expect(await enter({ pricePerKwh: '-1', meter: 'NOTHING', fromMonth: '2026-13' })).toMatchObject({
      ok: false,
      error: [{ path: ['pricePerKwh'] }, { path: ['fromMonth'] }, { path: ['meter'] }],
    });
    expect((await enter({})).ok).toBe(true);
    expect(await enter({})).toMatchObject({ ok: false, error: [{ rule: 'unique', path: ['fromMonth'] }] });
  });

  it('that nobody measured is not nothing, and that was measured is spread by use', async () => {
    wall.set('2026-11-03 10:00');
    await desk.rate(uses);
    await desk.passed();
    expect(await spreadOf(pool, '2026-10')).toMatchObject({ amount: null, spread: 0, unallocated: 0 });
    await drawn('2026-10', 14_000, 10_000);
    await desk.share();
    expect(await spreadOf(pool, '2026-10')).toMatchObject({ amount: 2_600_00, spread: 2_600_00, settled: true });
    // 40 : 2 : 1 by what was in use all month.
    expect(await partsOf('2026-10', 'SHARED:power')).toEqual([
      ['省财政厅', 2_418_60],
      ['省水利厅', 120_93],
      ['南京市局', 60_47],
    ]);
  });

  it('that was read off wrong is put right in the first open month; the closed one stays to the byte', async () => {
    await desk.close('2026-10', desk.city.id);
    await desk.close('2026-10');
    const closed = await desk.closedText();
    await drawn('2026-10', 15_000, 10_000);
    await drawn('2026-11', 0, 0);
    await desk.rate(uses);
    await desk.share();
    expect(await desk.closedText()).toBe(closed);
    expect(await spreadOf(pool, '2026-10')).toMatchObject({ amount: 2_600_00, spread: 2_600_00 });
    // 1,000 kWh at 0.65 yuan more.
    expect(await spreadOf(pool, '2026-11')).toMatchObject({ amount: 0, carried: 650_00, spread: 650_00 });
  });

  it('is given back where less was drawn than was closed: nothing is spread until that is used up', async () => {
    await drawn('2026-10', 13_000, 10_000);
    await drawn('2026-11', 10_500, 10_000);
    await desk.share();
    // 325 yuan of its own, 650 to be given back.
    expect(await spreadOf(pool, '2026-11')).toMatchObject({
      amount: 325_00,
      carried: -650_00,
      spread: 0,
      unallocated: 0,
    });
    expect(await partsOf('2026-11', 'SHARED:power')).toEqual([]);
  });

  it('is taken back while no closed month was shared by it', async () => {
    const [version] = await desk.sql('select id from shared_pool_version where pool_id = ?', [pool]);
    const wish = { versionId: version?.id as string, idempotencyKey: newId() };
    expect(await editor().withdrawVersion(desk.finance, wish)).toMatchObject({
      ok: false,
      error: [{ code: 'PERIOD_CLOSED', path: ['versionId'] }],
    });
    expect((await enter({ fromMonth: '2026-12' })).ok).toBe(true);
    const [later] = await desk.sql("select id from shared_pool_version where pool_id = ? and from_month = '2026-12'", [
      pool,
    ]);
    const back = { versionId: later?.id as string, idempotencyKey: newId() };
    expect((await editor().withdrawVersion(desk.finance, back)).ok).toBe(true);
  });
});

describe('a rule by which a city has closed already', () => {
  it('is not taken back, although the province is open: its closed lines came about by it', async () => {
    wall.set('2026-12-03 10:00');
    await desk.rate(uses);
    const pool = await desk.shares(site.id, 'security', 700_00n, '2026-11');
    await desk.passed();
    const parts = await partsOf('2026-11', 'SHARED:security');
    expect(parts.map(([name]) => name)).toContain('南京市局');
    await desk.close('2026-11', desk.city.id);
    const [version] = await desk.sql('select id from shared_pool_version where pool_id = ?', [pool]);
    const back = { versionId: version?.id as string, idempotencyKey: newId() };
    expect(await desk.get(SharedPoolEditor).withdrawVersion(desk.finance, back)).toMatchObject({
      ok: false,
      error: [{ code: 'PERIOD_CLOSED', path: ['versionId'], month: '2026-11' }],
    });
    await desk.passed();
    expect(await partsOf('2026-11', 'SHARED:security')).toEqual(parts);
  });
});

describe('what a center draws, as it is measured', () => {
  it('is overhead in the hours in which its racks were measured too, and nothing while they were not', async () => {
    const [power] = await desk.sql("select id from shared_pool where code = 'power'");
    const hour = (at: number) => new Date(shanghai('2026-12-10 08:00').getTime() + at * 3_600_000);
    const total = Array.from({ length: 10 }, (_, at) => ['CENTER_TOTAL', site.code, hour(at), 1, 10_000, 10_000]);
    await desk.sql('insert into power_hour (subject_kind, subject, hour, samples, sum_w, max_w) values ?', [
      [...total, ['IT_TOTAL', site.code, hour(0), 1, 8_000, 8_000]],
    ]);
    wall.set('2027-01-03 10:00');
    await desk.rate(uses);
    await desk.share();
    // 2 kWh at 0.65 yuan; of the nine other hours nobody knows what the racks drew.
    expect((await spreadOf(power?.id as string, '2026-12'))?.amount).toBe(1_30);
  });

  it('is not given back once it was long ago: what was closed was drawn, however many months have passed', async () => {
    const carried = async () => {
      const rows = await desk.sql(
        "select carried_fen as fen from shared_spread where month = '2026-11' and carried_fen <> 0",
      );
      return rows.map(({ fen }) => Number(fen));
    };
    expect(await carried()).toEqual([-650_00]);
    wall.set('2029-01-03 10:00');
    await desk.rate(uses);
    await desk.share();
    expect(await carried()).toEqual([-650_00]);
  });
});
