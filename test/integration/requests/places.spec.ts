import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { currentStep } from '../../../server/src/approvals/domain/round.js';
import type { Pool } from '../../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { OPINION_LENGTH_MAX } from '../../../server/src/requests/domain/content.js';
import { PlacesService } from '../../../server/src/requests/places.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let places: PlacesService;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  places = app.context.get(PlacesService, { strict: false });
});
afterAll(() => app.close());

/** Another pool beside one, as full of room as it is said. */
async function beside(pool: Pool, code: string, vcpu: number): Promise<Pool> {
  const made = { ...pool, id: newId(), code };
  await app.context.get(UnitOfWork, { strict: false }).run(async (tx) => {
    await app.context.get(FacilitiesService, { strict: false }).add(tx, { centers: [], clusters: [], pools: [made] });
    await journey.allocation.openPool(tx, {
      poolId: made.id,
      vcpu,
      memoryMib: vcpu * 4096,
      storage: { SSD: vcpu * 1000, HDD: vcpu * 1000 },
    });
  });
  return made;
}

/** Signed up to the allocator's step. */
async function atAllocation(centerId: string, count = 1): Promise<string> {
  const id = await journey.submitted(journey.content(centerId, count));
  for (;;) {
    if (currentStep(await journey.round(id))?.seats[0]?.roles.includes('CAPACITY_ALLOCATOR')) return id;
    idOf(await journey.approveStep(id));
  }
}

async function choose(
  id: string,
  chosen: readonly { poolId: string; count: number }[],
  { viewer = journey.allocator, reason = '该资源池更空' as string | null, key = newId(), version = 0 } = {},
) {
  const [line] = (await journey.requests.linesOf([id])).flat();
  const row = await journey.row(id);
  return places.choose(viewer, WHOLE_PROVINCE, {
    requestId: id,
    expectedVersion: version || row.version,
    opinion: reason,
    idempotencyKey: key,
    lineId: line?.id,
    share: 'MAIN',
    places: chosen,
  });
}

describe('choosePlaces', () => {
  it('moves what is held to pools that fit, keeps the reason, and the machines are made there', async () => {
    const { center, pool } = await journey.openCenter('choose', 10);
    const other = await beside(pool, 'choose-other', 10);
    const id = await atAllocation(center.id, 3);
    const [offered] = await places.choices(WHOLE_PROVINCE, id);
    expect(offered?.places).toEqual([{ poolId: pool.id, count: 3 }]);
    const weighed = await offered?.candidates();
    const here = weighed?.filter(({ centerId }) => centerId === center.id);
    expect(here?.map(({ poolId, fits, taken }) => [poolId, fits, taken])).toEqual(
      expect.arrayContaining([
        [pool.id, 3, 3],
        [other.id, 3, 0],
      ]),
    );
    const before = await journey.row(id);
    const key = newId();
    const chosen = [
      { poolId: other.id, count: 2 },
      { poolId: pool.id, count: 1 },
    ];
    idOf(await choose(id, chosen, { key, version: before.version }));
    // Pressed again with the same key it is the same act.
    idOf(await choose(id, chosen, { key, version: before.version }));
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 1, claims: 1 });
    expect(await journey.liveOf(other.id)).toEqual({ counter: 2, claims: 2 });
    expect((await journey.row(id)).version).toBe(before.version + 1);
    const [line] = (await journey.requests.linesOf([id])).flat();
    expect(line?.shares).toMatchObject([{ share: 'MAIN', centerId: center.id, pools: chosen }]);
    expect(line?.candidates?.filter(({ taken }) => taken > 0)).toHaveLength(2);
    const steps = (await journey.requests.stepsOf([id])).flat();
    expect(steps.find(({ action }) => action === 'CHOOSE_PLACES')).toMatchObject({
      opinion: expect.stringContaining('该资源池更空'),
      actorRole: 'CAPACITY_ALLOCATOR',
    });
    idOf(await journey.approve(id));
    const machines = (await app.context.get(ResourcesService, { strict: false }).ofRequests([id])).flat();
    expect(machines.map(({ poolId }) => poolId).toSorted()).toEqual([pool.id, other.id, other.id].toSorted());
  });

  it('weighs the pools of the one share that is looked at, however many lines there are', async () => {
    const { center } = await journey.openCenter('one-of-many', 10);
    const id = await atAllocation(center.id, 2);
    const [line] = (await journey.requests.linesOf([id])).flat();
    const of = async (lineId: string | undefined, share: 'MAIN' | 'MAIN_B' | null) =>
      (await places.choices(WHOLE_PROVINCE, id, { lineId, share })).map(({ share }) => share);
    expect(await of(line?.id, null)).toEqual(['MAIN']);
    expect(await of(line?.id, 'MAIN')).toEqual(['MAIN']);
    expect(await of(line?.id, 'MAIN_B')).toEqual([]);
    expect(await of(newId(), null)).toEqual([]);
    expect(await of(undefined, null)).toEqual([]);
  });

  it('may change the center of what runs alone, at the same price', async () => {
    const { center, pool } = await journey.openCenter('from', 4);
    const { center: there, pool: target } = await journey.openCenter('there', 4);
    const id = await atAllocation(center.id, 2);
    const split = [
      { poolId: pool.id, count: 1 },
      { poolId: target.id, count: 1 },
    ];
    expect(await choose(id, split)).toMatchObject({ ok: false, error: [{ path: ['places'], rule: 'center' }] });
    idOf(await choose(id, [{ poolId: target.id, count: 2 }]));
    const [line] = (await journey.requests.linesOf([id])).flat();
    expect(line?.shares).toMatchObject([{ centerId: there.id, pools: [{ poolId: target.id, count: 2 }] }]);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 0, claims: 0 });
  });

  it('keeps the longest reason whole, beside what was moved', async () => {
    const { center, pool } = await journey.openCenter('words', 4);
    const other = await beside(pool, 'words-other', 4);
    const id = await atAllocation(center.id, 2);
    const reason = '因'.repeat(OPINION_LENGTH_MAX);
    idOf(await choose(id, [{ poolId: other.id, count: 2 }], { reason }));
    const steps = (await journey.requests.stepsOf([id])).flat();
    expect(steps.find(({ action }) => action === 'CHOOSE_PLACES')?.opinion).toContain(reason);
  });

  it('refuses what does not fit, by the same criteria, and moves nothing', async () => {
    const { center, pool } = await journey.openCenter('refuse', 10);
    const small = await beside(pool, 'refuse-small', 2);
    const id = await atAllocation(center.id, 3);
    expect(await choose(id, [{ poolId: small.id, count: 3 }])).toMatchObject({
      ok: false,
      error: [{ code: 'CAPACITY_SHORTAGE', criterion: 'P7', path: ['places', '0'], requested: 3, free: 2 }],
    });
    expect(await choose(id, [{ poolId: small.id, count: 2 }])).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', path: ['places'] }],
    });
    expect(await choose(id, [{ poolId: newId(), count: 3 }])).toMatchObject({
      ok: false,
      error: [{ path: ['places', '0'] }],
    });
    expect(codesOf(await choose(id, [{ poolId: pool.id, count: 3 }], { reason: ' ' }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await choose(id, [{ poolId: pool.id, count: 3 }], { viewer: journey.reviewer }))).toEqual([
      'NOT_PERMITTED',
    ]);
    expect(codesOf(await choose(id, [{ poolId: pool.id, count: 3 }], { version: 99 }))).toEqual(['VERSION_CONFLICT']);
    expect(await journey.liveOf(pool.id)).toEqual({ counter: 3, claims: 3 });
    expect(await journey.liveOf(small.id)).toEqual({ counter: 0, claims: 0 });
  });

  it.each([8, 32])('moves exactly what fits when %i allocators choose one pool at once', async (clients) => {
    const room = clients / 2;
    const { center, pool } = await journey.openCenter(`crowd-${clients}`, clients);
    const { pool: target } = await journey.openCenter(`crowd-${clients}-other`, room);
    const ids = await byClients(
      4,
      Array.from({ length: clients }, (_, i) => i),
      () => atAllocation(center.id),
    );
    const results = await byClients(clients, ids, (id) => choose(id, [{ poolId: target.id, count: 1 }]));
    expect(results.filter(({ ok }) => ok)).toHaveLength(room);
    for (const refused of results.filter(({ ok }) => !ok)) expect(codesOf(refused)).toEqual(['CAPACITY_SHORTAGE']);
    expect(await journey.liveOf(target.id)).toEqual({ counter: room, claims: room });
    expect(await journey.liveOf(pool.id)).toEqual({ counter: clients - room, claims: clients - room });
  });
});

