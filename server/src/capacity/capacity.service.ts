import { Inject, Injectable } from '@nestjs/common';
import type { PoolMeterRow } from '../allocation/allocation.types.js';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { asClosed, type SpaceTotals } from '../cabinets/domain/space-totals.js';
import { takesPromises } from '../facilities/domain/center-life.js';
import type { Center, Pool } from '../facilities/domain/facility.js';
import { acceleratorMeter, compareMeters } from '../facilities/domain/pool-meters.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Memo } from '../platform/memo.js';
import { UsageHistory } from '../resources/usage-history.service.js';
import { ServersService } from '../servers/servers.service.js';
import type { AcceleratorTotals, ServerTotals } from '../servers/servers.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { centerLoss, type FreeRoom, type LossVerdict } from './domain/center-loss.js';
import { type Trend, trendOf } from './domain/trend.js';

export interface MeterReport extends Trend {
  /** As the counters name it: "VCPU", "STORAGE_GIB_SSD", "ACCELERATOR:ASCEND-910B". */
  readonly meter: string;
  readonly total: number;
  readonly held: number;
  readonly allocated: number;
  readonly free: number;
  readonly present: number | null;
}

export interface GroupReport {
  readonly center: Center;
  readonly architecture: Pool['architecture'];
  readonly zone: Pool['zone'];
  readonly pools: readonly Pool[];
  readonly meters: readonly MeterReport[];
}

export interface CapacityReport {
  readonly groups: readonly GroupReport[];
  readonly space: readonly SpaceTotals[];
  readonly servers: readonly ServerTotals[];
  readonly accelerators: readonly AcceleratorTotals[];
  readonly losses: readonly LossVerdict[];
}

/** The lifecycle record of 100,000 machines takes a second or two to read; the past does not change by the minute. */
const HISTORY_LIFE_MS = 60_000;

/** What the place can still take, and until when. */
@Injectable()
export class CapacityService {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    private readonly history: UsageHistory,
    private readonly systems: SystemsService,
    private readonly cabinets: CabinetsService,
    private readonly servers: ServersService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly changes = new Memo(
    () => this.history.changes(),
    HISTORY_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  /** By a constant number of statements, whatever there is. `months` of history; the line goes through the last `basedOn`. */
  async report(months: number, basedOn: number): Promise<CapacityReport> {
    const [centers, all, cabinets, servers, accelerators] = await Promise.all([
      this.facilities.centers(),
      this.facilities.allPools(),
      this.cabinets.totals(),
      this.servers.totals(),
      this.servers.acceleratorTotals(),
    ]);
    const open = new Set(centers.filter(({ life }) => takesPromises(life)).map(({ id }) => id));
    const space = cabinets.map((totals) => (open.has(totals.centerId) ? totals : asClosed(totals)));
    const pools = all.filter((pool) => pool.centerId !== null);
    const [meters, changes, losses] = await Promise.all([
      this.meters.metersOfPools(pools.map((pool) => pool.id)),
      this.changes.get(),
      this.losses(centers, pools),
    ]);
    const meterRows = new Map(pools.map((pool, at) => [pool.id, meters[at] ?? []]));
    const grouped = Map.groupBy(pools, (pool) => `${pool.centerId} ${pool.architecture} ${pool.zone}`);
    const groups = [...grouped.values()].flatMap((members): GroupReport[] => {
      const [first] = members;
      const center = centers.find((c) => c.id === first?.centerId);
      if (!first || !center) return [];
      const ids = new Set(members.map((pool) => pool.id));
      const past = changes.filter((change) => ids.has(change.poolId));
      const rows = members.flatMap((pool) => meterRows.get(pool.id) ?? []);
      return [
        {
          center,
          architecture: first.architecture,
          zone: first.zone,
          pools: members,
          meters: [...Map.groupBy(rows, counterMeter)]
            .toSorted(([a], [b]) => compareMeters(a, b))
            .map(([meter, of]) =>
              this.meterReport(
                meter,
                of,
                past.map(({ month, amounts }) => ({ month, change: amounts[meter] ?? 0 })),
                months,
                basedOn,
              ),
            ),
        },
      ];
    });
    return { groups, space, servers, accelerators, losses };
  }

  private meterReport(
    meter: string,
    rows: readonly PoolMeterRow[],
    changes: readonly { readonly month: string; readonly change: number }[],
    months: number,
    basedOn: number,
  ): MeterReport {
    const sum = (of: (row: PoolMeterRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
    const free = sum((row) => row.free);
    return {
      meter,
      total: sum((row) => row.total),
      held: sum((row) => row.held),
      allocated: sum((row) => row.allocated),
      free,
      present: rows.some((row) => row.present === null) ? null : sum((row) => row.present ?? 0),
      ...trendOf(changes, free, { today: calendarDate(this.clock.now()), months, basedOn }),
    };
  }

  /** N-1: of the dual-active pair, each lost once. Empty while there is no pair. */
  private async losses(centers: readonly Center[], pools: readonly Pool[]): Promise<LossVerdict[]> {
    const at = (role: Center['role']) => centers.find((c) => c.role === role && c.life !== 'STOPPED');
    const [a, b] = [at('ACTIVE_A'), at('ACTIVE_B')];
    if (!a || !b) return [];
    const pair = pools.filter((p) => p.centerId === a.id || p.centerId === b.id);
    const [loads, meters] = await Promise.all([
      this.systems.dualActiveIds().then((ids) => this.history.useOfSystems(ids)),
      this.meters.metersOfPools(pair.map((pool) => pool.id)),
    ]);
    const free = pair.map(
      (pool, i): FreeRoom => ({
        centerId: pool.centerId ?? '',
        architecture: pool.architecture,
        zone: pool.zone,
        amounts: Object.fromEntries((meters[i] ?? []).map((row) => [counterMeter(row), row.free])),
      }),
    );
    return [centerLoss(a.id, b.id, loads, free), centerLoss(b.id, a.id, loads, free)];
  }
}

function counterMeter({ meter, storageTier, accelerator }: PoolMeterRow): string {
  if (accelerator !== null) return acceleratorMeter(accelerator);
  return storageTier === null ? meter : `STORAGE_GIB_${storageTier}`;
}
