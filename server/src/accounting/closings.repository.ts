import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import { ClosingEntity } from './closing.entity.js';
import type { Month } from './domain/accounting-units.js';
import type { Book } from './domain/closing.js';
import type { LiveClosing } from './domain/periods.js';

/** The books that a viewer may see; null = all. */
export type BookScope = readonly Book[] | null;

/** What asks for a close and what became of it. */
@Injectable()
export class ClosingsRepository {
  constructor(private readonly db: DataSource) {}

  /** Hundreds at most: one a month and book. */
  async live({ manager }: Reading = this.db): Promise<LiveClosing[]> {
    const rows: { id: string; book: string; of_month: string; state: LiveClosing['state'] }[] = await manager.query(
      "select id, book, of_month, state from closing where live = 1 and kind = 'STATEMENT'",
    );
    return rows.map(({ book, id, of_month, state }) => ({ id, book, ofMonth: of_month, state }));
  }

  async insert(tx: Tx, row: ClosingEntity): Promise<void> {
    await tx.manager.insert(ClosingEntity, row);
  }

  async update(tx: Tx, id: string, change: Partial<ClosingEntity>): Promise<void> {
    await tx.manager.update(ClosingEntity, { id }, change);
  }

  locked(tx: Tx, id: string): Promise<ClosingEntity | null> {
    return tx.manager
      .createQueryBuilder(ClosingEntity, 'closing')
      .setLock('pessimistic_write')
      .where('closing.id = :id', { id })
      .getOne();
  }

  /** Rounds of a month of one kind that there ever were. */
  async rounds(tx: Tx, book: Book, ofMonth: Month, kind: ClosingEntity['kind']): Promise<number> {
    const [row] = await tx.manager.query(
      'select coalesce(max(round), 0) as n from closing where book = ? and of_month = ? and kind = ?',
      [book, ofMonth, kind],
    );
    return Number(row.n);
  }

  async byIds(books: BookScope, ids: readonly string[]): Promise<ClosingEntity[]> {
    const query = this.db.manager
      .createQueryBuilder(ClosingEntity, 'closing')
      .where('closing.id in (:...ids)', { ids: inList(ids) });
    if (books) query.andWhere('closing.book in (:...books)', { books: inList(books) });
    return query.getMany();
  }

  /** Those of one month that wait or stand, and the newest that did not come to it. */
  ofMonth(books: readonly Book[], ofMonth: Month): Promise<ClosingEntity[]> {
    return this.db.manager
      .createQueryBuilder(ClosingEntity, 'closing')
      .where('closing.ofMonth = :ofMonth and closing.book in (:...books)', { ofMonth, books: inList(books) })
      .orderBy('closing.requestedAt', 'DESC')
      .addOrderBy('closing.id', 'DESC')
      .getMany();
  }

  /** The newest month first. */
  async page(
    books: BookScope,
    { book, state }: { readonly book: Book | null; readonly state: ClosingEntity['state'] | null },
    page: PageRequest,
  ): Promise<Page<ClosingEntity>> {
    const query = this.db.manager.createQueryBuilder(ClosingEntity, 'closing');
    if (books) query.andWhere('closing.book in (:...books)', { books: inList(books) });
    if (book) query.andWhere('closing.book = :book', { book });
    if (state) query.andWhere('closing.state = :state', { state });
    const totalCount = await query.getCount();
    if (page.after) {
      const [ofMonth, id] = page.after;
      query.andWhere('(closing.ofMonth < :ofMonth or (closing.ofMonth = :ofMonth and closing.id < :id))', {
        ofMonth,
        id,
      });
    }
    const rows = await query
      .orderBy('closing.ofMonth', 'DESC')
      .addOrderBy('closing.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** What the worker goes on with: approved and not yet frozen, or frozen with something left to do. */
  async unfinished(): Promise<Pick<ClosingEntity, 'id' | 'state'>[]> {
    const rows: Pick<ClosingEntity, 'id' | 'state'>[] = await this.db.query(
      "select id, state from closing where state = 'FREEZING' or (state = 'CLOSED' and settled = 0) order by id",
    );
    return rows;
  }
}
