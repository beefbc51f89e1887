import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { KindOfWork, Worker } from './domain/hand-over.js';

/** One kind of work that changes hands with everything else, or not at all. */
export interface PartOfWork extends KindOfWork {
  /** How much of it the person has. Outside any unit of work: for the preview. */
  count(userId: string): Promise<number>;
  /** Moves all of it and says how much; a refusal moves nothing of any part. */
  move(tx: Tx, from: Worker, to: Worker): Promise<Result<number, readonly Refusal[]>>;
}

/** What a hand-over moves. Later features register their parts when they start, so that identity knows none of them. */
@Injectable()
export class WorkToHandOver {
  private readonly registered = new Map<string, PartOfWork>();

  register(part: PartOfWork): void {
    if (this.registered.has(part.key)) throw new Error(`two parts of work are called ${part.key}`);
    this.registered.set(part.key, part);
  }

  /** In the order of their keys, so that two hand-overs lock in one order. */
  get parts(): readonly PartOfWork[] {
    return [...this.registered.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }
}
