import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from '../../../server/src/application.module.js';
import { CabinetsService } from '../../../server/src/cabinets/cabinets.service.js';
import { RecountService } from '../../../server/src/cabinets/recount.service.js';
import { DemonstrationModule } from '../../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../../server/src/demonstration/demonstration-loader.js';
import { factsOf } from '../../../server/src/demonstration/history/facts-of-province.js';
import { grantedPast } from '../../../server/src/demonstration/history/granted-past.js';
import { HistoryLoader } from '../../../server/src/demonstration/history/history-loader.js';
import { DEBTS_MAX } from '../../../server/src/demonstration/history/past-debts.js';
import { makeUpProvince } from '../../../server/src/demonstration/province.js';
import { entities } from '../../../server/src/entities.js';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const SEED = 20_260_101;
const SCALE = { machines: 3_000, months: 24 };
const clock = { now: () => new Date('2026-11-24T08:00:00.000Z') };
const TABLES = [
  'encumbrance',
  'quota_taking',
  'server_event',
  'request',
  'request_line',
  'request_step',
  'claim',
  'resource',
  'resource_event',
  'dr_debt',
] as const;

let test: TestDatabase;
let context: INestApplicationContext;
afterEach(async () => {
  await context.close();
  await test.close();
});

async function open(): Promise<HistoryLoader> {
  test = await openTestDatabase(entities);
  context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: {
        configuration: readConfiguration({ JIYUN_LOG_LEVEL: 'silent' }),
        db: test.db,
        crypto: new SoftwareCrypto(newKeyRing(), 1_000),
        clock,
      },
      demonstration: null,
      parts: [{ module: DemonstrationModule }],
    }),
    { logger: false, abortOnError: false },
  );
  await context.get(DemonstrationLoader).load(SEED, SCALE.machines);
  return context.get(HistoryLoader);
}

async function counts(): Promise<Record<string, number>> {
  const rows = await Promise.all(
    TABLES.map(async (table) => [table, Number((await test.db.query(`select count(*) as n from ${table}`))[0].n)]),
  );
  return Object.fromEntries(rows);
}

/** The ledger as the database names it. */
const entries = (): string => `\`${test.owner.database}_audit\`.budget_entry`;

async function expectBooksToBalance(): Promise<void> {
  const wrongItems = await test.db.query(
    `select b.id from budget b left join (
       select budget_id,
         sum(if(kind = 'ADJUST', amount_fen, 0)) as amount,
         sum(case kind when 'RESERVE' then amount_fen when 'RELEASE' then -amount_fen
             when 'SPEND' then -from_reserved_fen else 0 end) as reserved,
         sum(if(kind = 'SPEND', amount_fen, 0)) as spent
       from ${entries()} group by budget_id) e on e.budget_id = b.id
     where b.amount_fen <> coalesce(e.amount, 0)
        or (b.grain = 'ITEM' and (b.reserved_fen <> coalesce(e.reserved, 0) or b.spent_fen <> coalesce(e.spent, 0)))`,
  );
  expect(wrongItems).toEqual([]);
  const wrongWholes = await test.db.query(
    `select w.id from budget w left join (
       select parent_id, sum(amount_fen) as amount, sum(reserved_fen) as reserved, sum(spent_fen) as spent
       from budget group by parent_id) i on i.parent_id = w.id
     where w.grain = 'DEPARTMENT' and (w.allotted_fen <> i.amount or w.reserved_fen <> i.reserved or w.spent_fen <> i.spent)`,
  );
  expect(wrongWholes).toEqual([]);
  const wrongEncumbrances = await test.db.query(
    `select c.id from encumbrance c left join (
       select encumbrance_id, sum(if(kind = 'RELEASE', amount_fen, if(kind = 'SPEND', from_reserved_fen, 0))) as used
       from ${entries()} group by encumbrance_id) e on e.encumbrance_id = c.id
     where c.left_fen <> c.amount_fen - coalesce(e.used, 0)`,
  );
  expect(wrongEncumbrances).toEqual([]);
}

