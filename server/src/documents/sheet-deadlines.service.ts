import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { Notices } from '../platform/notices/notices.js';
import { RequestsService } from '../requests/requests.service.js';
import { deliveryNotice } from './delivery-notices.js';
import type { SheetRow } from './documents.types.js';
import { HandOverRepository } from './hand-over.repository.js';
import { SheetContents } from './sheet-contents.service.js';
import { done, SheetMoves } from './sheet-moves.service.js';
import { unknownSheet } from './sheet-refusals.js';

/** Of one round of the housekeeping. */
const SHEETS_AT_ONCE = 200;

/** What time does to delivery sheets. */
@Injectable()
export class SheetDeadlines {
  constructor(
    private readonly repository: HandOverRepository,
    private readonly contents: SheetContents,
    private readonly moves: SheetMoves,
    private readonly requests: RequestsService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** 默认确认, and the reminder before it. Called by the worker's housekeeping; returns how many it looked at. */
  async settleDue(actor: Actor): Promise<number> {
    const now = this.clock.now();
    const due = await this.repository.dueBefore(now, SHEETS_AT_ONCE);
    const confirm = async ({ id, requestId }: SheetRow): Promise<void> => {
      const request = await this.requests.inScope(WHOLE_PROVINCE, requestId);
      if (!request) return;
      const content = await this.contents.of(request);
      await this.acts.perform({ name: 'document.confirmByRule', actor, input: { id } }, async (tx) => {
        const sheet = await this.repository.locked(tx, id);
        // Meanwhile it may have been confirmed, objected to, or settled by another worker.
        if (!sheet?.dueAt || sheet.dueAt > tx.now) return refuse([unknownSheet()]);
        return this.moves.close(tx, sheet, content, 'CONFIRM_BY_RULE', actor.name);
      });
    };
    const remind = async ({ id }: SheetRow): Promise<void> => {
      await this.acts.perform({ name: 'document.remindOfDelivery', actor, input: { id } }, async (tx) => {
        const sheet = await this.repository.locked(tx, id);
        if (!sheet?.remindAt || sheet.remindAt > tx.now || sheet.state !== 'AWAITING') return refuse([unknownSheet()]);
        await this.repository.update(tx, id, { remindAt: null });
        await this.notices.tell(tx, deliveryNotice('REMINDED', sheet));
        return ok(done(sheet, say(`提醒确认 ${sheet.code}`, `Reminded of ${sheet.code}`), {}));
      });
    };
    const late = await this.repository.toRemind(now, SHEETS_AT_ONCE);
    const all = [...due.map((sheet) => () => confirm(sheet)), ...late.map((sheet) => () => remind(sheet))];
    await eachAlone(all, (settle) => settle());
    return all.length;
  }
}
