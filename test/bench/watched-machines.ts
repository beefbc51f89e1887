import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { ClusterView } from '../../server/src/provisioning/cluster-view.js';
import { namespaceManifest } from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import type { SimulatedCluster } from '../../server/src/simulation/simulated-cluster.js';
import { readKubeConfig } from '../cluster/kubeconfig.ts';
import { call, instances, machine, machines } from '../integration/simulation/support.js';
import { Province } from '../support/province.ts';
import { until } from '../support/until.ts';
import type { Row } from './table.ts';

const CENTER = 'center-a';
/** JIYUN_BENCH_MACHINES makes it smaller, to see whether it works at all. */
const MACHINES = Number(process.env.JIYUN_BENCH_MACHINES ?? '10000');
/** Of them those that have a record here, and change. */
const RECORDED = 50;
const CHANGES = 200;
const AT_ONCE = 16;
const LIMIT_MS = 600_000;
const MIB = 1_048_576;

/**
 * A cluster of ten thousand machines: what a worker's view of it takes in memory, how long a whole list of them takes, and
 * how soon a change in the cluster is told to the consoles that look at it: the feed's hint after the commit, on which a
 * subscription reads its node anew.
 */
export async function benchWatchedMachines(): Promise<Row[]> {
  Logger.overrideLogger(false);
  const child = fork(join(import.meta.dirname, 'cluster-process.ts'), { execArgv: process.execArgv });
  const [kubeconfigPath] = (await once(child, 'message')) as [string];
  const access = { centerCode: CENTER, kubeconfigPath, context: null };
  const clusters = new ClusterRegistry([access], { rate: null });
  const gateway = clusters.of(CENTER) as ClusterGateway;
  const cluster = (await readKubeConfig(kubeconfigPath)) as unknown as SimulatedCluster;
  try {
    await gateway.apply(namespaceManifest('crowd'));
    const left = Array.from({ length: MACHINES - RECORDED }, (_, index) => `crowd-${index}`);
    const client = async (): Promise<void> => {
      for (let name = left.pop(); name !== undefined; name = left.pop())
        await call(cluster, 'POST', machines('dept-crowd'), machine(name));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    const { listMs, mib } = await viewOf(gateway);
    const told = await toldAfter(clusters, cluster);
    return [
      { what: `a view of ${MACHINES} machines`, value: mib, unit: ' MiB' },
      { what: `a whole list of ${MACHINES} machines`, value: listMs, unit: ' ms' },
      {
        what: `a change in the cluster until it is told, ${MACHINES} watched, p95`,
        value: told,
        unit: ' ms',
        goal: { atMost: 300 },
      },
    ];
  } finally {
    await clusters.close();
    child.disconnect();
  }
}

async function viewOf(gateway: ClusterGateway): Promise<{ mib: number; listMs: number }> {
  const before = heap();
  const view = new ClusterView(gateway);
  const began = performance.now();
  view.start();
  await until('all listed', () => view.complete, LIMIT_MS);
  const listMs = performance.now() - began;
  const mib = (heap() - before) / MIB;
  await view.stop();
  return { mib, listMs };
}

/** Its machines run; each change gives one another address. */
async function toldAfter(clusters: ClusterRegistry, cluster: SimulatedCluster): Promise<number> {
  const province = await Province.open([CENTER]);
  const worker = new ProvisioningWorker(clusters, province.records, province.feed);
  try {
    await worker.start();
    const ids = await province.approve(CENTER, RECORDED, 'watched');
    await until('all applied', async () => (await province.observed()) === RECORDED, LIMIT_MS);
    const rows = await Promise.all(ids.map((id) => province.row(id)));
    const base = instances('dept-watched');
    const done = async (answer: ReturnType<typeof call>): Promise<void> => {
      const { body, status } = await answer;
      if (status >= 300) throw new Error(JSON.stringify(body));
    };
    for (const { id, objectName } of rows) {
      const labels = { 'app.kubernetes.io/managed-by': 'jiyun', 'jiyun.internal/resource': id };
      const spec = { domain: { devices: {} } };
      const metadata = { name: objectName, labels };
      await done(
        call(cluster, 'POST', base, {
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachineInstance',
          metadata,
          spec,
        }),
      );
    }
    const took: number[] = [];
    for (let change = 0; change < CHANGES; change += 1) {
      const { id, objectName } = rows[change % rows.length] as (typeof rows)[number];
      const address = `10.${1 + Math.floor(change / 250)}.7.${change % 250}`;
      const interfaces = [{ ipAddress: address, ipAddresses: [address] }];
      const began = performance.now();
      const told = new Promise<number>((resolve) => {
        const stop = province.feed.listen('resource', id, () => {
          stop();
          resolve(performance.now() - began);
        });
      });
      await done(call(cluster, 'PATCH', `${base}/${objectName}`, { status: { phase: 'Running', interfaces } }));
      took.push(await told);
    }
    return took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)] as number;
  } finally {
    await worker.stop();
    await province.close();
  }
}

function heap(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
