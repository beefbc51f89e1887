import { LAUNCHER_SELECTOR, podReadingsOf } from '../provisioning/domain/pod-use.js';
import type { MetricsSource, UseQuestion } from '../provisioning/domain/ports.js';
import type { MachineReading } from '../provisioning/domain/use-queries.js';
import { ANSWER_BYTES_MAX } from './prometheus.js';
import type { Call } from './transport.js';

/** One answer is what the metrics server has in memory. */
const DEADLINE_MS = 10_000;
const WHAT = 'use of launcher pods';

/** A center's metrics.k8s.io, by its own API server: what machines take of their hosts at this moment, and nothing of before. */
export class ResourceMetrics implements MetricsSource {
  constructor(private readonly send: (call: Call) => Promise<unknown>) {}

  async readings({ page, stillMay }: UseQuestion): Promise<readonly MachineReading[]> {
    const readings: MachineReading[] = [];
    for (const [namespace, some] of Map.groupBy(page.machines, (machine) => machine.namespace)) {
      stillMay();
      const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
      const query = { labelSelector: LAUNCHER_SELECTOR };
      const call = {
        method: 'GET',
        path,
        query,
        what: WHAT,
        deadlineMs: DEADLINE_MS,
        bytesMax: ANSWER_BYTES_MAX,
      } as const;
      readings.push(...podReadingsOf(some, await this.send(call)));
    }
    return readings;
  }
}
