import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Drifts } from '../drift/drifts.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { GroupStanding, type StandingGroup } from '../resilience/group-standing.service.js';
import { AlertCalls } from './alert-calls.service.js';
import { AlertKeeping } from './alert-keeping.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { bundlesOf, liesUnanswered } from './domain/bundling.js';
import { boundaryFindings, findingsOf, keyOf, OPENING_TOLD_MS } from './domain/findings.js';

/** A round of a thousand groups takes a second; a holder that died is followed after half a minute. */
const LEASE_LIFE_MS = 30_000;
/** What is held back or on its way out moves with time, without anything's changing. */
const ROUND_EVERY_MS = 5_000;

/** Judged groups become alerts, and alerts call people. One process at a time does it, and each step is whole or was never made. */
@Injectable()
export class AlertRounds implements OnApplicationShutdown {
  private readonly log = new Logger(AlertRounds.name);
  private readonly lease: HeldLease;
  private ranAt = 0;
  private stirred = true;
  private readonly stopListening: () => void;

  constructor(
    private readonly standing: GroupStanding,
    private readonly keeping: AlertKeeping,
    private readonly calls: AlertCalls,
    private readonly repository: AlertsRepository,
    private readonly drifts: Drifts,
    leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    feed: ChangeFeed,
  ) {
    this.lease = new HeldLease(leases, 'dr-alerts', newId(), LEASE_LIFE_MS);
    this.stopListening = feed.listen('dr', 'ROUND', () => {
      this.stirred = true;
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  /** Called every second: a round is made after each judgement, and at least every five seconds. */
  async beat(): Promise<void> {
    const now = this.clock.now().getTime();
    if (!this.stirred && now - this.ranAt < ROUND_EVERY_MS) return;
    this.ranAt = now;
    await this.run();
  }

  async run(): Promise<void> {
    this.stirred = false;
    if ((await this.lease.take()) === undefined) return;
    await this.step();
    await this.call();
  }

  release(): Promise<void> {
    return this.lease.release();
  }

  private async step(): Promise<void> {
    const { groups, signals } = await this.standing.now();
    const fresh = groups.filter(({ stale }) => !stale);
    const openings = await this.drifts.openings(this.clock.now(), OPENING_TOLD_MS);
    const found = new Map(
      [
        ...boundaryFindings(openings),
        ...findingsOf(
          fresh.map(judgedOf),
          signals.map(({ center, level, name, value }) => ({ centerId: center.id, level, name, value })),
        ),
      ].map((finding) => [keyOf(finding), finding]),
    );
    const kept = new Map((await this.repository.standing()).map((row) => [keyOf(row), row]));
    // What nobody has judged lately is neither found nor gone.
    const unsaid = new Set(groups.filter(({ stale }) => stale).map(({ row }) => row.id));
    const ground = {
      groupOf: new Map(groups.map((group) => [group.row.id, group])),
      centerOf: new Map(signals.map(({ center }) => [center.id, center])),
    };
    for (const key of new Set([...found.keys(), ...kept.keys()])) {
      const [row, finding] = [kept.get(key) ?? null, found.get(key) ?? null];
      if (row?.groupId && unsaid.has(row.groupId)) continue;
      // One alert's trouble is not the others'.
      await this.fenced((lease) => this.keeping.step(lease, row, finding, ground));
    }
  }

  private async call(): Promise<void> {
    const now = this.clock.now();
    const lying = (await this.repository.standing()).filter(liesUnanswered);
    await this.fenced((lease) => this.calls.shiftChanged(lease, lying));
    const { bundles, waiting } = bundlesOf(await this.repository.standing(), now);
    // One call's trouble is not the others'.
    for (const bundle of bundles) await this.fenced((lease) => this.calls.next(lease, bundle));
    await this.fenced((lease) => this.calls.wait(lease, waiting));
  }

  private async fenced(work: (lease: Lease) => Promise<void>): Promise<void> {
    const { current } = this.lease;
    if (current === undefined) return;
    await work(current).catch((error: unknown) => this.log.warn(`an alert is not kept: ${String(error)}`));
  }
}

function judgedOf({ carriedTierIds, row }: StandingGroup) {
  return { id: row.id, reasons: row.reasons, carriedTierIds };
}
