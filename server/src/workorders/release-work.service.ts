import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { MachineToRemove, RecordedReleases } from '../resources/recorded-releases.types.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { OrderNews } from './order-news.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { newOrder } from './workorders.service.js';

const BY_THE_CONSOLE = { userId: null, name: '集云', departmentId: null, address: null, traceId: '' };

/** What a machine on a foreign platform leaves to people when it is given back: one order, whose end is the machine's. */
@Injectable()
export class ReleaseWork implements RecordedReleases {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly facilities: FacilitiesService,
    private readonly news: OrderNews,
    private readonly codes: CodeSequence,
  ) {}

  /** Asked twice, the machine has its order already. */
  async asked(tx: Tx, machine: MachineToRemove): Promise<void> {
    if (await this.orders.ofResource(tx, machine.id)) return;
    const [pool] = await this.facilities.poolsWithin(tx, [machine.poolId]);
    const where = pool?.platformName ? `${pool.code}（${pool.platformName}）` : (pool?.code ?? '');
    const id = newId(tx.now.getTime());
    const code = await this.codes.nextWithin(tx.manager, 'GD', accountingYear(tx.now));
    const content = {
      kind: 'RELEASE' as const,
      title: `释放 ${machine.name}（${machine.code}）`,
      instructions: `在 ${where} 删除虚拟机 ${machine.name}（${machine.code}），清除其数据`,
      departmentId: machine.departmentId,
      systemId: machine.systemId,
      centerId: machine.centerId,
      windowFrom: null,
      windowTo: null,
      escort: null,
    };
    const { requestId, requestCode } = machine;
    const order = {
      ...newOrder(id, code, content, tx.now, BY_THE_CONSOLE, 'SUBMITTED'),
      requestId,
      requestCode,
      resourceId: machine.id,
    };
    await this.orders.insert(tx, order);
    await this.orders.setSteps(tx, id, STEPS_OF_KIND.RELEASE);
    const by = { orderId: id, actorId: null, actorName: BY_THE_CONSOLE.name, opinion: null };
    await this.orders.appendEvent(tx, { ...by, action: 'CREATE', fromState: null, toState: 'SUBMITTED' });
    await this.news.moved(tx, order, 'SUBMIT', BY_THE_CONSOLE);
    tx.changed('workOrder', id);
  }
}
