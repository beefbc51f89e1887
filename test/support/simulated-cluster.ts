import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type SimulatedClusterOptions,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../server/src/simulation/simulated-cluster.js';
import type { ServedCluster } from './gateway-suite.ts';

/** A machine's minutes take a second. */
const STAGE_SPEED = 60;
const NODES = ['node-1', 'node-2'].map((name) => ({
  name,
  architecture: 'amd64' as const,
  zone: 'GOVERNMENT_EXTRANET',
  cpu: 256,
  memoryMib: 1_048_576,
}));

/** A simulated cluster with its operators, on the wall clock, in a folder of its own. */
export async function serveSimulatedCluster(over: Partial<SimulatedClusterOptions> = {}): Promise<ServedCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyun-cluster-'));
  const cluster = await startSimulatedCluster({
    name: 'center-a',
    clock: wallClock,
    seed: 1,
    stageSpeed: STAGE_SPEED,
    nodes: NODES,
    ...over,
  });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  return {
    kubeconfigPath,
    stop: async () => {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
