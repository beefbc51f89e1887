import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { WorkDesk } from '../../support/work-desk.ts';

/** What is on the shelf is known for a second: a change of a center takes a little longer. */
let ahead = 0;

let app: TestApplication;
let journey: RequestJourney;
let life: LifeDesk;
let work: WorkDesk;
beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + ahead) });
  journey = await RequestJourney.begin(app);
  life = new LifeDesk(app, journey);
  work = await new WorkDesk(app).open();
});
afterAll(() => app.close());

const foreign = (code: string, vcpu: number) =>
  journey.openCenter(code, vcpu, { kind: 'RECORDED', clusterId: null, platformName: '华为云 Stack' });

describe('a line on a pool that no cluster drives', () => {
  it('is held, granted, made by an order, used, and given back by an order, with every claim accounted for', async () => {
    const { center, pool } = await foreign('foreign-a', 4);
    const id = await journey.submitted(journey.content(center.id, 3));
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 3, claims: 3 });
    idOf(await journey.approve(id));
    const request = await journey.row(id);
    expect(request.state).toBe('PROVISIONING');
    const [line] = (await journey.requests.linesOf([id]))[0] ?? [];
    const delivery = await work.orderFor('line_id', line?.id ?? '');
    expect(delivery).toMatchObject({ kind: 'DELIVERY', state: 'SUBMITTED', request_code: request.code });
    expect(delivery.instructions).toContain('foreign-a-arm64（华为云 Stack）：3 台，每台 1 核 1024 MiB');
    const machines = ((await life.resources.ofRequests([id]))[0] ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(machines.map(({ management, state }) => [management, state])).toEqual(
      Array.from({ length: 3 }, () => ['RECORDED', 'PROVISIONING']),
    );

    await work.carryOutMade(delivery.id);
    expect((await journey.row(id)).state).toBe('DELIVERED');
    const [first, ...others] = machines;
    if (!first) throw new Error('no machine');
    expect(await life.row(first.id)).toMatchObject({ state: 'IN_USE', deliveredAt: expect.any(Date) });

    idOf(await life.release(first.id));
    expect(await life.row(first.id)).toMatchObject({ state: 'IN_BIN' });
    idOf(await life.purge(first.id));
    expect(await life.row(first.id)).toMatchObject({ state: 'RELEASING' });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 3, claims: 3 });
    const removal = await work.orderFor('resource_id', first.id);
    expect(removal).toMatchObject({ kind: 'RELEASE', state: 'SUBMITTED', request_code: request.code });
    // Cancelled, the machine would be released for ever.
    expect(codesOf(await work.move(removal.id, 'CANCEL', work.engineer))).toEqual(['ILLEGAL_TRANSITION']);
    await work.carryOutMade(removal.id);
    expect(await life.row(first.id)).toMatchObject({ state: 'RELEASED', releasedAt: expect.any(Date) });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 2, claims: 2 });
    expect((await journey.row(id)).state).toBe('DELIVERED');

    for (const other of others) {
      idOf(await life.release(other.id));
      idOf(await life.purge(other.id));
      await work.carryOutMade((await work.orderFor('resource_id', other.id)).id);
    }
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 0, claims: 0 });
    expect((await journey.row(id)).state).toBe('CLOSED');
  });

  it('finds a pool that has just been registered, though what is on the shelf was looked up before', async () => {
    const { center, pool } = await foreign('foreign-new', 4);
    const asked = journey.content(center.id, 1);
    const lines = asked.lines.map((line) => ({
      ...line,
      vm: line.vm && { ...line.vm, zone: 'BUSINESS_LINE' as const },
    }));
    const fits = async () => {
      const preview = await journey.submission.preview(journey.scope, { ...asked, lines }, null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value.plan.feasible;
    };
    expect(await fits()).toBe(false);
    const facilities = app.context.get(FacilitiesService, { strict: false });
    const late = { ...pool, id: newId(), code: 'foreign-new-line', zone: 'BUSINESS_LINE' as const };
    await app.context.get(UnitOfWork, { strict: false }).run(async (tx) => {
      await facilities.add(tx, { centers: [], clusters: [], pools: [late] });
      const size = { vcpu: 4, memoryMib: 16_384, storage: { SSD: 4_000, HDD: 4_000 } };
      await journey.allocation.openPool(tx, { poolId: late.id, ...size });
    });
    expect(await fits()).toBe(true);
  });

  it('is refused with its figures where the pool has too little, as on any other', async () => {
    const { center } = await foreign('foreign-small', 2);
    const sent = await journey.sent(journey.content(center.id, 3));
    const refused = await journey.submit(sent);
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'CAPACITY_SHORTAGE', criterion: 'P7', requested: 3, free: 2, short: 1 }],
    });
  });

  it('gives back what was never made too: released before its delivery, an order removes it', async () => {
    const { center, pool } = await foreign('foreign-b', 2);
    const id = await journey.submitted(journey.content(center.id, 1));
    idOf(await journey.approve(id));
    const [machine] = (await life.resources.ofRequests([id]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    idOf(await life.release(machine.id));
    await work.carryOutMade((await work.orderFor('resource_id', machine.id)).id);
    expect(await life.row(machine.id)).toMatchObject({ state: 'RELEASED' });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 0, claims: 0 });
    expect((await journey.requests.inScope(WHOLE_PROVINCE, id))?.state).toBe('CLOSED');
  });

  it('takes a share that a change makes beside machines which a cluster drives, by an order', async () => {
    const changing = new ChangeDesk(app, journey);
    const { center } = await journey.openCenter('driven-a', 10);
    const id = await journey.submitted(journey.content(center.id, 1));
    idOf(await journey.approve(id));
    const [machine] = (await life.resources.ofRequests([id]))[0] ?? [];
    if (!machine) throw new Error('no machine');
    await life.observe(machine.id, 'RUNNING');
    const { pool } = await foreign('foreign-r', 10);
    await app.test.db.query("update center set role = 'RECOVERY' where id = ?", [pool.centerId]);
    ahead += 2_000;
    const wish = changing.content([machine.id], { remoteMode: 'APPLICATION' });
    const change = await changing.granted(wish);
    const [line] = (await journey.requests.linesOf([change]))[0] ?? [];
    const order = await work.orderFor('line_id', line?.id ?? '');
    expect(order).toMatchObject({ kind: 'CHANGE', state: 'SUBMITTED' });
    expect([await changing.state(change), await journey.liveOf(pool.id)]).toEqual([
      'PROVISIONING',
      { counter: 1, claims: 1 },
    ]);
    await work.carryOutMade(order.id);
    expect(await changing.state(change)).toBe('CLOSED');
  });
});
