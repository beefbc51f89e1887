import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MaintenanceImpactService } from '../../../server/src/capacity/maintenance-impact.service.js';
import { CenterRemains } from '../../../server/src/facilities/center-remains.service.js';
import { CentersService } from '../../../server/src/facilities/centers.service.js';
import { ConsolidationService } from '../../../server/src/facilities/consolidation.service.js';
import type { NewPoolForm, PoolForm } from '../../../server/src/facilities/domain/pool-form.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { MaintenanceService } from '../../../server/src/facilities/maintenance.service.js';
import { PoolsService } from '../../../server/src/facilities/pools.service.js';
import { accountingYear } from '../../../server/src/kernel/calendar.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center, cluster, pool } from '../../support/builders/facility.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';
import { Rooms } from '../../support/rooms.ts';

const HOUR_MS = 3_600_000;
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let app: TestApplication;
let journey: RequestJourney;
let get: <T>(type: new (...args: never[]) => T) => T;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  get = (type) => app.context.get(type, { strict: false });
});
afterAll(() => app.close());

const size = { nodes: 10, vcpu: 100, memoryMib: 400_000, ssdGib: 10_000, hddGib: 20_000 };
const words: PoolForm = {
  processor: '鲲鹏 920',
  vcpuOvercommitPercent: 100,
  reservePercent: 0,
  reserveNodes: 0,
  size: null,
  accelerators: [],
  platformName: null,
  cloud: null,
};

/** A center with one driven pool of 10 nodes and 100 vCPU, sized and promised whole. */
async function openPool(code: string) {
  const made = { ...center({ code, name: code, role: 'RECOVERY' }), role: 'ACTIVE_A' as const };
  const madeCluster = cluster(made);
  const madePool = pool(madeCluster, {
    code: `${code}-arm64`,
    size: { nodes: 10, vcpu: 100, memoryMib: 400_000, storageGib: { SSD: 10_000, HDD: 20_000 }, accelerators: {} },
    present: {
      nodes: 10,
      vcpu: 100,
      memoryMib: 400_000,
      storageGib: { SSD: 10_000, HDD: 20_000 },
      largestMachine: { vcpu: 10, memoryMib: 40_000 },
    },
  });
  await get(UnitOfWork).run(async (tx) => {
    await get(FacilitiesService).add(tx, { centers: [made], clusters: [madeCluster], pools: [madePool] });
    await journey.allocation.openPool(tx, {
      poolId: madePool.id,
      vcpu: 100,
      memoryMib: 400_000,
      storage: { SSD: 10_000, HDD: 20_000 },
    });
  });
  return { center: made, pool: madePool };
}

async function counter(poolId: string, meter = 'VCPU') {
  const rows = await get(Counters).read('POOL', [poolId]);
  const row = rows.find((r) => r.meter === meter);
  return row && { limit: row.limit, live: row.live };
}

function edit(poolId: string, expectedVersion: number, more: Partial<PoolForm> & { takeCounted?: boolean } = {}) {
  return get(PoolsService).edit(engineer, {
    ...words,
    takeCounted: false,
    ...more,
    poolId,
    expectedVersion,
    idempotencyKey: newId(),
  });
}

