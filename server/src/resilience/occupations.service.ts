import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Occupation } from './domain/occupation.js';
import { DrGroupOccupationEntity } from './occupation.entity.js';

/** 同一容灾组同时只有一项演练或切换: the group's key lets the first through, also of two at the same moment. */
@Injectable()
export class GroupOccupations {
  constructor(private readonly db: DataSource) {}

  /** null = it is the caller's now; else who has it. Of two at once the later waits for the earlier's end and is told so. */
  async occupy(tx: Tx, groupId: string, { byCode, byId, byKind }: Occupation): Promise<Occupation | null> {
    const taken = await tx.manager.query(
      'insert ignore into dr_group_occupation (group_id, by_kind, by_id, by_code, since) values (?, ?, ?, ?, ?)',
      [groupId, byKind, byId, byCode, tx.now],
    );
    if (taken.affectedRows === 1) return null;
    // As it is now, not as it was when this transaction began to read.
    const [holder]: Occupation[] = await tx.manager.query(
      'select by_kind as byKind, by_id as byId, by_code as byCode from dr_group_occupation where group_id = ? lock in share mode',
      [groupId],
    );
    if (!holder) throw new Error(`group ${groupId} was neither taken nor is it held`);
    return holder;
  }

  /** It should have ended and could not: so from the first time that it was tried until it leaves. */
  async block(tx: Tx, groupId: string, byId: string): Promise<void> {
    await tx.manager.update(
      DrGroupOccupationEntity,
      { groupId, byId, blockedSince: IsNull() },
      { blockedSince: tx.now },
    );
    tx.changed('dr', 'LEVELS');
  }

  /** Groups that nothing can be executed on until somebody has cleaned up. */
  async blocked(): Promise<ReadonlySet<string>> {
    const rows = await this.db.manager.find(DrGroupOccupationEntity, { where: { blockedSince: Not(IsNull()) } });
    return new Set(rows.map(({ groupId }) => groupId));
  }

  /** Only its own. */
  async leave(tx: Tx, groupId: string, byId: string): Promise<void> {
    await tx.manager.delete(DrGroupOccupationEntity, { groupId, byId });
  }

  /** Batch for loaders. */
  readonly of = async (groupIds: readonly string[]): Promise<(DrGroupOccupationEntity | null)[]> => {
    const rows = await this.db.manager.findBy(DrGroupOccupationEntity, { groupId: In(inList(groupIds) as string[]) });
    const byGroup = new Map(rows.map((row) => [row.groupId, row]));
    return groupIds.map((id) => byGroup.get(id) ?? null);
  };

  /** Whatever moves or rehearses it has read which tiers there are and who writes them: those are not changed meanwhile. */
  async isTaken(tx: Tx, groupId: string): Promise<boolean> {
    return tx.manager.existsBy(DrGroupOccupationEntity, { groupId });
  }
}
