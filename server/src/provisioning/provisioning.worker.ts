import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Logger } from '@nestjs/common';
import type { FacilitiesService } from '../facilities/facilities.service.js';
import type { ChangeFeed } from '../platform/feed/change-feed.js';
import { CenterWorker } from './center-worker.js';
import type { Clusters } from './domain/ports.js';
import { PACE, type Pace, type Records } from './provisioning.types.js';
import type { Orphan } from './resync.js';

/** A commit is told twice, by the committing process and by the poll of the feed: one look serves both. */
const HINT_DELAY_MS = 120;

/**
 * Drives every configured cluster toward what the database wants; each center has a worker of its own, so that a dead
 * one keeps nobody else waiting. Any number of processes may run one: leases choose who acts where.
 */
export class ProvisioningWorker {
  private readonly log = new Logger(ProvisioningWorker.name);
  private readonly holder = `${hostname().slice(0, 40)}/${process.pid}/${randomUUID().slice(0, 8)}`;
  private readonly workers = new Map<string, CenterWorker>();
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly clusters: Clusters,
    private readonly records: Records & { readonly facilities: Pick<FacilitiesService, 'centers'> },
    private readonly feed: Pick<ChangeFeed, 'listen'>,
    private readonly pace: Pace = PACE,
  ) {}

  async start(): Promise<void> {
    for (const center of await this.records.facilities.centers()) {
      const gateway = this.clusters.of(center.code);
      const cluster = await this.records.facilities.clusterOfCenter(center.id);
      if (gateway === undefined || cluster === null) {
        this.log.warn(`center ${center.code} has no ${gateway ? 'cluster record' : 'kubeconfig'}: not driven`);
        continue;
      }
      const driven = { id: center.id, code: center.code, clusterId: cluster.id };
      this.workers.set(center.code, new CenterWorker(driven, gateway, this.records, this.holder, this.pace));
    }
    // A hint names a resource and no center: each worker looks, and all but one find that it is not theirs.
    this.stopListening = [
      this.feed.listen('resource', '*', ({ subjectId }) => {
        for (const worker of this.workers.values()) worker.lookAfter(subjectId, HINT_DELAY_MS);
      }),
      this.feed.listen('server', '*', ({ subjectId }) => {
        for (const worker of this.workers.values()) worker.lookAfterServer(subjectId, HINT_DELAY_MS);
      }),
    ];
    for (const worker of this.workers.values()) worker.start();
  }

  async stop(): Promise<void> {
    for (const stop of this.stopListening.splice(0)) stop();
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    this.workers.clear();
  }

  /** Whether this process acts for the center now; /health reads it. */
  isDriving(centerCode: string): boolean {
    return this.workers.get(centerCode)?.isDriving ?? false;
  }

  /** Objects without a record, by center; left alone until a person decides. */
  get orphans(): ReadonlyMap<string, readonly Orphan[]> {
    return new Map([...this.workers].map(([code, worker]) => [code, worker.orphans]));
  }
}
