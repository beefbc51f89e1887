import { Injectable } from '@nestjs/common';
import type { Pool } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PoolsService } from '../facilities/pools.service.js';
import { FilesService } from '../files/files.service.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { Companies } from '../workorders/companies.service.js';
import { OrderActs } from '../workorders/order-acts.service.js';
import { OrderLoaders } from '../workorders/order-loaders.service.js';
import { OrderSights } from '../workorders/order-sights.service.js';
import { WorkOrdersService } from '../workorders/workorders.service.js';
import { EVERY_ORDER, type OrderSight, type WorkOrderRow } from '../workorders/workorders.types.js';
import { done, type Workers } from './journey-people.js';

const CENTER = 'center-a';
/** No cluster serves this zone, so that its machines are made by people. */
export const RECORDED_POOL = {
  code: 'a-vmware-business',
  zone: 'BUSINESS_LINE',
  architecture: 'AMD64',
} as const satisfies Pick<Pool, 'code' | 'zone' | 'architecture'>;
/** Eight machines of two sockets. */
const SIZE = { nodes: 8, vcpu: 512, memoryMib: 2_097_152, ssdGib: 61_440, hddGib: 122_880 };

/** A virtualisation platform that the center has run for years, and the work orders by which requests are fulfilled there. */
@Injectable()
export class RecordedWork {
  constructor(
    private readonly pools: PoolsService,
    private readonly facilities: FacilitiesService,
    private readonly orders: WorkOrdersService,
    private readonly acts: OrderActs,
    private readonly sights: OrderSights,
    private readonly loaders: OrderLoaders,
    private readonly companies: Companies,
    private readonly files: FilesService,
  ) {}

  /** Registered as an engineer registers it; gives the center that it stands in. */
  async open(facility: Viewer): Promise<string> {
    const center = (await this.facilities.centers()).find(({ code }) => code === CENTER);
    if (!center) throw new Error(`the demonstration has no ${CENTER}`);
    const platform = { processor: '海光 C86-3G', domesticCpu: true, platformName: 'VMware vSphere 7（存量）' };
    await done(
      this.pools.register(facility, {
        ...{ ...RECORDED_POOL, ...platform, kind: 'RECORDED', centerId: center.id, cloud: null },
        ...{ protectionLevelMax: 3, vcpuOvercommitPercent: 200, reservePercent: 10, reserveNodes: 1 },
        ...{ size: SIZE, accelerators: [], idempotencyKey: newId() },
      }),
    );
    return center.id;
  }

  /** Assigned, accepted, done step by step with evidence, and confirmed by another: its machines are in use then. */
  async carryOut(requestId: string, { facility, operator }: Workers, evidence: Buffer): Promise<void> {
    const { rows } = await this.orders.page(EVERY_ORDER, { requestId }, { first: 10, after: null });
    for (const order of rows) {
      const companyId = await this.companies.companyOf(operator.userId);
      const as = async (viewer: Viewer): Promise<OrderSight> => (await this.sights.of(viewer)) ?? EVERY_ORDER;
      const wish = async () => ({ ...(await this.wish(order)), opinion: null });
      await done(
        this.acts.assign(facility, await as(facility), 'OPEN', {
          ...{ ...(await wish()), companyId, assigneeId: operator.userId },
          ...{ windowFrom: null, windowTo: null, dueAt: null, overlapReason: null },
        }),
      );
      for (const action of ['ACCEPT', 'START'] as const)
        await done(this.acts.move(operator, await as(operator), action, await wish()));
      for (const step of (await this.loaders.stepsOf([order.id]))[0] ?? []) {
        const file = { name: `${step.titleZh}记录.pdf`, bytes: evidence };
        const fileIds = step.needsEvidence ? [await done(this.files.upload(file, operator))] : [];
        const record = { stepId: step.id, isDone: true, note: '已按明细完成', fileIds };
        await done(this.acts.record(operator, await as(operator), { ...(await this.wish(order)), ...record }));
      }
      await done(this.acts.move(operator, await as(operator), 'FINISH', await wish()));
      await done(this.acts.move(facility, await as(facility), 'CONFIRM', await wish()));
    }
  }

  private async wish({ id }: WorkOrderRow) {
    const now = await this.orders.inSight(EVERY_ORDER, id);
    return { id, expectedVersion: now?.version ?? 0, idempotencyKey: newId() };
  }
}
