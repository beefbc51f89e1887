import { Injectable } from '@nestjs/common';
import type { PoolMeterName } from '../facilities/domain/pool-meters.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { addressShortage, MachineAddresses } from '../networks/machine-addresses.service.js';
import { Counters } from '../platform/counters/counters.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type Amounts, amountsOf, type MachineSize, minus, NOTHING, plus, withoutNodes } from './domain/capacity.js';
import type { Claim } from './domain/claim.js';
import { place } from './domain/placement.js';
import type { LineDemand, Placement, PlacementFacts, PoolFacts } from './domain/placement-facts.js';
import { type NodesAway, PoolNodes } from './pool-nodes.service.js';

/** What a center is and has, without its counters: read before the transaction, because it hardly changes. */
export type StandingFacts = Omit<PlacementFacts, 'pools'> & {
  readonly pools: readonly Omit<PoolFacts, 'total' | 'free'>[];
};

/** What the asker holds, and in which unit of work the counters are read. */
export interface OwnHolds {
  readonly tx?: Tx;
  readonly held?: readonly Claim[];
  /** What else the same request takes: it is not free for its other lines. */
  readonly alsoTaken?: readonly (MachineSize & { readonly poolId: string })[];
}

/** Preview, submit, the allocator's choice and the simulator all look for places here. */
@Injectable()
export class PlacingService {
  constructor(
    private readonly counters: Counters,
    private readonly facilities: FacilitiesService,
    private readonly addresses: MachineAddresses,
    private readonly nodes: PoolNodes,
  ) {}

  async standingFacts(): Promise<StandingFacts> {
    const [centers, pools] = await Promise.all([this.facilities.centers(), this.facilities.allPools()]);
    const sizes = new Map(pools.flatMap(({ id, size }) => (size?.nodes ? [[id, size.nodes] as const] : [])));
    const away = await this.nodes.away(
      centers.map(({ id }) => id),
      sizes,
    );
    return {
      centers: centers.map((c) => ({ centerId: c.id, name: c.name, role: c.role, life: c.life })),
      // A city's own cloud stands in no center at all, and nothing is promised of it.
      pools: pools.flatMap((p) =>
        p.centerId === null
          ? []
          : {
              poolId: p.id,
              code: p.code,
              kind: p.kind,
              centerId: p.centerId,
              architecture: p.architecture,
              zone: p.zone,
              largestMachine: p.present?.largestMachine ?? null,
              inMaintenance: p.inMaintenance,
              ...(away.has(p.id) ? { nodesAway: away.get(p.id) as NodesAway } : {}),
              protectionLevelMax: p.protectionLevelMax,
              domesticCpu: p.domesticCpu,
            },
      ),
    };
  }

  /**
   * Preview and submit ask this same way: standing facts plus the counters as they are now. What the request itself
   * holds already counts as free for it.
   */
  async plan(demands: readonly LineDemand[], standing: StandingFacts, own: OwnHolds = {}): Promise<Placement> {
    return place(demands, await this.facts(new Set(demands.map((d) => d.centerId)), standing, own));
  }

  /** What placement reads of these centers' pools; null among them = of all. */
  async facts(
    centerIds: ReadonlySet<string | null>,
    standing: StandingFacts,
    own: OwnHolds = {},
  ): Promise<PlacementFacts> {
    // Who names no center may go to any.
    const pools = standing.pools.filter((p) => centerIds.has(null) || centerIds.has(p.centerId));
    const counters = await this.counters.read<PoolMeterName>(
      'POOL',
      pools.map((p) => p.poolId),
      own.tx?.manager,
    );
    const limits = new Map<string, Amounts>();
    const live = new Map<string, Amounts>();
    for (const c of counters) {
      limits.set(c.subjectId, { ...(limits.get(c.subjectId) ?? NOTHING), [c.meter]: c.limit });
      live.set(c.subjectId, { ...(live.get(c.subjectId) ?? NOTHING), [c.meter]: c.limit - c.live });
    }
    for (const claim of own.held ?? [])
      live.set(claim.poolId, plus(live.get(claim.poolId) ?? NOTHING, amountsOf(claim, 1)));
    for (const taken of own.alsoTaken ?? [])
      live.set(taken.poolId, minus(live.get(taken.poolId) ?? NOTHING, amountsOf(taken, 1)));
    const rooms = await this.addresses.rooms({
      departmentId: null,
      ownSubjectIds: (own.held ?? []).map((claim) => claim.claimId),
      ...(own.tx ? { tx: own.tx } : {}),
    });
    return {
      ...standing,
      addressRooms: rooms.map(({ centerId, zone, networks }) => {
        const { network, family, free } = addressShortage(networks, 0);
        return { centerId, zone, network, family, free, networks: networks.map(({ code }) => code) };
      }),
      pools: pools.map((p) => {
        const [total, free] = [limits.get(p.poolId) ?? NOTHING, live.get(p.poolId) ?? NOTHING];
        return { ...p, total, free: p.nodesAway ? withoutNodes(free, total, p.nodesAway) : free };
      }),
    };
  }
}
