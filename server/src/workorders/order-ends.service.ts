import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ChangeFollowUp, type GivenBack } from '../requests/change-follow-up.service.js';
import { FollowUpService } from '../requests/follow-up.service.js';

import { RecordedMachines } from '../resources/recorded-machines.service.js';
import { BackupOrders } from './backup-orders.service.js';

import { type ContentToCheck, checkContent } from './domain/content.js';
import { HostingRepository } from './hosting.repository.js';
import { type Last, nothingLast } from './order-effects.service.js';
import { invalid } from './order-refusals.js';
import { PolicyOpening } from './policy-opening.service.js';
import { PortsRepository } from './ports.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { WorkOrderRow } from './workorders.types.js';

/** Whose doing it is that a change has been carried out. */
const CONSOLE_NAME = '集云';

/** What an order says in the database, and to whom its end is told: a granted line, a policy. */
@Injectable()
export class OrderEnds {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly hosting: HostingRepository,
    private readonly ports: PortsRepository,
    private readonly policies: PolicyOpening,
    private readonly backups: BackupOrders,
    private readonly requests: FollowUpService,
    private readonly changes: ChangeFollowUp,
    private readonly machines: RecordedMachines,
    private readonly allocation: AllocationService,
  ) {}

  async objectionsToSubmit(tx: Tx, order: WorkOrderRow): Promise<readonly Refusal[]> {
    return checkContent(await this.contentOf(tx, order), tx.now, true);
  }

  /** A step that is not done, or goods that have no slip to leave with. */
  async objectionsToFinish(tx: Tx, order: WorkOrderRow): Promise<readonly Refusal[]> {
    const left = (await this.repository.stepsOf([order.id], tx.manager)).filter((step) => step.doneAt === null);
    if (left.length > 0)
      return [
        invalid(
          ['steps'],
          'unfinished',
          `还有 ${left.length} 步未完成：${left.map((step) => step.titleZh).join('、')}`,
          `${left.length} steps are not done: ${left.map((step) => step.titleEn).join(', ')}`,
        ),
      ];
    if (order.kind === 'MOVE_OUT' && order.slipNumber === null)
      return [
        invalid(
          ['id'],
          'slip',
          '出场须先由机房工程师开具出门条',
          'A facility engineer issues a release slip before anything leaves',
        ),
      ];
    return this.backups.objectionsToFinish(tx, order);
  }

  private async contentOf(tx: Tx, order: WorkOrderRow): Promise<ContentToCheck> {
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

  /** The way back: the granted line stands ready, or the machine is gone; the order with its evidence proves it. */
  async confirmed(tx: Tx, order: WorkOrderRow): Promise<Last> {
    if (order.policyId !== null)
      await (order.kind === 'POLICY_REMOVAL'
        ? this.policies.removedByHand(tx, order.policyId, order)
        : this.policies.doneByHand(tx, order.policyId, order));
    if (order.backupId !== null) await this.backups.confirmed(tx, order);
    if (order.lineId !== null) {
      const changed = await this.changes.lineDone(tx, order.lineId, order.code, CONSOLE_NAME);
      if (changed) return this.givenBack(tx, changed);
      await this.requests.lineFulfilled(tx, order.lineId, order.code);
    }
    return order.resourceId === null ? nothingLast : this.removed(tx, order.resourceId);
  }

  private givenBack(tx: Tx, { moves, claimIds, shrunk, quotasLast }: GivenBack): Last {
    return async () => {
      await this.requests.moveBudgets(tx, moves);
      await quotasLast?.();
      await this.allocation.release(tx, claimIds, shrunk);
      return ok(undefined);
    };
  }

  /** As a worker writes down that a cluster's machine is gone: the request follows, budget and capacity go back last. */
  private async removed(tx: Tx, resourceId: string): Promise<Last> {
    const machine = await this.machines.gone(tx, resourceId);
    if (machine === null) return nothingLast;
    const { claimId, requestId } = machine;
    const moves = await this.requests.resourceReleased(tx, { ...machine, id: resourceId });
    // A change that was to make it waits for it no longer.
    await this.changes.made(tx, resourceId);
    const claims = [claimId, ...(await this.requests.dataWithoutMachines(tx, requestId))];
    return async () => {
      await this.requests.moveBudgets(tx, moves);
      await this.allocation.release(tx, claims);
      return ok(undefined);
    };
  }
}
