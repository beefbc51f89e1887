import { afterAll, beforeAll } from '@jest/globals';
import type { ServedCluster } from '../support/gateway-suite.ts';
import globalSetup from '../support/global-setup.ts';
import globalTeardown from '../support/global-teardown.ts';
import { describeProvisioningFaults } from '../support/provisioning-faults-suite.ts';
import { describeProvisioning } from '../support/provisioning-suite.ts';
import { PlayedControllers } from './played-controllers.ts';
import { startServerUnderTest } from './under-test.ts';

// The other cluster suites need no database, so the project has none.
beforeAll(globalSetup, 60_000);
afterAll(globalTeardown);

async function servedWithControllers(): Promise<ServedCluster> {
  const server = await startServerUnderTest();
  const controllers = new PlayedControllers(server.target);
  controllers.start();
  return {
    kubeconfigPath: server.kubeconfigPath,
    stop: async () => {
      await controllers.stop();
      await server.stop();
    },
  };
}

describeProvisioning('a real API server', servedWithControllers);
describeProvisioningFaults('a real API server', servedWithControllers);
