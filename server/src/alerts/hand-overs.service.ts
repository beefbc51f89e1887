import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { AlertsRepository } from './alerts.repository.js';
import type { HandOverRow, ShiftRow } from './alerts.types.js';
import { NOTE_LENGTH_MAX, passedAt } from './domain/roster.js';
import { changedMeanwhile, missing, notPermitted, unknown } from './duty-refusals.js';
import { RosterRepository } from './roster.repository.js';
import { Roster } from './roster.service.js';
import { ShiftLog } from './shift-log.service.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** 交接班: offered with a note, and the shift is its giver's until the other has taken it. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly repository: RosterRepository,
    private readonly alerts: AlertsRepository,
    private readonly roster: Roster,
    private readonly log: ShiftLog,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** By whoever has the shift; `mayEdit`: whoever makes the roster may offer it in his place. */
  async offer(
    viewer: Viewer,
    mayEdit: boolean,
    wish: {
      readonly shiftId: string | undefined;
      readonly expectedVersion: number;
      readonly toUserId: string | undefined;
      readonly note: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const candidates = new Map((await this.roster.candidates()).map((one) => [one.userId, one]));
    return this.acts.perform({ name: 'duty.offerHandOver', actor: viewer, idempotencyKey, input }, async (tx) => {
      const shift = await this.repository.locked(tx, wish.shiftId);
      if (!shift) return refuse([unknown('id')]);
      if (shift.version !== wish.expectedVersion)
        return refuse([changedMeanwhile(wish.expectedVersion, shift.version)]);
      const to = wish.toUserId === undefined ? undefined : candidates.get(wish.toUserId);
      if (!to || to.userId === shift.userId) return refuse([unknown('toUserId')]);
      if (shift.userId !== viewer.userId && !mayEdit)
        return refuse([notPermitted('NOT_OWN', '只能交接自己的班', 'Only one’s own shift is handed over')]);
      const note = wish.note.trim();
      if (note === '' || note.length > NOTE_LENGTH_MAX) return refuse([missing('note', NOTE_LENGTH_MAX)]);
      if (shift.toAt <= tx.now) return refuse([notPermitted('OVER', '这一班已结束', 'The shift is over')]);
      if (await this.repository.openHandOver(tx, shift.id))
        return refuse([
          notPermitted('OFFERED', '已在交接中，等对方接班', 'It is offered already; the other has to take it'),
        ]);
      const openAlerts = await this.alerts.countOpen(tx);
      const row = {
        ...{ id: newId(tx.now.getTime()), shiftId: shift.id, openKey: 1, toUserId: to.userId, note, openAlerts },
        ...{ givenBy: viewer.name, givenAt: tx.now, takenAt: null, withdrawnAt: null },
      };
      await this.repository.offer(tx, row);
      const points = await this.log.carryOver(tx, row.id, shift.centerId);
      await this.notices.tell(tx, {
        ...{ kind: 'WORK_WAITING', subject: { type: 'DutyShift', id: shift.id }, audience: { userIds: [to.userId] } },
        text: say(
          `${viewer.name} 请您接班（未恢复告警 ${openAlerts} 条，移交事项 ${points} 项）：${note.slice(0, 200)}`,
          `${viewer.name} asks you to take a shift over (open alerts: ${openAlerts}, open points: ${points}): ${note.slice(0, 200)}`,
        ),
        onceKey: `duty-hand-over/${row.id}`,
      });
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'DutyShift', objectId: shift.id, departmentId: null },
          summary: say(`提出交班给 ${to.name}`, `Offer a shift to ${to.name}`),
          after: { to: to.name, note, openAlerts, points },
        },
      });
    });
  }

  /** By the one that it was offered to, and nobody else: from now on he is called. */
  take(viewer: Viewer, wish: { readonly handOverId: string | undefined; readonly idempotencyKey: string }): Answer {
    return this.end(viewer, 'duty.takeHandOver', wish, async (tx, offer, shift) => {
      if (offer.toUserId !== viewer.userId)
        return [notPermitted('NOT_MEANT', '只有接班人本人能接班', 'Only the one whom it was offered to takes it')];
      if (shift.toAt <= tx.now) return [notPermitted('OVER', '这一班已结束', 'The shift is over')];
      await this.repository.lockDesks(tx, [shift]);
      const passed = passedAt(shift, tx.now);
      if (passed === null) await this.repository.update(tx, shift, { userId: viewer.userId });
      else {
        await this.repository.update(tx, shift, { toAt: passed.kept.toAt });
        const taken = { ...shift, ...passed.taken, id: newId(tx.now.getTime()), userId: viewer.userId, version: 1 };
        await this.repository.insert(tx, [{ ...taken, madeBy: viewer.name, madeAt: tx.now }]);
      }
      await this.repository.end(tx, offer.id, 'takenAt');
      // Both names stand under it: who gave, and who took with what was open.
      await this.log.note(tx, {
        ...{ centerId: shift.centerId, kind: 'HAND_OVER', byName: viewer.name, ticketId: null, isOpen: false },
        text: { kind: 'HANDED_OVER', from: offer.givenBy, to: viewer.name, note: offer.note },
      });
      return [];
    });
  }

  /** By whoever offered it, or has the shift. */
  withdraw(
    viewer: Viewer,
    mayEdit: boolean,
    wish: { readonly handOverId: string | undefined; readonly idempotencyKey: string },
  ): Answer {
    return this.end(viewer, 'duty.withdrawHandOver', wish, async (tx, offer, shift) => {
      if (shift.userId !== viewer.userId && !mayEdit)
        return [notPermitted('NOT_OWN', '只能撤回自己的交接', 'Only one’s own offer is withdrawn')];
      await this.repository.end(tx, offer.id, 'withdrawnAt');
      return [];
    });
  }

  private end(
    viewer: Viewer,
    name: string,
    wish: { readonly handOverId: string | undefined; readonly idempotencyKey: string },
    work: (tx: Tx, offer: HandOverRow, shift: ShiftRow) => Promise<readonly Refusal[]>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const offer = await this.repository.lockedHandOver(tx, wish.handOverId);
      const shift = offer && (await this.repository.locked(tx, offer.shiftId));
      if (!offer || !shift) return refuse([unknown('id')]);
      if (offer.openKey === null) return refuse([notPermitted('ENDED', '交接已结束', 'It has ended already')]);
      const refused = await work(tx, offer, shift);
      if (refused.length > 0) return refuse(refused);
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: offer.id },
        audit: {
          ...{ objectType: 'DutyShift', objectId: shift.id, departmentId: null },
          summary: name.includes('take') ? say('接班', 'Take a shift over') : say('撤回交接', 'Withdraw a hand-over'),
          after: { handOver: offer.id },
        },
      });
    });
  }
}
