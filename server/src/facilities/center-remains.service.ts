import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Remain, RemainKind } from './domain/center-life.js';

/** How a feature counts what of its own is still somebody's in a center; inside the caller's transaction. */
export type CountRemain = (tx: Tx, centerId: string) => Promise<number>;

/**
 * What is still somebody's in a center: every feature above that promises anything there registers its own, so that
 * nothing is forgotten when a center is stopped.
 */
@Injectable()
export class CenterRemains {
  private readonly parts = new Map<RemainKind, CountRemain>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  register(kind: RemainKind, count: CountRemain): void {
    if (this.parts.has(kind)) throw new Error(`what remains of ${kind} is counted twice`);
    this.parts.set(kind, count);
  }

  /** Only what there is any of, in the order of registration. */
  async within(tx: Tx, centerId: string): Promise<Remain[]> {
    const found: Remain[] = [];
    // One after the other: they share the transaction's one connection.
    for (const [kind, count] of this.parts) {
      const amount = await count(tx, centerId);
      if (amount > 0) found.push({ kind, count: amount });
    }
    return found;
  }

  /** The same for a page. */
  of(centerId: string): Promise<Remain[]> {
    return this.unitOfWork.run((tx) => this.within(tx, centerId));
  }
}
