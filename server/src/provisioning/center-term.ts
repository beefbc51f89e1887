import { Logger } from '@nestjs/common';
import type { ClusterView } from './cluster-view.js';
import { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import { keyText, type ObjectKey } from './domain/cluster-object.js';
import type { ClusterGateway } from './domain/ports.js';
import { DriftGuard } from './drift-guard.js';
import { FacilityReporter } from './facility-reporter.js';
import { HealingSchedule } from './healing-schedule.js';
import { HostDriver } from './host-driver.js';
import type { HostSights } from './host-view.js';
import { IsolationKeeper } from './isolation-keeper.js';
import { KeptDiskReconciler } from './kept-disk-reconciler.js';
import { KeyQueue } from './key-queue.js';
import type { LeaseGuard } from './lease-guard.js';
import { LeaseLost } from './lease-guard.js';
import { Meters } from './meters.js';
import { NamespaceDrift } from './namespace-drift.js';
import { NetworkAttachments } from './network-attachments.js';
import { PolicyDrift } from './policy-drift.js';
import { PolicyReconciler } from './policy-reconciler.js';
import type { Pace, Records } from './provisioning.types.js';
import { Pulse } from './pulse.js';
import { QuarantineKeeper } from './quarantine-keeper.js';
import { Reconciler } from './reconciler.js';
import { Refusals } from './refusals.js';
import { ReplicationReporter, type ReplicationSights } from './replication-reporter.js';
import { type Orphan, Resync } from './resync.js';
import { SecretSweep } from './secret-sweep.js';
import { SnapshotReconciler } from './snapshot-reconciler.js';
import { StatusRecorder } from './status-recorder.js';
import { TakenNames } from './taken-names.js';
import { TaskLog } from './task-log.js';
import { UseReader } from './use-reader.js';
import { VitalsReporter } from './vitals-reporter.js';

/** What is watched beside machines, where it is. */
export interface CenterSights {
  readonly hosts?: HostSights | undefined;
  readonly replication?: ReplicationSights | undefined;
}

export interface DrivenCenter {
  readonly id: string;
  readonly code: string;
  readonly clusterId: string;
}

/** The same trouble of a machine is told at its first failures, then ever more seldom. */
const TOLD_FAILURES_MAX = 3;
/** What is carried otherwise is written down within that of the cluster's saying so; where nothing is, it costs nothing. */
const COPIES_BEAT_MS = 250;

/**
 * All that acts for one center between taking its lease and losing it. Nothing outlives the term but what was written:
 * the next holder, here or elsewhere, starts from the database and the cluster.
 */
export class CenterTerm {
  readonly queue: KeyQueue;
  /** Left out where a process drives machines only. */
  readonly hosts: HostDriver | undefined;
  private readonly resync: Resync;
  private readonly taken = new TakenNames();
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
    private readonly sights: CenterSights = {},
  ) {
    this.log = new Logger(`Provisioning ${center.code}`);
    const trouble = (error: unknown) => this.log.warn(textOf(error));
    const places = new NamespaceDrift(center, gateway, guard, records, records.drift, trouble);
    const namespaces = new DepartmentNamespaces(
      gateway,
      guard,
      () => records.resources.namespacesOf(center.id),
      (manifest) => places.leaveAlone(manifest),
    );
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
      new DriftGuard(center, gateway, guard, records, records.drift),
      guard,
      records,
      pace,
      new Refusals(pace, (resourceId) => this.queue.add(resourceId)),
      this.taken,
    );
    const meters = new Meters();
    const work = (resourceId: string, addedAt: number) =>
      meters.measure(() => reconciler.reconcile(resourceId, addedAt));
    this.queue = new KeyQueue(work, {
      concurrency: pace.concurrency,
      backoff: pace.backoff,
      retryAfterMs: (error) => (error instanceof ClusterFailure ? error.details.retryAfterMs : undefined),
      trouble: (resourceId, error, failures, waitMs) => {
        this.failed(resourceId, error, failures);
        tasks.failed(resourceId, error, failures, waitMs).catch(trouble);
      },
    });
    const { quarantine } = records;
    const keeper =
      quarantine &&
      new QuarantineKeeper(center, gateway, view, guard, { ...records, quarantine }, () => policed?.strays);
    this.resync = new Resync(
      center,
      view,
      this.queue,
      records,
      (orphan) => this.tell(orphan),
      async (look) => keeper?.look(look),
    );
    const reporter = new FacilityReporter(center, gateway, view, records, () => this.clusterIsBack());
    // Each its own: a look at the walls and one at the policies run beside each other.
    const policyDrift = () => new PolicyDrift(center, gateway, guard, records, records.drift);
    const isolation = new IsolationKeeper(namespaces, view.policies, trouble, policyDrift());
    const { disks, health, policies, replication, snapshots, use, hosts } = records;
    const reader = use && new UseReader(center, gateway, guard, { ...records, use });
    this.hosts =
      hosts && sights.hosts && new HostDriver(center, gateway, sights.hosts, guard, { ...records, hosts }, pace);
    const servers = this.hosts && sights.hosts && { driver: this.hosts, sights: sights.hosts };
    const vitals =
      health && new VitalsReporter(center, gateway, view, this.queue, meters, servers, guard, { ...records, health });
    const copies =
      replication &&
      sights.replication &&
      new ReplicationReporter(center, sights.replication, guard, { ...records, replication });
    const policed =
      policies &&
      new PolicyReconciler(
        center,
        gateway,
        view.policies,
        guard,
        { ...records, policies, policyDrift: policyDrift() },
        trouble,
      );
    const snapped = snapshots && new SnapshotReconciler(center, gateway, guard, { ...records, snapshots }, trouble);
    const kept = disks && new KeptDiskReconciler(center, gateway, guard, { ...records, disks }, trouble);
    const sweep = new SecretSweep(center, gateway, guard, records, trouble);
    this.pulses = [
      new Pulse(() => sweep.run(), pace.sweepEveryMs, trouble),
      new Pulse(() => this.resync.run(), pace.resyncEveryMs, trouble),
      new Pulse(() => places.run(), pace.placesEveryMs, trouble),
      new Pulse(() => this.resync.runBeside(), pace.besideEveryMs, trouble),
      new Pulse(() => isolation.run(), pace.besideEveryMs, trouble),
      new Pulse(() => reporter.report(), pace.probeEveryMs, trouble),
      ...(snapped ? [new Pulse(() => snapped.run(), pace.besideEveryMs, trouble)] : []),
      ...(kept
        ? [
            new Pulse(() => kept.run(), pace.besideEveryMs, trouble),
            new Pulse(() => kept.look(), pace.resyncEveryMs, trouble),
          ]
        : []),
      ...(reader ? [new Pulse(() => reader.run(), pace.useEveryMs, trouble)] : []),
      ...(this.hosts ? [new Pulse(() => this.hosts?.run() ?? Promise.resolve(), pace.besideEveryMs, trouble)] : []),
      ...(vitals ? [new Pulse(() => vitals.report(), pace.probeEveryMs, trouble)] : []),
      ...(copies ? [new Pulse(() => copies.beat(pace.replicationEveryMs), COPIES_BEAT_MS, trouble)] : []),
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
      changed: (resourceId, key) => {
        this.queue.add(resourceId);
        this.nameChanged(key);
      },
      unowned: (key) => {
        this.nameChanged(key);
        const observed = this.resync.noticeBeside(key);
        if (observed !== undefined) this.queue.add(observed);
      },
      complete: () => this.queue.start(),
    });
    this.hosts?.begin();
    this.tasks.begin().catch((error: unknown) => this.log.warn(textOf(error)));
    for (const pulse of this.pulses) pulse.start();
  }

  /** Returns when nothing of this term acts any more. */
  async stop(): Promise<void> {
    this.guard.end();
    this.view.tell({ changed: () => {}, unowned: () => {}, complete: () => {} });
    await Promise.all([this.queue.stop(), this.hosts?.stop(), ...this.pulses.map((pulse) => pulse.stop())]);
  }

  private nameChanged(key: ObjectKey): void {
    const waiter = this.taken.waiterFor(key);
    if (waiter !== undefined) this.queue.add(waiter);
  }

  private clusterIsBack(): void {
    this.log.log('the cluster answers again');
    this.view.reconnect();
    this.sights.hosts?.reconnect();
    this.sights.replication?.reconnect();
    this.queue.hurry();
    this.hosts?.queue.hurry();
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
