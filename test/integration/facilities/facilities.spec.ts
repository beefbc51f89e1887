import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolPresent } from '../../../server/src/facilities/domain/facility.js';
import { CenterEntity, ClusterEntity, PoolEntity } from '../../../server/src/facilities/facilities.entity.js';
import { FacilitiesRepository } from '../../../server/src/facilities/facilities.repository.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { center, cluster, pool } from '../../support/builders/facility.ts';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const a = center();
const b = center({ code: 'center-b', name: '同城双活中心', role: 'ACTIVE_B' });
const clusterA = cluster(a);
const arm = pool(clusterA);
const amd = pool(clusterA, { code: 'a-amd64-internet', architecture: 'AMD64', zone: 'INTERNET', present: null });

let test: TestDatabase;
let facilities: FacilitiesService;
const told: string[] = [];
let run: ReturnType<typeof unitsOfWork>['work'];

beforeAll(async () => {
  test = await openTestDatabase([CenterEntity, ClusterEntity, PoolEntity]);
  facilities = new FacilitiesService(new FacilitiesRepository(test.db));
  const { work, feed } = unitsOfWork(test.db);
  run = work;
  feed.listen('cluster', '*', (change) => told.push(change.subjectId));
  feed.listen('pool', '*', (change) => told.push(change.subjectId));
  await run.run((tx) => facilities.add(tx, { centers: [b, a], clusters: [clusterA], pools: [arm, amd] }));
});
afterAll(() => test.close());

describe('FacilitiesService', () => {
  it('gives back what was put in', async () => {
    expect(await facilities.centers()).toEqual([a, b]);
    expect(await facilities.allPools()).toEqual([amd, arm]);
    expect(await facilities.poolsOfCenter(a.id)).toEqual([amd, arm]);
    expect(await facilities.poolsOfCenter(b.id)).toEqual([]);
    expect(await facilities.clusterOfCenter(a.id)).toEqual(clusterA);
    expect(await facilities.clusterOfCenter(b.id)).toBeNull();
  });

  it('loads the pools and clusters of many centers by one statement each', async () => {
    const { result, statements } = await countStatements(test.db, async () => [
      (await facilities.poolsOfCenters([b.id, a.id])).map((pools) => pools.length),
      (await facilities.clustersOfCenters([b.id, a.id])).map((found) => found?.name ?? null),
      (await facilities.pools([arm.id, 'nothing'])).map((found) => found?.code ?? null),
    ]);
    expect(result).toEqual([
      [0, 2],
      [null, 'center-a-k8s'],
      ['a-arm64-extranet', null],
    ]);
    expect(statements).toBe(3);
  });
});

describe('FacilitiesService.recordReach', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 0, 0, second));

  it('tells of another reach, is silent about another sign of life, and never goes back in time', async () => {
    told.length = 0;
    await run.run((tx) => facilities.recordReach(tx, clusterA.id, 'REACHABLE', at(10)));
    expect(told).toEqual([clusterA.id]);
    await run.run((tx) => facilities.recordReach(tx, clusterA.id, 'REACHABLE', at(20)));
    await run.run((tx) => facilities.recordReach(tx, clusterA.id, 'REACHABLE', at(15)));
    expect(told).toHaveLength(1);
    expect(await facilities.clusterOfCenter(a.id)).toMatchObject({ reach: 'REACHABLE', observedAt: at(20) });
    await run.run((tx) => facilities.recordReach(tx, clusterA.id, 'UNREACHABLE', null));
    expect(told).toHaveLength(2);
    expect(await facilities.clusterOfCenter(a.id)).toMatchObject({ reach: 'UNREACHABLE', observedAt: at(20) });
  });
});

describe('FacilitiesService.recordPresent', () => {
  it('writes what was counted and tells of it only when it differs', async () => {
    told.length = 0;
    const present = {
      nodes: 2,
      vcpu: 256,
      memoryMib: 3_000_000_000,
      storageGib: { SSD: 1, HDD: 2 },
      largestMachine: { vcpu: 64, memoryMib: 131_072 },
    };
    const record = (counted: PoolPresent) => run.run((tx) => facilities.recordPresent(tx, amd.id, counted));
    await record(present);
    await record(present);
    expect(told).toEqual([amd.id]);
    expect((await facilities.pools([amd.id]))[0]?.present).toEqual(present);
    await record({ ...present, largestMachine: null });
    expect(told).toHaveLength(2);
    expect((await facilities.pools([amd.id]))[0]?.present).toEqual({ ...present, largestMachine: null });
  });
});