describe('HistoryLoader.load', () => {
  it('writes a past whose live claims are exactly what the counters say, once', async () => {
    const history = await open();
    expect(await history.load(SCALE)).toBeGreaterThan(400);
    const before = await counts();
    expect(before.resource).toBeGreaterThan(SCALE.machines * 0.8);
    const differing = await test.db.query(
      `select c.subject_id from capacity_counter c
       left join (select pool_id, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib from claim
                  where state <> 'RELEASED' group by pool_id) live on live.pool_id = c.subject_id
       where c.kind = 'POOL' and ((c.meter = 'VCPU' and c.live_amount <> coalesce(live.vcpu, 0))
         or (c.meter = 'MEMORY_MIB' and c.live_amount <> coalesce(live.memory_mib, 0)))`,
    );
    expect(differing).toEqual([]);
    // What is still open goes on in a chain.
    const [open_] = await test.db.query(
      `select count(*) as requests, count(d.id) as rounds, count(r.due_at) as due from request r
       left join approval_round d on d.running_subject_id = r.id where r.state in ('AWAITING_SIGN_OFF', 'UNDER_REVIEW')`,
    );
    expect(Number(open_.requests)).toBeGreaterThan(0);
    expect([open_.rounds, open_.due]).toEqual([open_.requests, open_.requests]);
    // Of what is owed, every line says so too, and something of it runs.
    expect(before.dr_debt).toBeGreaterThan(5);
    const unowed = await test.db.query(
      `select d.id from dr_debt d join request_line l on l.id = d.line_id
       where l.shares not like '%"owed":true%' or l.remote_mode = 'NONE'
         or not exists (select 1 from resource r where r.line_id = l.id and r.state = 'IN_USE')`,
    );
    expect(unowed).toEqual([]);
    expect(await history.load(SCALE)).toBe(0);
    expect(await counts()).toEqual(before);
  });

  it('writes budget books whose figures are their recount: of every budget, of every encumbrance', async () => {
    const history = await open();
    await history.load(SCALE);
    await expectBooksToBalance();
    const [{ n }] = await test.db.query("select count(*) as n from budget where grain = 'ITEM' and spent_fen > 0");
    expect(Number(n)).toBeGreaterThan(50);
    // Nothing of the past is dated at the day of loading, and every entry is about a request or machine that is there.
    const [{ late }] = await test.db.query(
      `select count(*) as late from ${entries()} where kind <> 'ADJUST' and occurred_at >= ?`,
      [new Date(clock.now().getTime() - 60 * 60_000)],
    );
    expect(Number(late)).toBe(0);
    const [{ strangers }] = await test.db.query(
      `select count(*) as strangers from ${entries()} e where kind <> 'ADJUST'
       and not exists (select 1 from request where id = e.subject_id)
       and not exists (select 1 from resource where id = e.subject_id)`,
    );
    expect(Number(strangers)).toBe(0);
  });

  it('gives servers a past: each row is what its last event says, and quotas hold what live machines and servers take', async () => {
    const history = await open();
    await history.load(SCALE);
    const wrong = await test.db.query(
      `select s.id from server s join (
         select server_id, state, department_id, row_number() over (partition by server_id order by at desc, id desc) as nth
         from server_event) e on e.server_id = s.id and e.nth = 1
       where s.state <> e.state or not (s.department_id <=> if(e.state = 'IN_USE', e.department_id, null))`,
    );
    expect(wrong).toEqual([]);
    const [{ used }] = await test.db.query("select count(*) as used from server where state = 'IN_USE'");
    expect(Number(used)).toBeGreaterThan(10);
    const takings: { quotaIds: string; live: number | null }[] = await test.db.query(
      'select quota_ids as quotaIds, live from quota_taking where subject_id in (select id from server)',
    );
    const expected = new Map<string, number>();
    for (const { quotaIds } of takings.filter(({ live }) => live === 1))
      for (const id of (typeof quotaIds === 'string' ? JSON.parse(quotaIds) : quotaIds) as string[])
        expected.set(id, (expected.get(id) ?? 0) + 1);
    const counters: { id: string; live: string }[] = await test.db.query(
      "select subject_id as id, live_amount as live from capacity_counter where kind = 'QUOTA' and meter = 'SERVER'",
    );
    expect(counters.filter(({ id, live }) => Number(live) !== (expected.get(id) ?? 0))).toEqual([]);
    const machines: { ids: string; n: string }[] = await test.db.query(
      "select quota_ids as ids, count(*) as n from claim where state <> 'RELEASED' group by quota_ids",
    );
    const live = new Map<string, number>();
    for (const { ids, n } of machines) for (const id of ids.split(',')) live.set(id, (live.get(id) ?? 0) + Number(n));
    const counted: { id: string; live: string }[] = await test.db.query(
      "select subject_id as id, live_amount as live from capacity_counter where kind = 'QUOTA' and meter = 'MACHINE'",
    );
    expect(counted.filter((row) => Number(row.live) !== (live.get(row.id) ?? 0))).toEqual([]);
  });

  it('leaves the places of servers in use with their departments, in the record since the use began', async () => {
    const history = await open();
    await history.load(SCALE);
    const places: { department: string | null; holder: string | null; recorded: string | null; late: number }[] =
      await test.db.query(
        `select s.department_id as department, h.department_id as holder, e.department_id as recorded,
                e.at <> greatest(s.used_since, first_line.at) as late
         from server s join cabinet_holder h on h.id = s.holder_id
           join cabinet_holder_event e on e.holder_id = h.id and e.version = h.version
           join cabinet_holder_event first_line on first_line.holder_id = h.id and first_line.version = 1
         where s.department_id is not null`,
      );
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter((row) => row.holder !== row.department || row.recorded !== row.department)).toEqual([]);
    expect(places.filter((row) => Number(row.late) === 1)).toEqual([]);
    expect(await context.get(RecountService, { strict: false }).recount()).toEqual([]);
    // Each department that uses a server sees the cabinet in which it stands.
    const department = places[0]?.department ?? '';
    const scope = { kind: 'DEPARTMENTS', departmentIds: [department] } as const;
    const cabinets = context.get(CabinetsService, { strict: false });
    const seen = await cabinets.page(scope, {}, 'CODE', { first: 100, after: null });
    const own = await test.db.query(
      'select distinct h.cabinet_id as id from cabinet_holder h join server s on s.holder_id = h.id where s.department_id = ?',
      [department],
    );
    expect(seen.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(own.map(({ id }: { id: string }) => id)));
  });

  it('lets the next request and machine have the next codes', async () => {
    const history = await open();
    await history.load({ machines: 200, months: 6 });
    const [{ code }] = await test.db.query(
      "select code from request where code like 'SQ-2026-%' order by code desc limit 1",
    );
    const [{ number }] = await test.db.query("select next_number as number from code_sequence where name = 'SQ-2026'");
    expect(Number(number)).toBe(Number(code.slice(-6)));
  });

  it('goes on where it was killed, and two processes write it once', async () => {
    const history = await open();
    const killed = history.load(SCALE, ({ piecesWritten }) => {
      if (piecesWritten === 1) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    const begun = (await counts()).request ?? 0;
    const [{ ofSpace }] = await test.db.query(
      'select count(*) as ofSpace from quota_taking where subject_id not in (select id from server)',
    );
    expect(begun).toBe(500);
    await expectBooksToBalance();
    const [one, two] = await Promise.all([history.load(SCALE), history.load(SCALE)]);
    const province = makeUpProvince(SEED, SCALE.machines);
    const { history: made } = grantedPast(
      SEED,
      factsOf(province),
      {
        ...SCALE,
        until: new Date(clock.now().getTime() - 60 * 60_000),
      },
      newId,
    );
    expect(one + two).toBe(made.requests.length - begun);
    expect(await counts()).toEqual({
      // All of the first piece, which has more lines that could owe something.
      dr_debt: DEBTS_MAX,
      encumbrance: made.encumbrances.length,
      // Beside those of whole cabinets and of devices in cabinets.
      quota_taking: made.takings.length + Number(ofSpace),
      // Beside one for each registration.
      server_event: made.serverLives.flatMap((life) => life.steps).length + province.servers.servers.length,
      request: made.requests.length,
      request_line: made.lines.length,
      request_step: made.steps.length,
      claim: made.claims.length,
      resource: made.resources.length,
      resource_event: made.events.length,
    });
    await expectBooksToBalance();
  });
});
