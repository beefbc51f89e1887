import { Injectable } from '@nestjs/common';
import { accountingYear } from '../kernel/calendar.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { WorkOrderKind } from './domain/work-order.js';
import { OrderNews } from './order-news.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { newOrder } from './workorders.service.js';
import type { WorkOrderRow } from './workorders.types.js';

export const BY_THE_CONSOLE = { userId: null, name: '集云', departmentId: null, address: null, traceId: '' };

/** What an order that the console makes says; whoever opens it adds room, window and people. */
export interface MadeOrder
  extends Pick<WorkOrderRow, 'title' | 'instructions' | 'departmentId' | 'systemId' | 'centerId'> {
  readonly kind: WorkOrderKind;
  readonly requestId: string;
  readonly requestCode: string;
  /** What it is for, and has one order only. */
  readonly subject: { readonly lineId: string } | { readonly resourceId: string } | { readonly endedLineId: string };
  /** The backup that it sets up. */
  readonly backupId?: string | null;
  /** Taken before the unit of work; null = it is taken within. */
  readonly code?: string | null;
}

/** Orders that follow from what was decided elsewhere: by few statements, however many. */
@Injectable()
export class MadeOrders {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly news: OrderNews,
    private readonly codes: CodeSequence,
  ) {}

  async make(tx: Tx, made: readonly MadeOrder[]): Promise<void> {
    if (made.length === 0) return;
    const without = made.filter(({ code }) => !code);
    const within =
      without.length > 0 ? await this.codes.takeWithin(tx.manager, 'GD', accountingYear(tx.now), without.length) : [];
    const rows = made.map(({ code, ...order }): WorkOrderRow => {
      const { kind, requestId, requestCode, subject, backupId = null, ...words } = order;
      const content = { ...words, kind, windowFrom: null, windowTo: null, escort: null };
      const number = code ?? (within[without.findIndex((one) => one.subject === subject)] as string);
      const row = newOrder(newId(tx.now.getTime()), number, content, tx.now, BY_THE_CONSOLE, 'SUBMITTED');
      return { ...row, requestId, requestCode, backupId, ...subject };
    });
    await this.orders.insertMade(tx, rows, BY_THE_CONSOLE.name);
    await this.news.submitted(tx, rows, BY_THE_CONSOLE);
    for (const { id } of rows) tx.changed('workOrder', id);
  }
}