describe('PoolsService', () => {
  it('promises less by the reserve, names accelerators, and never goes below what is live', async () => {
    const { center: a, pool: p } = await openPool('edit');
    await journey.submitted(journey.content(a.id, 60));
    expect(idOf(await edit(p.id, 1, { reserveNodes: 2, accelerators: [{ name: 'ASCEND-910B', count: 16 }] }))).toBe(
      p.id,
    );
    expect(await counter(p.id)).toEqual({ limit: 80, live: 60 });
    // 16 cards over 10 nodes: two a node at the most, so that two nodes may take four.
    expect(await counter(p.id, 'ACCELERATOR:ASCEND-910B')).toEqual({ limit: 12, live: 0 });
    const refused = await edit(p.id, 2, { reservePercent: 50 });
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'CAPACITY_SHORTAGE', criterion: 'LIMIT', meter: 'VCPU', requested: 60, free: 50, short: 10 }],
    });
    expect(await counter(p.id)).toEqual({ limit: 80, live: 60 });
    expect(codesOf(await edit(p.id, 1, {}))).toEqual(['VERSION_CONFLICT']);
    // A class that is taken out promises nothing any more.
    idOf(await edit(p.id, 2, {}));
    expect(await counter(p.id, 'ACCELERATOR:ASCEND-910B')).toEqual({ limit: 0, live: 0 });
    expect(await counter(p.id)).toEqual({ limit: 100, live: 60 });
  });

  it('keeps what is live while 16 lower the limit and 16 submit at once', async () => {
    const { center: a, pool: p } = await openPool('race');
    const sent = await Promise.all(Array.from({ length: 16 }, () => journey.sent(journey.content(a.id, 5))));
    await Promise.all([
      ...sent.map((id) => journey.submit(id)),
      ...Array.from({ length: 16 }, (_, i) => edit(p.id, 1, { reserveNodes: 1 + (i % 5) })),
    ]);
    const { counter: live, claims } = await journey.liveOf(p.id);
    expect(live).toBe(claims);
    const { limit } = (await counter(p.id)) ?? { limit: -1 };
    expect(live).toBeLessThanOrEqual(limit);
    const [found] = await get(FacilitiesService).pools([p.id]);
    expect(limit).toBe(100 - 10 * (found?.reserve.nodes ?? 0));
    expect(found?.version).toBe(limit === 100 ? 1 : 2);
  });

  it('says up to which protection level a pool carries systems, and whether its processors are domestic', async () => {
    const { pool: p } = await openPool('level');
    idOf(await edit(p.id, 1, { protectionLevelMax: 2, domesticCpu: false }));
    // What is not said stays as it was.
    idOf(await edit(p.id, 2, { reservePercent: 10 }));
    const facts = (await journey.placing.standingFacts()).pools.find(({ poolId }) => poolId === p.id);
    expect(facts).toMatchObject({ protectionLevelMax: 2, domesticCpu: false });
    expect(await edit(p.id, 3, { protectionLevelMax: 4 })).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', path: ['protectionLevelMax'], rule: 'range' }],
    });
  });

  it('records clouds that stand in no center, with their owner, and promises nothing of them', async () => {
    const form: NewPoolForm & { centerId: null; idempotencyKey: string } = {
      ...words,
      code: 'a-city-cloud',
      kind: 'RECORDED',
      architecture: 'AMD64',
      zone: 'GOVERNMENT_EXTRANET',
      platformName: '市政务云',
      size,
      cloud: {
        kind: 'CITY_CLOUD',
        ownerDepartmentId: journey.department.id,
        migrationPlan: '分批迁入',
        migrationTarget: '2028-12-31',
        servers: 12,
        rackUnits: null,
      },
      centerId: null,
      idempotencyKey: newId(),
    };
    const id = idOf(await get(PoolsService).register(engineer, form));
    expect(await counter(id)).toBeUndefined();
    const twice = await get(PoolsService).register(engineer, { ...form, idempotencyKey: newId() });
    expect(twice).toMatchObject({ ok: false, error: [{ code: 'INVALID_INPUT', path: ['code'] }] });
    const bad = await get(PoolsService).register(engineer, {
      ...form,
      code: 'Bad Code',
      size: { ...size, vcpu: -1 },
      accelerators: [{ name: 'npu', count: 1 }],
      cloud: form.cloud && { ...form.cloud, ownerDepartmentId: newId(), migrationTarget: '2028-02-31' },
      idempotencyKey: newId(),
    });
    expect(bad.ok ? [] : bad.error.map((e) => e.path.join('.')).toSorted()).toEqual([
      'accelerators.0.name',
      'cloud.migrationTarget',
      'cloud.ownerDepartmentId',
      'code',
      'size.vcpu',
    ]);
  });

  it('refuses a second driven pool of one architecture and zone, also when two come at once', async () => {
    const { center: a } = await openPool('twice');
    const register = (code: string) =>
      get(PoolsService).register(engineer, {
        ...words,
        code,
        kind: 'DRIVEN',
        architecture: 'AMD64',
        zone: 'INTERNET',
        centerId: a.id,
        idempotencyKey: newId(),
      });
    const results = await Promise.all(['twice-1', 'twice-2', 'twice-3'].map(register));
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    const id = idOf(results.find((r) => r.ok) as never);
    // Nothing is promised before its cluster has counted it.
    expect(await counter(id)).toEqual({ limit: 0, live: 0 });
  });
});

