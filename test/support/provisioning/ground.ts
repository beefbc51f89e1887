import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import type { ClusterObject, ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { FAST } from '../fast-pace.ts';
import type { ServedCluster } from '../gateway-suite.ts';
import { Mortal } from '../mortal.ts';
import { Province } from '../province.ts';
import { until } from '../until.ts';

export const CENTER = 'center-a';
const KINDS = ['VirtualMachine', 'VirtualMachineInstance', 'DataVolume'] as const;

/** One center, its cluster as the console and as an onlooker with more rights sees it, and workers that live for one case. */
export class ProvisioningGround {
  private readonly workers: ProvisioningWorker[] = [];
  private readonly clusters: ClusterRegistry;
  private readonly onlookers: ClusterRegistry;
  readonly onlookerKubeconfigPath: string;

  private constructor(
    private readonly served: ServedCluster,
    readonly province: Province,
  ) {
    const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null };
    const reflector = { backoff: { firstMs: 20, mostMs: 200 } };
    this.clusters = new ClusterRegistry([access], { rate: null, reflector });
    this.onlookerKubeconfigPath = served.onlookerKubeconfigPath ?? served.kubeconfigPath;
    const more = { ...access, kubeconfigPath: this.onlookerKubeconfigPath };
    this.onlookers = new ClusterRegistry([more], { rate: null });
  }

  static async open(serve: () => Promise<ServedCluster>): Promise<ProvisioningGround> {
    Logger.overrideLogger(false);
    const served = await serve();
    return new ProvisioningGround(served, await Province.open([CENTER]));
  }

  async close(): Promise<void> {
    await this.clusters.close();
    await this.onlookers.close();
    await this.province.close();
    await this.served.stop();
  }

  get cluster(): ClusterGateway {
    return this.clusters.of(CENTER) as ClusterGateway;
  }

  get onlooker(): ClusterGateway {
    return this.onlookers.of(CENTER) as ClusterGateway;
  }

  readonly startWorker = async (mortal = new Mortal()): Promise<ProvisioningWorker> => {
    const { feed, records } = this.province;
    const worker = new ProvisioningWorker(mortal.clusters(this.clusters), mortal.records(records), feed, FAST);
    this.workers.push(worker);
    await worker.start();
    return worker;
  };

  readonly stopWorkers = async (): Promise<void> => {
    await Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  };

  readonly objectsOf = async (resourceId: string): Promise<ClusterObject[]> => {
    const lists = await Promise.all(KINDS.map((kind) => this.cluster.list(kind)));
    return lists.flat().filter((each) => each.metadata.labels?.['jiyun.internal/resource'] === resourceId);
  };

  readonly inUse = (id: string): Promise<void> =>
    until(`${id} in use`, async () => (await this.province.row(id)).state === 'IN_USE');

  readonly released = (id: string): Promise<void> =>
    until(`${id} released`, async () => (await this.province.row(id)).state === 'RELEASED');

  readonly machineKey = async (id: string): Promise<ObjectKey> => {
    const { departmentCode, objectName } = await this.province.row(id);
    return { kind: 'VirtualMachine', namespace: `dept-${departmentCode}`, name: objectName };
  };
}
