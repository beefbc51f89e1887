import type { Tx } from '../platform/database/unit-of-work.js';
import type { TaskReading } from '../resources/resource-tasks.service.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

/** Failures in a row after which a wait is told again, though its reason is the same: the time of the next try is another. */
const TOLD_AGAIN = [1, 4, 16, 64, 256];

/**
 * 任务日志: what this term does for each wish, written once for each change. What is seen of a machine is written with its
 * status, in the same transaction; what failed, by itself.
 */
export class TaskLog {
  /** Why a resource waits, as it was last told. */
  private readonly waiting = new Map<string, string>();

  constructor(
    private readonly center: { readonly id: string },
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'tasks' | 'clock'>,
    private readonly guard: LeaseGuard,
  ) {}

  /** What the former term waited for, this one tries at once. */
  async begin(): Promise<void> {
    await this.write((tx, tasks) => tasks.begin(tx, this.center.id));
  }

  /** Wishes that nobody has taken up yet, and what is older than anybody asks for. */
  async keep(): Promise<void> {
    const { tasks, unitOfWork } = this.records;
    if (tasks === undefined) return;
    // Looked for outside: most looks find nothing, and need no lease.
    const due = await tasks.due(this.center.id);
    if (due.length > 0) await this.write((tx) => tasks.queueUp(tx, this.center.id, due));
    // Whoever does it: what is too old is so for everybody.
    await unitOfWork.run((tx) => tasks.prune(tx));
  }

  /** Whether a status must be written though it says nothing new: that it was being waited for is no longer true. */
  isWaiting(resourceId: string): boolean {
    return this.waiting.has(resourceId);
  }

  async seen(tx: Tx, readings: readonly TaskReading[]): Promise<void> {
    await this.records.tasks?.seen(tx, readings);
  }

  /** After the commit of what was seen. */
  settled(resourceId: string): void {
    this.waiting.delete(resourceId);
  }

  async failed(resourceId: string, error: unknown, failures: number, waitMs: number): Promise<void> {
    if (error instanceof LeaseLost) return;
    const failureClass = error instanceof ClusterFailure ? error.failureClass : 'INTERNAL';
    if (this.waiting.get(resourceId) === failureClass && !TOLD_AGAIN.includes(failures)) return;
    this.waiting.set(resourceId, failureClass);
    const retryAt = new Date(this.records.clock.now().getTime() + waitMs);
    const message = error instanceof Error ? error.message : String(error);
    await this.write((tx, tasks) => tasks.failed(tx, resourceId, { failureClass, failures, message, retryAt }));
  }

  /**
   * Fenced as every write of a term is; first, because what is seen of machines is written to the same rows in transactions that
   * have the lease, and each of the two would wait for the other.
   */
  private async write(work: (tx: Tx, tasks: NonNullable<Records['tasks']>) => Promise<unknown>): Promise<void> {
    const { leases, tasks, unitOfWork } = this.records;
    if (tasks === undefined) return;
    await unitOfWork.run(async (tx) => {
      if (!(await leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await work(tx, tasks);
    });
  }
}
