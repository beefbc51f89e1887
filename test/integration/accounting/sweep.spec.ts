import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountingSweep } from '../../../server/src/accounting/accounting-sweep.service.js';
import { ProrationRules } from '../../../server/src/accounting/proration-rules.service.js';
import { RatingService } from '../../../server/src/accounting/rating.service.js';
import { StatementsService } from '../../../server/src/accounting/statements.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { MeteringService } from '../../../server/src/metering/metering.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { openApplicationOn, openTestApplication, type TestApplication } from '../../support/application.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

/** Shanghai's time of day, so that days read as the accounting calendar has them. */
class Wall {
  private at = new Date('2026-11-03T02:00:00.000Z');
  now = (): Date => this.at;
  set(text: string): void {
    this.at = new Date(`${text.replace(' ', 'T')}:00+08:00`);
  }
}

const MONTH = '2026-11';
const wall = new Wall();
let app: TestApplication;
let journey: RequestJourney;
let desk: LifeDesk;
let centerId: string;
let sweep: AccountingSweep;
let statements: StatementsService;

const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  app.test.db.query(text, values);
/** All that stands, as text, to be compared whole. */
const snapshot = async (): Promise<string> =>
  JSON.stringify([
    await sql('select * from metered_interval order by resource_id, meter, start_at, version'),
    await sql('select * from rated_line order by month, resource_id, meter, start_at'),
  ]);
const intervalsOf = (id: string) =>
  sql(
    `select meter, version, start_at, end_at, quantity, standing, superseded_at is not null as superseded
     from metered_interval where resource_id = ? order by meter, start_at, version`,
    [id],
  );
const linesOf = (id: string, month = MONTH) =>
  sql('select * from rated_line where resource_id = ? and month = ? order by meter, start_at', [id, month]);
/** Nothing is closed here. */
const view = { month: MONTH, documentIds: [], open: { departmentIds: [], without: true } };
const filter = (more = {}) => ({ view, departmentId: null, ...more });

beforeAll(async () => {
  app = await openTestApplication({ now: wall.now });
  journey = await RequestJourney.begin(app);
  desk = new LifeDesk(app, journey);
  centerId = (await journey.openCenter('books', 1_000)).center.id;
  sweep = desk.get(AccountingSweep);
  statements = desk.get(StatementsService);
  await sql('delete from proration_rule');
  await desk
    .get(UnitOfWork)
    .run((tx) =>
      desk
        .get(ProrationRules)
        .add(tx, { from: '2026-10', rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '测试' }),
    );
});
afterAll(() => app.close());

