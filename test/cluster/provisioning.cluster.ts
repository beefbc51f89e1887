import { afterAll, beforeAll } from '@jest/globals';
import { describeEveryRight } from '../support/every-right-suite.ts';
import type { ServedCluster } from '../support/gateway-suite.ts';
import globalSetup from '../support/global-setup.ts';
import globalTeardown from '../support/global-teardown.ts';
import { describeDeaths } from '../support/provisioning-deaths-suite.ts';
import { describeProvisioningFaults } from '../support/provisioning-faults-suite.ts';
import { describeProvisioning } from '../support/provisioning-suite.ts';
import { describeTakeOver } from '../support/take-over-suite.ts';
import { giveConsoleAccount } from './console-account.ts';
import { PlayedControllers } from './played-controllers.ts';
import { startServerUnderTest } from './under-test.ts';

// The other cluster suites need no database, so the project has none.
beforeAll(globalSetup, 60_000);
afterAll(globalTeardown);

/** Under the rights that a center is asked to give, and none besides. */
async function servedWithControllers(): Promise<ServedCluster> {
  const server = await startServerUnderTest();
  const account = await giveConsoleAccount(server);
  const controllers = new PlayedControllers(server.target);
  controllers.start();
  return {
    kubeconfigPath: account.kubeconfigPath,
    onlookerKubeconfigPath: server.kubeconfigPath,
    stop: async () => {
      await controllers.stop();
      await account.remove();
      await server.stop();
    },
  };
}

describeProvisioning('a real API server', servedWithControllers);
describeProvisioningFaults('a real API server', servedWithControllers);
// A sample: the awaits are the console's own, and killed at each on a simulated cluster (`npm run soak -- faults`).
describeDeaths('a real API server', 9, servedWithControllers);
describeTakeOver('a real API server', servedWithControllers);
// Behind a bare API server no service and no metrics answer: that it says so, and not that it may not be asked, is the proof.
describeEveryRight('a real API server', async () => ({ ...(await servedWithControllers()), use: 'NOT_FOUND' }));
