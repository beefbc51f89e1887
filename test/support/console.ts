import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pino } from 'pino';
import { demonstration } from '../../server/src/demonstration/demonstration.js';
import { DemonstrationModule } from '../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../server/src/demonstration/demonstration-loader.js';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { makeUpProvince } from '../../server/src/demonstration/province.js';
import { entities } from '../../server/src/entities.js';
import { ExecutionStepsModule } from '../../server/src/executions/execution-steps.module.js';
import { type Clock, systemClock } from '../../server/src/kernel/clock.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { type Configuration, readConfiguration } from '../../server/src/platform/config/configuration.js';
import { openSoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import type { Clusters } from '../../server/src/provisioning/domain/ports.js';
import { ClustersModule } from '../../server/src/provisioning/live-objects.module.js';
import { ProvisioningModule } from '../../server/src/provisioning/provisioning.module.js';
import { PACE, type Pace } from '../../server/src/provisioning/provisioning.types.js';
import { startServer } from '../../server/src/server.js';
import type { SimulatedClusters } from '../../server/src/simulated-clusters.js';
import { LIVE_CENTERS } from '../../server/src/simulated-live.js';
import { startWork } from '../../server/src/work.js';
import { ConsoleClient } from './console-client.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

const CONSOLE_DIRECTORY = resolve(import.meta.dirname, '../../dist-web');
/** Of the made-up province, which is the same for every console. */
let centerCodes: readonly string[] | undefined;
/** Stages of simulated clusters take a fiftieth of their time. */
const SIMULATION_SPEED = 50;

export interface TestConsole {
  readonly url: string;
  readonly test: TestDatabase;
  readonly application: NestExpressApplication;
  readonly clusters: SimulatedClusters | null;
  readonly kubeconfigPath: string;
  /** A browser-like client with a session of its own. */
  signIn(username: string): Promise<ConsoleClient>;
  close(): Promise<void>;
}

export interface TestConsoleOptions {
  readonly worker?: boolean;
  /** Of the worker, where it shall look sooner than in production. */
  readonly pace?: Partial<Pace>;
  readonly freeDocuments?: boolean;
  /** Instead of the machine's own time. */
  readonly clock?: Clock;
  /** Nodes enough for a past of so many machines; the past itself is written by who wants it. */
  readonly machines?: number;
  /** Another build of the console than the repository's own. */
  readonly consoleDirectory?: string;
  /** Instead of simulated ones: whoever gives them starts them, lets them be driven (startWork) and closes them. */
  readonly clusters?: Clusters;
}

/** The real server on a real port with the made-up province; with `worker`, also simulated clusters and what drives them. */
export async function startTestConsole(options: TestConsoleOptions = {}): Promise<TestConsole> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0).toReversed()) await each();
  };
  try {
    return await openConsole(options, opened, close);
  } catch (error) {
    // What half stands would keep the whole run from ending.
    await close();
    throw error;
  }
}

async function openConsole(
  options: TestConsoleOptions,
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<TestConsole> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyun-console-'));
  opened.push(() => rm(directory, { recursive: true, force: true }));
  const test = await openTestDatabase(entities);
  opened.push(() => test.close());
  const configuration: Configuration = {
    ...readConfiguration({
      PORT: '0',
      JIYUN_DATA: directory,
      JIYUN_LOG_LEVEL: 'silent',
      JIYUN_PASSWORD_ITERATIONS: '1000',
      JIYUN_SIMULATION_SPEED: String(SIMULATION_SPEED),
    }),
    freeDocuments: options.freeDocuments ?? true,
  };
  const logger = pino({ level: 'silent' });
  const crypto = await openSoftwareCrypto({
    dataDirectory: directory,
    passwordIterations: configuration.passwordIterations,
  });
  opened.push(() => crypto.onApplicationShutdown());
  const kubeconfigPath = join(directory, 'kubeconfig');
  const clusters = options.worker
    ? await (await import('../../server/src/simulated-clusters.js')).startSimulatedClusters(
        configuration,
        kubeconfigPath,
      )
    : null;
  opened.push(async () => clusters?.close());
  centerCodes ??= makeUpProvince(configuration.demoSeed).facilities.centers.map((c) => c.code);
  const simulated = new ClusterRegistry(
    centerCodes.map((centerCode) => ({
      ...{ centerCode, kubeconfigPath, context: centerCode },
      updatesLive: LIVE_CENTERS.includes(centerCode),
    })),
  );
  opened.push(() => simulated.close());
  const registry = options.clusters ?? simulated;
  const server = await startServer({
    ground: { configuration, db: test.db, crypto, clock: options.clock ?? systemClock },
    logger,
    demonstration,
    consoleDirectory: options.consoleDirectory ?? CONSOLE_DIRECTORY,
    parts: [
      { module: DemonstrationModule },
      ClustersModule.on(registry),
      ...(options.worker || options.clusters
        ? [ProvisioningModule.on(registry, { ...PACE, ...options.pace }), ExecutionStepsModule.on(registry)]
        : []),
    ],
    ready: async (application) => {
      await application.get(DemonstrationLoader, { strict: false }).load(configuration.demoSeed, options.machines);
    },
  });
  opened.push(() => server.close());
  if (options.worker) {
    const work = await startWork(server.application, logger);
    opened.push(() => work.close());
  }
  return {
    url: server.url,
    test,
    application: server.application,
    clusters,
    kubeconfigPath,
    signIn: (username) => ConsoleClient.signIn(server.url, username, DEMONSTRATION_PASSWORD),
    close,
  };
}