describe('from the lifecycle record to a draft statement', () => {
  let machine: string;

  it('accounts nothing of what is granted and not delivered', async () => {
    wall.set('2026-11-03 10:00');
    [machine = ''] = await desk.granted(centerId);
    wall.set('2026-11-04 10:00');
    await sweep.run();
    expect(await intervalsOf(machine)).toEqual([]);
  });

  it('begins with delivery, by meter, and knows a day once it has ended', async () => {
    wall.set('2026-11-05 15:00');
    await desk.observe(machine, 'RUNNING');
    wall.set('2026-11-05 23:00');
    await sweep.run();
    expect((await intervalsOf(machine)).map(({ meter, quantity }) => [meter, Number(quantity)])).toEqual([
      ['MEMORY_GIB', 1_024],
      ['STORAGE_GIB_SSD', 20],
      ['VCPU', 1],
    ]);
    expect(await linesOf(machine)).toEqual([]);
    wall.set('2026-11-06 00:10');
    await sweep.run();
    // 10 yuan by the month: 1 day of 30 of 1 GiB, 20 GiB and 1 vCPU.
    expect((await linesOf(machine)).map((line) => Number(line.amount_fen))).toEqual([33, 667, 33]);
    wall.set('2026-11-16 09:00');
    await sweep.run();
    expect((await linesOf(machine)).map((line) => Number(line.amount_fen))).toEqual([367, 7_333, 367]);
  });

  it('writes nothing again when nothing is new (invariants 4 and 6; CloudKitty’s frame that is pushed twice)', async () => {
    const before = await snapshot();
    wall.set('2026-11-16 10:00');
    expect(await sweep.run()).toBeGreaterThan(0);
    expect(await snapshot()).toBe(before);
  });

  it('refuses a second row of one resource, meter and start (cloudstack#13112, #13399)', async () => {
    await expect(
      sql(
        `insert into metered_interval select resource_id, meter, start_at, version + 1, end_at, quantity, suspended,
           subject_id, kind, department_id, system_id, project_id, center_id, architecture, share, standing, recorded_at,
           superseded_at from metered_interval where resource_id = ? and standing = 1`,
        [machine],
      ),
    ).rejects.toThrow(/uq_metered_interval_standing/);
  });

  it('takes a late fact as a new version beside the old one, which stays as it was', async () => {
    await sql(
      "insert into resource_event (id, resource_id, at, kind, text, actor_name, size) values (?, ?, ?, 'RESIZED', '{}', 'x', ?)",
      [
        newId(),
        machine,
        new Date('2026-11-10T04:00:00.000Z'),
        JSON.stringify({ vcpu: 4, memoryMib: 1_024, diskGib: 20, storageTier: 'SSD' }),
      ],
    );
    wall.set('2026-11-16 11:00');
    await sweep.run();
    const vcpu = (await intervalsOf(machine)).filter(({ meter }) => meter === 'VCPU');
    expect(
      vcpu.map(({ version, quantity, standing, end_at }) => [version, Number(quantity), standing, end_at]),
    ).toEqual([
      [1, 1, null, null],
      [2, 1, 1, new Date('2026-11-10T04:00:00.000Z')],
      [1, 4, 1, null],
    ]);
    // The day of the change is wholly the new size's: 5 days of one, 6 of four.
    const [small, big] = (await linesOf(machine)).filter(({ meter }) => meter === 'VCPU');
    expect([small, big].map((line) => [Number(line?.portion_numerator), Number(line?.amount_fen)])).toEqual([
      [5, 167],
      [6, 800],
    ]);
  });

  it('ends where it is given back for good; the bin before is still its department’s', async () => {
    wall.set('2026-11-18 10:00');
    idOf(await desk.release(machine));
    wall.set('2026-11-20 10:00');
    idOf(await desk.purge(machine));
    wall.set('2026-11-22 10:00');
    await desk.observe(machine, 'GONE');
    wall.set('2026-11-25 10:00');
    await sweep.run();
    const standing = (await intervalsOf(machine)).filter((row) => row.standing === 1);
    expect(standing.filter(({ end_at }) => end_at === null)).toEqual([]);
    expect(Math.max(...standing.map(({ end_at }) => (end_at as Date).getTime()))).toBe(
      Date.parse('2026-11-20T02:00:00.000Z'),
    );
    // From the 5th to the 19th; the day of the release is nobody's.
    const memory = (await linesOf(machine)).filter(({ meter }) => meter === 'MEMORY_GIB');
    expect(memory.map((line) => Number(line.portion_numerator))).toEqual([15]);
    const before = await snapshot();
    wall.set('2026-11-29 10:00');
    await sweep.run();
    expect(await snapshot()).toBe(before);
  });
});

describe('a dispute', () => {
  it('suspends the resource that is disputed and no other, from the objection to its answer', async () => {
    wall.set('2026-11-06 10:00');
    const [one = '', other = ''] = await desk.delivered(centerId, 2);
    const [sheet] = await sql(
      'select s.id from delivery_sheet s join resource r on r.request_id = s.request_id where r.id = ?',
      [one],
    );
    await sql(
      `insert into delivery_objection (id, sheet_id, resource_id, reason, raised_at, raised_by, answer, answered_at, answered_by)
       values (?, ?, ?, '磁盘不对', ?, '李主任', '已更换', ?, '王评审')`,
      [newId(), sheet?.id, one, new Date('2026-11-10T02:00:00.000Z'), new Date('2026-11-12T02:00:00.000Z')],
    );
    wall.set('2026-11-29 11:00');
    await sweep.run();
    const said = async (id: string) =>
      (await linesOf(id))
        .filter(({ meter }) => meter === 'VCPU')
        .map(({ state, portion_numerator, amount_fen }) => [
          state,
          Number(portion_numerator),
          amount_fen === null ? null : Number(amount_fen),
        ]);
    expect(await said(one)).toEqual([
      ['RATED', 4, 133],
      ['DISPUTED', 2, null],
      ['RATED', 17, 567],
    ]);
    expect(await said(other)).toEqual([['RATED', 23, 767]]);
  });
});

describe('what has no price', () => {
  it('is shown as unpriced, not in the amount, and rated as soon as somebody fills the gap', async () => {
    wall.set('2026-11-07 10:00');
    const [machine = ''] = await desk.delivered(centerId);
    await sql('update resource set accelerators = \'{"910B": 2}\' where id = ?', [machine]);
    wall.set('2026-11-29 12:00');
    await sweep.run();
    const accelerators = async () =>
      (await linesOf(machine))
        .filter(({ meter }) => meter === 'ACCELERATOR:910B')
        .map(({ state, amount_fen }) => [state, amount_fen]);
    expect(await accelerators()).toEqual([['UNPRICED', null]]);
    expect((await statements.total(WHOLE_PROVINCE, filter())).unpriced).toBe(1);
    await desk
      .get(UnitOfWork)
      .run((tx) =>
        desk
          .get(PricingService)
          .add(tx, [{ meter: 'ACCELERATOR:910B', price: parseUnitPrice('300'), synthetic: true }]),
      );
    wall.set('2026-11-29 13:00');
    await sweep.run();
    expect(await accelerators()).toEqual([['RATED', '44000']]);
    expect((await statements.total(WHOLE_PROVINCE, filter())).unpriced).toBe(0);
  });
});

