import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { ClusterView } from '../../server/src/provisioning/cluster-view.js';
import type { DesiredMachine } from '../../server/src/provisioning/domain/desired-machine.js';
import { machineManifest, namespaceManifest } from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { startJudge } from '../cluster/judge.ts';
import { desiredMachine } from '../support/machines.ts';
import { until } from '../support/until.ts';
import { objectsOf, startClusters } from './clusters.ts';
import type { Row } from './table.ts';

const CENTER = 'center-a';
/** JIYUN_BENCH_MACHINES makes it smaller, to see whether it works at all. */
export const MACHINES = Number(process.env.JIYUN_BENCH_MACHINES ?? '10000');
const AT_ONCE = 16;
const LIMIT_MS = 600_000;
const SAMPLE_MS = 5;
const MIB = 1_048_576;
/** What a worker with this in it must live in beside all else. */
const VIEW_MIB_MAX = 100;

interface Viewed {
  readonly listMs: number;
  /** What stays of it. */
  readonly mib: number;
  /** What it takes while it lists. */
  readonly peakMib: number;
}

/**
 * A cluster of ten thousand machines that run, each with its disk and its instance: what a worker's view of them takes in
 * memory, and how long a whole list takes, as after a watch that was lost.
 */
export async function benchWatchedMachines(): Promise<Row[]> {
  Logger.overrideLogger(false);
  const machines = Array.from({ length: MACHINES }, (_, index) =>
    desiredMachine({
      resourceId: `019abcde-0000-7000-8000-${String(index).padStart(12, '0')}`,
      objectName: `machine-${index}`,
      departmentCode: `dep-${index % 100}`,
    }),
  );
  return [...(await onSimulated(machines)), ...(await onReal(machines))];
}

async function onSimulated(machines: readonly DesiredMachine[]): Promise<Row[]> {
  const cluster = await startClusters([{ name: CENTER, objects: objectsOf(machines) }]);
  try {
    const { listMs, mib, peakMib } = await viewOf(cluster.kubeconfigPath);
    return [
      { what: `a view of ${MACHINES} machines`, value: mib, unit: ' MiB', goal: { atMost: VIEW_MIB_MAX } },
      { what: 'more, while it lists them', value: peakMib, unit: ' MiB' },
      { what: `a whole list of ${MACHINES} machines, disks and instances, simulated`, value: listMs, unit: ' ms' },
    ];
  } finally {
    await cluster.stop();
  }
}

/** Machines alone: they are most of it, and each is written by a call. */
async function onReal(machines: readonly DesiredMachine[]): Promise<Row[]> {
  const judge = await startJudge().catch(() => undefined);
  if (!judge) return [];
  try {
    await withGateway(judge.kubeconfigPath, async (gateway) => {
      for (const code of new Set(machines.map(({ departmentCode }) => departmentCode)))
        await gateway.apply(namespaceManifest(code));
      const left = [...machines];
      const client = async (): Promise<void> => {
        for (let machine = left.pop(); machine !== undefined; machine = left.pop())
          await gateway.apply(machineManifest(machine));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, client));
    });
    const { listMs } = await viewOf(judge.kubeconfigPath);
    return [{ what: `a whole list of ${MACHINES} machines on a real API server`, value: listMs, unit: ' ms' }];
  } finally {
    await judge.stop();
  }
}

async function withGateway<T>(kubeconfigPath: string, work: (gateway: ClusterGateway) => Promise<T>): Promise<T> {
  const clusters = new ClusterRegistry([{ centerCode: CENTER, kubeconfigPath, context: null }], { rate: null });
  try {
    return await work(clusters.of(CENTER) as ClusterGateway);
  } finally {
    await clusters.close();
  }
}

function viewOf(kubeconfigPath: string): Promise<Viewed> {
  return withGateway(kubeconfigPath, async (gateway) => {
    const before = heap();
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    }, SAMPLE_MS);
    const view = new ClusterView(gateway);
    const began = performance.now();
    view.start();
    await until('all listed', () => view.complete, LIMIT_MS);
    const listMs = performance.now() - began;
    clearInterval(sampling);
    const mib = (heap() - before) / MIB;
    await view.stop();
    return { mib, peakMib: (peak - before) / MIB, listMs };
  });
}

/** In use, after everything that nobody needs any more is gone. */
export function heap(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
