import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import { ConsoleBackups } from '../backups/console-backups.service.js';
import { ClusterHealth } from '../clusterhealth/cluster-health.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { diskNameOf } from '../provisioning/domain/desired-manifests.js';
import type { ReplicationObject } from '../replication/domain/replication-object.js';
import { Replication } from '../replication/replication.service.js';
import { worstOfEach } from './domain/dr-signal.js';
import { judgeGroup } from './domain/judge-group.js';
import { TargetCapacity } from './domain/sources/capacity-signals.js';
import { CertificateDays, ClusterSilence, WatchSilence } from './domain/sources/center-signals.js';
import { ConsoleBackupAge } from './domain/sources/console-backup-signals.js';
import type { CenterGround, SignalGround, SignalSource } from './domain/sources/ground.js';
import { BackupProofs, DrillAge } from './domain/sources/proof-signals.js';
import { VolSyncSignals, VolumeReplicationSignals } from './domain/sources/replication-signals.js';
import { SiteDrift } from './domain/sources/site-drift.js';
import { GroupForming } from './group-forming.service.js';
import { GroupGrounds, type Loaded } from './group-grounds.service.js';
import { GroupsRepository } from './groups.repository.js';
import { signalsOf } from './known-signals.js';
import type { LoadedGroup } from './resilience.types.js';
import { SignalsRepository } from './signals.repository.js';

/**
 * Renewed by every round, and once more before it judges. Shorter than what is read lives (four rounds): whoever follows a
 * holder that died reads everything anew before the first of it is UNKNOWN.
 */
const LEASE_LIFE_MS = 30_000;
/** Readings of one transaction: none lives longer than five seconds. */
const READINGS_PER_TRANSACTION = 1_000;
/** Groups come and go by requests, signals by the second. */
const FORM_EVERY_MS = 30_000;
/** Signals are too old after four of these. */
const ROUND_EVERY_MS = 15_000;

/** One round: groups are formed, signals read, and every group is judged by them. One process at a time does it. */
@Injectable()
export class DrSweep implements OnApplicationShutdown {
  private readonly log = new Logger(DrSweep.name);
  private formedAt = 0;
  private ranAt = 0;
  /** Of what clusters say: copies are carried otherwise than before. It is read at once, and not when the next round is due. */
  private unread = false;
  /** A level changed, or something else that groups are judged by, in whichever process: who looks should not wait. */
  private unjudged = false;
  private readonly stops: readonly (() => void)[];
  private readonly lease: HeldLease;
  private readonly sources: readonly SignalSource[] = [
    new ClusterSilence(),
    new WatchSilence(),
    new CertificateDays(),
    new VolSyncSignals(),
    new VolumeReplicationSignals(),
    new TargetCapacity(),
    new SiteDrift(),
    new DrillAge(),
    new BackupProofs(),
    new ConsoleBackupAge(),
  ];

  constructor(
    private readonly forming: GroupForming,
    private readonly grounds: GroupGrounds,
    private readonly groups: GroupsRepository,
    private readonly signals: SignalsRepository,
    private readonly replication: Replication,
    private readonly health: ClusterHealth,
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    private readonly ownBackups: ConsoleBackups,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    feed: ChangeFeed,
  ) {
    this.lease = new HeldLease(leases, 'dr-sweep', newId(), LEASE_LIFE_MS);
    this.stops = [
      feed.listen('replication', 'COPIES', () => {
        this.unread = true;
      }),
      feed.listen('dr', 'LEVELS', () => {
        this.unjudged = true;
      }),
    ];
  }

  onApplicationShutdown(): void {
    for (const stop of this.stops) stop();
  }

