import { Inject, Injectable } from '@nestjs/common';
import { FilesService } from '../files/files.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { alwaysTyped, type ShownLoss } from './domain/data-loss.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionsRepository } from './executions.repository.js';
import type { ApprovalRow, EvidenceRow, ExecutionFilter, ExecutionRow, StepRow } from './executions.types.js';
import { Fences } from './fences.service.js';
import { type ReturningSideRow, ReturningSidesRepository } from './returning-sides.repository.js';
import { StandingOrders } from './standing-orders.service.js';

/** So long a planned move is reckoned with in a calendar: halting, the last sync, and what people verify. */
export const SWITCH_HOURS = 4;

/** Executions as pages show them. */
@Injectable()
export class ExecutionViews {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly grounds: ExecutionGrounds,
    private readonly files: FilesService,
    private readonly fences: Fences,
    private readonly orders: StandingOrders,
    private readonly returning: ReturningSidesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(scope: TenantScope, filter: ExecutionFilter, page: PageRequest): Promise<Page<ExecutionRow>> {
    return this.repository.page(scope, filter, page);
  }

  inScope(scope: TenantScope, id: string): Promise<ExecutionRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Moves that can wait, of the whole province, for the calendar of the duty desk: those that touch the time. */
  between(fromAt: Date, toAt: Date, limit: number): Promise<ExecutionRow[]> {
    return this.repository.between(fromAt, toAt, SWITCH_HOURS, limit);
  }

  readonly stepsOf = async (ids: readonly string[]): Promise<StepRow[][]> =>
    grouped(ids, await this.repository.steps(ids));

  readonly approvalsOf = async (ids: readonly string[]): Promise<ApprovalRow[][]> =>
    grouped(ids, await this.repository.approvals(ids));

  readonly evidenceOf = async (ids: readonly string[]): Promise<EvidenceRow[][]> =>
    grouped(ids, await this.evidence.ofExecutions(ids));

  readonly returningOf = async (ids: readonly string[]): Promise<ReturningSideRow[][]> => {
    const byId = Map.groupBy(await this.returning.ofExecutions(ids), ({ executionId }) => executionId);
    return ids.map((id) => byId.get(id) ?? []);
  };

  /** By what is in force now: an advance approval may have been revoked since. */
  async signaturesNeeded(row: ExecutionRow): Promise<number> {
    return (await this.orders.stillCovers(row, this.clock.now())) ? 1 : 2;
  }

  readonly filesOf = (ids: readonly string[]) => this.files.filesOf('DrExecution', ids);

  /** As it would be if it were accepted now; null = its group has gone. */
  async lossNow(row: ExecutionRow): Promise<ShownLoss | null> {
    const ground = await this.grounds.of(row.groupId);
    if (!ground) return null;
    const loss = this.grounds.lossOf(ground, row.kind, row.toCenterId);
    return row.kind === 'FAILOVER' && (await this.fences.leavesCity(row)) ? alwaysTyped(loss) : loss;
  }
}

function grouped<R extends { readonly executionId: string }>(ids: readonly string[], rows: readonly R[]): R[][] {
  const byId = Map.groupBy(rows, ({ executionId }) => executionId);
  return ids.map((id) => byId.get(id) ?? []);
}
