import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Companies } from './companies.service.js';
import type { Entrant } from './domain/entrants.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { HostingRepository } from './hosting.repository.js';
import { PortSets } from './port-sets.service.js';
import { PortsRepository } from './ports.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { EquipmentRow, EventRow, PortSetRow, WorkOrderRow } from './workorders.types.js';

export interface PastOrder {
  readonly order: WorkOrderRow;
  readonly roomIds: readonly string[];
  readonly entrants: readonly Entrant[];
  readonly equipmentIds: readonly string[];
  /** Ports that it holds; the sets below say so too. */
  readonly claims: readonly { readonly portSetId: string; readonly count: number }[];
  readonly stepsDone: number;
  readonly stepsBy: string;
  readonly events: readonly Omit<EventRow, 'id' | 'orderId'>[];
}

export interface PastWork {
  readonly company: { readonly id: string; readonly name: string; readonly userIds: readonly string[] };
  readonly portSets: readonly Omit<PortSetRow, 'claimed' | 'version' | 'createdAt'>[];
  readonly equipment: readonly EquipmentRow[];
  readonly orders: readonly PastOrder[];
}

/** Takes in work of the time before, as the demonstration does; nothing is announced, because it is known. */
@Injectable()
export class PastOrders {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly hosting: HostingRepository,
    private readonly ports: PortsRepository,
    private readonly sets: PortSets,
    private readonly companies: Companies,
  ) {}

  async add(tx: Tx, { company, portSets, equipment, orders }: PastWork): Promise<void> {
    await this.companies.add(tx, company, company.userIds);
    await this.sets.add(tx, portSets);
    await this.hosting.insert(tx, equipment);
    for (const past of orders) await this.addOrder(tx, past);
  }

  private async addOrder(tx: Tx, past: PastOrder): Promise<void> {
    const { order } = past;
    await this.orders.insert(tx, order);
    await this.orders.setRooms(tx, order.id, past.roomIds);
    await this.orders.setEntrants(tx, order.id, past.entrants);
    await this.orders.setSteps(tx, order.id, STEPS_OF_KIND[order.kind]);
    for (const step of (await this.orders.stepsOf([order.id], tx.manager)).slice(0, past.stepsDone))
      await this.orders.updateStep(tx, step.id, { doneAt: order.finishedAt ?? order.stateSince, doneBy: past.stepsBy });
    await this.hosting.setThings(
      tx,
      order.id,
      past.equipmentIds.map((equipmentId) => ({ equipmentId, targetHolderId: null, targetUnitHalves: null })),
    );
    for (const { at, ...event } of past.events) await this.orders.appendEvent(tx, { ...event, orderId: order.id }, at);
    await this.ports.setWishes(
      tx,
      order.id,
      order.departmentId,
      new Map(past.claims.map(({ portSetId, count }) => [portSetId, count])),
    );
    const wished = await this.ports.claimsIn(tx, [order.id]);
    for (const claim of await this.ports.moveClaims(tx, wished, { state: 'ALLOCATED', from: ['WISHED'] }))
      if (!(await this.ports.take(tx, claim.portSetId, claim.asked)))
        throw new Error(`${order.code} claims more ports than there are`);
  }
}
