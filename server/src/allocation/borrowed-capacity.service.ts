import { Injectable } from '@nestjs/common';
import { Counters } from '../platform/counters/counters.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { MachineSize } from './domain/capacity.js';
import { poolDeltas } from './domain/deltas.js';

export type Borrowed = MachineSize & { readonly poolId: string };

/**
 * 临时占用: what stands in a pool for hours without anybody's claim, as copies of a drill do. It is taken from the same counters
 * as claims are, so that nobody else is promised it meanwhile; whoever borrows keeps the record of it, and gives it back.
 */
@Injectable()
export class BorrowedCapacity {
  constructor(private readonly counters: Counters) {}

  /** Of the last statements before commit. False = a pool has not the room; nothing of the act may then be kept. */
  take(tx: Tx, machines: readonly Borrowed[]): Promise<boolean> {
    return this.counters.moveAll(tx, poolDeltas(machines, []));
  }

  async giveBack(tx: Tx, machines: readonly Borrowed[]): Promise<void> {
    if (!(await this.counters.moveAll(tx, poolDeltas([], machines))))
      throw new WriteConflict('what was borrowed is no longer counted');
  }
}
