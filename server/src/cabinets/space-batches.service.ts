import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SpaceRepository } from './space.repository.js';
import { SpaceBooks } from './space-books.service.js';

/** Steps of many places of one request: their cabinets are locked and read once, and written in bulk. */
@Injectable()
export class SpaceBatches {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly books: SpaceBooks,
  ) {}

  /** HELD → ALLOCATED, all or none. */
  async allocateAll(tx: Tx, holderIds: readonly string[]): Promise<Result<void, readonly Refusal[]>> {
    if (holderIds.length === 0) return ok(undefined);
    const book = await this.books.open(tx, holderIds);
    const refusals = holderIds.flatMap((id) => {
      const given = book.act(id, 'ALLOCATE');
      return given.ok ? [] : given.error;
    });
    if (refusals.length > 0) return refuse(refusals);
    await this.repository.save(tx, book.changes());
    return ok(undefined);
  }

  /** Gives the places back, each exactly once; plans for them end with them. What had ended before stays as it is. */
  async releaseAll(tx: Tx, holderIds: readonly string[]): Promise<void> {
    if (holderIds.length === 0) return;
    const { book, endPlans } = await this.books.openWithPlans(tx, holderIds);
    endPlans();
    for (const id of holderIds) if (book.holder(id)) book.act(id, 'RELEASE');
    await this.repository.save(tx, book.changes());
  }
}
