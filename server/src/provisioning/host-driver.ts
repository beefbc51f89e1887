import { Logger } from '@nestjs/common';
import type { WorkVitals } from '../clusterhealth/domain/cluster-vitals.js';
import type { SightedHost } from '../servers/domain/host-mismatch.js';
import type { DrivenCenter } from './center-term.js';
import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import { keyText } from './domain/cluster-object.js';
import type { ClusterGateway } from './domain/ports.js';
import { HostReconciler } from './host-reconciler.js';
import type { HostSights } from './host-view.js';
import { KeyQueue } from './key-queue.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import { Meters } from './meters.js';
import type { HostRecordsOfWorker, Pace, Records } from './provisioning.types.js';

/** Hosts take minutes for each step: a few workers keep up with a center's. */
const CONCURRENCY = 4;
/** Failures of one host that are told; then ever more seldom. */
const TOLD_FAILURES_MAX = 3;

/** The servers of one center beside its machines: finds their hosts, and looks after each when anything of it changes. */
export class HostDriver {
  readonly queue: KeyQueue;
  private readonly meters = new Meters();
  private readonly log: Logger;
  /** Servers by the name of their host. */
  private servers: ReadonlyMap<string, string> = new Map();
  /** The hosts, and what is known of those that are no server's, as of the last match. */
  private shown = '';
  /** A server that has no host here came into the record, or changed there. */
  private isStale = false;
  /** When all were looked at last; undefined = never. */
  private lookedAt: number | undefined;

  constructor(
    private readonly center: DrivenCenter,
    gateway: ClusterGateway,
    private readonly sights: HostSights,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'requests'> & {
      readonly hosts: HostRecordsOfWorker;
    },
    private readonly pace: Pace,
  ) {
    this.log = new Logger(`Hosts ${center.code}`);
    const reconciler = new HostReconciler(center, gateway, sights, guard, records, pace);
    this.queue = new KeyQueue((serverId) => this.meters.measure(() => reconciler.reconcile(serverId)), {
      concurrency: CONCURRENCY,
      backoff: pace.backoff,
      retryAfterMs: (error) => (error instanceof ClusterFailure ? error.details.retryAfterMs : undefined),
      trouble: (serverId, error, failures) => this.failed(serverId, error, failures),
    });
  }

  get vitals(): WorkVitals {
    return { queue: this.queue.vitals, ...this.meters.said };
  }

  /** Told of each change of a host from now on. */
  begin(): void {
    this.sights.tell((key) => {
      const serverId = this.servers.get(keyText(key));
      if (serverId !== undefined) this.queue.add(serverId);
    });
  }

  /** The record of a server changed: one that has no host may be what a host has waited for. */
  notice(serverId: string, ms: number): void {
    this.queue.addAfter(serverId, ms);
    this.isStale ||= ![...this.servers.values()].includes(serverId);
  }

  /**
   * One beat: whether there are hosts that no server is known for, and which servers they are. All are looked at once a
   * resync, because every hint can be lost; between, the watch and the feed name those that have news.
   */
  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.sights.complete) return;
    const startedAt = performance.now();
    const isWhole = this.lookedAt === undefined || startedAt - this.lookedAt >= this.pace.resyncEveryMs;
    const hosts = [...this.sights.inspected()];
    if (!isWhole && !this.isStale && this.textOf(hosts) === this.shown) return;
    this.isStale = false;
    await this.discover(hosts);
    const before = this.servers;
    const desired = await this.records.hosts.desiredIn(this.center.id);
    this.servers = new Map(desired.map(({ host, serverId }) => [keyText(host), serverId]));
    await this.compare(hosts);
    this.shown = this.textOf(hosts);
    for (const { host, serverId } of desired)
      if (isWhole || !before.has(keyText(host))) this.queue.add(serverId, 'LATER');
    if (isWhole) this.lookedAt = startedAt;
    this.queue.start();
  }

  async stop(): Promise<void> {
    this.sights.tell(() => {});
    await this.queue.stop();
  }

  /** A host that reports the serial number of one server, and of no other, is that server. */
  private async discover(hosts: readonly SightedHost[]): Promise<void> {
    if (!hosts.some((host) => host.serial !== null && this.isUnknown(host))) return;
    // All of them: two hosts of one serial number are known only beside each other.
    const { bind } = await this.records.hosts.matchHosts(this.center.id, hosts);
    for (const { host, serverId } of bind) {
      this.guard.assertHeld();
      await this.records.unitOfWork.run(async (tx) => {
        if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
        await this.records.hosts.discovered(tx, serverId, host);
      });
    }
  }

  /** Hosts without an asset and assets without a host, as of what has been matched now. */
  private async compare(hosts: readonly SightedHost[]): Promise<void> {
    const look = await this.records.hosts.compareMismatches(this.center.id, hosts);
    if (look === null) return;
    await this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await this.records.hosts.recordMismatches(tx, look);
    });
  }

  private isUnknown({ name, namespace }: SightedHost): boolean {
    return !this.servers.has(keyText({ namespace, name }));
  }

  /** In one text, so that two looks can be compared; of a host that nobody knows all that its mismatch is judged by. */
  private textOf(hosts: readonly SightedHost[]): string {
    return hosts
      .map((host) =>
        this.isUnknown(host) ? [keyText(host), host.serial, host.state, host.trouble].join(' ') : keyText(host),
      )
      .toSorted()
      .join('\n');
  }

  private failed(serverId: string, error: unknown, failures: number): void {
    // Who was slower than another looks again; that is how it is meant.
    if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE') || isFailure(error, 'CONFLICT')) return;
    if (failures <= TOLD_FAILURES_MAX || Number.isInteger(Math.log2(failures)))
      this.log.warn(
        `server ${serverId}, failure ${failures}: ${error instanceof Error ? error.message : String(error)}`,
      );
  }
}
