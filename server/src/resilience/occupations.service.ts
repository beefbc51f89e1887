import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Occupant } from './domain/occupation.js';
import { DrGroupOccupationEntity } from './occupation.entity.js';

/** 同一容灾组同时只有一项执行: the group's key lets the first through, also of two at the same moment. */
@Injectable()
export class GroupOccupations {
  constructor(private readonly db: DataSource) {}

  /** false = another has it; of two at once the later waits for the earlier's end and is told so. */
  async occupy(tx: Tx, groupId: string, byKind: Occupant, byId: string): Promise<boolean> {
    const taken = await tx.manager.query(
      'insert ignore into dr_group_occupation (group_id, by_kind, by_id, since) values (?, ?, ?, ?)',
      [groupId, byKind, byId, tx.now],
    );
    return taken.affectedRows === 1;
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
  async isTaken(groupId: string): Promise<boolean> {
    const [by] = await this.of([groupId]);
    return by !== null && by !== undefined;
  }
}
