import { Inject, Injectable } from '@nestjs/common';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type ShownLevel, type SignalName, shownLevel } from './domain/dr-signal.js';
import { JUDGEMENT_LIFE_MS } from './group-views.service.js';
import { GroupsRepository } from './groups.repository.js';
import type { GroupRow, TierRow } from './resilience.types.js';
import { SignalsRepository } from './signals.repository.js';

export interface StandingGroup {
  readonly row: GroupRow;
  readonly tiers: readonly TierRow[];
  /** Judged so long ago that it says nothing of now. */
  readonly stale: boolean;
  /** Of its tiers those whose data was once seen to be carried: that it is not any more is news. */
  readonly carriedTierIds: ReadonlySet<string>;
}

export interface StandingSignal {
  readonly center: Center;
  readonly name: SignalName;
  readonly value: number | null;
  readonly level: ShownLevel;
}

/** Every group as it was judged last, and every center as it is: what follow-up work goes by, in a few statements. */
@Injectable()
export class GroupStanding {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly signals: SignalsRepository,
    private readonly facilities: FacilitiesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async now(): Promise<{ readonly groups: StandingGroup[]; readonly signals: StandingSignal[] }> {
    const [rows, tiers, centers, covered] = await Promise.all([
      this.groups.groups(null),
      this.groups.tiers(null),
      this.facilities.centers(),
      this.signals.everCovered(),
    ]);
    const of = Map.groupBy(tiers, ({ groupId }) => groupId);
    const byId = new Map(centers.filter(({ life }) => life !== 'STOPPED').map((center) => [center.id, center]));
    const read = await this.signals.of([...byId.keys()]);
    const now = this.clock.now();
    return {
      groups: rows.map((row) => ({
        ...{ row, tiers: of.get(row.id) ?? [], carriedTierIds: covered },
        stale: row.judgedAt === null || now.getTime() - row.judgedAt.getTime() > JUDGEMENT_LIFE_MS,
      })),
      signals: read.flatMap((signal): StandingSignal[] => {
        const center = byId.get(signal.subjectId);
        const { name, value } = signal;
        return center ? [{ center, name, value, level: shownLevel(signal, now) }] : [];
      }),
    };
  }

  /** A drill on copies of it has just passed: from now on that grows old. */
  drilled(tx: Tx, groupId: string): Promise<void> {
    return this.groups.drilled(tx, groupId);
  }

  /** Of each center how it reaches the arbiter; null = nothing of it is asked. Batch for loaders. */
  readonly arbiterReach = async (
    centerIds: readonly string[],
  ): Promise<({ percent: number; level: ShownLevel; observedAt: Date } | null)[]> => {
    const rows = (await this.signals.of(centerIds)).filter(({ name }) => name === 'ARBITER_PATHS');
    const now = this.clock.now();
    return centerIds.map((id) => {
      const row = rows.find(({ subjectId }) => subjectId === id);
      return row?.value == null
        ? null
        : { percent: Math.round(row.value), level: shownLevel(row, now), observedAt: row.observedAt };
    });
  };

  /** A page's groups at once, for whoever has been let see them. */
  readonly byIds = async (ids: readonly string[]): Promise<(GroupRow | null)[]> =>
    inOrderOf(ids, await this.groups.groups(ids), ({ id }) => id);

  /** Where the data of these tiers is written; null = nowhere, or nobody said. */
  async writerOf(tierIds: readonly string[]): Promise<string | null> {
    const places = (await this.groups.dataSets(tierIds)).flatMap((set) => set.places);
    return places.find(({ role }) => role === 'WRITER')?.centerId ?? places[0]?.centerId ?? null;
  }
}
