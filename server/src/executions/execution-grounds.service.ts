import { Inject, Injectable } from '@nestjs/common';
import type { Center, CenterRole } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { shownLevel } from '../resilience/domain/dr-signal.js';
import { type GroupPicture, GroupViews } from '../resilience/group-views.service.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import { type KnownLag, type ShownLoss, shownLoss } from './domain/data-loss.js';
import type { ExecutionKind } from './domain/execution-words.js';
import type { MovedGroup } from './domain/sides.js';
import { EvidenceRepository } from './evidence.repository.js';

export interface Ground {
  readonly picture: GroupPicture;
  readonly machines: readonly StandingMachine[];
  /** By machine. */
  readonly tierOf: ReadonlyMap<string, string>;
  readonly centers: readonly Center[];
  readonly moved: MovedGroup;
}

/** What an execution is decided and worked by: the group as it stands now. */
@Injectable()
export class ExecutionGrounds {
  constructor(
    private readonly views: GroupViews,
    private readonly sites: SystemSites,
    private readonly facilities: FacilitiesService,
    private readonly evidence: EvidenceRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(groupId: string): Promise<Ground | null> {
    const [picture] = await this.views.pictures([groupId]);
    if (!picture) return null;
    const [machines, centers, placements] = await Promise.all([
      this.sites.standing([picture.row.systemId]),
      this.facilities.centers(),
      this.evidence.placements([groupId]),
    ]);
    const tierOf = new Map(
      picture.facts.tiers.flatMap((tier) => tier.members.map(({ resourceId }) => [resourceId, tier.id] as const)),
    );
    const own = machines.filter(({ id }) => tierOf.has(id));
    return {
      ...{ picture, machines: own, tierOf, centers },
      moved: {
        places: picture.dataSets.map(({ places }) => places),
        machinesIn: new Set(own.map(({ centerId }) => centerId)),
        servingCenterId: placements.get(groupId)?.servingCenterId ?? null,
      },
    };
  }

  /** Of many groups at once their machines alone. */
  async machinesOf(groupIds: readonly string[]): Promise<ReadonlyMap<string, readonly StandingMachine[]>> {
    const pictures = (await this.views.pictures(groupIds)).flatMap((picture) => picture ?? []);
    const machines = await this.sites.standing([...new Set(pictures.map(({ row }) => row.systemId))]);
    const groupOf = new Map(
      pictures.flatMap(({ facts, row }) =>
        facts.tiers.flatMap(({ members }) => members.map(({ resourceId }) => [resourceId, row.id] as const)),
      ),
    );
    return Map.groupBy(
      machines.filter(({ id }) => groupOf.has(id)),
      ({ id }) => groupOf.get(id) ?? '',
    );
  }

  roleOf({ centers }: Pick<Ground, 'centers'>, centerId: string | null): CenterRole | null {
    return centers.find(({ id }) => id === centerId)?.role ?? null;
  }

  /** Measured: of every tier with data how far the copy is behind, now. */
  lossOf(ground: Ground, kind: ExecutionKind, toCenterId: string): ShownLoss {
    const { facts, row, signals } = ground.picture;
    const towards = this.roleOf(ground, toCenterId) === 'RECOVERY' ? 'RECOVERY' : 'ACTIVE_B';
    const now = this.clock.now();
    // A quorum loses nothing while it has one; without a source nobody knows.
    const lags = facts.tiers
      .filter(({ dataKind, members }) => dataKind === 'SINGLE_WRITER' && members.length > 0)
      .map(({ id, name }): KnownLag => {
        const lag = signals.find(
          (one) => one.subjectId === id && one.name === 'REPLICATION_LAG' && one.towards === towards,
        );
        return {
          ...{ tierId: id, tierName: name },
          lagSeconds: lag?.value ?? null,
          observedAt: lag?.observedAt ?? null,
          level: lag ? shownLevel(lag, now) : 'UNKNOWN',
        };
      });
    return shownLoss(lags, row.rpoSeconds, now, kind === 'SWITCHOVER' || kind === 'FAILBACK');
  }
}
