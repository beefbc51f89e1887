import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, Not } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ExecutionState } from './domain/execution-state.js';
import { DrExecutionEntity } from './executions.entity.js';
import { DrReturningSideEntity } from './returning-sides.entity.js';

/** Nothing is touched before, while people may take days to approve it. */
const WORKED: readonly ExecutionState[] = ['RUNNING', 'VALIDATING', 'ROLLING_BACK', 'CLEANING_UP', 'CLEANUP_FAILED'];

export type ReturningSideRow = Omit<DrReturningSideEntity, 'execution'>;

@Injectable()
export class ReturningSidesRepository {
  constructor(private readonly db: DataSource) {}

  /** Of sides that do not follow yet, the longest left first. */
  pending(): Promise<ReturningSideRow[]> {
    return this.db.manager.find(DrReturningSideEntity, {
      where: { state: Not('FOLLOWS') },
      order: { leftAt: 'ASC', groupId: 'ASC' },
    });
  }

  ofExecutions(ids: readonly string[]): Promise<ReturningSideRow[]> {
    return this.db.manager.find(DrReturningSideEntity, {
      where: { executionId: In(inList(ids) as string[]) },
      order: { leftAt: 'ASC', centerId: 'ASC' },
    });
  }

  /** Of those that this execution left, the ones that wait for a person's word. */
  unconfirmed(tx: Tx, executionId: string): Promise<ReturningSideRow[]> {
    return tx.manager.find(DrReturningSideEntity, {
      where: { executionId, state: 'HALTING', unseen: MoreThan(0), confirmedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  ofGroup(tx: Tx, groupId: string): Promise<ReturningSideRow[]> {
    return tx.manager.find(DrReturningSideEntity, { where: { groupId }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * A placement was made: these centers serve no more, and whatever had been left before is left under the new epoch too.
   * The one that serves now owes nothing.
   */
  async leave(
    tx: Tx,
    of: { groupId: string; executionId: string; epoch: number; from: readonly string[]; to: string },
  ): Promise<void> {
    const before = await this.ofGroup(tx, of.groupId);
    await tx.manager.delete(DrReturningSideEntity, { groupId: of.groupId });
    const left = new Map(before.map((row) => [row.centerId, row.executionId]));
    for (const centerId of of.from) left.set(centerId, of.executionId);
    left.delete(of.to);
    for (const [centerId, executionId] of left)
      await tx.manager.insert(DrReturningSideEntity, {
        ...{ groupId: of.groupId, centerId, epoch: of.epoch, executionId, state: 'AWAITED', leftAt: tx.now },
        ...{ problem: null, problemEn: null, reachedAt: null, haltedAt: null, followsAt: null, unseen: 0 },
        ...{ confirmedAt: null, confirmedById: null, confirmedBy: null },
      });
  }

  /** It serves again, and owes nothing. */
  async serves(tx: Tx, groupId: string, centerId: string): Promise<void> {
    await tx.manager.delete(DrReturningSideEntity, { groupId, centerId });
  }

  /** An execution of the group has begun, whichever, and is not at its end yet: what carries its disks is that one's. */
  async isWorked(groupId: string): Promise<boolean> {
    return (await this.db.manager.countBy(DrExecutionEntity, { groupId, open: 1, state: In(WORKED) })) > 0;
  }

  /** It is still what this placement left. */
  async stands({ centerId, epoch, groupId }: ReturningSideRow): Promise<boolean> {
    return (await this.db.manager.countBy(DrReturningSideEntity, { groupId, centerId, epoch })) === 1;
  }

  /** Only of the placement that was looked at: another may have been made meanwhile. */
  async update(tx: Tx, row: ReturningSideRow, values: Partial<ReturningSideRow>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      DrReturningSideEntity,
      { groupId: row.groupId, centerId: row.centerId, epoch: row.epoch },
      values,
    );
    tx.changed('drExecution', row.executionId);
    return affected === 1;
  }
}
