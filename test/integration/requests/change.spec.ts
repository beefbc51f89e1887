import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { SYSTEM } from '../../support/life-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let desk: ChangeDesk;
let centerId: string;
let poolId: string;
/** The journey's machines have 1 vCPU, 1 GiB and 20 GiB. */
let big: Offer;
let wide: Offer;
const clock = new MovedClock();

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChangeDesk(app, journey);
  const { center, pool } = await journey.openCenter('change', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  [big, wide] = (await desk.offers({ vcpu: 4, memoryMib: 4_096 }, { vcpu: 2, memoryMib: 512 })) as [Offer, Offer];
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

const machine = async () => (await desk.life.delivered(centerId))[0] as string;

describe('a machine that grows', () => {
  it('holds only what it gets more, from the center’s acceptance on, and nothing before', async () => {
    const id = await machine();
    const before = await desk.pool(poolId);
    const quota = await desk.quota(journey.department.id);
    const change = await desk.sent(desk.content([id], { offerId: big.id, diskGib: 50 }));
    expect(await desk.pool(poolId)).toEqual(before);
    idOf(await desk.submit(change));
    const more = { vcpu: before.vcpu + 3, memoryMib: before.memoryMib + 3_072, ssdGib: before.ssdGib + 30 };
    expect(await desk.pool(poolId)).toEqual(more);
    expect(await desk.quota(journey.department.id)).toEqual({
      machines: quota.machines,
      vcpu: quota.vcpu + 3,
      memoryMib: quota.memoryMib + 3_072,
      gib: quota.gib + 30,
    });
    expect(await desk.life.row(id)).toMatchObject({ vcpu: 1, memoryMib: 1_024, diskGib: 20 });
    idOf(await desk.withdraw(change));
  });

  it('uses at the grant what was held, is driven to its new size, and closes its request when it has it', async () => {
    const id = await machine();
    const change = await desk.submitted(desk.content([id], { offerId: big.id }));
    const held = await desk.pool(poolId);
    idOf(await journey.approve(change));
    expect(await desk.pool(poolId)).toEqual(held);
    const { generation, ...wish } = (await desk.life.row(id)) as unknown as { generation: number; vcpu: number };
    expect(wish).toMatchObject({ vcpu: 4, memoryMib: 4_096, offerId: big.id, formerVcpu: 1, openChangeId: change });
    expect([generation, await desk.state(change)]).toEqual([2, 'PROVISIONING']);
    await desk.life.observe(id, 'RUNNING');
    expect(await desk.pool(poolId)).toEqual(held);
    expect(await desk.state(change)).toBe('CLOSED');
    expect(await desk.life.row(id)).toMatchObject({ formerVcpu: null, openChangeId: null, state: 'IN_USE' });
    expect(await desk.life.lifeKinds(id)).toEqual(['ALLOCATED', 'IN_USE', 'RESIZE', 'RESIZED']);
    // Seen again, nothing follows again.
    await desk.life.observe(id, 'RUNNING');
    expect(await desk.pool(poolId)).toEqual(held);
  });

  it('tells who asked for it, once, where its new size waits for a restart', async () => {
    const id = await machine();
    const change = await desk.submitted(desk.content([id], { offerId: big.id }));
    idOf(await journey.approve(change));
    const { code } = (await desk.life.row(id)) as unknown as { code: string };
    const tell = () =>
      app.context
        .get(UnitOfWork, { strict: false })
        .run((tx) => app.context.get(ChangeFollowUp, { strict: false }).asksForRestart(tx, { code, resourceId: id }));
    const told = () =>
      app.test.db.query("select text_zh as zh from notice where subject_id = ? and text_zh like '%重启%'", [id]);
    await tell();
    await tell();
    const once = [{ zh: expect.stringContaining(`${code} 的新规格不能在线生效`) }];
    expect(await told()).toEqual(once);
    await desk.life.observe(id, 'RUNNING');
    // It has its size: nothing waits any more.
    await tell();
    expect(await told()).toEqual(once);
  });

  it('tells of a restart while somebody decides about the change, and waits for nobody', async () => {
    const id = await machine();
    const change = await desk.submitted(desk.content([id], { offerId: big.id }));
    idOf(await journey.approve(change));
    const unitOfWork = app.context.get(UnitOfWork, { strict: false });
    const followUp = app.context.get(ChangeFollowUp, { strict: false });
    const [locked, isTold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const deciding = unitOfWork.run(async (tx) => {
      await tx.manager.query('select id from request where id = ? for update', [change]);
      locked.resolve();
      await isTold.promise;
    });
    await locked.promise;
    await unitOfWork
      .run((tx) => followUp.asksForRestart(tx, { code: 'VM-1', resourceId: id }))
      .finally(() => isTold.resolve());
    await deciding;
    const told = await app.test.db.query('select count(*) as n from notice where subject_id = ? and once_key like ?', [
      id,
      'resize/%/restart',
    ]);
    expect(told).toEqual([{ n: '1' }]);
    await desk.life.observe(id, 'RUNNING');
  });

  it('gives exactly that back when the request is rejected, withdrawn, or its hold runs out', async () => {
    const id = await machine();
    const before = await desk.pool(poolId);
    const quota = await desk.quota(journey.department.id);
    const content = desk.content([id], { offerId: big.id });
    const ends: ((change: string) => Promise<unknown>)[] = [
      async (change) =>
        idOf(
          await journey.review.move(
            journey.acceptance,
            { kind: 'PROVINCE' },
            'REJECT',
            journey.wish(change, (await journey.row(change)).version, '不同意'),
          ),
        ),
      async (change) => idOf(await desk.withdraw(change)),
      async () => {
        clock.pass(61);
        await desk.deadlines.expireHolds(SYSTEM);
      },
    ];
    for (const end of ends) {
      const change = await desk.submitted(content);
      expect((await desk.pool(poolId)).vcpu).toBe(before.vcpu + 3);
      await end(change);
      expect(await desk.pool(poolId)).toEqual(before);
      expect(await desk.quota(journey.department.id)).toEqual(quota);
      expect(await desk.life.row(id)).toMatchObject({ openChangeId: null, vcpu: 1 });
    }
  });

  it('is refused where its own pool has no room for the growth, with the criterion', async () => {
    const { center, pool } = await journey.openCenter('narrow', 3);
    const [id = ''] = await desk.life.delivered(center.id);
    const change = await desk.sent(desk.content([id], { offerId: big.id }));
    const answer = await desk.submit(change);
    expect(answer).toMatchObject({ ok: false, error: [{ code: 'CAPACITY_SHORTAGE', meter: 'VCPU', poolId: pool.id }] });
    expect(await desk.pool(pool.id)).toMatchObject({ vcpu: 1 });
  });
});

describe('a machine that becomes smaller', () => {
  it('claims nothing more, and gives back only when it has been carried out', async () => {
    const id = await machine();
    const grown = await desk.granted(desk.content([id], { offerId: big.id }));
    await desk.life.observe(id, 'RUNNING');
    expect(await desk.state(grown)).toBe('CLOSED');
    const before = await desk.pool(poolId);
    const change = await desk.granted(desk.content([id], { offerId: journey.offer.id }));
    expect(await desk.pool(poolId)).toEqual(before);
    expect(await desk.life.row(id)).toMatchObject({ vcpu: 1, formerVcpu: 4 });
    await desk.life.observe(id, 'RUNNING');
    expect(await desk.pool(poolId)).toEqual({
      ...before,
      vcpu: before.vcpu - 3,
      memoryMib: before.memoryMib - 3_072,
    });
    expect(await desk.state(change)).toBe('CLOSED');
  });

  it('with one amount growing while another shrinks holds the growing one alone', async () => {
    const id = await machine();
    const before = await desk.pool(poolId);
    const change = await desk.submitted(desk.content([id], { offerId: wide.id }));
    expect(await desk.pool(poolId)).toEqual({ ...before, vcpu: before.vcpu + 1 });
    idOf(await journey.approve(change));
    expect(await desk.pool(poolId)).toEqual({ ...before, vcpu: before.vcpu + 1 });
    await desk.life.observe(id, 'RUNNING');
    expect(await desk.pool(poolId)).toEqual({ ...before, vcpu: before.vcpu + 1, memoryMib: before.memoryMib - 512 });
  });

  it('never gets a smaller disk', async () => {
    const id = await machine();
    expect(await desk.draft(desk.content([id], { diskGib: 10 }))).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', rule: 'diskShrinks', path: ['content', 'lines', '0', 'diskGib'] }],
    });
  });
});