describe('a price that is changed for days gone by', () => {
  it('rates the drafts that it reaches again, once, and says so until it has (cloudstack: the full tariff twice)', async () => {
    wall.set('2026-11-29 13:10');
    const before = await sql(
      "select id, unit_price from price_version where to_date is null and item_id = (select id from price_item where meter = 'ACCELERATOR:910B')",
    );
    const fen = async () => (await statements.total(WHOLE_PROVINCE, filter({ kind: 'MACHINE' }))).amount;
    const was = await fen();
    await sql('update price_version set unit_price = unit_price * 2 where id = ?', [before[0]?.id]);
    const rating = desk.get(RatingService);
    expect((await rating.repriced('MACHINE', await rating.books())).size).toBe(1);
    await sweep.run();
    // What cost 440 yuan costs twice that.
    expect(await fen()).toBe(was + 44_000n);
    expect((await rating.repriced('MACHINE', await rating.books())).size).toBe(0);
    await sql('update price_version set unit_price = ? where id = ?', [before[0]?.unit_price, before[0]?.id]);
    wall.set('2026-11-29 13:20');
    await sweep.run();
    expect(await fen()).toBe(was);
  });
});

describe('a pass that dies in the middle', () => {
  it('leaves whole pages behind and is gone on with, to the same books as one that never died (invariant 4)', async () => {
    wall.set('2026-11-29 14:00');
    const rating = desk.get(RatingService);
    const rate = rating.rate.bind(rating);
    let pages = 0;
    rating.rate = async (...args) => {
      pages += 1;
      if (pages === 3) throw new Error('the worker is gone');
      await rate(...args);
    };
    await sql('delete from rated_line');
    await sql('delete from metered_interval');
    try {
      await expect(sweep.run(1)).rejects.toThrow('the worker is gone');
    } finally {
      rating.rate = rate;
    }
    const [half] = await sql('select count(distinct resource_id) as n from metered_interval');
    expect(Number(half?.n)).toBe(2);
    const [pass] = await sql("select after_id, ended_at from metering_pass where source = 'MACHINE'");
    expect(pass?.ended_at).toBeNull();
    await sweep.run(1);
    const resumed = await snapshot();
    await sql('delete from rated_line');
    await sql('delete from metered_interval');
    wall.set('2026-11-29 15:00');
    await sweep.run();
    const times = /"(recorded_at|superseded_at)":("[^"]*"|null)/g;
    expect((await snapshot()).replaceAll(times, '')).toBe(resumed.replaceAll(times, ''));
  });

  it('is made by one worker at a time (CloudKitty reprocessing-concurrency-issues)', async () => {
    const second = await openApplicationOn(app.test.db, { now: wall.now });
    try {
      wall.set('2026-11-29 16:00');
      const other = second.context.get(AccountingSweep, { strict: false });
      const looked = await Promise.all([sweep.run(1), other.run(1)]);
      expect(Math.min(...looked)).toBe(0);
      expect(Math.max(...looked)).toBeGreaterThan(0);
    } finally {
      await second.close();
    }
  });
});

