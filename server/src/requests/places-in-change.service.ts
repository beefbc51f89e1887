import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';

/** For features that put things into places: which of them a change is about to make smaller, or to take away. */
@Injectable()
export class PlacesInChange {
  constructor(private readonly changes: RequestItemChangesRepository) {}

  /** Asked with the places kept from others: a change that comes then sees what was put into them. */
  shrinking(tx: Tx, holderIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.changes.shrinking(tx, holderIds);
  }
}
