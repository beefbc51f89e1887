import { describeGateway } from '../support/gateway-suite.ts';
import { PlayedControllers } from './played-controllers.ts';
import { startServerUnderTest } from './under-test.ts';

describeGateway('a real API server', async () => {
  const server = await startServerUnderTest();
  const controllers = new PlayedControllers(server.target);
  return {
    kubeconfigPath: server.kubeconfigPath,
    finishDeletion: (key) => controllers.finishDeletion(key),
    stop: async () => {
      await controllers.stop();
      await server.stop();
    },
  };
});
