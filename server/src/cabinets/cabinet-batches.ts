import type { TenantScope } from '../kernel/viewer.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { CabinetsService } from './cabinets.service.js';
import type { Cabinet, CabinetRow, Room } from './domain/cabinet.js';
import type { Holder } from './domain/holder.js';

/** Batches for loaders within one viewer's scope: one object a request, because a loader is known by its function. */
export class CabinetBatches {
  constructor(
    private readonly cabinets: CabinetsService,
    private readonly scope: TenantScope,
  ) {}

  readonly rooms = async (ids: readonly string[]): Promise<(Room | null)[]> =>
    inOrderOf(ids, await this.cabinets.roomsByIds(this.scope, ids), (room) => room.id);

  readonly rows = async (ids: readonly string[]): Promise<(CabinetRow | null)[]> =>
    inOrderOf(ids, await this.cabinets.rowsByIds(this.scope, ids), (row) => row.id);

  readonly byIds = async (ids: readonly string[]): Promise<(Cabinet | null)[]> =>
    inOrderOf(ids, await this.cabinets.cabinetsByIds(this.scope, ids), (cabinet) => cabinet.id);

  readonly rowsOfRooms = async (ids: readonly string[]): Promise<CabinetRow[][]> =>
    grouped(ids, await this.cabinets.rowsOfRooms(this.scope, ids), (row) => row.roomId);

  readonly ofRooms = async (ids: readonly string[]): Promise<Cabinet[][]> =>
    grouped(ids, await this.cabinets.cabinetsOfRooms(this.scope, ids), (cabinet) => cabinet.roomId);

  readonly ofRows = async (ids: readonly string[]): Promise<Cabinet[][]> =>
    grouped(ids, await this.cabinets.cabinetsOfRows(this.scope, ids), (cabinet) => cabinet.rowId);

  readonly holders = async (ids: readonly string[]): Promise<Holder[][]> =>
    grouped(ids, await this.cabinets.holdersOf(ids), (holder) => holder.cabinetId);
}

function grouped<T>(ids: readonly string[], rows: readonly T[], keyOf: (row: T) => string): T[][] {
  const groups = Map.groupBy(rows, keyOf);
  return ids.map((id) => groups.get(id) ?? []);
}