describe('MaintenanceService', () => {
  const plan = (
    poolId: string,
    more: { extent?: 'WHOLE_POOL' | 'POOL_NODES'; nodes?: number | null; fromAt?: Date; toAt?: Date } = {},
  ) =>
    get(MaintenanceService).plan(engineer, {
      poolId,
      title: '固件升级',
      reason: '已知缺陷',
      extent: 'POOL_NODES',
      nodes: 3,
      fromAt: new Date(Date.now() - HOUR_MS),
      toAt: new Date(Date.now() + HOUR_MS),
      ...more,
      idempotencyKey: newId(),
    });
  const move = (verb: 'start' | 'end' | 'cancel', windowId: string, expectedVersion: number, early = false) =>
    get(MaintenanceService)[verb](engineer, { windowId, expectedVersion, early, idempotencyKey: newId() });

  it('promises less while it runs, only as far as nothing live is lost, and again what it did afterwards', async () => {
    const { center: a, pool: p } = await openPool('mend');
    await journey.submitted(journey.content(a.id, 80));
    const id = idOf(await plan(p.id));
    idOf(await move('start', id, 1));
    expect(await counter(p.id)).toEqual({ limit: 80, live: 80 });
    const [running] = await get(MaintenanceService).windows([id]);
    expect(running).toMatchObject({ state: 'RUNNING', uncovered: { VCPU: 10 } });
    expect(codesOf(await move('start', id, 2))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codesOf(await move('end', id, 1))).toEqual(['VERSION_CONFLICT']);
    idOf(await move('end', id, 2));
    expect(await counter(p.id)).toEqual({ limit: 100, live: 80 });
  });

  it('shuts a pool that is taken whole: placement says so by its criterion', async () => {
    const { center: a, pool: p } = await openPool('shut');
    const id = idOf(await plan(p.id, { extent: 'WHOLE_POOL', nodes: null }));
    idOf(await move('start', id, 1));
    expect(await counter(p.id)).toEqual({ limit: 0, live: 0 });
    const standing = await journey.placing.standingFacts();
    const plan_ = await journey.placing.plan(
      [
        {
          index: 0,
          count: 1,
          vcpu: 1,
          memoryMib: 1024,
          diskGib: 20,
          storageTier: 'SSD',
          centerId: a.id,
          share: 'MAIN',
          architecture: 'ARM64',
          zone: 'GOVERNMENT_EXTRANET',
          imageArchitecture: 'ARM64',
          imageMinimumDiskGib: 20,
          protectionLevel: 2,
          domesticCpu: false,
        },
      ],
      standing,
    );
    expect(plan_.lines[0]?.checks.at(-1)).toMatchObject({ criterion: 'P12', passed: false });
    idOf(await move('end', id, 2));
    expect((await get(FacilitiesService).pools([p.id]))[0]?.inMaintenance).toBe(false);
  });

  it('lets two windows of one pool add up, and gives back only what no other takes', async () => {
    const { pool: p } = await openPool('both');
    const [one, two] = [idOf(await plan(p.id)), idOf(await plan(p.id))];
    await Promise.all([move('start', one, 1), move('start', two, 1)]);
    expect(await counter(p.id)).toEqual({ limit: 40, live: 0 });
    idOf(await move('end', one, 2));
    expect(await counter(p.id)).toEqual({ limit: 70, live: 0 });
  });

  it('starts before its planned time only for whoever says so', async () => {
    const { pool: p } = await openPool('early');
    const id = idOf(
      await plan(p.id, { fromAt: new Date(Date.now() + HOUR_MS), toAt: new Date(Date.now() + 2 * HOUR_MS) }),
    );
    expect(await move('start', id, 1)).toMatchObject({
      ok: false,
      error: [{ code: 'NOT_PERMITTED', reason: 'BEFORE_PLANNED' }],
    });
    expect(await counter(p.id)).toEqual({ limit: 100, live: 0 });
    idOf(await move('start', id, 1, true));
    expect(await counter(p.id)).toEqual({ limit: 70, live: 0 });
  });

  it('reckons in whatever runs, also past its planned end, and what is planned for the same time', async () => {
    const { pool: p } = await openPool('long');
    const late = idOf(await plan(p.id, { nodes: 2 }));
    idOf(await move('start', late, 1));
    // Nobody has ended it, and its planned hour is over.
    await app.test.db.query('update maintenance_window set from_at = ?, to_at = ? where id = ?', [
      new Date(Date.now() - 3 * HOUR_MS),
      new Date(Date.now() - 2 * HOUR_MS),
      late,
    ]);
    const [fromAt, toAt] = [new Date(Date.now() + 24 * HOUR_MS), new Date(Date.now() + 25 * HOUR_MS)];
    const beside = idOf(await plan(p.id, { nodes: 1, fromAt, toAt }));
    idOf(await plan(p.id, { nodes: 5, fromAt: toAt, toAt: new Date(toAt.getTime() + HOUR_MS) }));
    const impact = await get(MaintenanceImpactService).impact(p.id, {
      extent: 'POOL_NODES',
      nodes: 3,
      fromAt,
      toAt,
      windowId: null,
    });
    expect(impact?.overlapping.map((w) => w.id).toSorted()).toEqual([late, beside].toSorted());
    expect(impact?.meters.find((m) => m.meter === 'VCPU')).toMatchObject({ promisedNow: 80, promisedThen: 40 });
  });

  it('refuses more nodes than there are, a time that has passed, and what stands in no center', async () => {
    const { pool: p } = await openPool('bad');
    expect(codesOf(await plan(p.id, { nodes: 11 }))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await plan(newId()))).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('CentersService', () => {
  const change = (
    centerId: string,
    action: 'BEGIN_BUILDING' | 'BEGIN_TRIAL' | 'OPEN' | 'STOP' | 'REOPEN',
    version: number,
  ) =>
    get(CentersService).changeLife(engineer, {
      centerId,
      action,
      reason: '按建设计划',
      expectedVersion: version,
      idempotencyKey: newId(),
    });

  it('takes a center through its life, and nothing new outside trial and service', async () => {
    const id = idOf(
      await get(CentersService).register(engineer, {
        code: 'center-life',
        name: '第四中心',
        role: 'RECOVERY',
        clusterName: 'center-life-k8s',
        idempotencyKey: newId(),
      }),
    );
    expect(codesOf(await change(id, 'OPEN', 1))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await change(id, 'BEGIN_BUILDING', 1));
    idOf(await change(id, 'BEGIN_TRIAL', 2));
    idOf(await change(id, 'OPEN', 3));
    idOf(await change(id, 'STOP', 4));
    expect((await get(FacilitiesService).centersByIds([id]))[0]).toMatchObject({ life: 'STOPPED', version: 5 });
    expect((await get(FacilitiesService).clusterOfCenter(id))?.name).toBe('center-life-k8s');
  });

  it('stops a center only when nothing of anybody is left there, and says what is', async () => {
    const { center: a, pool: p } = await openPool('stop');
    const requestId = await journey.submitted(journey.content(a.id, 3));
    const rooms = new Rooms(app);
    const { roomId, ids } = await rooms.open([[{}]]);
    await app.test.db.query('update room set center_id = ? where id = ?', [a.id, roomId]);
    await app.test.db.query('update cabinet set center_id = ? where id = ?', [a.id, ids[0]]);
    const where = { cabinetId: ids[0] as string, startUnit: null };
    const own = await rooms.place({ where, departmentId: journey.department.id });
    await rooms.place({ where, departmentId: null });
    const refused = await change(a.id, 'STOP', 1);
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'STILL_IN_USE' }] });
    expect(refused.ok ? '' : refused.error[0]?.message.en).toContain('claims of virtual machines: 3');
    expect(await get(CenterRemains).of(a.id)).toEqual([
      { kind: 'CLAIM', count: 3 },
      { kind: 'SPACE', count: 1 },
    ]);
    idOf(
      await get(ReviewService).move(journey.applicant, journey.scope, 'WITHDRAW', journey.wish(requestId, 3, '撤回')),
    );
    await rooms.in(async (tx, space) => ({
      ok: true,
      value: await space.release(tx, own.ok ? own.value.holderId : ''),
    }));
    expect(await get(CenterRemains).of(a.id)).toEqual([]);
    idOf(await change(a.id, 'STOP', 1));
    expect(await counter(p.id)).toEqual({ limit: 0, live: 0 });
    expect(codesOf((await rooms.place({ where })) as never)).toEqual(['NOT_PERMITTED']);
    // Sized anew, it still promises nothing while its center is stopped.
    idOf(await edit(p.id, 1, { reservePercent: 10 }));
    expect(await counter(p.id)).toEqual({ limit: 0, live: 0 });
    // Its role is nobody else's, so that it may open again.
    await app.test.db.query("update center set role = 'RECOVERY' where id = ?", [a.id]);
    idOf(await change(a.id, 'REOPEN', 2));
    expect(await counter(p.id)).toEqual({ limit: 90, live: 0 });
    expect((await rooms.place({ where })).ok).toBe(true);
  });

  it('lets nothing into a center while it is being stopped', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { center: a, pool: p } = await openPool(`closing-${round}`);
      const rooms = new Rooms(app);
      const { roomId, ids } = await rooms.open([[{}]]);
      await app.test.db.query('update room set center_id = ? where id = ?', [a.id, roomId]);
      await app.test.db.query('update cabinet set center_id = ? where id = ?', [a.id, ids[0]]);
      const sent = await Promise.all(Array.from({ length: 4 }, () => journey.sent(journey.content(a.id, 1))));
      const [stopped, ...others] = await Promise.all([
        change(a.id, 'STOP', 1),
        ...sent.map((id) => journey.submit(id)),
        ...Array.from({ length: 4 }, () =>
          rooms.place({
            where: { cabinetId: ids[0] as string, startUnit: null },
            departmentId: journey.department.id,
          }),
        ),
      ]);
      const remains = await get(CenterRemains).of(a.id);
      // Stopped with nothing inside, or open with what came first: never both.
      expect([stopped?.ok, remains.length === 0]).toEqual([stopped?.ok, stopped?.ok]);
      expect(others.some((one) => one.ok)).toBe(!stopped?.ok);
      const { counter: live, claims } = await journey.liveOf(p.id);
      expect(live).toBe(claims);
    }
  });

  it('gives an active role to one center at a time', async () => {
    const register = (code: string) =>
      get(CentersService).register(engineer, {
        code,
        name: code,
        role: 'ACTIVE_B',
        clusterName: null,
        idempotencyKey: newId(),
      });
    const results = await Promise.all(['b-1', 'b-2', 'b-3'].map(register));
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect(results.flatMap(codesOf)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
  });
});

describe('ConsolidationService', () => {
  it('counts what is not yet 集约, and keeps the year’s count once', async () => {
    const year = accountingYear(new Date());
    const consolidation = get(ConsolidationService);
    const before = await consolidation.count(year);
    expect(before).toMatchObject({
      takenAt: null,
      clouds: [{ poolCode: 'a-city-cloud', servers: 12, storageGib: 30_000 }],
    });
    const results = await Promise.all(
      [1, 2, 3].map(() => consolidation.take(engineer, { year, idempotencyKey: newId() })),
    );
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect(await consolidation.count(year)).toMatchObject({ takenBy: '蒋工', clouds: before?.clouds });
    expect(codesOf(await consolidation.take(engineer, { year: year - 1, idempotencyKey: newId() }))).toEqual([
      'INVALID_INPUT',
    ]);
    expect(await consolidation.count(year - 1)).toBeNull();
  });
});
