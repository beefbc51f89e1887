import { Injectable } from '@nestjs/common';
import { covers, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { Companies } from './companies.service.js';
import type { Side } from './domain/work-order.js';
import type { OrderSight, WorkOrderRow } from './workorders.types.js';

/** Whose orders a viewer sees, and on which side of one he stands. */
@Injectable()
export class OrderSights {
  constructor(private readonly companies: Companies) {}

  /** null = work orders are none of his business. */
  async of(viewer: Viewer): Promise<OrderSight | null> {
    const scope = scopeFor(viewer, 'WORK_ORDER', 'READ') ?? null;
    const works = scopeFor(viewer, 'WORK_ORDER', 'EDIT') !== undefined;
    if (!scope && !works) return null;
    return { scope, worker: works ? await this.worker(viewer) : null };
  }

  async worker(viewer: Viewer): Promise<{ userId: string; companyId: string | null }> {
    return { userId: viewer.userId, companyId: await this.companies.companyOf(viewer.userId) };
  }

  sidesOf(viewer: Viewer, sight: OrderSight, order: WorkOrderRow): Side[] {
    const sides: Side[] = [];
    if (covers(scopeFor(viewer, 'WORK_ORDER', 'CREATE'), order.departmentId)) sides.push('APPLICANT');
    if (scopeFor(viewer, 'WORK_ORDER', 'REVIEW') !== undefined) sides.push('CENTER');
    const { worker } = sight;
    const mine =
      worker !== null &&
      (order.assigneeId === worker.userId ||
        (order.assigneeId === null && order.companyId !== null && order.companyId === worker.companyId));
    if (mine) sides.push('WORKER');
    return sides;
  }

  /** For whose things somebody may apply. */
  applyScope(viewer: Viewer): TenantScope | undefined {
    return scopeFor(viewer, 'WORK_ORDER', 'CREATE');
  }
}