describe('a statement', () => {
  it('invariant 7: is the sum of its lines in every grouping, to the fen', async () => {
    const [stored] = await sql('select sum(amount_fen) as fen from rated_line where month = ?', [MONTH]);
    const total = await statements.total(WHOLE_PROVINCE, filter());
    expect(total.amount).toBe(BigInt(stored?.fen as string));
    for (const grouping of ['SYSTEM', 'KIND', 'METER', 'CENTER'] as const) {
      const parts = await statements.parts(WHOLE_PROVINCE, filter(), grouping);
      expect(parts.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total.amount);
    }
    const departments = await statements.departments(WHOLE_PROVINCE, MONTH, { first: 100, after: null });
    expect(departments.rows.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total.amount);
    const resources = await statements.resources(WHOLE_PROVINCE, filter(), { first: 100, after: null });
    expect(resources.rows.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total.amount);
    const lines = await statements.linesOf(
      resources.rows.map(({ resourceId }) => ({ scope: WHOLE_PROVINCE, month: MONTH, resourceId })),
    );
    expect(lines.flat().reduce((sum, { amount }) => sum + (amount ?? 0n), 0n)).toBe(total.amount);
  });

  it('of a city is its own: it never enters the province’s total', async () => {
    await sql("update department set level = 'CITY' where id = ?", [journey.department.id]);
    try {
      const whole = filter();
      const of = async (side: 'PROVINCE' | 'CITIES') =>
        (await statements.total(WHOLE_PROVINCE, await statements.ofSide(WHOLE_PROVINCE, whole, side))).amount;
      const all = (await statements.total(WHOLE_PROVINCE, whole)).amount;
      expect([await of('PROVINCE'), await of('CITIES')]).toEqual([0n, all]);
      const page = { first: 100, after: null };
      expect((await statements.departments(WHOLE_PROVINCE, MONTH, page)).rows).toEqual([]);
      expect((await statements.departments(WHOLE_PROVINCE, MONTH, page, 'CITIES')).rows).toHaveLength(1);
      // The city itself sees what is its own, whichever side is asked for.
      expect((await statements.departments(journey.scope, MONTH, page)).rows).toHaveLength(1);
    } finally {
      await sql("update department set level = 'PROVINCE' where id = ?", [journey.department.id]);
    }
  });

  it('invariant 16: another department sees nothing of it, in no sum, list or line', async () => {
    const other: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [newId()] };
    const page = { first: 100, after: null };
    const { rows } = await statements.resources(journey.scope, filter(), page);
    expect(rows.length).toBeGreaterThan(0);
    expect(await statements.total(other, filter({ departmentId: journey.department.id }))).toEqual({
      ...{ amount: 0n, drAmount: 0n, correctedAmount: 0n, resources: 0, unpriced: 0, disputed: 0, suspended: 0 },
    });
    expect(await statements.resources(other, filter({ departmentId: journey.department.id }), page)).toMatchObject({
      ...{ rows: [], totalCount: 0 },
    });
    expect((await statements.departments(other, MONTH, page)).rows).toEqual([]);
    expect(
      await statements.linesOf(rows.map(({ resourceId }) => ({ scope: other, month: MONTH, resourceId }))),
    ).toEqual(rows.map(() => []));
    // Bound to one system only: statements are a department's, so there is nothing for such a person.
    const bound: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [], systemIds: [journey.system.id] };
    expect((await statements.total(bound, filter())).resources).toBe(0);
  });

  it('pages by code without losing or repeating one', async () => {
    const all = await statements.resources(WHOLE_PROVINCE, filter(), { first: 100, after: null });
    const seen: string[] = [];
    for (let after: string[] | null = null; ; ) {
      const page = await statements.resources(WHOLE_PROVINCE, filter(), { first: 1, after });
      seen.push(...page.rows.map(({ resourceId }) => resourceId));
      const last = page.rows.at(-1);
      if (!page.hasNextPage || !last) break;
      after = [last.code, last.resourceId];
    }
    expect(seen).toEqual(all.rows.map(({ resourceId }) => resourceId));
    const [first] = all.rows;
    const found = await statements.resources(WHOLE_PROVINCE, filter({ search: first?.code }), {
      first: 5,
      after: null,
    });
    expect(found.rows.map(({ code }) => code)).toEqual([first?.code]);
  });

  it('is of the months that are accounted for, and says until when it knows', async () => {
    wall.set('2026-12-02 09:00');
    expect(await statements.months()).toEqual(['2026-12', '2026-11', '2026-10']);
    expect(await statements.frame('2026-11')).toMatchObject({
      complete: true,
      until: new Date('2026-11-30T16:00:00.000Z'),
    });
    expect(await statements.frame('2026-12')).toMatchObject({
      complete: false,
      until: new Date('2026-12-01T16:00:00.000Z'),
    });
    expect((await statements.frame('2026-09')).rule).toBeNull();
  });

  it('brings every month to its end that passed while no worker was there', async () => {
    wall.set('2026-12-05 09:00');
    const [machine = ''] = await desk.delivered(centerId);
    wall.set('2026-12-15 09:00');
    await sweep.run();
    const days = async (month: string) =>
      (await linesOf(machine, month))
        .filter(({ meter }) => meter === 'VCPU')
        .map((line) => Number(line.portion_numerator));
    expect(await days('2026-12')).toEqual([10]);
    wall.set('2027-04-02 09:00');
    await sweep.run();
    const months = ['2026-12', '2027-01', '2027-02', '2027-03', '2027-04'];
    expect((await Promise.all(months.map(days))).flat()).toEqual([27, 31, 28, 31, 1]);
  });

  it('keeps the history of every interval for whoever asks how a figure changed', async () => {
    const [{ resourceId } = { resourceId: '' }] = (
      await statements.resources(WHOLE_PROVINCE, filter(), { first: 1, after: null })
    ).rows;
    expect((await desk.get(MeteringService).history(resourceId)).length).toBeGreaterThan(0);
  });
});
