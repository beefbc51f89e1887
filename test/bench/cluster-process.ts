import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatedCluster, wallClock, writeKubeconfig } from '../../server/src/simulation/simulated-cluster.js';

// A process of its own, as a cluster is; without stages, for what is measured is the console and not the operators.
const directory = await mkdtemp(join(tmpdir(), 'jiyun-bench-cluster-'));
const cluster = await startSimulatedCluster({
  name: 'center-a',
  clock: wallClock,
  seed: 1,
  stageSpeed: 1,
  stages: 'off',
  nodes: [],
});
const kubeconfigPath = join(directory, 'kubeconfig');
await writeKubeconfig([cluster], kubeconfigPath);
process.send?.(kubeconfigPath);
process.on('disconnect', () => {
  void cluster.stop().then(() => rm(directory, { recursive: true, force: true }));
});
