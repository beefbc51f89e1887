import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import { PlacesService } from '../../../server/src/requests/places.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
});
afterAll(() => app.close());

const network = (site: Site, ipv4: number) => desk.openNetwork(site, ipv4);
const rows = (sql: string, values: unknown[] = []) => app.test.db.query(sql, values);
const claimsIn = (networkId: string) =>
  rows(
    `select subject_type as type, family, state, address from address_claim
     where network_id = ? and live = 1 order by address_key`,
    [networkId],
  );
const single = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const machines = (site: Site, count: number) =>
  desk.content([desk.line('VM', { ...single, centerId: site.center.id, count })]);

describe('a request for machines', () => {
  it('claims an address of each family with the hold, keeps them with the machine, and lets them rest when it ends', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A');
    const net = await network(site, 5);
    const preview = await journey.submission.preview(journey.scope, machines(site, 2), null);
    // One of each family for either machine; what no router of the internet carries has no price here.
    expect(preview).toMatchObject({ value: { addresses: { count: 4, monthlyFen: 0n } } });
    const id = await journey.submitted(machines(site, 2));
    expect(await claimsIn(net.id)).toMatchObject([
      { type: 'Claim', family: 'IPV4', state: 'HELD' },
      { type: 'Claim', family: 'IPV4', state: 'HELD' },
      { type: 'Claim', family: 'IPV6', state: 'HELD' },
      { type: 'Claim', family: 'IPV6', state: 'HELD' },
    ]);
    idOf(await journey.approve(id));
    expect(await claimsIn(net.id)).toMatchObject(
      Array.from({ length: 4 }, () => ({ type: 'Resource', state: 'ALLOCATED' })),
    );
    const [machine] = (await desk.get(ResourcesService).ofRequests([id]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    const [desired] = await desk.get(ResourcesService).desiredOf([machine.id]);
    expect(desired?.claimedAddresses).toHaveLength(2);
    expect(desired?.claimedAddresses[0]).toMatch(/^10\./);
    const life = new LifeDesk(app, journey);
    await life.observe(machine.id, 'RUNNING');
    idOf(await life.release(machine.id));
    idOf(await life.purge(machine.id));
    await life.observe(machine.id, 'GONE');
    const states = (await claimsIn(net.id)).map((claim: { state: string }) => claim.state);
    expect(states.toSorted()).toEqual(['ALLOCATED', 'ALLOCATED', 'QUARANTINE', 'QUARANTINE']);
  });

  it('gives them back at once when the hold ends, and takes as many again when it is sent again', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A');
    const net = await network(site, 3);
    const scope = { kind: 'PROVINCE' as const };
    const id = await journey.submitted(machines(site, 3));
    const { version } = await journey.row(id);
    idOf(await journey.review.move(journey.acceptance, scope, 'RETURN', journey.wish(id, version, '请补正')));
    expect(await claimsIn(net.id)).toHaveLength(6);
    const again = (await journey.row(id)).version;
    idOf(await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, again)));
    // All three are its own already: they count as free for it.
    idOf(await journey.submit(id, (await journey.row(id)).version));
    expect(await claimsIn(net.id)).toHaveLength(6);
    await rows('update request set hold_expires_at = ? where id = ?', [new Date(0), id]);
    await desk.get(DeadlinesService).expireHolds(SYSTEM);
    expect(await claimsIn(net.id)).toHaveLength(0);
  });

  it('is refused with the figures of the zone where there are too few, in preview as at submit (P21)', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A');
    const net = await network(site, 2);
    const content = machines(site, 3);
    const short = { criterion: 'P21', network: net.code, family: 'IPV4', requested: 3, free: 2, short: 1 };
    const preview = await journey.submission.preview(journey.scope, content, null);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(preview.value.plan.lines[0]?.refusals).toMatchObject([{ code: 'ADDRESS_SHORTAGE', ...short }]);
    const refused = await journey.submit(await journey.sent(content));
    expect(refused).toMatchObject({ ok: false, error: [{ ...short, path: ['content', 'lines', '0'] }] });
    expect(await claimsIn(net.id)).toHaveLength(0);
  });

  it.each([1, 8, 32, 64])('lets %i clients have exactly the last five', async (clients) => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A');
    const net = await network(site, 5);
    const numbers = Array.from({ length: 32 }, (_, at) => at);
    const sent = await byClients(8, numbers, () => journey.sent(machines(site, 1)));
    const results = await byClients(clients, sent, (id) => journey.submit(id));
    expect(results.filter((result) => result.ok)).toHaveLength(5);
    const codes = results.flatMap((result) => (result.ok ? [] : codesOf(result)));
    expect([...new Set(codes)]).toEqual(['ADDRESS_SHORTAGE']);
    expect(await claimsIn(net.id)).toHaveLength(10);
    expect(await journey.liveOf(site.pool.id)).toEqual({ counter: 5, claims: 5 });
  });

  it('answers in the other center when the allocator puts it there', async () => {
    const { journey } = desk;
    await rows("update center set life = 'STOPPED'");
    const [a, b] = [await desk.openSite('ACTIVE_A'), await desk.openSite('ACTIVE_B')];
    const [inA, inB] = [await network(a, 5), await network(b, 5)];
    const id = await journey.submitted(machines(a, 2));
    await journey.approveUpToLast(id);
    expect([(await claimsIn(inA.id)).length, (await claimsIn(inB.id)).length]).toEqual([4, 0]);
    const [line] = (await journey.requests.linesOf([id]))[0] ?? [];
    const wish = { ...journey.wish(id, (await journey.row(id)).version), lineId: line?.id, share: 'MAIN' as const };
    idOf(
      await desk
        .get(PlacesService)
        .choose(journey.allocator, WHOLE_PROVINCE, { ...wish, places: [{ poolId: b.pool.id, count: 2 }] }),
    );
    expect([(await claimsIn(inA.id)).length, (await claimsIn(inB.id)).length]).toEqual([0, 4]);
  });
});

describe('a request for servers', () => {
  it('claims addresses for those that stand in a cabinet and have none, in the zone of that cabinet (B6)', async () => {
    const { journey } = desk;
    const site = await desk.openSite('ACTIVE_A', { servers: 2 });
    const net = await network(site, 1);
    const content = desk.content([desk.line('SERVER', { ...single, centerId: site.center.id, count: 2 })]);
    const line = () => journey.submission.preview(journey.scope, content, null);
    const plan = async () => {
      const preview = await line();
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value.plan.lines[0];
    };
    // Two servers in store need none.
    expect((await plan())?.feasible).toBe(true);
    await desk.rackServers(site);
    const short = { code: 'ADDRESS_SHORTAGE', criterion: 'B6', network: net.code, requested: 2, free: 1, short: 1 };
    expect((await plan())?.refusals).toMatchObject([short]);
    expect(await journey.submit(await journey.sent(content))).toMatchObject({ ok: false, error: [short] });
    await network(site, 5);
    const id = await journey.submitted(content);
    const held = "select count(*) as n from address_claim where subject_type = 'Server' and state = ?";
    expect(Number((await rows(held, ['HELD']))[0].n)).toBe(4);
    idOf(await journey.approve(id));
    expect(Number((await rows(held, ['ALLOCATED']))[0].n)).toBe(4);
  });
});
