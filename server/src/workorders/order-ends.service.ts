import { Injectable } from '@nestjs/common';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ContentToCheck } from './domain/content.js';
import { HostingRepository } from './hosting.repository.js';
import { PortsRepository } from './ports.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { WorkOrderRow } from './workorders.types.js';

/** What an order says in the database, and to whom its end is told: a granted line, a policy. */
@Injectable()
export class OrderEnds {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly hosting: HostingRepository,
    private readonly ports: PortsRepository,
  ) {}

  async contentOf(tx: Tx, order: WorkOrderRow): Promise<ContentToCheck> {
    const [rooms, things, claims, entrants] = [
      await this.repository.roomsOf([order.id], tx),
      await this.hosting.thingsOf([order.id], tx.manager),
      await this.ports.claimsIn(tx, [order.id]),
      await this.repository.entrantsOf([order.id], tx.manager),
    ];
    return {
      ...order,
      roomIds: rooms.map((room) => room.roomId),
      things: things.map(({ equipment }) => ({ equipmentId: equipment.id, facts: null })),
      ports: claims.map(({ portSetId, asked }) => ({ portSetId, count: asked })),
      entrants,
    };
  }

  async confirmed(_tx: Tx, _order: WorkOrderRow, _by: Viewer): Promise<void> {}

  async cancelled(_tx: Tx, _order: WorkOrderRow, _by: Viewer, _why: string | null): Promise<void> {}
}
