import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveriesService } from '../../../server/src/documents/deliveries.service.js';
import { SheetHeads } from '../../../server/src/documents/sheet-heads.service.js';
import { type Sheet, SheetsService } from '../../../server/src/documents/sheets.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let delivered: string;

beforeAll(async () => {
  app = await openTestApplication(new MovedClock());
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  await desk.openSite('ACTIVE_A');
  delivered = await deliveredOf();
});
afterAll(() => app.close());

/** A request of all kinds, approved, its machines running and its other lines made ready by people. */
async function deliveredOf(): Promise<string> {
  const { journey } = desk;
  const id = await journey.submitted(desk.content(desk.lines()));
  idOf(await journey.approve(id));
  const [machines = []] = await life.resources.ofRequests([id]);
  for (const machine of machines) await life.observe(machine.id, 'RUNNING');
  const [lines = []] = await journey.requests.linesOf([id]);
  for (const line of lines)
    if (line.kind !== 'VM')
      await desk
        .get(UnitOfWork)
        .run((tx) => desk.get(FollowUpService).lineFulfilled(tx, line.id, `${line.name} 已就绪`));
  return id;
}

async function sheetOf(id: string): Promise<Sheet> {
  const [sheet] = await desk.get(SheetsService).sheetsOf([await desk.journey.row(id)]);
  if (!sheet) throw new Error('there is no sheet');
  return sheet;
}

describe('the delivery sheet of a request of all kinds', () => {
  it('lists each machine, server, place in a cabinet and service, with what proves it', async () => {
    const { content } = await sheetOf(delivered);
    expect(content.items.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      expect.stringMatching(/^VM vm/),
      expect.stringMatching(/^VM vm/),
      'SERVER server',
      'CABINET cabinet',
      'SERVICE service',
    ]);
    const [, , server, place, service] = content.items;
    const [{ asset_number }] = await app.test.db.query('select asset_number from server where id = ?', [
      server?.resourceId,
    ]);
    expect(server).toMatchObject({ code: asset_number, evidence: 'server 已就绪', center: 'ACTIVE_A' });
    expect(place?.code).toMatch(/ U\d+–\d+$/);
    expect(place?.specification).toBe('2 U，600 W，40 kg');
    expect(service?.specification).toContain('域名：www.example.gov.cn');
    expect(content.items.every(({ deliveredAt }) => deliveredAt !== null)).toBe(true);
    const printed = await desk.get(SheetsService).print(desk.journey.applicant, delivered);
    expect(printed?.bytes.length).toBeGreaterThan(1_000);
  });

  it('takes an objection to any of them, and freezes them all when it is confirmed', async () => {
    const id = await deliveredOf();
    const before = await sheetOf(id);
    const server = before.content.items.find(({ kind }) => kind === 'SERVER');
    const deliveries = desk.get(DeliveriesService);
    const on = { requestId: id, expectedVersion: before.row.version, idempotencyKey: newId() };
    const objected = await deliveries.object(desk.journey.applicant, {
      ...on,
      objections: [{ resourceId: server?.resourceId, reason: '电源灯不亮' }],
    });
    expect(objected.ok).toBe(true);
    const { row, objections } = await sheetOf(id);
    expect([row.state, objections.map(({ resourceId }) => resourceId)]).toEqual(['OBJECTED', [server?.resourceId]]);
    const confirmed = await sheetOf(delivered);
    const wish = { requestId: delivered, expectedVersion: confirmed.row.version, idempotencyKey: newId() };
    idOf(await deliveries.confirm(desk.journey.applicant, wish));
    const frozen = await sheetOf(delivered);
    expect(frozen.row.content?.items).toHaveLength(5);
    await app.test.db.query("update server set asset_number = 'ANOTHER' where id = ?", [
      frozen.content.items[2]?.resourceId,
    ]);
    expect((await sheetOf(delivered)).content).toEqual(frozen.content);
  });

  it('is counted without being read: as things are, and as it was confirmed', async () => {
    const heads = desk.get(SheetHeads);
    const scope = desk.journey.scope;
    const { rows } = await heads.page(scope, { states: [], byRule: null, search: null }, { first: 10, after: null });
    const states = rows.map(({ head }) => head.state);
    expect([states.includes('CONFIRMED'), states.length > 1]).toEqual([true, true]);
    const facts = await heads.factsOf(rows);
    for (const [at, { request }] of rows.entries()) {
      const { content } = await sheetOf(request.id);
      const { unit, system, items } = content;
      expect(facts[at]).toEqual({ unit, system, itemCount: items.length });
    }
  });

  it('is found in the list by its state, its department, and whether the rule confirmed it', async () => {
    const sheets = desk.get(SheetHeads);
    const page = async (more: object, scope = desk.journey.scope) =>
      (
        await sheets.page(scope, { states: [], byRule: null, search: null, ...more }, { first: 10, after: null })
      ).rows.map(({ request }) => request.id);
    expect(await page({})).toContain(delivered);
    expect(await page({ states: ['CONFIRMED'] })).toEqual([delivered]);
    expect(await page({ byRule: true })).toEqual([]);
    expect(await page({ states: ['OBJECTED'] }, WHOLE_PROVINCE)).toHaveLength(1);
    const nobody = { kind: 'DEPARTMENTS' as const, departmentIds: [newId()] };
    expect(await page({}, nobody)).toEqual([]);
    const bound = { kind: 'DEPARTMENTS' as const, departmentIds: [], systemIds: [desk.journey.system.id] };
    expect(await page({}, bound)).toEqual([]);
  });
});
