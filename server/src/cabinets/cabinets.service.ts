import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetCensus } from './cabinet-census.repository.js';
import { CabinetsRepository } from './cabinets.repository.js';
import type { CabinetFilter, CabinetOrder, HolderPlace } from './cabinets.types.js';
import { type Cabinet, type CabinetDescription, type CabinetRow, emptyCabinet, type Room } from './domain/cabinet.js';
import type { Holder } from './domain/holder.js';
import type { SpaceTotals } from './domain/space-totals.js';

export type NewCabinet = CabinetDescription & { readonly id: string; readonly rowId: string };
export type NewCabinetRow = Omit<CabinetRow, 'weightGrams' | 'version'>;

/** Reading of rooms, rows and cabinets, each within the viewer's scope; and taking in whole rooms. */
@Injectable()
export class CabinetsService {
  constructor(
    private readonly repository: CabinetsRepository,
    private readonly census: CabinetCensus,
  ) {}

  /** In the order of their codes. */
  rooms(scope: TenantScope, centerId: string): Promise<Room[]> {
    return this.repository.rooms(scope, { centerId });
  }

  roomsByIds(scope: TenantScope, ids: readonly string[]): Promise<Room[]> {
    return this.repository.rooms(scope, { ids });
  }

  /** Places of a center that are a department's or promised. */
  promisedInCenter(tx: Tx, centerId: string): Promise<number> {
    return this.census.promisedInCenter(tx, centerId);
  }

  /** Of paths such as "center-a/room/cabinet" those that name a cabinet of these centers. Unscoped: no person asks. */
  knownPaths(
    centers: readonly { readonly id: string; readonly code: string }[],
    paths: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return this.census.knownPaths(centers, paths);
  }

  rowsByIds(scope: TenantScope, ids: readonly string[]): Promise<CabinetRow[]> {
    return this.repository.cabinetRows(scope, { ids });
  }

  rowsOfRooms(scope: TenantScope, roomIds: readonly string[]): Promise<CabinetRow[]> {
    return this.repository.cabinetRows(scope, { roomIds });
  }

  cabinetsByIds(scope: TenantScope, ids: readonly string[]): Promise<Cabinet[]> {
    return this.repository.cabinets(scope, { ids });
  }

  cabinetsOfRooms(scope: TenantScope, roomIds: readonly string[]): Promise<Cabinet[]> {
    return this.repository.cabinets(scope, { roomIds });
  }

  cabinetsOfRows(scope: TenantScope, rowIds: readonly string[]): Promise<Cabinet[]> {
    return this.repository.cabinets(scope, { rowIds });
  }

  /** Live ones. The caller has been let see the cabinets, and shows of foreign holders that they are there, no more. */
  holdersOf(cabinetIds: readonly string[]): Promise<Holder[]> {
    return this.repository.holdersOf(cabinetIds);
  }

  page(scope: TenantScope, filter: CabinetFilter, order: CabinetOrder, page: PageRequest): Promise<Page<Cabinet>> {
    return this.repository.page(scope, filter, order, page);
  }

  /** Where these servers, requests … stand or are promised. Callers have been let see them. */
  placesOf(subjectIds: readonly string[]): Promise<HolderPlace[]> {
    return this.repository.placesOfSubjects(subjectIds);
  }

  /** Of cabinets in service or closed, by center and zone. Sums name nobody, so they take no scope. */
  totals(): Promise<SpaceTotals[]> {
    return this.census.totals();
  }

  /** A new, empty row in a room that is there. */
  addRow(tx: Tx, row: NewCabinetRow): Promise<void> {
    return this.repository.insert(tx, [], [{ ...row, weightGrams: 0, version: 1 }], []);
  }

  /** Takes in new rooms with their new rows and empty cabinets. What is wrong with them is a defect of the caller. */
  async add(
    tx: Tx,
    {
      rooms,
      rows,
      cabinets,
    }: {
      readonly rooms: readonly Room[];
      readonly rows: readonly NewCabinetRow[];
      readonly cabinets: readonly NewCabinet[];
    },
  ): Promise<void> {
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const roomOf = new Map(rooms.map((room) => [room.id, room]));
    const own = Map.groupBy(cabinets, (cabinet) => cabinet.rowId);
    await this.repository.insert(
      tx,
      rooms,
      rows.map((row) => ({
        ...row,
        version: 1,
        weightGrams: (own.get(row.id) ?? []).reduce((sum, cabinet) => sum + cabinet.ownWeightGrams, 0),
      })),
      cabinets.map((cabinet) => {
        const roomId = rowOf.get(cabinet.rowId)?.roomId ?? '';
        const centerId = roomOf.get(roomId)?.centerId;
        if (centerId === undefined) throw new RangeError(`cabinet ${cabinet.code} stands in no row of these`);
        return emptyCabinet(cabinet, { id: cabinet.id, rowId: cabinet.rowId, roomId, centerId });
      }),
    );
  }
}
