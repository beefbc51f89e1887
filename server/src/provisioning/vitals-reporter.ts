import type { ClusterHealth } from '../clusterhealth/cluster-health.service.js';
import type { ClusterView } from './cluster-view.js';
import type { ClusterGateway } from './domain/ports.js';
import { fencedLast } from './fenced-last.js';
import type { HostDriver } from './host-driver.js';
import type { HostSights } from './host-view.js';
import type { KeyQueue } from './key-queue.js';
import type { LeaseGuard } from './lease-guard.js';
import type { Meters } from './meters.js';
import type { Records } from './provisioning.types.js';

export type HealthRecords = Pick<ClusterHealth, 'record'>;

/** Says every few seconds how the cluster is driven, for whoever looks at any process of the console. */
export class VitalsReporter {
  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly view: ClusterView,
    private readonly queue: KeyQueue,
    private readonly meters: Meters,
    /** Of the center's servers; left out where this process drives machines only. */
    private readonly servers: { readonly driver: HostDriver; readonly sights: HostSights } | undefined,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases'> & { readonly health: HealthRecords },
  ) {}

  async report(): Promise<void> {
    const { lease } = this.guard;
    const line = this.gateway.vitals?.() ?? { version: null, latencyMs: null, breakerOpen: false, tokens: null };
    const vitals = {
      ...{ holder: lease.holder, epoch: Number(lease.epoch) },
      ...line,
      watches: [...this.view.watchVitals, ...(this.servers?.sights.watchVitals ?? [])],
      queue: this.queue.vitals,
      ...this.meters.said,
      ...(this.servers && { servers: this.servers.driver.vitals }),
    };
    await fencedLast(this.records, this.guard, (tx) => this.records.health.record(tx, this.center.id, vitals));
  }
}
