import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import {
  accessManifest,
  diskManifest,
  firstBootManifest,
  machineManifest,
  namespaceManifest,
} from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { startJudge } from '../cluster/judge.ts';
import { desiredMachine } from '../support/machines.ts';
import { Province } from '../support/province.ts';
import { until } from '../support/until.ts';
import { startClusters } from './clusters.ts';
import type { Row } from './table.ts';

const CENTER = 'center-a';
/** The gateway lets no more through. */
const CALLS_AT_ONCE = 8;
const MACHINES = 400;
/** Both secrets, the disk, the machine; and both secrets again, with the machine as their owner, which only then has a uid. */
const APPLIES_PER_MACHINE = 6;
const LOGIN = { username: 'jiyun', passwordHash: '$6$rounds=1000$salt$hash', access: { password: null } };
const LIMIT_MS = 120_000;

interface ClusterUnderBench {
  readonly what: string;
  /** The design's figure is one of a real API server, whose own work weighs most; beside a simulated one ours does. */
  readonly goal: { readonly atLeast: number } | undefined;
  readonly kubeconfigPath: string;
  stop(): Promise<void>;
}

/**
 * Objects applied per second: by the reconciler with all that belongs to it (leases, watches, looks, first passwords, tasks
 * and statuses in the database) against a bare loop that sends the same applies with the same client and concurrency, before
 * and after it.
 */
export async function benchReconciler(): Promise<Row[]> {
  Logger.overrideLogger(false);
  const cluster = await realCluster().catch(() => simulatedCluster());
  const access = { centerCode: CENTER, kubeconfigPath: cluster.kubeconfigPath, context: null };
  const clusters = new ClusterRegistry([access], { rate: null });
  const gateway = clusters.of(CENTER) as ClusterGateway;
  try {
    await bareLoop(gateway, 'warm');
    const before = await bareLoop(gateway, 'before');
    const reconciled = await reconciledLoop(clusters);
    const after = await bareLoop(gateway, 'after');
    const bare = (before + after) / 2;
    const goal = cluster.goal === undefined ? {} : { goal: cluster.goal };
    return [
      { what: `objects applied/s by the reconciler on ${cluster.what}`, value: reconciled, unit: '/s' },
      { what: `a bare loop of server-side apply, ${CALLS_AT_ONCE} at once`, value: bare, unit: '/s' },
      { what: 'ratio', value: reconciled / bare, unit: '', ...goal },
    ];
  } finally {
    await clusters.close();
    await cluster.stop();
  }
}

/** Where there is Go to build one. Never a cluster of somebody's own: hundreds of machines are made and left. */
async function realCluster(): Promise<ClusterUnderBench> {
  const judge = await startJudge();
  return {
    what: 'a real API server',
    goal: { atLeast: 0.7 },
    kubeconfigPath: judge.kubeconfigPath,
    stop: () => judge.stop(),
  };
}

async function simulatedCluster(): Promise<ClusterUnderBench> {
  const cluster = await startClusters([{ name: CENTER, objects: [] }]);
  return { what: 'a simulated cluster', goal: undefined, ...cluster };
}

async function bareLoop(gateway: ClusterGateway, departmentCode: string): Promise<number> {
  await gateway.apply(namespaceManifest(departmentCode));
  const left = Array.from({ length: MACHINES }, (_, index) =>
    desiredMachine({ departmentCode, objectName: `machine-${index}`, resourceId: `${departmentCode}-${index}` }),
  );
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (let machine = left.pop(); machine !== undefined; machine = left.pop()) {
      const secrets = async (uid: string | null) => {
        await gateway.apply(firstBootManifest(machine, LOGIN, uid));
        await gateway.apply(accessManifest(machine, LOGIN, uid));
      };
      await secrets(null);
      await gateway.apply(diskManifest(machine));
      const { metadata } = await gateway.apply(machineManifest(machine, LOGIN));
      await secrets(metadata.uid ?? null);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, client));
  return perSecond(began);
}

async function reconciledLoop(clusters: ClusterRegistry): Promise<number> {
  const province = await Province.open([CENTER]);
  const worker = new ProvisioningWorker(clusters, province.records, province.feed);
  try {
    await worker.start();
    // One before all others: the watches have listed what is there, the namespace is made.
    await province.approve(CENTER, 1);
    await until('the first applied', async () => (await province.observed()) === 1, LIMIT_MS);
    await province.approve(CENTER, MACHINES);
    const began = performance.now();
    await until('all applied', async () => (await province.observed()) === 1 + MACHINES, LIMIT_MS);
    return perSecond(began);
  } finally {
    await worker.stop();
    await province.close();
  }
}

function perSecond(began: number): number {
  return (MACHINES * APPLIES_PER_MACHINE * 1_000) / (performance.now() - began);
}
