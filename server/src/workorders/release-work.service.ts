import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { MachineToRemove, RecordedReleases } from '../resources/recorded-releases.types.js';
import { MadeOrders } from './made-orders.service.js';
import { WorkOrdersRepository } from './workorders.repository.js';

/** What a machine on a foreign platform leaves to people when it is given back: one order, whose end is the machine's. */
@Injectable()
export class ReleaseWork implements RecordedReleases {
  constructor(
    private readonly orders: WorkOrdersRepository,
    private readonly made: MadeOrders,
    private readonly facilities: FacilitiesService,
  ) {}

  /** Asked twice, the machine has its order already. */
  async asked(tx: Tx, machine: MachineToRemove): Promise<void> {
    const { id, code, name, departmentId, systemId, centerId, requestId, requestCode } = machine;
    if (await this.orders.ofResource(tx, id)) return;
    const [pool] = await this.facilities.poolsWithin(tx, [machine.poolId]);
    const where = pool?.platformName ? `${pool.code}（${pool.platformName}）` : (pool?.code ?? '');
    await this.made.make(tx, [
      {
        kind: 'RELEASE',
        title: `释放 ${name}（${code}）`,
        instructions: `在 ${where} 删除虚拟机 ${name}（${code}），清除其数据`,
        ...{ departmentId, systemId, centerId, requestId, requestCode },
        subject: { resourceId: id },
      },
    ]);
  }
}
