import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Center } from './domain/facility.js';

/** What a feature does in the transaction in which a center begins to take promises. */
export type WhenOpened = (tx: Tx, center: Center) => Promise<void>;

/** Features above that wait for a center say so here; facilities need not know of them. */
@Injectable()
export class CenterOpenings {
  private readonly waiting: WhenOpened[] = [];

  whenOpened(act: WhenOpened): void {
    this.waiting.push(act);
  }

  async opened(tx: Tx, center: Center): Promise<void> {
    // One after the other: they share the transaction's one connection.
    for (const act of this.waiting) await act(tx, center);
  }
}
