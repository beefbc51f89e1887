import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import { AccountingSweep } from './accounting/accounting-sweep.service.js';
import { CostChangePasses } from './costchanges/cost-change-passes.service.js';
import { CostCells } from './costs/cost-cells.service.js';
import { demonstration } from './demonstration/demonstration.js';
import { DemonstrationModule } from './demonstration/demonstration.module.js';
import { DemonstrationClosings } from './demonstration/demonstration-closings.js';
import { DemonstrationJourneys } from './demonstration/demonstration-journeys.js';
import { DemonstrationLoader } from './demonstration/demonstration-loader.js';
import { HistoryLoader } from './demonstration/history/history-loader.js';
import { shownAccounts } from './demonstration/made-up-people.js';
import { MadeUpUse } from './demonstration/made-up-use.js';
import { Strangers } from './demonstration/strangers.js';
import { ExecutionStepsModule } from './executions/execution-steps.module.js';
import { type OpenGround, openGround } from './ground.js';
import { ClusterRegistry } from './kubernetes/cluster-registry.js';
import type { ClusterAccess, Configuration } from './platform/config/configuration.js';
import type { Logger } from './platform/logging/logger.js';
import { ClustersModule } from './provisioning/live-objects.module.js';
import { ProvisioningModule } from './provisioning/provisioning.module.js';
import { startServer } from './server.js';
import type { SimulatedClusters } from './simulated-clusters.js';
import { LIVE_CENTERS } from './simulated-live.js';
import { startWork, type Work } from './work.js';

/** Where the build puts the console: beside dist/, in which this file stands when it runs. */
const CONSOLE_DIRECTORY = join(import.meta.dirname, '../../../dist-web');

export interface RunningConsole {
  readonly url: string;
  /** What a person at the terminal is told. */
  readonly greeting: string;
  close(): Promise<void>;
}

