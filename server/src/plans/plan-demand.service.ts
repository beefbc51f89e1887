import { Injectable } from '@nestjs/common';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { takesEquipment, takesPromises } from '../facilities/domain/center-life.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { UsageHistory } from '../resources/usage-history.service.js';
import { ServersService } from '../servers/servers.service.js';
import {
  type DemandMeter,
  type DemandRow,
  demandRows,
  type FreeOfCenter,
  type InUse,
  openDemand,
  rowKey,
} from './domain/plan-demand.js';
import { DECLARED_STATES, type PlanState } from './domain/plan-state.js';
import { PlanLinesRepository } from './plan-lines.repository.js';

/** DECLARED: all that heads have signed, approved or not. */
export const DEMAND_BASES = ['DECLARED', 'APPROVED'] as const;
export type DemandBasis = (typeof DEMAND_BASES)[number];

const STATES_OF: { readonly [B in DemandBasis]: readonly PlanState[] } = {
  DECLARED: DECLARED_STATES,
  APPROVED: ['APPROVED'],
};
const HALF_UNITS_PER_UNIT = 2;

export interface DemandReport {
  readonly centers: readonly Center[];
  readonly rows: readonly DemandRow[];
  readonly plans: number;
  readonly systems: number;
}

/** The province's plans against what its centers have free. */
@Injectable()
export class PlanDemand {
  constructor(
    private readonly lines: PlanLinesRepository,
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    private readonly cabinets: CabinetsService,
    private readonly servers: ServersService,
    private readonly catalog: CatalogService,
    private readonly quotas: QuotasService,
    private readonly usage: UsageHistory,
  ) {}

  /** By a constant number of statements, whatever there is. */
  async report(year: number, basis: DemandBasis): Promise<DemandReport> {
    const [lines, centers, classes] = await Promise.all([
      this.lines.ofYear({ year, states: STATES_OF[basis] }),
      this.facilities.centers(),
      this.catalog.servers(true),
    ]);
    const systemIds = [...new Set(lines.map((line) => line.systemId))];
    const [inUse, free] = await Promise.all([this.inUse(systemIds), this.free(centers)]);
    const architectures = new Map<string, string>(classes.map(({ code, architecture }) => [code, architecture]));
    const bySystem = Map.groupBy(lines, (line) => line.systemId);
    const demands = [...bySystem].flatMap(([systemId, of]) =>
      openDemand(of, inUse.get(systemId) ?? {}, (line) =>
        line.kind === 'SERVER' ? (architectures.get(line.offerCode ?? '') ?? null) : line.architecture,
      ),
    );
    return {
      centers: centers.filter(({ life }) => takesEquipment(life)),
      rows: demandRows(demands, free),
      plans: new Set(lines.map((line) => line.departmentId)).size,
      systems: bySystem.size,
    };
  }

  /** Live of each system. Storage by tier is known of machines; what is only held counts as SSD, which is the scarcer. */
  private async inUse(systemIds: readonly string[]): Promise<Map<string, InUse>> {
    const [figures, machines] = await Promise.all([this.quotas.figures(systemIds), this.usage.useOfSystems(systemIds)]);
    const ofSystem = Map.groupBy(machines, (use) => use.systemId);
    return new Map(
      systemIds.map((id, at) => {
        const live = (meter: keyof NonNullable<(typeof figures)[number]>['meters']) =>
          figures[at]?.meters[meter]?.live ?? 0;
        const tier = (name: string) =>
          (ofSystem.get(id) ?? []).reduce((sum, use) => sum + (use.amounts[name as keyof typeof use.amounts] ?? 0), 0);
        const [ssd, hdd] = [tier('STORAGE_GIB_SSD'), tier('STORAGE_GIB_HDD')];
        return [
          id,
          {
            VCPU: live('VCPU'),
            MEMORY_MIB: live('MEMORY_MIB'),
            STORAGE_GIB_SSD: ssd + Math.max(0, live('STORAGE_GIB') - ssd - hdd),
            STORAGE_GIB_HDD: hdd,
            SERVER: live('SERVER'),
            CABINET_HALF_UNIT: live('CABINET_HALF_UNIT'),
            POWER_W: live('POWER_W'),
          },
        ];
      }),
    );
  }

  private async free(centers: readonly Center[]): Promise<Map<string, FreeOfCenter[]>> {
    const pools = (await this.facilities.allPools()).filter((pool) => pool.centerId !== null);
    const [meters, space, servers] = await Promise.all([
      this.meters.metersOfPools(pools.map((pool) => pool.id)),
      this.cabinets.totals(),
      this.servers.totals(),
    ]);
    const rooms = new Rooms(centers);
    for (const [at, { architecture, zone, centerId }] of pools.entries())
      for (const { meter, storageTier, accelerator, free } of meters[at] ?? []) {
        if (accelerator !== null) continue;
        const named = (storageTier === null ? meter : `STORAGE_GIB_${storageTier}`) as DemandMeter;
        rooms.add({ meter: named, architecture, zone }, centerId, free);
      }
    for (const { zone, centerId, amounts } of space) {
      rooms.add(
        { meter: 'CABINET_HALF_UNIT', architecture: null, zone },
        centerId,
        amounts.UNITS.free * HALF_UNITS_PER_UNIT,
      );
      rooms.add({ meter: 'POWER_W', architecture: null, zone }, centerId, amounts.POWER_W.free);
    }
    for (const { architecture, state, centerId, count } of servers) {
      const key = { meter: 'SERVER', architecture, zone: null } as const;
      if (state === 'FREE') rooms.add(key, centerId, count);
      if (state === 'PLANNED' || state === 'ONBOARDING') rooms.add(key, centerId, 0, count);
    }
    return rooms.byKey;
  }
}

/** Sums what is free by kind of room and center. A center that is not open yet has arrivals, a stopped one nothing. */
class Rooms {
  readonly byKey = new Map<string, FreeOfCenter[]>();
  private readonly centers: ReadonlyMap<string, Center>;

  constructor(centers: readonly Center[]) {
    this.centers = new Map(centers.map((center) => [center.id, center]));
  }

  add(key: Parameters<typeof rowKey>[0], centerId: string | null, free: number, arriving = 0): void {
    const center = centerId === null ? undefined : this.centers.get(centerId);
    if (!center || !takesEquipment(center.life)) return;
    const open = takesPromises(center.life);
    const rows = this.byKey.get(rowKey(key)) ?? [];
    const before = rows.find((row) => row.centerId === center.id);
    const after: FreeOfCenter = {
      side: center.role,
      centerId: center.id,
      free: (before?.free ?? 0) + (open ? free : 0),
      arriving: (before?.arriving ?? 0) + arriving + (open ? 0 : free),
    };
    this.byKey.set(rowKey(key), [...rows.filter((row) => row !== before), after]);
  }
}