describe('what is asked', () => {
  it('must change something, name what is there, and agree to the restart before it is sent', async () => {
    const id = await machine();
    expect(await desk.draft(desk.content([id], {}))).toMatchObject({ ok: false, error: [{ rule: 'nothingChanges' }] });
    expect(codesOf(await desk.draft(desk.content([journey.offer.id], { offerId: big.id })))).toEqual([
      'UNKNOWN_REFERENCE',
    ]);
    const content = desk.content([id], { offerId: big.id }, { restartAgreed: false });
    const draft = idOf(await desk.draft(content));
    expect(await desk.send(draft)).toMatchObject({ ok: false, error: [{ rule: 'restartAgreed' }] });
    // A disk alone grows while the machine runs.
    await desk.sent(desk.content([id], { diskGib: 60 }, { restartAgreed: false }));
  });

  it('needs no agreement where it can be done while the machine runs, and says which of both it is', async () => {
    const [live, stands] = (await desk.life.delivered(centerId, 2)) as [string, string];
    const room = (id: string, vcpuMax: number) =>
      app.test.db.query('update resource set live_room = ? where id = ?', [
        JSON.stringify({ vcpuMax, memoryMibMax: 4_096 }),
        id,
      ]);
    const ways = async (ids: string[], restartAgreed: boolean) => {
      const content = desk.content(ids, { offerId: big.id }, { restartAgreed });
      const preview = await desk.changes.preview(journey.scope, content, null);
      return preview.ok ? [preview.value.ways, preview.value.refusals.length] : preview.error;
    };
    await room(live, 4);
    await room(stands, 3);
    expect(await ways([live], false)).toEqual([{ live: 1, restarting: 0 }, 0]);
    expect(await ways([live, stands], false)).toEqual([{ live: 1, restarting: 1 }, 1]);
    expect(await ways([live, stands], true)).toEqual([{ live: 1, restarting: 1 }, 0]);
    await desk.granted(desk.content([live], { offerId: big.id }, { restartAgreed: false }));
    expect(await desk.life.row(live)).toMatchObject({ vcpu: 4, formerVcpu: 1, restartAgreed: false });
    await desk.granted(desk.content([stands], { offerId: big.id }));
    expect(await desk.life.row(stands)).toMatchObject({ vcpu: 4, formerVcpu: 1, restartAgreed: true });
  });

  it('goes its way to the end when the machine can no longer be changed while it runs: it will wait, and restart nobody', async () => {
    const id = await machine();
    const put = (room: string | null) =>
      app.test.db.query('update resource set live_room = ? where id = ?', [room, id]);
    await put(JSON.stringify({ vcpuMax: 4, memoryMibMax: 4_096 }));
    const change = await desk.sent(desk.content([id], { offerId: big.id }, { restartAgreed: false }));
    await put(null);
    idOf(await desk.submit(change));
    idOf(await journey.approve(change));
    expect(await desk.life.row(id)).toMatchObject({ vcpu: 4, formerVcpu: 1, restartAgreed: false });
  });

  it('is of several machines at once, of one line or of several', async () => {
    const three = await desk.life.delivered(centerId, 3);
    const other = await machine();
    const before = await desk.pool(poolId);
    const one = desk.content(three, { offerId: big.id });
    const two = desk.content([other], { offerId: wide.id });
    const change = await desk.submitted({ ...one, lines: [...one.lines, ...two.lines] });
    expect(await desk.pool(poolId)).toMatchObject({ vcpu: before.vcpu + 9 + 1, memoryMib: before.memoryMib + 9_216 });
    idOf(await journey.approve(change));
    for (const id of three) await desk.life.observe(id, 'RUNNING');
    expect(await desk.state(change)).toBe('PROVISIONING');
    await desk.life.observe(other, 'RUNNING');
    expect(await desk.state(change)).toBe('CLOSED');
  });
});

