import { Logger } from '@nestjs/common';
import type { ClusterView } from './cluster-view.js';
import { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import { keyText } from './domain/cluster-object.js';
import type { ClusterGateway } from './domain/ports.js';
import { FacilityReporter } from './facility-reporter.js';
import { HealingSchedule } from './healing-schedule.js';
import { KeyQueue } from './key-queue.js';
import type { LeaseGuard } from './lease-guard.js';
import { LeaseLost } from './lease-guard.js';
import { NetworkAttachments } from './network-attachments.js';
import { PolicyReconciler } from './policy-reconciler.js';
import type { Pace, Records } from './provisioning.types.js';
import { Pulse } from './pulse.js';
import { Reconciler } from './reconciler.js';
import { type Orphan, Resync } from './resync.js';
import { StatusRecorder } from './status-recorder.js';
import { TaskLog } from './task-log.js';

export interface DrivenCenter {
  readonly id: string;
  readonly code: string;
  readonly clusterId: string;
}

/** The same trouble of a machine is told at its first failures, then ever more seldom. */
const TOLD_FAILURES_MAX = 3;

/**
 * All that acts for one center between taking its lease and losing it. Nothing outlives the term but what was written:
 * the next holder, here or elsewhere, starts from the database and the cluster.
 */
export class CenterTerm {
  readonly queue: KeyQueue;
  private readonly resync: Resync;
  private readonly tasks: TaskLog;
  private readonly pulses: readonly Pulse[];
  private readonly log: Logger;

  constructor(
    private readonly center: DrivenCenter,
    readonly guard: LeaseGuard,
    gateway: ClusterGateway,
    private readonly view: ClusterView,
    records: Records,
    pace: Pace,
  ) {
    this.log = new Logger(`Provisioning ${center.code}`);
    const trouble = (error: unknown) => this.log.warn(textOf(error));
    const namespaces = new DepartmentNamespaces(gateway, guard, () => records.resources.namespacesOf(center.id));
    const tasks = new TaskLog(center, records, guard);
    this.tasks = tasks;
    const recorder = new StatusRecorder(records, guard, tasks);
    const healing = new HealingSchedule();
    const attachments = new NetworkAttachments(gateway, guard);
    const reconciler = new Reconciler(
      center,
      gateway,
      view,
      namespaces,
      attachments,
      healing,
      recorder,
      guard,
      records,
      pace,
    );
    this.queue = new KeyQueue((resourceId, addedAt) => reconciler.reconcile(resourceId, addedAt), {
      concurrency: pace.concurrency,
      backoff: pace.backoff,
      retryAfterMs: (error) => (error instanceof ClusterFailure ? error.details.retryAfterMs : undefined),
      trouble: (resourceId, error, failures, waitMs) => {
        this.failed(resourceId, error, failures);
        tasks.failed(resourceId, error, failures, waitMs).catch(trouble);
      },
    });
    this.resync = new Resync(center, view, this.queue, records, (orphan) => this.tell(orphan));
    const reporter = new FacilityReporter(center, gateway, view, records, () => this.clusterIsBack());
    const { policies } = records;
    const policed = policies && new PolicyReconciler(center, gateway, view.policies, guard, { ...records, policies });
    this.pulses = [
      new Pulse(() => this.resync.run(), pace.resyncEveryMs, trouble),
      new Pulse(() => this.resync.runBeside(), pace.besideEveryMs, trouble),
      new Pulse(() => reporter.report(), pace.probeEveryMs, trouble),
      new Pulse(() => tasks.keep(), pace.besideEveryMs, trouble),
      ...(policed ? [new Pulse(() => policed.run(), pace.besideEveryMs, trouble)] : []),
    ];
  }

  get orphans(): readonly Orphan[] {
    return this.resync.orphans;
  }

  start(): void {
    // Until the cluster's objects are known, their absence would be taken for a reason to make them.
    this.view.tell({
      changed: (resourceId) => this.queue.add(resourceId),
      unowned: (key) => {
        const observed = this.resync.noticeBeside(key);
        if (observed !== undefined) this.queue.add(observed);
      },
      complete: () => this.queue.start(),
    });
    this.tasks.begin().catch((error: unknown) => this.log.warn(textOf(error)));
    for (const pulse of this.pulses) pulse.start();
  }

  /** Returns when nothing of this term acts any more. */
  async stop(): Promise<void> {
    this.guard.end();
    this.view.tell({ changed: () => {}, unowned: () => {}, complete: () => {} });
    await Promise.all([this.queue.stop(), ...this.pulses.map((pulse) => pulse.stop())]);
  }

  private clusterIsBack(): void {
    this.log.log('the cluster answers again');
    this.view.reconnect();
    this.queue.hurry();
  }

  private failed(resourceId: string, error: unknown, failures: number): void {
    // The lease has its own voice, and a dead cluster is told once by its reach, not once a machine.
    if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) return;
    if (failures <= TOLD_FAILURES_MAX || Number.isInteger(Math.log2(failures)))
      this.log.warn(`resource ${resourceId}, failure ${failures}: ${textOf(error)}`);
  }

  private tell({ key, resourceId }: Orphan): void {
    this.log.warn(
      `${key.kind} ${keyText(key)} names resource ${resourceId}, which has no record in ${this.center.code}: left alone`,
    );
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
