import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountingSweep } from '../../../server/src/accounting/accounting-sweep.service.js';
import { ProrationRules } from '../../../server/src/accounting/proration-rules.service.js';
import { StatementsService } from '../../../server/src/accounting/statements.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DeliveredLines } from '../../../server/src/requests/delivered-lines.service.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { idOf } from '../../support/request-journey.ts';

let at = new Date('2026-11-03T02:00:00.000Z');
const set = (text: string): void => {
  at = new Date(`${text.replace(' ', 'T')}:00+08:00`);
};
let app: TestApplication;
let desk: KindsDesk;
let requestId: string;
const lineIds = new Map<string, string>();

const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  app.test.db.query(text, values);
/** Standing intervals of one kind, as days and hours in Shanghai. */
const used = async (kind: string) => {
  const rows = await sql(
    `select meter, share, quantity, date_format(date_add(start_at, interval 8 hour), '%m-%d %H:%i') as begins,
            date_format(date_add(end_at, interval 8 hour), '%m-%d %H:%i') as ends
     from metered_interval where kind = ? and standing = 1 order by share, meter, start_at`,
    [kind],
  );
  return rows.map((row) => [row.meter, row.share, Number(row.quantity), row.begins, row.ends]);
};
const sweep = (): Promise<number> => desk.get(AccountingSweep).run();
const fulfil = (kind: string): Promise<boolean> =>
  desk.get(UnitOfWork).run((tx) => desk.get(FollowUpService).lineFulfilled(tx, lineIds.get(kind) ?? '', '已交付'));
const giveBack = async (kind: string) => {
  const { version } = await desk.journey.row(requestId);
  const wish = {
    lineId: lineIds.get(kind) ?? '',
    expectedVersion: version,
    reason: '不再使用',
    idempotencyKey: newId(),
  };
  return idOf(await desk.get(GivingBackLines).giveBack(desk.journey.applicant, desk.journey.scope, wish));
};

beforeAll(async () => {
  app = await openTestApplication({ now: () => at });
  desk = await KindsDesk.open(app);
  await sql('delete from proration_rule');
  await desk
    .get(UnitOfWork)
    .run((tx) =>
      desk
        .get(ProrationRules)
        .add(tx, { from: '2026-10', rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '测试' }),
    );
  await desk.openSite('ACTIVE_A');
  await desk.openSite('ACTIVE_B');
  const dual = { localMode: 'DUAL_ACTIVE', remoteMode: 'NONE' } as const;
  const lines = [
    desk.line('SERVER', { ...dual, localMode: 'SINGLE' }),
    desk.line('CABINET', dual),
    desk.line('SERVICE', { count: 3 }),
  ];
  requestId = await desk.journey.submitted(desk.content(lines));
  idOf(await desk.journey.approve(requestId));
  for (const line of (await desk.journey.requests.linesOf([requestId])).flat()) lineIds.set(line.kind, line.id);
});
afterAll(() => app.close());

/** What the checklist of a close counts of services (LATE_FACTS). */
const lateServices = () => desk.get(DeliveredLines).lateServices(new Date('2026-12-01T00:00:00+08:00'));

describe('servers, places and services on a statement', () => {
  it('are nothing while they are held, granted and being made', async () => {
    set('2026-11-04 10:00');
    await sweep();
    expect(await sql('select * from metered_interval')).toEqual([]);
  });

  it('begin when people have handed over their line: a place at 机位交付', async () => {
    set('2026-11-06 10:00');
    expect([await fulfil('SERVER'), await fulfil('SERVICE')]).toEqual([true, true]);
    set('2026-11-08 15:30');
    expect(await fulfil('CABINET')).toBe(true);
    set('2026-11-11 09:00');
    expect(await lateServices()).toBe(1);
    await sweep();
    expect(await lateServices()).toBe(0);
    expect(await used('SERVER')).toEqual([['SERVER:kunpeng-2s', 'MAIN', 1, '11-06 10:00', null]]);
    expect(await used('SERVICE')).toEqual([['SERVICE:waf', 'MAIN', 3, '11-06 10:00', null]]);
    // 2 U of both centers, with 200 W beyond the 400 W that they include.
    expect(await used('SPACE')).toEqual([
      ['CABINET_U', 'MAIN_A', 4, '11-08 15:30', null],
      ['POWER_KW', 'MAIN_A', 200, '11-08 15:30', null],
      ['CABINET_U', 'MAIN_B', 4, '11-08 15:30', null],
      ['POWER_KW', 'MAIN_B', 200, '11-08 15:30', null],
    ]);
  });

  it('cost their price by days, the DR share on lines of its own (invariant 15)', async () => {
    const statements = desk.get(StatementsService);
    const filter = { view: await statements.view('2026-11'), departmentId: null };
    const kinds = await statements.parts(WHOLE_PROVINCE, filter, 'KIND');
    // 100 yuan by the month: 5 days of a server and of 3 services, 3 days of twice 2 U and 0.2 kW.
    expect(Object.fromEntries(kinds.map(({ key, amount }) => [key, Number(amount)]))).toEqual({
      ...{ SERVER: 1_667, SERVICE: 5_000, SPACE: 2 * (2_000 + 200) },
    });
    expect((await statements.total(WHOLE_PROVINCE, filter)).drAmount).toBe(2_200n);
  });

  it('end when they are given back', async () => {
    set('2026-11-15 10:00');
    await giveBack('SERVICE');
    set('2026-11-16 10:00');
    await giveBack('CABINET');
    set('2026-11-18 10:00');
    const [server] = await sql("select id, version from server where state = 'IN_USE'");
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    const wish = { id: server?.id as string, expectedVersion: server?.version as number, idempotencyKey: newId() };
    idOf(
      await desk
        .get(ServerLifeService)
        .change(engineer, WHOLE_PROVINCE, { ...wish, action: 'RETURN', reason: '退还', poolId: undefined } as never),
    );
    set('2026-11-25 10:00');
    expect(await lateServices()).toBe(1);
    await sweep();
    expect(await lateServices()).toBe(0);
    expect((await used('SERVICE')).map(([, , , , ends]) => ends)).toEqual(['11-15 10:00']);
    expect((await used('SPACE')).map(([, , , , ends]) => ends)).toEqual(Array(4).fill('11-16 10:00'));
    expect((await used('SERVER')).map(([, , , , ends]) => ends)).toEqual(['11-18 10:00']);
    const before = JSON.stringify(await sql('select * from rated_line order by resource_id, meter, start_at'));
    set('2026-11-29 10:00');
    await sweep();
    expect(JSON.stringify(await sql('select * from rated_line order by resource_id, meter, start_at'))).toBe(before);
  });
});
