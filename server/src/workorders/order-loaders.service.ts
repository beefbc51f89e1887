import { Injectable } from '@nestjs/common';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import type { Room } from '../cabinets/domain/cabinet.js';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import type { StoredFile } from '../files/domain/stored-file.js';
import { FilesService } from '../files/files.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { HostingRepository } from './hosting.repository.js';
import { PortsRepository } from './ports.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { EntrantRow, EventRow, OrderClaim, OrderThing, StepRow } from './workorders.types.js';

/** What hangs on orders, in batches. Callers have been let see the orders. */
@Injectable()
export class OrderLoaders {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly hosting: HostingRepository,
    private readonly ports: PortsRepository,
    private readonly cabinets: CabinetsService,
    private readonly spaces: GivenSpaces,
    private readonly files: FilesService,
  ) {}

  readonly roomsOf = async (orderIds: readonly string[]): Promise<Room[][]> => {
    const links = await this.orders.roomsOf(orderIds);
    const rooms = await this.cabinets.roomsByIds(
      WHOLE_PROVINCE,
      links.map((link) => link.roomId),
    );
    const byId = new Map(rooms.map((room) => [room.id, room]));
    const byOrder = Map.groupBy(links, (link) => link.orderId);
    return orderIds.map((id) => (byOrder.get(id) ?? []).flatMap((link) => byId.get(link.roomId) ?? []));
  };

  readonly stepsOf = async (orderIds: readonly string[]): Promise<StepRow[][]> =>
    grouped(orderIds, await this.orders.stepsOf(orderIds));

  readonly filesOfSteps = (stepIds: readonly string[]): Promise<StoredFile[][]> =>
    this.files.filesOf('WorkOrderStep', stepIds);

  readonly eventsOf = async (orderIds: readonly string[]): Promise<EventRow[][]> =>
    grouped(orderIds, await this.orders.eventsOf(orderIds));

  readonly entrantsOf = async (orderIds: readonly string[]): Promise<EntrantRow[][]> =>
    grouped(orderIds, await this.orders.entrantsOf(orderIds));

  readonly thingsOf = async (orderIds: readonly string[]): Promise<OrderThing[][]> =>
    grouped(orderIds, await this.hosting.thingsOf(orderIds));

  readonly claimsOf = async (orderIds: readonly string[]): Promise<OrderClaim[][]> =>
    grouped(orderIds, await this.ports.claimsOf(orderIds));

  readonly spacesOf = async (holderIds: readonly string[]): Promise<(GivenPlace | null)[]> =>
    inOrderOf(holderIds, await this.spaces.byIds(holderIds), (place) => place.holder.id);
}

function grouped<T extends { readonly orderId: string }>(ids: readonly string[], rows: readonly T[]): T[][] {
  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return ids.map((id) => byOrder.get(id) ?? []);
}
