import { Injectable } from '@nestjs/common';
import { BudgetLedger, type BudgetMove } from '../budgets/ledger.service.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { YearPlan } from './domain/year-plan.js';

/**
 * Subject kind of what an item gives back because another pays from now on. Each has an id of its own: several requests may give back
 * of what one change has reserved for them, in one act, and none of it happens twice because a plan is written once.
 */
const MOVED_SUBJECT = 'MOVED';

/** By which act, and in which round of its own. */
export interface ReservingAct {
  readonly year: number;
  readonly round: number;
  readonly by: string;
  readonly reason: string;
}

/** Writes what a plan of running use reserves, and what it gives back of items that pay no longer, in one unit of work. */
@Injectable()
export class YearReservations {
  constructor(private readonly ledger: BudgetLedger) {}

  async write(tx: Tx, { year, round, by, reason }: ReservingAct, plan: YearPlan): Promise<void> {
    const moves: BudgetMove[] = [];
    for (const { encumbranceId, reserved, budgetId, amount } of plan.releases) {
      const subject = { kind: MOVED_SUBJECT, id: newId(tx.now.getTime()), round };
      const given = await this.ledger.release(tx, { reserved, subject, part: { budgetId, amount }, by, reason });
      if (!given.ok) throw new Error(`what ${encumbranceId} has reserved cannot be moved`);
      moves.push(...given.value);
    }
    const taken = await this.ledger.reserve(
      tx,
      plan.reservations.map(({ subject, ...rest }) => ({ ...rest, by, reason, subject: { ...subject, round } })),
    );
    if (!taken.ok) throw new Error(`${year} cannot be encumbered: ${taken.error[0]?.message.en}`);
    moves.push(...taken.value);
    // It runs: nobody asks whether it fits. Over-run is what the item shows from now on.
    const moved = await this.ledger.take(
      tx,
      moves.map((move) => ({ ...move, mustFit: false })),
    );
    if (!moved.ok) throw new Error(`${year} cannot be encumbered: ${moved.error[0]?.message.en}`);
  }
}