  /**
   * Called four times a second: signals are read when they are due or when clusters say something new, and groups are judged as
   * soon as a level changed. Forming has a beat of its own, so that nobody who looks at the picture waits for it.
   */
  async beat(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.unread || now - this.ranAt >= ROUND_EVERY_MS) {
      this.ranAt = now;
      await this.read();
    } else if (this.unjudged) await this.judgeAnew();
  }

  /** Called every second; formed is every half minute. */
  async formBeat(): Promise<void> {
    if (this.clock.now().getTime() - this.formedAt >= FORM_EVERY_MS) await this.form();
  }

  /** All of it, one after the other. */
  async run(): Promise<void> {
    await this.formBeat();
    await this.read();
  }

  private async form(): Promise<void> {
    const follows = this.lease.current === undefined;
    if ((await this.lease.take()) === undefined) return;
    // Whoever follows another reads at once, and not when its own next round is due: what that one read grows old meanwhile.
    if (follows) this.unread = true;
    this.formedAt = this.clock.now().getTime();
    // What cannot be formed anew is judged as it was formed: one system's trouble is not everybody's.
    const formed = await this.forming.run().catch((error: unknown) => {
      this.log.warn(`groups are not formed: ${String(error)}`);
      return 0;
    });
    if (formed > 0) this.unread = true;
    await this.unitOfWork.run((tx) => this.signals.coarsen(tx));
  }

  private async judgeAnew(): Promise<void> {
    if ((await this.lease.take()) === undefined) return;
    this.unjudged = false;
    await this.judge((await this.grounds.load(null)).groups);
  }

  private async read(): Promise<void> {
    [this.unread, this.unjudged] = [false, false];
    if ((await this.lease.take()) === undefined) return;
    const loaded = await this.grounds.load(null);
    const ground = await this.ground(loaded);
    const read = this.sources.flatMap((source) => {
      try {
        return source.read(ground);
      } catch (error) {
        // One source's trouble is its own: its signals grow old, the others are read.
        this.log.warn(`${source.constructor.name}: ${String(error)}`);
        return [];
      }
    });
    const readings = worstOfEach(read);
    for (let at = 0; at < readings.length; at += READINGS_PER_TRANSACTION)
      if (!(await this.write((tx) => this.signals.record(tx, readings.slice(at, at + READINGS_PER_TRANSACTION)))))
        return;
    await this.judge(loaded.groups);
  }

  /** false = another has taken over meanwhile: what this one read before is older than what that one reads. */
  private async write(work: (tx: Tx) => Promise<unknown>): Promise<boolean> {
    const lease = await this.lease.take();
    if (!lease) return false;
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) return false;
      await work(tx);
      return true;
    });
  }

  /** At the end of this process: else nobody judges for a minute, and every group is UNKNOWN meanwhile. */
  release(): Promise<void> {
    return this.lease.release();
  }

  private async judge(groups: readonly LoadedGroup[]): Promise<void> {
    const [rows, centers] = await Promise.all([this.signals.all(), this.facilities.centers()]);
    const bySubject = Map.groupBy(rows, ({ subjectId }) => subjectId);
    const now = this.clock.now();
    const changed = groups.flatMap((group) => {
      const { grade, reasons } = judgeGroup(group.facts, signalsOf(group, centers, bySubject, now), now);
      const { row } = group;
      if (grade === row.grade && isDeepStrictEqual(JSON.parse(JSON.stringify(reasons)), row.reasons)) return [];
      return { id: row.id, grade, reasons, since: grade === row.grade ? row.gradeSince : now };
    });
    const ids = groups.map(({ row }) => row.id);
    if (ids.length > 0)
      await this.write(async (tx) => {
        await this.groups.judged(tx, changed, ids);
        tx.changed('dr', 'ROUND');
      });
  }

  private async ground({ groups, machines }: Loaded): Promise<SignalGround> {
    const [centers, health, objects, readAt, own] = await Promise.all([
      this.facilities.centers(),
      this.health.all(),
      this.replication.objects(),
      this.replication.readAt(),
      this.ownBackups.standing(),
    ]);
    const pools = await this.facilities.poolsOfCenters(centers.map(({ id }) => id));
    const meters = await this.meters.metersOfPools(pools.flat().map(({ id }) => id));
    const meterOf = new Map(pools.flat().map(({ id }, at) => [id, meters[at] ?? []]));
    const healthOf = new Map(health.map((one) => [one.center.id, one]));
    const byVolume = Map.groupBy(objects, ({ centerId, namespace, volume }) => `${centerId}/${namespace}/${volume}`);
    const objectsOf = new Map<string, readonly ReplicationObject[]>();
    for (const { centerId, id, objectName, objectNamespace } of machines) {
      const found = byVolume.get(`${centerId}/${objectNamespace}/${diskNameOf(objectName)}`);
      if (found) objectsOf.set(id, found);
    }
    return {
      now: this.clock.now(),
      groups: groups.map(({ facts }) => facts),
      objectsOf,
      ownBackups: own.some(({ last }) => last !== null)
        ? own.map(({ kind, lastDone }) => ({ kind, lastDoneAt: lastDone?.endedAt ?? null }))
        : [],
      centers: centers.map((center, at): CenterGround => {
        const said = healthOf.get(center.id);
        const free = (meter: 'VCPU' | 'MEMORY_MIB') =>
          (pools[at] ?? [])
            .flatMap(({ id }) => meterOf.get(id) ?? [])
            .filter((row) => row.meter === meter)
            .reduce((sum, row) => sum + row.free, 0);
        return {
          ...{ id: center.id, code: center.code, role: center.role },
          cluster: said?.cluster ?? null,
          vitals: said?.reportedAt && said.vitals ? { reportedAt: said.reportedAt, said: said.vitals } : null,
          replicationReadAt: readAt.get(center.id) ?? null,
          free: (pools[at] ?? []).length === 0 ? null : { vcpu: free('VCPU'), memoryMib: free('MEMORY_MIB') },
        };
      }),
    };
  }
}
