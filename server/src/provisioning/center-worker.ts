import { Logger } from '@nestjs/common';
import { CenterTerm, type DrivenCenter } from './center-term.js';
import { ClusterView } from './cluster-view.js';
import type { ClusterGateway } from './domain/ports.js';
import { HostSights } from './host-view.js';
import { LeaseGuard } from './lease-guard.js';
import type { Pace, Records } from './provisioning.types.js';
import { Pulse } from './pulse.js';
import { ReplicationSights } from './replication-reporter.js';
import type { Orphan } from './resync.js';

/** Drives one center's cluster for as long as this process holds the center's lease; else stands by. */
export class CenterWorker {
  private readonly leaseName: string;
  private readonly log: Logger;
  private readonly renewing: Pulse;
  private view: ClusterView | undefined;
  private hosts: HostSights | undefined;
  private replication: ReplicationSights | undefined;
  private term: CenterTerm | undefined;

  constructor(
    private readonly center: DrivenCenter,
    private readonly gateway: ClusterGateway,
    private readonly records: Records,
    /** Names this process among all workers, and differs at each start. */
    private readonly holder: string,
    private readonly pace: Pace,
  ) {
    this.leaseName = `provisioning/${center.code}`;
    this.log = new Logger(`Provisioning ${center.code}`);
    const trouble = (error: unknown) => this.log.warn(`the lease could not be asked for: ${String(error)}`);
    this.renewing = new Pulse(() => this.renew(), pace.leaseRenewMs, trouble);
  }

  get isDriving(): boolean {
    return this.term?.guard.isHeld ?? false;
  }

  get orphans(): readonly Orphan[] {
    return this.term?.orphans ?? [];
  }

  start(): void {
    this.renewing.start();
  }

  /** Gives the lease back, so that another worker need not wait for its end. */
  async stop(): Promise<void> {
    await this.renewing.stop();
    const lease = this.term?.guard.lease;
    await this.endTerm();
    await Promise.all([this.view?.stop(), this.hosts?.stop(), this.replication?.stop()]);
    if (lease) await this.records.leases.release(lease).catch(() => undefined);
  }

  /** Ignored while another worker drives the center: that one hears of it, too. `ms`: several hints become one look. */
  lookAfter(resourceId: string, ms: number): void {
    this.term?.queue.addAfter(resourceId, ms);
  }

  lookAfterServer(serverId: string, ms: number): void {
    this.term?.hosts?.notice(serverId, ms);
  }

  private async renew(): Promise<void> {
    const askedAt = performance.now();
    const lease = await this.records.leases.take(this.leaseName, this.holder, this.pace.leaseLifeMs);
    // A new epoch is a new term: what the old one decided must not be written by the new.
    if (lease?.epoch !== this.term?.guard.lease.epoch) await this.endTerm();
    if (lease === undefined) return;
    const guard = this.term?.guard ?? new LeaseGuard(lease);
    guard.renewed(askedAt, this.pace.leaseLifeMs);
    if (this.term === undefined) this.beginTerm(guard);
  }

  private beginTerm(guard: LeaseGuard): void {
    this.log.log(`drives the cluster (epoch ${guard.lease.epoch})`);
    this.view ??= this.openView();
    if (this.records.hosts) this.hosts ??= this.openHosts();
    if (this.records.replication) this.replication ??= this.openReplication();
    const sights = { hosts: this.hosts, replication: this.replication };
    this.term = new CenterTerm(this.center, guard, this.gateway, this.view, this.records, this.pace, sights);
    this.term.start();
  }

  /** Kept over the terms: what is known of a cluster does not depend on who may write to it. */
  private openView(): ClusterView {
    const view = new ClusterView(this.gateway);
    view.start();
    return view;
  }

  private openHosts(): HostSights {
    const hosts = new HostSights(this.gateway);
    hosts.start();
    return hosts;
  }

  private openReplication(): ReplicationSights {
    const replication = new ReplicationSights(this.gateway);
    replication.start();
    return replication;
  }

  private async endTerm(): Promise<void> {
    const { term } = this;
    if (term === undefined) return;
    this.log.log(`no longer drives the cluster (epoch ${term.guard.lease.epoch})`);
    await term.stop();
    this.term = undefined;
  }
}
