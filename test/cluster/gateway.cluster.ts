import { describeGateway } from '../support/gateway-suite.ts';
import { giveConsoleAccount } from './console-account.ts';
import { PlayedControllers } from './played-controllers.ts';
import { startServerUnderTest } from './under-test.ts';

describeGateway('a real API server', async () => {
  const server = await startServerUnderTest();
  const account = await giveConsoleAccount(server);
  const controllers = new PlayedControllers(server.target);
  return {
    kubeconfigPath: account.kubeconfigPath,
    finishDeletion: (key) => controllers.finishDeletion(key),
    stop: async () => {
      await controllers.stop();
      await account.remove();
      await server.stop();
    },
  };
});
