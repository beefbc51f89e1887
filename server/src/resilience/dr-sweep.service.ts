import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { newsOf, worstOfEach } from './domain/dr-signal.js';
import { judgeGroup } from './domain/judge-group.js';
import { TargetCapacity } from './domain/sources/capacity-signals.js';
import { CertificateDays, ClusterSilence, WatchSilence } from './domain/sources/center-signals.js';
import { ConsoleBackupAge } from './domain/sources/console-backup-signals.js';
import type { SignalSource } from './domain/sources/ground.js';
import { BackupProofs, DrillAge } from './domain/sources/proof-signals.js';
import { VolSyncSignals, VolumeReplicationSignals } from './domain/sources/replication-signals.js';
import { SiteDrift } from './domain/sources/site-drift.js';
import { GroupForming } from './group-forming.service.js';
import { GroupGrounds } from './group-grounds.service.js';
import { GroupsRepository } from './groups.repository.js';
import { signalsOf } from './known-signals.js';
import type { LoadedGroup } from './resilience.types.js';
import { SignalGrounds } from './signal-grounds.service.js';
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
    private readonly signalGrounds: SignalGrounds,
    private readonly groups: GroupsRepository,
    private readonly signals: SignalsRepository,
    private readonly facilities: FacilitiesService,
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
   * Called four times a second: signals are read when they are due, what is new of them also when clusters say something new,
   * and groups are judged as soon as a level changed. Forming has a beat of its own, so that nobody who looks at the picture waits for it.
   */
  async beat(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - this.ranAt >= ROUND_EVERY_MS) {
      this.ranAt = now;
      await this.read('EVERYTHING');
    } else if (this.unread) await this.read('NEWS');
    else if (this.unjudged) await this.judgeAnew();
  }

  /** Called every second; formed is every half minute. */
  async formBeat(): Promise<void> {
    if (this.clock.now().getTime() - this.formedAt >= FORM_EVERY_MS) await this.form();
  }

  /** All of it, one after the other. */
  async run(): Promise<void> {
    await this.formBeat();
    await this.read('EVERYTHING');
  }

  private async form(): Promise<void> {
    const follows = this.lease.current === undefined;
    if ((await this.lease.take()) === undefined) return;
    // Whoever follows another reads at once, and not when its own next round is due: what that one read grows old meanwhile.
    if (follows) this.ranAt = 0;
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

  /**
   * @param kept of what was read: everything, when a round is due, or what says something new. To keep the thousands of
   * readings that say the same again takes most of a round, and who looks would wait for it.
   */
  private async read(kept: 'EVERYTHING' | 'NEWS'): Promise<void> {
    [this.unread, this.unjudged] = [false, false];
    if ((await this.lease.take()) === undefined) return;
    const loaded = await this.grounds.load(null);
    const ground = await this.signalGrounds.of(loaded);
    const read = this.sources.flatMap((source) => {
      try {
        return source.read(ground);
      } catch (error) {
        // One source's trouble is its own: its signals grow old, the others are read.
        this.log.warn(`${source.constructor.name}: ${String(error)}`);
        return [];
      }
    });
    const all = worstOfEach(read);
    const readings = kept === 'NEWS' ? newsOf(all, await this.signals.all(), ground.now) : all;
    for (let at = 0; at < readings.length; at += READINGS_PER_TRANSACTION)
      if (
        !(await this.write((tx) => this.signals.record(tx, readings.slice(at, at + READINGS_PER_TRANSACTION), 'READ')))
      )
        return;
    await this.judge(loaded.groups).catch((error: unknown) => {
      this.unjudged = true;
      throw error;
    });
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
}
