import { carriesAlike, type ReplicationObject } from '../replication/domain/replication-object.js';
import type { Replication } from '../replication/replication.service.js';
import { replicationView } from './domain/observe-replication.js';
import type { ClusterGateway, ClusterWatch } from './domain/ports.js';
import { fencedLast } from './fenced-last.js';
import type { LeaseGuard } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

export type ReplicationRecords = Pick<Replication, 'record'>;

/** What one cluster shows of its replication objects, kept up to date by one watch a kind. */
export class ReplicationSights {
  private readonly watches: readonly ClusterWatch<ReplicationObject | undefined>[];
  private moved = false;

  constructor(gateway: ClusterGateway) {
    this.watches = (['ReplicationSource', 'VolumeReplication'] as const).map((kind) =>
      gateway.watch({
        kind,
        view: (object) => replicationView({ ...object, kind }),
        changed: (_key, now, before) => {
          if (!carriesAlike(now, before)) this.moved = true;
        },
      }),
    );
  }

  start(): void {
    for (const watch of this.watches) watch.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.watches.map((watch) => watch.stop()));
  }

  reconnect(): void {
    for (const watch of this.watches) watch.reconnect();
  }

  /** Whether something is carried otherwise than when this was asked the last time. */
  takeMoved(): boolean {
    const { moved } = this;
    this.moved = false;
    return moved;
  }

  /** A cluster that has one of the operators and not the other tells of the one; null = neither was ever listed. */
  get seen(): readonly ReplicationObject[] | null {
    const known = this.watches.filter(({ complete }) => complete);
    if (known.length === 0) return null;
    return known.flatMap((watch) => [...watch.entries()].flatMap(([, view]) => view ?? []));
  }

  /** Whether every kind has been listed since start; one that the cluster does not know never is. */
  get whole(): boolean {
    return this.watches.every(({ complete }) => complete);
  }

  /** When the quieter of them last said anything; undefined = not yet. */
  get heardAt(): Date | undefined {
    const times = this.watches.filter(({ complete }) => complete).map(({ heardAt }) => heardAt?.getTime() ?? 0);
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }
}

/** A watch says something at least every half minute; three of those left out, and what is seen is what was. */
const SILENT_MS = 90_000;
/** A kind that is not listed by then is one that the cluster does not know. Sooner its absence says nothing. */
const LISTED_WITHIN_MS = 60_000;

/** Says what the cluster shows of replication, as long as the cluster does say something: what it said before grows old. */
export class ReplicationReporter {
  private firstAt: number | undefined;
  private saidAt = 0;

  constructor(
    private readonly center: { readonly id: string },
    private readonly sights: Pick<ReplicationSights, 'heardAt' | 'seen' | 'takeMoved' | 'whole'>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'> & {
      readonly replication: ReplicationRecords;
    },
  ) {}

  /** Called several times a second: what is carried otherwise is said at once, however many are told of in the same breath. */
  async beat(everyMs: number): Promise<void> {
    const since = this.records.clock.now().getTime() - this.saidAt;
    if (this.sights.takeMoved() || since >= everyMs) await this.report();
  }

  async report(): Promise<void> {
    const { heardAt, seen, whole } = this.sights;
    const now = this.records.clock.now().getTime();
    this.saidAt = now;
    this.firstAt ??= now;
    if (seen === null || heardAt === undefined) return;
    if (!whole && now - this.firstAt < LISTED_WITHIN_MS) return;
    if (now - heardAt.getTime() > SILENT_MS) return;
    await fencedLast(this.records, this.guard, (tx) => this.records.replication.record(tx, this.center.id, seen));
  }
}