describe('what a preview says', () => {
  it('is what a submit does: the same pools, checks and candidates', async () => {
    const { center, pool } = await journey.openCenter('same', 10);
    await beside(pool, 'same-other', 7);
    const id = await journey.sent(journey.content(center.id, 4));
    const preview = await journey.submission.preview(WHOLE_PROVINCE, null, id);
    if (!preview.ok) throw new Error('no preview');
    idOf(await journey.submit(id));
    const [line] = (await journey.requests.linesOf([id])).flat();
    const [planned] = preview.value.plan.lines;
    expect(line?.shares[0]?.pools).toEqual(planned?.shares[0]?.pools);
    expect(line?.checks).toEqual(planned?.checks);
    expect(line?.checks.at(-1)).toMatchObject({ criterion: 'P19', passed: true });
    expect(line?.candidates?.map(({ poolId, score }) => [poolId, score])).toEqual(
      planned?.shares[0]?.candidates.map(({ poolId, score }) => [poolId, score]),
    );
  });

  it('tells what would make a refused line fit, and it does once it is taken', async () => {
    const { center } = await journey.openCenter('full', 3);
    const content = journey.content(center.id, 5);
    const ask = async (asked: typeof content) => {
      const preview = await journey.submission.preview(WHOLE_PROVINCE, asked, null);
      if (!preview.ok) throw new Error('no preview');
      return preview.value;
    };
    const { plan, suggestions } = await ask(content);
    expect(plan.feasible).toBe(false);
    const fewer = suggestions.find(({ kind }) => kind === 'FEWER_MACHINES');
    expect(fewer).toMatchObject({ index: 0, change: { count: 3 } });
    const elsewhere = suggestions.find(({ kind }) => kind === 'OTHER_CENTER');
    expect(elsewhere).toBeDefined();
    for (const { change } of suggestions) {
      const lines = content.lines.map((line) => ({
        ...line,
        ...('count' in change ? { count: change.count ?? line.count } : {}),
        ...('centerId' in change ? { centerId: change.centerId ?? line.centerId } : {}),
        vm: line.vm && { ...line.vm, ...change.vm },
      }));
      expect((await ask({ ...content, lines })).plan.feasible).toBe(true);
    }
  });
});
