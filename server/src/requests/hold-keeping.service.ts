import { Injectable } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { ok } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { RequestState } from './domain/request-state.js';
import { renewedHoldExpiry, returnedHoldExpiry } from './domain/returned-hold.js';
import { EncumberingService } from './encumbering.service.js';
import type { Last } from './held-lines.js';
import type { RequestRow } from './requests.types.js';

const NOTHING_LAST: Last = async () => ok(undefined);

/** Keeps what a request holds for as long as it may, and gives it back. */
@Injectable()
export class HoldKeeping {
  constructor(
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly addresses: AddressClaims,
    private readonly encumbering: EncumberingService,
    private readonly debts: DrDebts,
  ) {}

  /** As a step of the center begins. null = nothing is held. */
  async renew(tx: Tx, request: RequestRow, dueAt: Date | null, calendar: WorkingCalendar): Promise<Date | null> {
    if (request.heldSince === null || dueAt === null) return request.holdExpiresAt;
    const expiresAt = renewedHoldExpiry(calendar, tx.now, request.heldSince, dueAt);
    await this.setExpiry(tx, request.id, expiresAt);
    return expiresAt;
  }

  /** What holds capacity keeps it on a return for a while, and gives it back on rejection and withdrawal. */
  async settle(
    tx: Tx,
    request: RequestRow,
    to: RequestState,
    calendar: WorkingCalendar,
    by: string,
  ): Promise<{ giveBackLast: Last; holdExpiresAt: Date | null }> {
    if (request.heldSince === null) return { giveBackLast: NOTHING_LAST, holdExpiresAt: null };
    if (to === 'AWAITING_SIGN_OFF') return { giveBackLast: NOTHING_LAST, holdExpiresAt: request.holdExpiresAt };
    if (to !== 'RETURNED') return { giveBackLast: await this.giveBack(tx, request.id, by), holdExpiresAt: null };
    const holdExpiresAt = returnedHoldExpiry(calendar, tx.now, request.heldSince);
    await this.setExpiry(tx, request.id, holdExpiresAt);
    return { giveBackLast: NOTHING_LAST, holdExpiresAt };
  }

  /** Everything that the request holds, of all kinds, and has reserved. */
  async giveBack(tx: Tx, requestId: string, by: string): Promise<Last> {
    const moves = await this.encumbering.giveBack(tx, requestId, by);
    await this.addresses.release(tx, requestId);
    const items = await this.items.releaseHeld(tx, requestId, by);
    await this.debts.lapse(tx, requestId, '申请单终止', by);
    const { giveBackLast } = await this.allocation.releaseHeld(tx, requestId, items);
    return this.encumbering.beforeCounters(tx, moves, giveBackLast);
  }

  private async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    await this.allocation.setExpiry(tx, requestId, expiresAt);
    await this.items.setExpiry(tx, requestId, expiresAt);
  }
}
