import { Injectable } from '@nestjs/common';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { Cabinet } from '../cabinets/domain/cabinet.js';
import { alongside, type Feed, type MaintenanceWindow, type PlaceExtent } from '../facilities/domain/maintenance.js';
import { PlaceMaintenance } from '../facilities/place-maintenance.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { ServersService } from '../servers/servers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { type PlaceImpact, placeImpact } from './domain/place-impact.js';

export interface PlannedPlaceWindow {
  readonly extent: PlaceExtent;
  readonly placeId: string;
  readonly feed: Feed | null;
  readonly fromAt: Date;
  readonly toAt: Date;
  /** The window itself, when it is planned already. */
  readonly windowId: string | null;
}

export interface PlaceImpactReport extends Omit<PlaceImpact, 'dark' | 'atRisk'> {
  readonly cabinets: number;
  readonly dark: readonly Cabinet[];
  readonly atRisk: readonly Cabinet[];
  /** Of the systems those that run on both sides: what they have here is away. */
  readonly dualActive: readonly string[];
  /** Hosts of pools among the things, by pool: the pool needs a window of its own. */
  readonly pools: readonly { readonly poolId: string; readonly hosts: number }[];
  readonly overlapping: readonly MaintenanceWindow[];
}

/** What a window on a room, row or cabinet would break, before it starts. By a constant number of statements. */
@Injectable()
export class PlaceImpactService {
  constructor(
    private readonly cabinets: CabinetsService,
    private readonly servers: ServersService,
    private readonly systems: SystemsService,
    private readonly maintenance: PlaceMaintenance,
  ) {}

  /** null = there is no such place, or no cabinet in it. */
  async impact(window: PlannedPlaceWindow): Promise<PlaceImpactReport | null> {
    const cabinets = await this.cabinetsOf(window);
    if (cabinets.length === 0) return null;
    const places = new Set(cabinets.flatMap((cabinet) => [cabinet.id, cabinet.rowId, cabinet.roomId]));
    const [holders, dualActive, open] = await Promise.all([
      this.cabinets.holdersOf(cabinets.map((cabinet) => cabinet.id)),
      this.systems.dualActiveIds(),
      this.maintenance.openOf([...places]),
    ]);
    // Blocked units hold nothing, and a planned move is no second thing.
    const things = holders.filter((holder) => holder.state !== 'BLOCKED' && holder.plannedForId === null);
    const serverIds = things.flatMap(({ kind, subjectId }) => (kind === 'SERVER' && subjectId ? [subjectId] : []));
    const servers = new Map(
      (await this.servers.servers(serverIds)).flatMap((server) => (server ? [[server.id, server] as const] : [])),
    );
    const standing = things.map((holder) => {
      const server = servers.get(holder.subjectId ?? '');
      return { ...holder, systemId: server?.systemId ?? null, poolId: server?.poolId ?? null };
    });
    const { dark, atRisk, ...impact } = placeImpact(cabinets, standing, window.feed);
    const named = (ids: readonly string[]): Cabinet[] => cabinets.filter((cabinet) => ids.includes(cabinet.id));
    const hosts = standing.flatMap(({ poolId, cabinetId }) => (poolId && dark.includes(cabinetId) ? [poolId] : []));
    return {
      ...impact,
      cabinets: cabinets.length,
      dark: named(dark),
      atRisk: named(atRisk),
      dualActive: impact.systems.filter((id) => dualActive.includes(id)),
      pools: [...Map.groupBy(hosts, (id) => id)].map(([poolId, of]) => ({ poolId, hosts: of.length })),
      overlapping: alongside(open, window),
    };
  }

  private cabinetsOf({ extent, placeId }: PlannedPlaceWindow): Promise<Cabinet[]> {
    switch (extent) {
      case 'ROOM':
        return this.cabinets.cabinetsOfRooms(WHOLE_PROVINCE, [placeId]);
      case 'CABINET_ROW':
        return this.cabinets.cabinetsOfRows(WHOLE_PROVINCE, [placeId]);
      case 'CABINET':
        return this.cabinets.cabinetsByIds(WHOLE_PROVINCE, [placeId]);
    }
  }
}
