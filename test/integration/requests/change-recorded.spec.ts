import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFollowUp } from '../../../server/src/requests/change-follow-up.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf, type RequestJourney } from '../../support/request-journey.ts';
import { WorkDesk } from '../../support/work-desk.ts';

/** Machines on a foreign platform: people made them, people change them, and the order that proves it ends the change. */
let app: TestApplication;
let journey: RequestJourney;
let desk: ChangeDesk;
let work: WorkDesk;
let near: Site;
let recovery: Site;
let centerId: string;
let poolId: string;
let big: Offer;
let huge: Offer;
const foreign = { kind: 'RECORDED', clusterId: null, platformName: '华为云 Stack' } as const;

beforeAll(async () => {
  app = await openTestApplication();
  const kinds = await KindsDesk.open(app);
  ({ journey } = kinds);
  desk = new ChangeDesk(app, journey);
  near = await kinds.openSite('ACTIVE_A', { vcpu: 100, pool: foreign });
  recovery = await kinds.openSite('RECOVERY', { vcpu: 100, pool: foreign });
  [centerId, poolId] = [near.center.id, near.pool.id];
  [big, huge] = (await desk.offers({ vcpu: 4, memoryMib: 4_096 }, { vcpu: 200, memoryMib: 4_096 })) as [Offer, Offer];
  work = await new WorkDesk(app).open();
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

const lineOf = async (requestId: string) => (await journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
const orderOf = async (requestId: string) => work.orderFor('line_id', await lineOf(requestId));
const carryOut = async (requestId: string) => work.carryOutMade((await orderOf(requestId)).id);

/** Machines of one line that people have made. */
async function made(count = 1): Promise<string[]> {
  const request = await journey.submitted(journey.content(centerId, count));
  idOf(await journey.approve(request));
  await carryOut(request);
  return ((await desk.life.resources.ofRequests([request]))[0] ?? []).map(({ id }) => id);
}

describe('a machine that people look after', () => {
  it('grows by an order: held, used at the grant, and of its new size only when people have done it', async () => {
    const [first = '', second = ''] = await made(2);
    const before = await desk.pool(poolId);
    const more = { vcpu: before.vcpu + 6, memoryMib: before.memoryMib + 6_144, ssdGib: before.ssdGib + 60 };
    const change = await desk.submitted(desk.content([first, second], { offerId: big.id, diskGib: 50 }));
    expect(await desk.pool(poolId)).toEqual(more);
    idOf(await journey.approve(change));
    expect(await desk.pool(poolId)).toEqual(more);
    expect(await desk.life.row(first)).toMatchObject({ vcpu: 1, memoryMib: 1_024, diskGib: 20, openChangeId: change });
    expect(await desk.state(change)).toBe('PROVISIONING');

    const order = await orderOf(change);
    expect(order).toMatchObject({ kind: 'CHANGE', state: 'SUBMITTED' });
    expect(order.instructions).toContain('（华为云 Stack）');
    expect(order.instructions).toContain('1 核 1 GiB 磁盘 20 GiB → 4 核 4 GiB 磁盘 50 GiB');
    // Cancelled, the machines would wait for ever.
    expect(codesOf(await work.move(order.id, 'CANCEL', work.engineer))).toEqual(['ILLEGAL_TRANSITION']);
    await work.carryOutMade(order.id);

    expect(await desk.life.row(second)).toMatchObject({
      ...{ vcpu: 4, memoryMib: 4_096, diskGib: 50, offerId: big.id },
      ...{ state: 'IN_USE', openChangeId: null, formerVcpu: null },
    });
    expect(await desk.pool(poolId)).toEqual(more);
    expect(await desk.state(change)).toBe('CLOSED');
    expect(await desk.life.lifeKinds(first)).toEqual(['ALLOCATED', 'IN_USE', 'RESIZE', 'RESIZED']);
  });

  it('gives back what it has less when the order is done, and not before', async () => {
    const [id = ''] = await made();
    await desk.granted(desk.content([id], { offerId: big.id })).then(carryOut);
    const before = await desk.pool(poolId);
    const change = await desk.granted(desk.content([id], { offerId: journey.offer.id }));
    expect(await desk.pool(poolId)).toEqual(before);
    await carryOut(change);
    const less = { ...before, vcpu: before.vcpu - 3, memoryMib: before.memoryMib - 3_072 };
    expect(await desk.pool(poolId)).toEqual(less);
    expect(await desk.life.row(id)).toMatchObject({ vcpu: 1, offerId: journey.offer.id });
  });

  it('gives it back once, though several say at once that it is done', async () => {
    const [id = ''] = await made();
    await desk.granted(desk.content([id], { offerId: big.id })).then(carryOut);
    const before = await desk.pool(poolId);
    const change = await desk.granted(desk.content([id], { offerId: journey.offer.id }));
    const line = await lineOf(change);
    const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
    const answers = await byClients(4, [1, 2, 3, 4], () =>
      get(UnitOfWork).run(async (tx) => {
        const back = await get(ChangeFollowUp).lineDone(tx, line, 'GD-2026-000001', '集云');
        await get(AllocationService).release(tx, back?.claimIds ?? [], back?.shrunk ?? []);
        return back?.shrunk.length;
      }),
    );
    expect(answers.toSorted()).toEqual([0, 0, 0, 1]);
    expect(await desk.pool(poolId)).toEqual({
      ...before,
      vcpu: before.vcpu - 3,
      memoryMib: before.memoryMib - 3_072,
    });
    expect(await desk.state(change)).toBe('CLOSED');
  });

  it('is refused where its own pool has no room for the growth, and gives a withdrawn change back', async () => {
    const [id = ''] = await made();
    const before = await desk.pool(poolId);
    const sent = await desk.sent(desk.content([id], { offerId: huge.id }));
    expect(await desk.submit(sent)).toMatchObject({ ok: false, error: [{ code: 'CAPACITY_SHORTAGE', poolId }] });
    idOf(await desk.withdraw(sent));
    const change = await desk.submitted(desk.content([id], { offerId: big.id }));
    idOf(await desk.withdraw(change));
    expect(await desk.pool(poolId)).toEqual(before);
    expect(await desk.life.row(id)).toMatchObject({ openChangeId: null, vcpu: 1 });
  });
});

describe('a DR mode of what people look after', () => {
  const siblings = async (id: string) => {
    const { requestId } = await desk.life.row(id);
    return (await desk.life.resources.ofRequests([requestId]))[0] ?? [];
  };

  it('up makes the standby machines by the same order, and the change closes when they stand', async () => {
    const [first = ''] = await made(2);
    const far = (await desk.pool(recovery.pool.id)).vcpu;
    const change = await desk.granted(desk.content([first], { remoteMode: 'APPLICATION' }));
    expect((await desk.pool(recovery.pool.id)).vcpu).toBe(far + 1);
    const standby = (await siblings(first)).filter((row) => row.standby);
    expect(standby.map(({ management, state }) => [management, state])).toEqual([
      ['RECORDED', 'PROVISIONING'],
      ['RECORDED', 'PROVISIONING'],
    ]);
    const { instructions, kind } = await orderOf(change);
    expect([kind, instructions.includes('2 台') || instructions.includes('1 台')]).toEqual(['CHANGE', true]);
    // What stays as it is is kept until then, so that no second change comes between.
    expect((await desk.life.row(first)).openChangeId).toBe(change);
    await carryOut(change);
    expect((await siblings(first)).map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'IN_USE'));
    expect(await desk.state(change)).toBe('CLOSED');
    expect((await desk.life.row(first)).openChangeId).toBeNull();
  });

  it('up to data and down again: the storage is counted from the hold until people have removed it', async () => {
    const [first = ''] = await made(2);
    const far = (await desk.pool(recovery.pool.id)).ssdGib;
    const up = await desk.granted(desk.content([first], { remoteMode: 'DATA' }));
    expect(await desk.state(up)).toBe('PROVISIONING');
    await carryOut(up);
    expect([await desk.state(up), (await desk.pool(recovery.pool.id)).ssdGib]).toEqual(['CLOSED', far + 40]);
    const down = await desk.granted(desk.content([first], { remoteMode: 'NONE' }));
    expect((await orderOf(down)).instructions).toContain('删除存储 2 份');
    expect((await desk.pool(recovery.pool.id)).ssdGib).toBe(far + 40);
    await carryOut(down);
    expect([await desk.state(down), (await desk.pool(recovery.pool.id)).ssdGib]).toEqual(['CLOSED', far]);
  });

  it('closes though a machine that was to be made is given back before it stands', async () => {
    const [first = ''] = await made();
    const change = await desk.granted(desk.content([first], { remoteMode: 'APPLICATION' }));
    const [standby] = (await siblings(first)).filter((row) => row.standby);
    idOf(await desk.life.release(standby?.id ?? ''));
    await work.carryOutMade((await work.orderFor('resource_id', standby?.id ?? '')).id);
    await carryOut(change);
    expect(await desk.state(change)).toBe('CLOSED');
    expect((await desk.life.row(standby?.id ?? '')).state).toBe('RELEASED');
  });
});
