import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';

const CENTER = 'center-a';
const node = (name: string, architecture: 'amd64' | 'arm64', zone: string) => ({
  name,
  architecture,
  zone,
  cpu: 64,
  memoryMib: 262_144,
});

let directory: string;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let province: Province;
let worker: ProvisioningWorker;

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-facilities-'));
  const nodes = [
    node('a-1', 'amd64', 'GOVERNMENT_EXTRANET'),
    node('a-2', 'amd64', 'GOVERNMENT_EXTRANET'),
    node('b-1', 'arm64', 'GOVERNMENT_EXTRANET'),
    node('c-1', 'amd64', 'INTERNET'),
  ];
  cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  clusters = new ClusterRegistry([{ centerCode: CENTER, kubeconfigPath, context: CENTER }]);
  province = await Province.open([CENTER]);
  worker = new ProvisioningWorker(clusters, province.records, province.feed, FAST);
  await worker.start();
});

afterAll(async () => {
  await worker?.stop();
  await clusters?.close();
  await province?.close();
  await cluster?.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('what a cluster says of itself', () => {
  it('is counted for the pool whose nodes they are, and leaves what nodes say nothing of', async () => {
    const poolId = province.poolOf(CENTER).id;
    const present = async () => (await province.records.facilities.pools([poolId]))[0]?.present;
    await until('counted', async () => (await present())?.vcpu === 128);
    expect(await present()).toEqual({
      nodes: 2,
      vcpu: 128,
      memoryMib: 524_288,
      storageGib: province.poolOf(CENTER).present?.storageGib,
      // One node, less what its launcher needs.
      largestMachine: { vcpu: 64, memoryMib: 261_120 },
    });
  });

  it('is heard, goes stale in silence, and is heard again', async () => {
    const is = (reach: string) => until(reach, async () => (await province.reach(CENTER)) === reach);
    await is('REACHABLE');
    cluster.faults.add({ match: {}, effect: 'cutOff' });
    province.passTime(40_000);
    await is('STALE');
    cluster.faults.clear();
    await is('REACHABLE');
  });
});
