import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { LogFilter, LogRow, PointRow } from './alerts.types.js';
import { DutyHandOverPointEntity, DutyLogEntryEntity } from './shift-log.entity.js';

/** The log is the desk's: reads take no scope, and are asked for by those who see all of it. */
@Injectable()
export class ShiftLogRepository {
  constructor(private readonly db: DataSource) {}

  page({ kinds, openOnly, search }: LogFilter, page: PageRequest): Promise<Page<LogRow>> {
    const rows = () => {
      const query = this.db.manager.createQueryBuilder(DutyLogEntryEntity, 'e').where('1 = 1');
      if (kinds.length > 0) query.andWhere('e.kind in (:...kinds)', { kinds });
      if (openOnly) query.andWhere('e.open = 1');
      return matching(query, ['e.text', 'e.byName'], search);
    };
    return newestOf(rows, 'e.at', 'e.id', page);
  }

  /** Points that nobody has settled. */
  open(limit: number): Promise<LogRow[]> {
    return this.db.manager.find(DutyLogEntryEntity, {
      ...{ where: { open: 1 }, order: { at: 'ASC', id: 'ASC' }, take: limit },
    });
  }

  /** Of one center and of the whole desk: other centers' points take no room from these. */
  openOf(tx: Tx, centerId: string, limit: number): Promise<LogRow[]> {
    return tx.manager.find(DutyLogEntryEntity, {
      where: [
        { open: 1, centerId },
        { open: 1, centerId: IsNull() },
      ],
      ...{ order: { at: 'ASC', id: 'ASC' }, take: limit },
    });
  }

  byId(id: string): Promise<LogRow | null> {
    return this.db.manager.findOne(DutyLogEntryEntity, { where: { id } });
  }

  locked(tx: Tx, id: string): Promise<LogRow | null> {
    return tx.manager.findOne(DutyLogEntryEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, row: LogRow): Promise<void> {
    await tx.manager.insert(DutyLogEntryEntity, row);
  }

  async settle(tx: Tx, where: { id: string } | { ticketId: string }, by: string, note: string | null): Promise<void> {
    await tx.manager.update(
      DutyLogEntryEntity,
      { ...where, open: 1 },
      { open: null, settledAt: tx.now, settledBy: by, settledNote: note },
    );
  }

  async carry(tx: Tx, rows: readonly PointRow[]): Promise<void> {
    if (rows.length > 0) await tx.manager.insert(DutyHandOverPointEntity, [...rows]);
  }

  /** With what became of each since. */
  async pointsOf(
    handOverIds: readonly string[],
  ): Promise<(PointRow & { readonly settledAt: Date | null; readonly words: LogRow['words'] })[]> {
    const points = await this.db.manager.find(DutyHandOverPointEntity, {
      where: { handOverId: In(inList(handOverIds) as string[]) },
      order: { since: 'ASC', entryId: 'ASC' },
    });
    const entries = await this.db.manager.find(DutyLogEntryEntity, {
      where: { id: In(inList(points.map(({ entryId }) => entryId)) as string[]) },
    });
    const of = new Map(entries.map((entry) => [entry.id, entry]));
    return points.map((point) => {
      const entry = of.get(point.entryId);
      return { ...point, settledAt: entry?.settledAt ?? null, words: entry?.words ?? null };
    });
  }
}
