import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type NodeSpec,
  type SimulatedClusterOptions,
  writeKubeconfig,
} from '../../server/src/simulation/simulated-cluster.js';
import { giveConsoleAccount } from '../cluster/console-account.ts';
import { startCluster } from '../integration/simulation/support.js';
import type { ServedCluster } from './gateway-suite.ts';

/** Room for every machine of the suites, in every zone that they ask for. */
const nodes: readonly NodeSpec[] = (['GOVERNMENT_EXTRANET', 'PUBLIC_SERVICE'] as const).flatMap((zone) =>
  (['amd64', 'arm64'] as const).map((architecture) => ({
    name: `${architecture}-${zone.toLowerCase().replace('_', '-')}`,
    architecture,
    zone,
    cpu: 512,
    memoryMib: 4_194_304,
  })),
);

/** A simulated cluster under the rights that a center is asked to give, and none besides. */
export async function serveSimulated(more: Partial<SimulatedClusterOptions> = {}): Promise<ServedCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-cluster-'));
  const cluster = await startCluster({
    name: 'center-a',
    directory: join(directory, 'a'),
    nodes,
    ...more,
  });
  const administrator = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], administrator);
  const account = await giveConsoleAccount({ target: cluster, kubeconfigPath: administrator });
  return {
    kubeconfigPath: account.kubeconfigPath,
    onlookerKubeconfigPath: administrator,
    stop: async () => {
      await account.remove();
      await cluster.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
