import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from './application.module.js';
import { ExecutionStepsModule } from './executions/execution-steps.module.js';
import { openGround } from './ground.js';
import { ClusterRegistry } from './kubernetes/cluster-registry.js';
import { readConfiguration } from './platform/config/configuration.js';
import { ChangeFeed } from './platform/feed/change-feed.js';
import { nestLogger, openLogger } from './platform/logging/logger.js';
import { reportProblem } from './problems.js';
import { ProvisioningModule } from './provisioning/provisioning.module.js';
import { stopOnSignals } from './stopping.js';
import { startWork } from './work.js';

/** The worker alone, for installations that run it beside the API. */
try {
  const configuration = readConfiguration();
  const logger = openLogger(configuration);
  const ground = await openGround(configuration);
  const registry = new ClusterRegistry(configuration.clusters);
  const application = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground,
      demonstration: null,
      parts: [ProvisioningModule.on(registry), ExecutionStepsModule.on(registry)],
    }),
    { logger: nestLogger(logger), abortOnError: false },
  );
  await application.get(ChangeFeed).start();
  const work = await startWork(application, logger);
  const stop = async (): Promise<void> => {
    await work.close();
    await application.close();
    await registry.close();
    await ground.close();
  };
  stopOnSignals(stop);
} catch (error) {
  reportProblem(error);
  process.exit(1);
}
