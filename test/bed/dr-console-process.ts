/** The whole console of one center as a process of its own: API, worker and executions, over the bed's links to databases and clusters. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExecutionStepsModule } from '../../server/src/executions/execution-steps.module.js';
import { openGround } from '../../server/src/ground.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { readConfiguration } from '../../server/src/platform/config/configuration.js';
import type { QuorumState } from '../../server/src/platform/database/quorum/database-quorum.js';
import { openLogger } from '../../server/src/platform/logging/logger.js';
import { ClustersModule } from '../../server/src/provisioning/live-objects.module.js';
import { ProvisioningModule } from '../../server/src/provisioning/provisioning.module.js';
import { PACE } from '../../server/src/provisioning/provisioning.types.js';
import { startServer } from '../../server/src/server.js';
import { startWork } from '../../server/src/work.js';
import { DrDesk } from './dr-desk.ts';
import type { World } from './world.ts';

export interface Asked {
  readonly number: number;
  readonly act: 'runbook' | 'request' | 'approve' | 'turn' | 'press' | 'rollBack';
  readonly given: readonly unknown[];
}
export type Said =
  | { readonly kind: 'state'; readonly state: QuorumState; readonly url: string }
  | { readonly kind: 'answer'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly number: number; readonly message: string };

const STATE_EVERY_MS = 200;

const [worldPath = '', dist = ''] = process.argv.slice(2);
const world: World = JSON.parse(await readFile(worldPath, 'utf8'));
const configuration = readConfiguration();
const logger = openLogger(configuration);
const ground = await openGround(configuration);
const registry = new ClusterRegistry(configuration.clusters);
const server = await startServer({
  ...{ ground, logger, demonstration: null, consoleDirectory: join(dist, 'none') },
  parts: [
    ClustersModule.on(registry),
    // A silent cluster is asked again sooner than in earnest: the bed does not measure patience.
    ProvisioningModule.on(registry, { ...PACE, replicationEveryMs: 3_000, backoff: { firstMs: 500, mostMs: 5_000 } }),
    ExecutionStepsModule.on(registry),
  ],
});
const work = await startWork(server.application, logger);
const desk = new DrDesk(server.application, world);

const tell = (said: Said): void => {
  process.send?.(said);
};
process.on('message', ({ act, given, number }: Asked) => {
  (desk[act] as (...given: readonly unknown[]) => Promise<unknown>)(...given).then(
    (value) => tell({ kind: 'answer', number, value }),
    (error: unknown) => tell({ kind: 'failure', number, message: String(error) }),
  );
});
const state = () => tell({ kind: 'state', state: ground.quorum.state(), url: server.url });
state();
setInterval(state, STATE_EVERY_MS);
process.once('SIGTERM', () => {
  void work
    .close()
    .then(() => server.close())
    .then(() => registry.close())
    .then(() => ground.close())
    .then(() => process.exit(0));
});
