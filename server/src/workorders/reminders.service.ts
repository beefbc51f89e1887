import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { OrderNews } from './order-news.service.js';
import { done, notOpen } from './order-refusals.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { EVERY_ORDER } from './workorders.types.js';

const SOON_MS = 24 * 3_600_000;
/** Orders that one call looks at; the next minute takes the rest. */
const PER_RUN = 200;

/** Reminds of orders a day before they are due, and when they are: once each. Called by the worker's housekeeping. */
@Injectable()
export class OrderReminders {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly news: OrderNews,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(actor: Actor): Promise<number> {
    const now = this.clock.now();
    const due = await this.repository.dueUntold(new Date(now.getTime() + SOON_MS), now, PER_RUN);
    await eachAlone(due, ({ id }) =>
      this.acts.perform({ name: 'workorder.remind', actor, input: { id } }, async (tx) => {
        const order = await this.repository.locked(tx, EVERY_ORDER, id);
        if (!order?.dueAt) return refuse([notOpen(order ?? { code: id, state: 'CANCELLED' }, 'REMIND')]);
        const stage = order.dueAt <= tx.now ? 'LATE' : 'SOON';
        if (order.toldStage === stage) return refuse([notOpen(order, 'REMIND')]);
        await this.news.due(tx, order, stage);
        await this.repository.update(tx, id, { toldStage: stage });
        tx.changed('workOrder', id);
        const words =
          stage === 'LATE'
            ? say('已超期，已提醒', 'is overdue, reminded')
            : say('即将到期，已提醒', 'is due soon, reminded');
        return ok(
          done({ id }, order, say(`工单 ${order.code} ${words.zh}`, `Work order ${order.code} ${words.en}`), {
            after: { stage },
          }),
        );
      }),
    );
    return due.length;
  }
}
