import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ArbiterPath, LinkWish } from './domain/dr-link.js';
import { DrLinkEntity, DrLinkModeChangeEntity, DrLinkModeRequestEntity } from './resilience.entity.js';
import type { LinkRow } from './resilience.types.js';

export type ModeRequestRow = Omit<DrLinkModeRequestEntity, 'link'>;

/** The links between the centers; they belong to no department. */
@Injectable()
export class LinksRepository {
  constructor(private readonly db: DataSource) {}

  all(): Promise<LinkRow[]> {
    return this.db.manager.find(DrLinkEntity, { order: { id: 'ASC' } });
  }

  one(id: string): Promise<LinkRow | null> {
    return this.db.manager.findOne(DrLinkEntity, { where: { id } });
  }

  locked(tx: Tx, id: string): Promise<LinkRow | null> {
    return tx.manager.findOne(DrLinkEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Another process may have formed the same at the same moment: one of them is kept. */
  async add(tx: Tx, wishes: readonly LinkWish[]): Promise<void> {
    await tx.manager.query(
      'insert ignore into dr_link (id, from_center_id, to_center_id, mode, promised_mode, arbiter_paths, version) values ?',
      [wishes.map((one) => [newId(tx.now.getTime()), one.fromCenterId, one.toCenterId, one.mode, one.mode, '[]', 1])],
    );
  }

  async setPaths(tx: Tx, row: LinkRow, arbiterPaths: readonly ArbiterPath[]): Promise<void> {
    await tx.manager.update(
      DrLinkEntity,
      { id: row.id },
      { arbiterPaths: [...arbiterPaths], version: row.version + 1 },
    );
  }

  /** The newest wish counts: whoever agrees agrees to that one. */
  async askMode(tx: Tx, link: LinkRow, row: ModeRequestRow): Promise<void> {
    await this.withdrawMode(tx, link);
    await tx.manager.insert(DrLinkModeRequestEntity, row);
  }

  async withdrawMode(tx: Tx, link: LinkRow): Promise<void> {
    await tx.manager.delete(DrLinkModeRequestEntity, { linkId: link.id });
    await tx.manager.update(DrLinkEntity, { id: link.id }, { version: link.version + 1 });
  }

  /** Batches for loaders. */
  readonly requestsOf = async (ids: readonly string[]): Promise<(ModeRequestRow | null)[]> => {
    const rows = await this.db.manager.find(DrLinkModeRequestEntity, {
      where: { linkId: In(inList(ids) as string[]) },
    });
    const byLink = new Map(rows.map((row) => [row.linkId, row]));
    return ids.map((id) => byLink.get(id) ?? null);
  };

  /** The newest first. */
  readonly changesOf = async (ids: readonly string[]): Promise<DrLinkModeChangeEntity[][]> => {
    const where = { linkId: In(inList(ids) as string[]) };
    const rows = await this.db.manager.find(DrLinkModeChangeEntity, { where, order: { agreedAt: 'DESC', id: 'DESC' } });
    const byLink = Map.groupBy(rows, ({ linkId }) => linkId);
    return ids.map((id) => byLink.get(id) ?? []);
  };

  askedMode(tx: Tx, linkId: string): Promise<ModeRequestRow | null> {
    return tx.manager.findOne(DrLinkModeRequestEntity, { where: { linkId } });
  }

  async changeMode(tx: Tx, link: LinkRow, row: DrLinkModeChangeEntity): Promise<void> {
    await tx.manager.insert(DrLinkModeChangeEntity, row);
    await tx.manager.delete(DrLinkModeRequestEntity, { linkId: link.id });
    const values = { mode: row.toMode, modeChangeId: row.id, version: link.version + 1 };
    await tx.manager.update(DrLinkEntity, { id: link.id }, values);
  }
}
