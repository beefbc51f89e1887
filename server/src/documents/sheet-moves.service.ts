import { Injectable } from '@nestjs/common';
import { addWorkingDays, type WorkingCalendar } from '../calendars/domain/working-days.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { ok, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { deliveryNotice } from './delivery-notices.js';
import type { HandOverPolicy, SheetRow } from './documents.types.js';
import { movedSheet, type SheetMove, type SheetState } from './domain/delivery-sheet.js';
import { HandOverRepository } from './hand-over.repository.js';
import type { HashedSheet } from './sheet-contents.service.js';

/** What moves of a sheet have in common, whoever makes them. Each is within an act that has locked the row. */
@Injectable()
export class SheetMoves {
  constructor(
    private readonly repository: HandOverRepository,
    private readonly notices: Notices,
  ) {}

  async close(tx: Tx, sheet: SheetRow, { content, contentHash }: HashedSheet, move: SheetMove, by: string) {
    const to = movedSheet(sheet.state, move);
    if (typeof to !== 'string') return refuse([to]);
    const byRule = move === 'CONFIRM_BY_RULE';
    const confirmed = { confirmedAt: tx.now, confirmedBy: by, byRule, content, contentHash };
    await this.to(tx, sheet, to, { ...confirmed, dueAt: null, remindAt: null });
    if (byRule) await this.notices.tell(tx, deliveryNotice('BY_RULE', sheet));
    const what = byRule
      ? say(
          `${sheet.code} 逾期未确认，按规则默认确认`,
          `${sheet.code} was not answered in its term and is confirmed by rule`,
        )
      : say(`确认 ${sheet.code}`, `Confirmed ${sheet.code}`);
    return ok(done(sheet, what, { to, contentHash }));
  }

  async to(tx: Tx, sheet: SheetRow, state: SheetState, values: Partial<SheetRow>): Promise<void> {
    await this.repository.update(tx, sheet.id, { state, version: sheet.version + 1, ...values });
    tx.changed('request', sheet.requestId);
  }
}

export function terms(calendar: WorkingCalendar, policy: HandOverPolicy, from: Date): { dueAt: Date; remindAt: Date } {
  return {
    dueAt: addWorkingDays(calendar, from, policy.confirmWorkingDays),
    remindAt: addWorkingDays(calendar, from, policy.remindWorkingDays),
  };
}

export function done(sheet: SheetRow, summary: Bilingual, after: Record<string, unknown>) {
  return {
    value: { id: sheet.id, requestId: sheet.requestId },
    audit: {
      objectType: 'DeliverySheet',
      objectId: sheet.id,
      departmentId: sheet.departmentId,
      summary,
      before: { state: sheet.state, version: sheet.version },
      after,
    },
  };
}
