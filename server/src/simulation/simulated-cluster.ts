/**
 * A simulated Kubernetes cluster with KubeVirt and CDI: the part of the API that the console and kubectl use, over
 * HTTPS on the loopback, and stages that advance objects as the operators would.
 */
import { giveAccount, giveObjects } from './account.js';
import { Access } from './api/access.js';
import { Api } from './api/api.js';
import { Objects } from './api/objects.js';
import type { Asked, User } from './api/rights.js';
import { bootstrap } from './bootstrap.js';
import type { SimulationClock } from './clock.js';
import { clusterIdentity, keepPort, keptPort } from './cluster-identity.js';
import type { Faults } from './faults.js';
import type { JsonObject, KubeObject } from './json.js';
import { type NodeSpec, registerNodes } from './nodes.js';
import { Random } from './random.js';
import { ApiServer } from './server.js';
import { startOperators } from './stages/operators.js';
import { World } from './stages/world.js';
import { Journal } from './store/journal.js';
import { Store } from './store/store.js';

export { type SimulationClock, wallClock } from './clock.js';
export type { Faults } from './faults.js';
export type { JsonObject, KubeObject } from './json.js';
export { writeKubeconfig } from './kubeconfig.js';
export type { NodeSpec } from './nodes.js';

export interface SimulatedClusterOptions {
  readonly name: string;
  /** 0 or absent: a free one, and the same again after a restart with the same directory. */
  readonly port?: number;
  /** Absent: nothing is kept. */
  readonly directory?: string;
  readonly clock: SimulationClock;
  readonly seed: number;
  /** How many times faster than in earnest the stages go; nothing else is sped up. */
  readonly stageSpeed: number;
  readonly nodes: readonly NodeSpec[];
  /** 'off': an API server alone, without controllers, operators and webhooks. */
  readonly stages?: 'on' | 'off';
  /** Its KubeVirt has vmRolloutStrategy LiveUpdate and workloadUpdateMethods [LiveMigrate]; absent: KubeVirt's own defaults, neither. */
  readonly updatesLive?: boolean;
  /** PROVISIONING_LIMIT of its Bare Metal Operator; absent: its own default. */
  readonly hostsAtOnce?: number;
  /** Manifests of an account and its rights, applied at every start: its token is then `accountToken`. */
  readonly account?: readonly KubeObject[];
  /** There before the console, and made at the first start only. */
  readonly objects?: readonly KubeObject[];
  /** What an inspection finds behind the addresses of controllers (BMC); of others it is made up. */
  readonly machines?: ReadonlyMap<string, JsonObject>;
  /** Told of every right that was asked for, given or not. */
  readonly witness?: (user: User, asked: Asked) => void;
  /** Told what an operator should know, e.g. that a torn write was cut. */
  readonly tell?: (message: string) => void;
}

export interface SimulatedCluster {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly caPem: string;
  /** The administrator's: it may do everything. */
  readonly token: string;
  /** Of the account that was asked for; the administrator's where none was. */
  readonly accountToken: string;
  readonly faults: Pick<Faults, 'add' | 'clear' | 'standing'>;
  /** Forgets all history: older resourceVersions and continue tokens expire. */
  compact(): Promise<void>;
  /** Resolves when no stage has anything left to do, but for what is tried for ever. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSimulatedCluster(options: SimulatedClusterOptions): Promise<SimulatedCluster> {
  const { clock, directory, name } = options;
  const operators = options.stages !== 'off';
  const tell = options.tell ?? (() => undefined);
  const identity = clusterIdentity(name, directory);
  const store = new Store();
  const journal = directory === undefined ? undefined : Journal.open(store, directory, tell);
  const objects = new Objects(store, clock, operators);
  bootstrap(objects);
  registerNodes(objects, options.nodes);
  giveObjects(objects, options.objects ?? []);
  const { token } = identity;
  const access = new Access(store, clock, token, options.witness);
  const server = new ApiServer({ api: new Api(objects, access, operators), store, clock, access, identity });
  const port = await listen(server, options);
  keepPort(directory, port);
  const accountToken = options.account === undefined ? token : giveAccount(objects, access, options.account);
  const holds = (plural: string, name: string) => server.faults.holds(plural, name);
  const { hostsAtOnce, machines, seed, updatesLive } = options;
  const world = new World(objects, new Random(seed), seed, holds, machines, updatesLive, hostsAtOnce);
  const stages = operators ? startOperators(world, options.stageSpeed, tell) : undefined;
  return {
    name,
    url: `https://127.0.0.1:${port}`,
    port,
    caPem: identity.certificatePem,
    token,
    accountToken,
    faults: server.faults,
    compact: async () => store.compact(),
    settle: async () => await stages?.settle(),
    stop: async () => {
      stages?.stop();
      await server.close();
      journal?.close();
    },
  };
}

async function listen(server: ApiServer, { directory, port, tell }: SimulatedClusterOptions): Promise<number> {
  if (port !== undefined && port !== 0) return await server.listen(port);
  const kept = keptPort(directory);
  if (kept === 0) return await server.listen(0);
  try {
    return await server.listen(kept);
  } catch (error) {
    tell?.(`port ${kept} is taken (${error instanceof Error ? error.message : String(error)}): another one is used`);
    return await server.listen(0);
  }
}
