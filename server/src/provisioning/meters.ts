import { DURATION_BOUNDS_MS, type FailureClassCount, type WorkVitals } from '../clusterhealth/domain/cluster-vitals.js';
import { ClusterFailure } from './domain/cluster-failure.js';

/** Counts how the looks of one term went. */
export class Meters {
  private count = 0;
  private sumMs = 0;
  private readonly atMost = DURATION_BOUNDS_MS.map(() => 0);
  private readonly failures: { [C in FailureClassCount]?: number } = {};

  async measure<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } catch (error) {
      const failure = error instanceof ClusterFailure ? error.failureClass : 'OTHER';
      this.failures[failure] = (this.failures[failure] ?? 0) + 1;
      throw error;
    } finally {
      this.took(performance.now() - began);
    }
  }

  get said(): Pick<WorkVitals, 'reconciles' | 'failures'> {
    const { atMost, count, failures, sumMs } = this;
    return { reconciles: { count, sumMs: Math.round(sumMs), atMost: [...atMost] }, failures: { ...failures } };
  }

  private took(ms: number): void {
    this.count += 1;
    this.sumMs += ms;
    for (const [at, bound] of DURATION_BOUNDS_MS.entries())
      if (ms <= bound) this.atMost[at] = (this.atMost[at] ?? 0) + 1;
  }
}
