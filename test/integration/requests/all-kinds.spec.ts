import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: KindsDesk;
let [a, b, c]: Site[] = [];
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  [a, b, c] = [await desk.openSite('ACTIVE_A'), await desk.openSite('ACTIVE_B'), await desk.openSite('RECOVERY')];
});
afterAll(() => app.close());

const DR = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;

describe('a request for all kinds, dual-active with a recovery share', () => {
  it('previews where each share goes, holds all of it, and is granted, delivered and counted', async () => {
    const { journey } = desk;
    const content = desk.content(desk.lines(DR));
    const preview = await journey.submission.preview(journey.scope, content, null);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(preview.value.plan.lines.flatMap((line) => line.refusals)).toEqual([]);
    const planned = preview.value.plan.lines.map((line) =>
      line.shares.map(({ share, centerId, count }) => [share, centerId, count]),
    );
    const at = (site: Site | undefined) => site?.center.id;
    expect(planned).toEqual([
      [
        ['MAIN_A', at(a), 2],
        ['MAIN_B', at(b), 2],
        ['RECOVERY', at(c), 2],
      ],
      [
        ['MAIN_A', at(a), 1],
        ['MAIN_B', at(b), 1],
        ['RECOVERY', at(c), 1],
      ],
      [
        ['MAIN_A', at(a), 1],
        ['MAIN_B', at(b), 1],
        ['RECOVERY', at(c), 1],
      ],
      [],
    ]);

    const id = await journey.submitted(content);
    const held = await desk.books();
    // Four machines of 1 vCPU and two standby ones of 1 vCPU together; three servers, three places.
    expect(held).toMatchObject({ claims: 6, servers: 3, places: 3, items: 6, takings: 6 });
    const lines = (await journey.requests.linesOf([id]))[0] ?? [];
    expect(lines.map((line) => line.shares.map(({ share, centerId, count }) => [share, centerId, count]))).toEqual(
      planned,
    );
    expect((await journey.row(id)).monthlyFen).toBe(preview.value.quotation.monthlyFen);

    idOf(await journey.approve(id));
    expect(await desk.books()).toEqual(held);
    const resources = await app.test.db.query(
      'select name, standby, vcpu, center_id as centerId from resource where request_id = ? order by name',
      [id],
    );
    expect(
      resources.map((r: { name: string; standby: number; vcpu: number }) => [r.name, Number(r.standby), r.vcpu]),
    ).toEqual([
      ['vm-a-1', 0, 1],
      ['vm-a-2', 0, 1],
      ['vm-b-1', 0, 1],
      ['vm-b-2', 0, 1],
      ['vm-r-1', 1, 1],
      ['vm-r-2', 1, 1],
    ]);
    const [used] = await app.test.db.query(
      "select count(*) as n from server where state = 'IN_USE' and system_id = ?",
      [journey.system.id],
    );
    expect(Number(used.n)).toBe(3);
    const [given] = await app.test.db.query("select count(*) as n from cabinet_holder where state = 'ALLOCATED'");
    expect(Number(given.n)).toBe(3);
    expect((await journey.row(id)).state).toBe('PROVISIONING');
  });

  it('gives all of it back once, on rejection, on withdrawal and when its hold runs out', async () => {
    const { journey } = desk;
    const before = await desk.books();
    const content = desk.content(desk.lines(DR).map((line) => ({ ...line, count: 1 })));
    const scope = { kind: 'PROVINCE' as const };
    const rejected = await journey.submitted(content);
    const { version } = await journey.row(rejected);
    idOf(
      await journey.review.move(journey.acceptance, scope, 'REJECT', { ...journey.wish(rejected, version, '不同意') }),
    );
    expect(await desk.books()).toEqual(before);

    const withdrawn = await journey.submitted(content);
    idOf(
      await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', {
        ...journey.wish(withdrawn, (await journey.row(withdrawn)).version),
      }),
    );
    expect(await desk.books()).toEqual(before);

    const expired = await journey.submitted(content);
    await app.test.db.query("update request set hold_expires_at = '2020-01-01' where id = ?", [expired]);
    const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };
    const deadlines = desk.get(DeadlinesService);
    await deadlines.expireHolds(system);
    await deadlines.expireHolds(system);
    expect((await journey.row(expired)).state).toBe('EXPIRED');
    expect(await desk.books()).toEqual(before);
  });

  it('asks for the same again without asking for more, after it was returned', async () => {
    const { journey } = desk;
    // The recovery center has one server left, which the request itself holds.
    const content = desk.content(desk.lines(DR).map((line) => ({ ...line, count: 1 })));
    const id = await journey.submitted(content);
    const held = await desk.books();
    const scope = { kind: 'PROVINCE' as const };
    const wish = journey.wish(id, (await journey.row(id)).version, '补正');
    idOf(await journey.review.move(journey.acceptance, scope, 'RETURN', wish));
    expect(await desk.books()).toEqual(held);
    const preview = await journey.submission.preview(journey.scope, null, id);
    expect(preview.ok && preview.value.plan.feasible && preview.value.quotas.shortages).toEqual([]);
    const sent = journey.wish(id, (await journey.row(id)).version);
    idOf(await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', sent));
    idOf(await journey.submit(id, (await journey.row(id)).version));
    expect(await desk.books()).toEqual(held);
    const withdraw = journey.wish(id, (await journey.row(id)).version);
    idOf(await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', withdraw));
  });
});

