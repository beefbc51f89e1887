import { Injectable } from '@nestjs/common';
import { Between, DataSource, In, IsNull, Not, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { StepParams } from './domain/runbook.js';
import { DrApprovalEntity, DrExecutionEntity, DrFenceEntity, DrStepEntity } from './executions.entity.js';
import type { ApprovalRow, ExecutionFilter, ExecutionRow, FenceRow, StepRow } from './executions.types.js';
import { WHOLE_CENTER } from './fence-subjects.js';

/** What was due longer ago was told long since; the record that it was is not kept for ever. */
const UNCONFIRMED_FOR_MS = 30 * 86_400_000;

/** Executions, their steps, approvals and fences. */
@Injectable()
export class ExecutionsRepository {
  constructor(private readonly db: DataSource) {}

  page(scope: TenantScope, filter: ExecutionFilter, page: PageRequest): Promise<Page<ExecutionRow>> {
    return newestOf(() => this.filtered(scope, filter), 'e.createdAt', 'e.id', page);
  }

  inScope(scope: TenantScope, id: string): Promise<ExecutionRow | null> {
    return this.scoped(scope).andWhere('e.id = :id', { id }).getOne();
  }

  async byIds(ids: readonly string[]): Promise<ExecutionRow[]> {
    return this.db.manager.find(DrExecutionEntity, { where: { id: In(inList(ids) as string[]) } });
  }

  /** Approved ones that move what serves and could wait, from when they are planned until they are over. */
  between(fromAt: Date, toAt: Date, hours: number, limit: number): Promise<ExecutionRow[]> {
    return this.db.manager
      .createQueryBuilder(DrExecutionEntity, 'e')
      .where("e.kind in ('SWITCHOVER', 'FAILBACK') and e.state not in ('DRAFT', 'CANCELLED')")
      .andWhere('coalesce(e.plannedAt, e.createdAt) < :toAt', { toAt })
      .andWhere(
        `(e.closedAt > :fromAt or (e.closedAt is null
          and (e.state <> 'APPROVED' or date_add(coalesce(e.plannedAt, e.createdAt), interval :hours hour) > :fromAt)))`,
        { fromAt, hours },
      )
      .orderBy('e.createdAt', 'ASC')
      .addOrderBy('e.id', 'ASC')
      .take(limit)
      .getMany();
  }

  /** The oldest first: what the worker looks at. What waits for people alone, or for its hour, is none of it, however long it waits. */
  async openIds(now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select id from dr_execution where open = 1 and state <> 'DRAFT' and paused_at is null
         and (state <> 'APPROVED' or planned_at is null or planned_at <= ?) order by created_at`,
      [now],
    );
    return rows.map(({ id }) => id);
  }

  /** With those that wait for people. */
  open(): Promise<ExecutionRow[]> {
    return this.db.manager.find(DrExecutionEntity, { where: { open: 1 }, order: { createdAt: 'ASC' } });
  }

  one(id: string, tx?: Tx): Promise<ExecutionRow | null> {
    return (tx?.manager ?? this.db.manager).findOne(DrExecutionEntity, { where: { id } });
  }

  locked(tx: Tx, id: string): Promise<ExecutionRow | null> {
    return tx.manager.findOne(DrExecutionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, row: ExecutionRow, steps: readonly StepRow[]): Promise<void> {
    await tx.manager.insert(DrExecutionEntity, row);
    await this.addSteps(tx, steps);
  }

  async addSteps(tx: Tx, steps: readonly StepRow[]): Promise<void> {
    if (steps.length > 0) await tx.manager.insert(DrStepEntity, steps as never);
  }

  /** Every change grows the version, so that who decided on an older one is told. */
  async update(tx: Tx, row: Pick<ExecutionRow, 'id' | 'version'>, values: Partial<ExecutionRow>): Promise<void> {
    await tx.manager.update(DrExecutionEntity, { id: row.id }, { ...values, version: row.version + 1 } as never);
    tx.changed('drExecution', row.id);
  }

  steps(executionIds: readonly string[], tx?: Tx): Promise<StepRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrStepEntity, {
      where: { executionId: In(inList(executionIds) as string[]) },
      order: { number: 'ASC' },
    });
  }

  stepOf(id: string, tx?: Tx): Promise<StepRow | null> {
    return (tx?.manager ?? this.db.manager).findOne(DrStepEntity, { where: { id } });
  }

  lockedStep(tx: Tx, id: string): Promise<StepRow | null> {
    return tx.manager.findOne(DrStepEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async updateStep(tx: Tx, row: Pick<StepRow, 'id' | 'executionId' | 'version'>, values: Partial<StepRow>) {
    await tx.manager.update(DrStepEntity, { id: row.id }, { ...values, version: row.version + 1 } as never);
    tx.changed('drExecution', row.executionId);
  }

  approvals(executionIds: readonly string[], tx?: Tx): Promise<ApprovalRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrApprovalEntity, {
      where: { executionId: In(inList(executionIds) as string[]) },
      order: { approvedAt: 'ASC' },
    });
  }

  async approve(tx: Tx, row: ApprovalRow): Promise<void> {
    await tx.manager.insert(DrApprovalEntity, row);
    tx.changed('drExecution', row.executionId);
  }

  /** Live ones, of these subjects. */
  fences(subjects: readonly string[], tx?: Tx): Promise<FenceRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrFenceEntity, {
      where: { subject: In(inList(subjects) as string[]), live: 1 },
    });
  }

  async fencesOf(executionId: string, tx?: Tx): Promise<FenceRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrFenceEntity, { where: { executionId } });
  }

  /** Pressed under an advance approval and begun, and not confirmed by when it was due, lately. */
  unconfirmed(tx: Tx): Promise<ExecutionRow[]> {
    return tx.manager.find(DrExecutionEntity, {
      where: {
        ...{ standingOrderId: Not(IsNull()), confirmedAt: IsNull() },
        confirmDueAt: Between(new Date(tx.now.getTime() - UNCONFIRMED_FOR_MS), tx.now),
        state: Not(In(['DRAFT', 'CANCELLED'])),
      },
    });
  }

  /** Centers in which data of the group is written. */
  async writersOf(tx: Tx, groupId: string): Promise<string[]> {
    const rows: { centerId: string }[] = await tx.manager.query(
      `select distinct p.center_id as centerId from dr_data_place p
       join dr_data_set s on s.id = p.data_set_id join dr_tier t on t.id = s.tier_id
       where t.group_id = ? and p.role = 'WRITER'`,
      [groupId],
    );
    return rows.map(({ centerId }) => centerId);
  }

  /** Live ones of the two of a city, whosever they are. */
  sameCityFences(): Promise<FenceRow[]> {
    return this.db.manager.find(DrFenceEntity, { where: { sameCity: In([1, 2]) } });
  }

  /** Which centers the storage is being told to keep out, by which execution. */
  async beingFenced(): Promise<{ executionId: string; centerId: string }[]> {
    const rows: { executionId: string; fromCenterId: string; toCenterId: string; params: string }[] =
      await this.db.query(
        `select e.id as executionId, e.from_center_id as fromCenterId, e.to_center_id as toCenterId, s.params
         from dr_execution e join dr_step s on s.execution_id = e.id and s.under_way = 1
         where e.open = 1 and s.action = 'PROVE_FENCE'`,
      );
    return rows.flatMap(({ executionId, fromCenterId, params, toCenterId }) => {
      const { back, proof } = JSON.parse(params) as StepParams;
      return proof === 'NETWORK_FENCE' ? [{ executionId, centerId: back === true ? toCenterId : fromCenterId }] : [];
    });
  }

  async raiseFence(tx: Tx, row: FenceRow): Promise<void> {
    await tx.manager.insert(DrFenceEntity, row);
  }

  /** The second of a city, once the first is lifted, is its only one; while another keeps the first out, it stands beside that. */
  async liftFence(tx: Tx, id: string): Promise<void> {
    const row = await tx.manager.findOne(DrFenceEntity, { where: { id } });
    if (!row || row.live === null) return;
    const beside = await tx.manager.find(DrFenceEntity, {
      where: { besideSubject: row.subject, besideCenterId: row.centerId, besideSameCity: 1 },
    });
    const none = { besideSubject: null, besideCenterId: null, besideSameCity: null };
    const alone: string[] = [];
    for (const second of beside) {
      const still = await tx.manager.findOne(DrFenceEntity, {
        where: { id: Not(id), centerId: row.centerId, sameCity: 1, subject: In([second.subject, WHOLE_CENTER]) },
      });
      if (!still) alone.push(second.id);
      const values = still ? { besideSubject: still.subject } : { ...none, sameCity: null };
      await tx.manager.update(DrFenceEntity, { id: second.id }, values);
    }
    await tx.manager.update(DrFenceEntity, { id }, { ...none, live: null, sameCity: null, liftedAt: tx.now });
    for (const each of alone) await tx.manager.update(DrFenceEntity, { id: each }, { sameCity: 1 });
  }

  private filtered(scope: TenantScope, filter: ExecutionFilter): SelectQueryBuilder<DrExecutionEntity> {
    const query = this.scoped(scope);
    if (filter.kinds.length > 0) query.andWhere('e.kind in (:...kinds)', { kinds: filter.kinds });
    if (filter.states.length > 0) query.andWhere('e.state in (:...states)', { states: filter.states });
    if (filter.groupId) query.andWhere('e.groupId = :groupId', { groupId: filter.groupId });
    if (filter.openOnly) query.andWhere('e.open = 1');
    return matching(query, ['e.code', 'e.groupName'], filter.search);
  }

  private scoped(scope: TenantScope): SelectQueryBuilder<DrExecutionEntity> {
    const every = this.db.manager.createQueryBuilder(DrExecutionEntity, 'e').where('1 = 1');
    return withinScope(every, 'e.departmentId', scope, 'e.systemId in (:...scopeSystemIds)');
  }
}
