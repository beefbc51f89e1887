import { ClusterFailure, isFailure } from '../provisioning/domain/cluster-failure.js';
import { backoffMs } from './backoff.js';

/** One lost packet is no dead cluster; five silent calls in a row cost little more time than one. */
const FAILURES_TO_OPEN = 5;
const OPEN_MS = { firstMs: 1_000, mostMs: 30_000 };

/**
 * Fails at once while a cluster does not answer, so that nothing waits for a dead site call by call. When its time is
 * over, one call is let through; its answer closes the breaker, its silence opens it for longer.
 */
export class Breaker {
  private silent = 0;
  private opened = 0;
  private openUntil = 0;
  private trying = false;

  constructor(
    private readonly centerCode: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get isOpen(): boolean {
    return this.openUntil > 0;
  }

  /** UNREACHABLE without a call while open. Any answer, also a refusal, shows that the cluster lives. */
  async guard<T>(call: () => Promise<T>): Promise<T> {
    const trial = this.isOpen;
    if (trial && (this.trying || this.now() < this.openUntil))
      throw new ClusterFailure('UNREACHABLE', `cluster of ${this.centerCode} does not answer; not asked again yet`);
    this.trying = trial;
    try {
      const answer = await call();
      this.answered();
      return answer;
    } catch (error) {
      if (isFailure(error, 'UNREACHABLE')) this.failed();
      else this.answered();
      throw error;
    } finally {
      if (trial) this.trying = false;
    }
  }

  /** The cluster was heard of, by whatever way. */
  answered(): void {
    this.silent = 0;
    this.opened = 0;
    this.openUntil = 0;
  }

  private failed(): void {
    this.silent += 1;
    if (this.silent < FAILURES_TO_OPEN) return;
    this.opened += 1;
    this.openUntil = this.now() + backoffMs(this.opened, OPEN_MS);
  }
}
