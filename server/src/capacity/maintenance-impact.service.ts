import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { amountsOf } from '../allocation/domain/capacity.js';
import type { Pool } from '../facilities/domain/facility.js';
import { alongside, type MaintenanceWindow, type PoolExtent, takenAway } from '../facilities/domain/maintenance.js';
import { compareMeters, type PoolAmounts } from '../facilities/domain/pool-meters.js';
import { promised } from '../facilities/domain/promised.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { MaintenanceService } from '../facilities/maintenance.service.js';
import { UsageHistory } from '../resources/usage-history.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { displacedClaims, type LiveClaim, sidesLost } from './domain/maintenance-impact.js';

export interface PlannedWindow {
  readonly extent: PoolExtent;
  readonly nodes: number | null;
  readonly fromAt: Date;
  readonly toAt: Date;
  /** The window itself, when it is planned already. */
  readonly windowId: string | null;
}

export interface ImpactClaim extends LiveClaim {
  readonly requestId: string;
  readonly resourceId: string | null;
}

export interface MaintenanceImpact {
  readonly meters: readonly {
    readonly meter: string;
    readonly promisedNow: number;
    readonly promisedThen: number;
    readonly live: number;
    readonly short: number;
  }[];
  readonly displaced: readonly ImpactClaim[];
  readonly displacedCount: number;
  /** Dual-active systems that would have nothing left in this center. */
  readonly sidesLost: readonly string[];
  /** Other windows that take away at the same time; they are reckoned in. */
  readonly overlapping: readonly MaintenanceWindow[];
}

/** A page shows that many; the count says how many there are. */
const DISPLACED_SHOWN = 50;

/** What a window would break, before it starts. */
@Injectable()
export class MaintenanceImpactService {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly maintenance: MaintenanceService,
    private readonly allocation: AllocationService,
    private readonly history: UsageHistory,
    private readonly systems: SystemsService,
  ) {}

  /** null = there is no such pool. */
  async impact(poolId: string, window: PlannedWindow): Promise<MaintenanceImpact | null> {
    const [pool] = await this.facilities.pools([poolId]);
    if (!pool) return null;
    const [[open = []], claims, dualActive] = await Promise.all([
      this.maintenance.openOfPools([poolId]),
      this.allocation.liveClaims(poolId),
      this.systems.dualActiveIds(),
    ]);
    const others = alongside(open, window);
    const now = promiseOf(
      pool,
      open.filter((w) => w.state === 'RUNNING'),
    );
    const then = promiseOf(pool, [...others, window]);
    const live: LiveClaim[] = claims.map((claim) => ({
      claimId: claim.claimId,
      state: claim.state,
      createdAt: claim.createdAt,
      amounts: amountsOf(claim, 1),
    }));
    const requestOf = new Map(claims.map((claim) => [claim.claimId, claim.requestId]));
    const displaced = displacedClaims(live, then);
    const machines = await this.history.machinesOf(displaced.map((claim) => claim.claimId));
    const machineOf = new Map(machines.map((machine) => [machine.claimId, machine]));
    const pairs = machines.filter((machine) => dualActive.includes(machine.systemId));
    const here = (await this.history.useOfSystems([...new Set(pairs.map((machine) => machine.systemId))])).filter(
      (use) => use.centerId === pool.centerId,
    );
    const bySystem = [...Map.groupBy(here, (use) => use.systemId)].map(([systemId, uses]) => ({
      systemId,
      machines: uses.reduce((sum, use) => sum + use.machines, 0),
    }));
    return {
      meters: metersOf(now, then, live),
      displaced: displaced.slice(0, DISPLACED_SHOWN).map((claim) => ({
        ...claim,
        requestId: requestOf.get(claim.claimId) ?? '',
        resourceId: machineOf.get(claim.claimId)?.resourceId ?? null,
      })),
      displacedCount: displaced.length,
      sidesLost: sidesLost(pairs, bySystem),
      overlapping: others,
    };
  }
}

function promiseOf(pool: Pool, windows: readonly Pick<MaintenanceWindow, 'extent' | 'nodes'>[]): PoolAmounts {
  return pool.size ? promised(pool, pool.size, windows.map(takenAway)) : {};
}

function metersOf(now: PoolAmounts, then: PoolAmounts, live: readonly LiveClaim[]): MaintenanceImpact['meters'] {
  return (Object.keys(now) as (keyof PoolAmounts)[]).toSorted(compareMeters).map((meter) => {
    const taken = live.reduce((sum, claim) => sum + (claim.amounts[meter] ?? 0), 0);
    const promisedThen = then[meter] ?? 0;
    return {
      meter,
      promisedNow: now[meter] ?? 0,
      promisedThen,
      live: taken,
      short: Math.max(0, taken - promisedThen),
    };
  });
}
