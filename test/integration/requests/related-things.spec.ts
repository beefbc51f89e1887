import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { LineContent, LineRelation } from '../../../server/src/requests/domain/content.js';
import { ServerPlaceService } from '../../../server/src/servers/server-place.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
});
afterAll(() => app.close());

/** A center with two cabinets and so many servers alike in each. */
async function openSite(each: number): Promise<Site> {
  const site = await desk.openSite('ACTIVE_A', { servers: each * 2, cabinets: [{}, {}] });
  const engineer = viewerWith(['FACILITY_ENGINEER'], null);
  for (const [n, id] of site.serverIds.entries()) {
    const wish = { id, expectedVersion: 1, idempotencyKey: newId(), startUnit: null };
    const cabinetId = site.cabinetIds[n % 2] as string;
    idOf(await desk.get(ServerPlaceService).mount(engineer, WHOLE_PROVINCE, { ...wish, cabinetId }));
  }
  return site;
}

function line(
  site: Site,
  kind: 'SERVER' | 'CABINET',
  name: string,
  relations: readonly LineRelation[] = [],
): LineContent {
  return desk.line(kind, { centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE', name, relations });
}

/** Of each of the request's lines, the cabinets in which it stands. */
async function standing(requestId: string): Promise<Record<string, string[]>> {
  const rows: { name: string; cabinet: string }[] = await app.test.db.query(
    `select l.name, h.cabinet_id as cabinet from item_claim i
     join request_line l on l.id = i.line_id
     left join server s on s.id = i.subject_id
     join cabinet_holder h on h.id = coalesce(s.holder_id, i.subject_id)
     where i.request_id = ? and i.state <> 'RELEASED' order by l.name`,
    [requestId],
  );
  const byName = Map.groupBy(rows, ({ name }) => name);
  return Object.fromEntries([...byName].map(([name, own]) => [name, own.map(({ cabinet }) => cabinet)]));
}

describe('lines that say how their servers and places stand to each other', () => {
  it('are held as they say (B9, K12), saved with it, and held so again after a return', async () => {
    const site = await openSite(2);
    const [first, second] = site.cabinetIds as [string, string];
    const content = desk.content([
      line(site, 'SERVER', 'main'),
      line(site, 'SERVER', 'standby', [{ kind: 'APART', line: 'main', scope: 'CABINET' }]),
      line(site, 'CABINET', 'beside', [{ kind: 'TOGETHER', line: 'standby', scope: 'CABINET' }]),
    ]);
    const id = await desk.journey.submitted(content);
    const held = await standing(id);
    const [main = [], standby = []] = [held.main, held.standby];
    expect([...main, ...standby].toSorted()).toEqual([first, second].toSorted());
    expect(held.beside).toEqual(standby);
    const lines = (await desk.journey.requests.linesOf([id]))[0] ?? [];
    expect(lines.map(({ relations }) => relations)).toEqual([
      null,
      [{ kind: 'APART', line: 'main', scope: 'CABINET' }],
      [{ kind: 'TOGETHER', line: 'standby', scope: 'CABINET' }],
    ]);
    const told = lines.flatMap(({ checks }) => checks ?? []).filter(({ criterion }) => /^(B9|K12)$/.test(criterion));
    expect(told.map(({ criterion, passed }) => [criterion, passed])).toEqual([
      ['B9', true],
      ['B9', true],
      ['K12', true],
    ]);
    const { review, acceptance, head, scope } = desk.journey;
    const returned = await desk.journey.row(id);
    idOf(await review.move(acceptance, WHOLE_PROVINCE, 'RETURN', desk.journey.wish(id, returned.version)));
    const open = await desk.journey.row(id);
    idOf(await review.move(desk.journey.applicant, scope, 'SEND_FOR_SIGN_OFF', desk.journey.wish(id, open.version)));
    const sent = await desk.journey.row(id);
    idOf(await desk.journey.submission.submit(head, scope, desk.journey.wish(id, sent.version)));
    const again = await standing(id);
    expect(again.main).not.toEqual(again.standby);
    expect(again.beside).toEqual(again.standby);
    idOf(await desk.journey.approve(id));
    expect(await standing(id)).toEqual(again);
  });

  it('are refused with the criterion where only their words stand in the way, and nothing is held', async () => {
    const site = await openSite(2);
    const before = await desk.books();
    const content = desk.content([
      line(site, 'SERVER', 'main'),
      line(site, 'SERVER', 'standby', [{ kind: 'APART', line: 'main', scope: 'ROOM' }]),
    ]);
    const refused = await desk.journey.submit(await desk.journey.sent(content));
    expect(refused).toMatchObject({ ok: false, error: [{ rule: 'B9' }, { rule: 'B9' }] });
    expect(await desk.books()).toEqual(before);
  });

  it('are held in the order of the plan: places that fit one after another need not fit in another order', async () => {
    // Pieces of four and of five units in the first cabinet, one of three in the second.
    const site = await desk.openSite('ACTIVE_A', { cabinets: [{ heightUnits: 10 }, { heightUnits: 3 }] });
    const [tall = '', low = ''] = site.cabinetIds;
    const words = { label: '配线架', kind: 'ODF' as const, state: 'OCCUPIED' as const, powerW: 0, weightGrams: 0 };
    const shelf = { ...words, where: { cabinetId: tall, startUnit: 5 }, heightHalfUnits: 2 };
    await desk.get(UnitOfWork).run(async (tx) => expect((await desk.get(SpaceService).place(tx, shelf)).ok).toBe(true));
    const space = (name: string, heightUnits: number): LineContent => ({
      ...line(site, 'CABINET', name, name === 'four' ? [] : [{ kind: 'TOGETHER', line: 'four', scope: 'CABINET' }]),
      cabinet: { offerId: desk.cabinet.id, heightUnits, powerW: 100, weightKg: 10 },
    });
    const content = desk.content([space('three', 3), space('two', 2), space('four', 4)]);
    const held = await standing(await desk.journey.submitted(content));
    expect(held).toEqual({ three: [tall], two: [tall], four: [tall] });
    expect(low).not.toBe(tall);
  });

  it.each([8, 32])(
    '%i clients at once get pairs apart, as many as there are, and never one that is not',
    async (clients) => {
      const pairs = 4;
      const site = await openSite(pairs);
      const content = desk.content([
        line(site, 'SERVER', 'main'),
        line(site, 'SERVER', 'standby', [{ kind: 'APART', line: 'main', scope: 'CABINET' }]),
      ]);
      const numbers = Array.from({ length: 16 }, (_, n) => n);
      const sent = await byClients(8, numbers, () => desk.journey.sent(content));
      const results = await byClients(clients, sent, (id) => desk.journey.submit(id));
      const granted = results.flatMap((result) => (result.ok ? [idOf(result)] : []));
      expect(granted).toHaveLength(pairs);
      expect([...new Set(results.flatMap((result) => (result.ok ? [] : codesOf(result))))]).toEqual([
        'CAPACITY_SHORTAGE',
      ]);
      for (const id of granted) {
        const { main = [], standby = [] } = await standing(id);
        expect([...main, ...standby].toSorted()).toEqual(site.cabinetIds.toSorted());
      }
    },
  );
});
