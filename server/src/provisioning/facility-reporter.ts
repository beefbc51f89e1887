import type { ClusterView } from './cluster-view.js';
import { capacityOf } from './domain/node-capacity.js';
import type { ClusterGateway } from './domain/ports.js';
import { type Reach, reachOf } from './domain/reach.js';
import type { Records } from './provisioning.types.js';

/** The time on a page may be this old while nothing else changes: not one write a probe. */
const HEARD_WRITE_EVERY_MS = 20_000;

/** Asks whether a cluster answers and what its nodes carry, and records both where they changed. */
export class FacilityReporter {
  private readonly listeningSince: Date;
  private answeredAt: Date | undefined;
  private silent = false;
  private written: { readonly reach: Reach; readonly heardAt: Date | undefined } | undefined;
  private readonly presentWritten = new Map<string, string>();

  constructor(
    private readonly center: { readonly id: string; readonly clusterId: string },
    private readonly gateway: ClusterGateway,
    private readonly view: ClusterView,
    private readonly records: Records,
    /** Called when the cluster answers again after it had not. */
    private readonly back: () => void,
  ) {
    this.listeningSince = records.clock.now();
  }

  async report(): Promise<void> {
    await this.probe();
    await this.reportReach();
    await this.reportPresent();
  }

  private async probe(): Promise<void> {
    try {
      await this.gateway.probe();
      this.answeredAt = this.records.clock.now();
      if (this.silent) this.back();
      this.silent = false;
    } catch {
      // Its silence is what is reported.
      this.silent = true;
    }
  }

  private async reportReach(): Promise<void> {
    const { clock, facilities, unitOfWork } = this.records;
    const heardAt = latest(this.answeredAt, this.view.heardAt);
    const reach = reachOf(heardAt, this.listeningSince, clock.now());
    // A worker that has just started knows less than the record does.
    if (reach === 'UNKNOWN') return;
    const writtenAt = this.written?.heardAt?.getTime() ?? 0;
    if (this.written?.reach === reach && (heardAt?.getTime() ?? 0) - writtenAt < HEARD_WRITE_EVERY_MS) return;
    await unitOfWork.run((tx) => facilities.recordReach(tx, this.center.clusterId, reach, heardAt ?? null));
    this.written = { reach, heardAt };
  }

  private async reportPresent(): Promise<void> {
    const nodes = this.view.nodeViews;
    if (nodes === undefined) return;
    const { facilities, unitOfWork } = this.records;
    for (const pool of await facilities.poolsOfCenter(this.center.id)) {
      // A foreign platform beside ours has the same architecture and zone, and none of its nodes.
      if (pool.kind !== 'DRIVEN') continue;
      const capacity = capacityOf(pool, nodes);
      if (capacity === undefined || this.presentWritten.get(pool.id) === JSON.stringify(capacity)) continue;
      // Nodes say nothing of storage: what was known of it stays.
      const storageGib = pool.present?.storageGib ?? { SSD: 0, HDD: 0 };
      await unitOfWork.run((tx) => facilities.recordPresent(tx, pool.id, { ...capacity, storageGib }));
      this.presentWritten.set(pool.id, JSON.stringify(capacity));
    }
  }
}

function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
