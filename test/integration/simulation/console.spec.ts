import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { giveConsoleAccount } from '../../cluster/console-account.ts';
import { describeGateway, type ServedCluster } from '../../support/gateway-suite.ts';
import { describeProvisioningFaults } from '../../support/provisioning-faults-suite.ts';
import { describeProvisioning } from '../../support/provisioning-suite.ts';
import { startCluster } from './support.js';

/** Room for every machine of the suites, in every zone that they ask for. */
const nodes = ['GOVERNMENT_EXTRANET', 'PUBLIC_SERVICE'].flatMap((zone) =>
  (['amd64', 'arm64'] as const).map((architecture) => ({
    name: `${architecture}-${zone.toLowerCase().replace('_', '-')}`,
    architecture,
    zone,
    cpu: 512,
    memoryMib: 4_194_304,
  })),
);

/** Under the rights that a center is asked to give, and none besides. */
async function serve(): Promise<ServedCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-cluster-'));
  const cluster = await startCluster({
    name: 'center-a',
    directory: join(directory, 'a'),
    nodes,
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

// The very suites that a real API server passes, under the very account: the console cannot tell.
describeGateway('a simulated cluster', serve);
describeProvisioning('a simulated cluster', serve);
describeProvisioningFaults('a simulated cluster', serve);