describe('one change at a time', () => {
  it('refuses a second change and a release while one is under way, and says which', async () => {
    const id = await machine();
    const [first, second] = [
      idOf(await desk.draft(desk.content([id], { offerId: big.id }))),
      idOf(await desk.draft(desk.content([id], { diskGib: 40 }))),
    ];
    idOf(await desk.send(first));
    const { code } = await journey.row(first);
    const open = { ok: false, error: [{ code: 'CHANGE_OPEN', requestId: first, requestCode: code }] };
    expect(await desk.send(second)).toMatchObject(open);
    expect(await desk.life.release(id)).toMatchObject(open);
    idOf(await desk.withdraw(first));
    idOf(await desk.send(second));
    idOf(await desk.withdraw(second));
    idOf(await desk.life.release(id));
  });

  it('changes nothing that lies in the bin, also where it was drafted before', async () => {
    const id = await machine();
    const draft = idOf(await desk.draft(desk.content([id], { offerId: big.id })));
    idOf(await desk.life.release(id));
    expect(codesOf(await desk.send(draft))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await desk.draft(desk.content([id], { diskGib: 40 })))).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('a review that finds a machine too big', () => {
  const review = async (id: string) =>
    desk.life.reviews.review(journey.applicant, journey.scope, {
      items: [{ resourceId: id, expectedVersion: (await desk.life.row(id)).version }],
      outcome: 'SHRINK',
      note: '利用率低',
      idempotencyKey: newId(),
    });
  const begun = async (id: string): Promise<string | null> => {
    const [row] = await app.test.db.query('select change_id from resource_review where resource_id = ?', [id]);
    return row.change_id;
  };

  it('begins its change to the next smaller size, for the holder to look at and send', async () => {
    const id = await machine();
    await desk.granted(desk.content([id], { offerId: big.id }));
    await desk.life.observe(id, 'RUNNING');
    expect(await review(id)).toMatchObject({ ok: true, value: [{ ok: true }] });
    const draft = (await begun(id)) as string;
    expect(await journey.row(draft)).toMatchObject({
      ...{ nature: 'CHANGE', state: 'DRAFT', machineCount: 1, applicantId: journey.applicant.userId },
      restartAgreed: false,
    });
    const [changes = []] = await desk.record.ofRequests([draft]);
    expect(changes).toMatchObject([{ resourceId: id, fromVcpu: 4, toVcpu: wide.vcpu, toMemoryMib: wide.memoryMib }]);
    // It keeps nothing for itself before it is sent.
    expect((await desk.life.row(id)).openChangeId).toBeNull();
    expect(await desk.send(draft)).toMatchObject({ ok: false, error: [{ rule: 'restartAgreed' }] });
  });

  it('notes it alone where nothing smaller is offered', async () => {
    const id = await machine();
    await desk.granted(desk.content([id], { offerId: wide.id }));
    await desk.life.observe(id, 'RUNNING');
    await desk.granted(desk.content([id], { offerId: journey.offer.id }));
    await desk.life.observe(id, 'RUNNING');
    expect(await review(id)).toMatchObject({ ok: true, value: [{ ok: true }] });
    expect(await begun(id)).toBeNull();
  });
});

describe('what the calendar and the center do meanwhile', () => {
  it('waits for the change: a term that is over stops the machine, and bins it only afterwards', async () => {
    const until = addDays(calendarDate(clock.now()), 3);
    const [id = ''] = await desk.life.delivered(centerId, 1, until);
    const change = await desk.granted(desk.content([id], { offerId: big.id }));
    clock.pass(30);
    await desk.life.round();
    const row = await desk.life.row(id);
    expect([row.state, row.termOverAt !== null]).toEqual(['IN_USE', true]);
    await desk.life.observe(id, 'STOPPED');
    expect(await desk.state(change)).toBe('CLOSED');
    await desk.life.round();
    expect((await desk.life.row(id)).state).toBe('IN_BIN');
  });
});