describe('all or nothing', () => {
  const short: readonly [string, (lines: LineContent[]) => LineContent[], string[], string | null][] = [
    ['machines', (l) => l.map((x) => (x.kind === 'VM' ? { ...x, count: 100 } : x)), ['CAPACITY_SHORTAGE'], '0'],
    ['servers', (l) => l.map((x) => (x.kind === 'SERVER' ? { ...x, count: 50 } : x)), ['CAPACITY_SHORTAGE'], '1'],
    ['space', (l) => l.map((x) => (x.kind === 'CABINET' ? { ...x, count: 60 } : x)), ['SPACE_SHORTAGE'], '2'],
  ];
  it.each(short)('leaves nothing behind where %s are too few, and says so at the line', async (_, make, codes, at) => {
    const { journey } = desk;
    const before = await desk.books();
    const id = await journey.sent(desk.content(make(desk.lines({ ...DR, count: 1 }))));
    const refused = await journey.submit(id);
    expect([...new Set(codesOf(refused))]).toEqual(codes);
    if (refused.ok) throw new Error('it did not fit');
    for (const refusal of refused.error) expect(refusal.path.slice(0, 3)).toEqual(['content', 'lines', at]);
    expect(await desk.books()).toEqual(before);
    expect((await journey.row(id)).state).toBe('AWAITING_SIGN_OFF');
  });

  it.each([
    ['MACHINE', 3],
    ['SERVER', 3],
    ['CABINET_HALF_UNIT', 12],
    ['POWER_W', 1_800],
    ['STORAGE_GIB', 60],
  ] as const)(
    'leaves nothing behind where the quota of %s has one less than all centers together take',
    async (meter, takes) => {
      const { journey } = desk;
      const { id: departmentId } = journey.department;
      const id = await journey.sent(desk.content(desk.lines({ ...DR }).map((line) => ({ ...line, count: 1 }))));
      const before = await desk.books();
      const limit = (amount: string) =>
        app.test.db.query(
          `update capacity_counter set limit_amount = ${amount} where kind = 'QUOTA' and subject_id = ? and meter = ?`,
          [departmentId, meter],
        );
      await limit(`live_amount + ${takes - 1}`);
      const refused = await journey.submit(id);
      expect(codesOf(refused)).toEqual(['QUOTA_SHORTAGE']);
      if (!refused.ok) expect(refused.error[0]).toMatchObject({ meter, requested: takes, left: takes - 1, short: 1 });
      expect(await desk.books()).toEqual(before);
      await limit(`live_amount + ${takes}`);
      idOf(await journey.submit(id));
      await limit(String(Number.MAX_SAFE_INTEGER));
      const withdraw = journey.wish(id, (await journey.row(id)).version);
      idOf(await journey.review.move(journey.applicant, journey.scope, 'WITHDRAW', withdraw));
      expect(await desk.books()).toEqual(before);
    },
  );
});

describe('what comes back', () => {
  it('gives back the storage of a data share with the last machine that needs it', async () => {
    const { journey } = desk;
    const line = desk.line('VM', { count: 2, localMode: 'DUAL_ACTIVE', remoteMode: 'DATA' });
    const id = await journey.submitted(desk.content([line]));
    idOf(await journey.approve(id));
    const followUp = desk.get(FollowUpService);
    const surplus = () => desk.get(UnitOfWork).run((tx) => followUp.dataWithoutMachines(tx, id));
    const release = (name: string) =>
      app.test.db.query("update resource set state = 'RELEASED', live = null where request_id = ? and name = ?", [
        id,
        name,
      ]);
    expect(await surplus()).toEqual([]);
    await release('vm-a-1');
    expect(await surplus()).toEqual([]);
    await release('vm-b-2');
    expect(await surplus()).toHaveLength(1);
    await release('vm-a-2');
    await release('vm-b-1');
    expect(await surplus()).toHaveLength(2);
  });

  it('lets a server that was returned be held by another request', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 1 });
    const line = desk.line('SERVER', { centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
    const id = await journey.submitted(desk.content([line]));
    idOf(await journey.approve(id));
    // Handing it over is a work order's: the request waits for that, the server is in use from here on.
    expect((await journey.row(id)).state).toBe('PROVISIONING');
    const orders = await app.test.db.query('select kind, state from work_order where request_id = ?', [id]);
    expect(orders).toEqual([{ kind: 'DELIVERY', state: 'SUBMITTED' }]);
    const [serverId] = site.serverIds as [string];
    const life = desk.get(ServerLifeService);
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    for (const action of ['RETURN', 'FINISH_CLEANING'] as const) {
      const [{ version }] = await app.test.db.query('select version from server where id = ?', [serverId]);
      const wish = { id: serverId, expectedVersion: version, action, reason: '退回', poolId: null };
      idOf(await life.change(engineer, { kind: 'PROVINCE' }, { ...wish, idempotencyKey: newId() }));
    }
    const next = await journey.submitted(desk.content([line]));
    expect((await journey.row(next)).state).toBe('UNDER_REVIEW');
    const live = await app.test.db.query('select request_id as id from item_claim where live_subject_id = ?', [
      serverId,
    ]);
    expect(live).toEqual([{ id: next }]);
  });
});
