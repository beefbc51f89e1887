import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatedCluster, wallClock, writeKubeconfig } from '../../server/src/simulation/simulated-cluster.js';
import type { ClusterSeed } from './clusters.ts';

// A process of its own, as a cluster is; without stages, for what is measured is the console and not the operators.
const seeds: readonly ClusterSeed[] = JSON.parse(await readFile(process.argv[2] as string, 'utf8'));
const directory = await mkdtemp(join(tmpdir(), 'jiyun-bench-cluster-'));
const clusters = await Promise.all(
  seeds.map(({ name, objects }) =>
    startSimulatedCluster({ name, clock: wallClock, seed: 1, stageSpeed: 1, stages: 'off', nodes: [], objects }),
  ),
);
const kubeconfigPath = join(directory, 'kubeconfig');
await writeKubeconfig(clusters, kubeconfigPath);
process.send?.(kubeconfigPath);
process.on('disconnect', () => {
  void Promise.all(clusters.map((cluster) => cluster.stop())).then(() =>
    rm(directory, { recursive: true, force: true }),
  );
});
