import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { Companies } from './companies.service.js';
import { orderIsDue, orderMoved } from './domain/notices.js';
import type { WorkOrderAction } from './domain/work-order.js';
import type { WorkOrderRow } from './workorders.types.js';

/** Says in the act itself who should hear of it. */
@Injectable()
export class OrderNews {
  constructor(
    private readonly notices: Notices,
    private readonly companies: Companies,
  ) {}

  async moved(tx: Tx, order: WorkOrderRow, action: WorkOrderAction, by: Actor): Promise<void> {
    const workers = await this.companies.peopleOf(tx, order.companyId);
    const notice = orderMoved(order, action, workers, by.userId ?? '');
    if (notice) await this.notices.tell(tx, notice);
  }

  /** Orders that nobody works yet: told by one statement, however many. */
  async submitted(tx: Tx, orders: readonly WorkOrderRow[], by: Actor): Promise<void> {
    await this.notices.tell(tx, ...orders.flatMap((order) => orderMoved(order, 'SUBMIT', [], by.userId ?? '') ?? []));
  }

  async due(tx: Tx, order: WorkOrderRow, stage: 'SOON' | 'LATE'): Promise<void> {
    await this.notices.tell(tx, orderIsDue(order, stage, await this.companies.peopleOf(tx, order.companyId)));
  }
}
