import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
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

async function serve(): Promise<ServedCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-cluster-'));
  const cluster = await startCluster({ name: 'center-a', directory: join(directory, 'a'), nodes });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  return {
    kubeconfigPath,
    stop: async () => {
      await cluster.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

// The very suites that a real API server passes: the console cannot tell.
describeGateway('a simulated cluster', serve);
describeProvisioning('a simulated cluster', serve);
describeProvisioningFaults('a simulated cluster', serve);