/** Everything that the configured roles ask of this process, opened in order and closed in the other. */
export async function runConsole(configuration: Configuration, logger: Logger): Promise<RunningConsole> {
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const each of open.splice(0).toReversed()) await each.close();
  };
  try {
    const ground: OpenGround = await openGround(configuration);
    open.push(ground);
    const simulating = configuration.roles.includes('simulation');
    const working = configuration.roles.includes('worker');
    const accesses = simulating ? simulatedAccesses(configuration) : configuration.clusters;
    const registry = new ClusterRegistry(accesses);
    open.push(registry);
    let isNew = false;
    const parts: DynamicModule[] = [
      ClustersModule.on(registry),
      ...(working ? [ProvisioningModule.on(registry), ExecutionStepsModule.on(registry)] : []),
    ];
    const server = await startServer({
      ground,
      logger,
      consoleDirectory: CONSOLE_DIRECTORY,
      demonstration: configuration.mode === 'DEMO' ? demonstration : null,
      parts: [...parts, { module: DemonstrationModule }],
      // Before the port opens: nobody meets an empty province.
      ready: async (application) => {
        const loader = application.get(DemonstrationLoader, { strict: false });
        if (configuration.mode !== 'DEMO') return loader.refuseInEarnest();
        const loaded = await loader.load(configuration.demoSeed, configuration.demoHistory.machines);
        isNew = loaded === 'LOADED';
        await application.get(HistoryLoader, { strict: false }).load(configuration.demoHistory);
      },
    });
    open.push(server);
    let clusters: SimulatedClusters | null = null;
    if (simulating) {
      // Loaded only where it runs: a real installation has no simulation in memory.
      const { startSimulatedClusters } = await import('./simulated-clusters.js');
      // A past that was made by a command, or by an earlier start, may be of another size than the settings say.
      const there = await server.application.get(DemonstrationLoader, { strict: false }).there();
      clusters = await startSimulatedClusters(configuration, kubeconfigOf(configuration), there ?? undefined);
      open.push(clusters);
    }
    if (working) {
      const work: Work = await startWork(server.application, logger);
      open.push(work);
      if (isNew)
        open.push(
          accountsOfThePast(
            server.application.get(AccountingSweep, { strict: false }),
            server.application.get(DemonstrationClosings, { strict: false }),
            server.application.get(CostCells, { strict: false }),
            server.application.get(CostChangePasses, { strict: false }),
            logger,
          ),
        );
      if (isNew) open.push(useOfThePast(server.application.get(MadeUpUse, { strict: false }), logger));
      if (isNew) {
        const journeys = server.application.get(DemonstrationJourneys, { strict: false });
        open.push(workOfTheMorning(journeys, clusters && new Strangers(administrators(accesses)), logger));
        if (clusters) trouble(clusters);
      }
    }
    return { url: server.url, greeting: greetingOf(configuration, server.url, clusters), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** On a first start: what people have done already goes on behind the open page. Closing waits for it. */
function workOfTheMorning(
  journeys: DemonstrationJourneys,
  strangers: Strangers | null,
  logger: Logger,
): { close(): Promise<void> } {
  const running = journeys.run(strangers).then(
    (problems) => {
      for (const problem of problems) logger.warn({ problem }, 'a journey of the demonstration ended early');
    },
    (error: unknown) => logger.warn({ err: error }, 'the demonstration has no journeys'),
  );
  const ended = running.finally(() => strangers?.close());
  const close = () => {
    strangers?.leave();
    return ended;
  };
  return { close };
}

/** So many calls to the second center's cluster fail on a first start, and the farthest is slow: one sees what pages say of it. */
const FAILED_CALLS = 60;
const OVERLOADED = 503;
const SLOW_ANSWERS = 400;
const SLOW_MS = 700;

function trouble({ clusters }: SimulatedClusters): void {
  const [, second, farthest] = clusters;
  const match = { plural: 'virtualmachines', verb: 'patch' };
  second?.faults.add({ match, effect: 'serverError', code: OVERLOADED, times: FAILED_CALLS });
  farthest?.faults.add({ match: {}, effect: 'latency', ms: SLOW_MS, times: SLOW_ANSWERS });
}

/** As those have them who keep the clusters: the console itself has fewer rights. */
function administrators(accesses: readonly ClusterAccess[]): ClusterAccess[] {
  return accesses.map((access) => ({ ...access, context: `${access.context}-admin` }));
}

/** Behind the open page: what the past used is on draft statements before anybody has found them, not a minute later. */
function accountsOfThePast(
  sweep: AccountingSweep,
  closings: DemonstrationClosings,
  costs: CostCells,
  changes: CostChangePasses,
  logger: Logger,
): { close(): Promise<void> } {
  const done = sweep.run().then(async () => {
    const problems = await closings.run();
    await costs.take();
    await changes.take();
    return problems;
  });
  const running = done.then(
    (problems) => {
      for (const problem of problems) logger.warn({ problem }, 'a past month of the demonstration stays open');
    },
    (error: unknown) => logger.warn({ err: error }, 'the demonstration has no statements yet; housekeeping makes them'),
  );
  return { close: () => running };
}

/** Behind the open page too: charts and idle machines have their weeks a few seconds later. */
function useOfThePast(use: MadeUpUse, logger: Logger): { close(): Promise<void> } {
  const running = use
    .load(new Date())
    .catch((error: unknown) => logger.warn({ err: error }, 'the demonstration has no past use'));
  return { close: () => running };
}

/** The simulated clusters answer under one kubeconfig, as real ones would: the console cannot tell. */
function simulatedAccesses(configuration: Configuration): ClusterAccess[] {
  const kubeconfigPath = kubeconfigOf(configuration);
  return ['center-a', 'center-b', 'center-c'].map((centerCode) => ({
    centerCode,
    kubeconfigPath,
    context: centerCode,
    metrics: { by: 'CLUSTER', namespace: 'monitoring', service: 'prometheus:9090' },
    updatesLive: LIVE_CENTERS.includes(centerCode),
  }));
}

/** One file for all simulated clusters, as an ordinary kubeconfig: the console and kubectl read the same. */
function kubeconfigOf(configuration: Configuration): string {
  return join(configuration.dataDirectory, 'kubeconfig');
}

function greetingOf(configuration: Configuration, url: string, clusters: SimulatedClusters | null): string {
  const lines = ['', `集云 Jiyun  →  ${url}`];
  if (configuration.mode === 'DEMO') {
    const [first] = shownAccounts;
    lines.push(
      '',
      `演示数据，仅供试用。口令均为 ${first?.password ?? ''}   Demonstration only; everyone's password is ${first?.password ?? ''}`,
      ...shownAccounts.map(
        (a) =>
          `  ${a.username.padEnd(18)} ${a.displayName}${a.departmentName ? `（${a.departmentName}）` : ''}  ${a.role}`,
      ),
    );
  }
  if (clusters)
    lines.push('', `kubectl --kubeconfig ${kubeconfigOf(configuration)} --context center-a-admin get ns,vm -A`);
  lines.push('', 'Ctrl-C 停止 / stops', '');
  return lines.join('\n');
}
