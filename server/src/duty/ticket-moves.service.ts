import { Injectable } from '@nestjs/common';
import { ShiftLog } from '../alerts/shift-log.service.js';
import { Acts } from '../audit/acts.service.js';
import type { Subject } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { beyondEntry, isStillApproved, withdrawnFromCatalog } from './domain/standard-changes.js';
import { isOfAChange } from './domain/ticket-links.js';
import { decideMove, type Moved, type Mover, type MoveWish } from './domain/ticket-moves.js';
import { isOver, type TicketAction } from './domain/ticket-state.js';
import { titleOf } from './domain/ticket-words.js';
import { StandardChanges } from './standard-changes.service.js';
import { TicketLinks } from './ticket-links.service.js';
import { changedMeanwhile, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { LinkRow, TicketAct, TicketRow } from './tickets.types.js';

export const ACTION_WORDS: { readonly [A in TicketAction]: Bilingual } = {
  RESPOND: say('响应', 'Respond to'),
  HANDLE: say('开始处置', 'Begin to handle'),
  RESTORE: say('恢复', 'Restore'),
  REOPEN: say('重开', 'Open again'),
  REVIEW: say('评审', 'Review'),
  APPROVE: say('批准', 'Approve'),
  IMPLEMENT: say('开始实施', 'Begin to implement'),
  FINISH: say('实施完成，待验证', 'Have implemented'),
  APPROVE_AFTER: say('追认', 'Approve afterwards'),
  ROLL_BACK: say('回退', 'Take back'),
  REJECT: say('不同意', 'Reject'),
  ANALYSE: say('开始分析', 'Begin to analyse'),
  NAME_CAUSE: say('查明根因', 'Name the cause of'),
  RESOLVE: say('根除', 'Resolve'),
  CLOSE: say('关闭', 'Close'),
  CANCEL: say('撤销', 'Cancel'),
};
const LEADERS = { roles: [{ role: 'LEADER' as const, departmentId: null }] };

/** A ticket is led on: by its kind's table, by whoever may, and, of a change, when no freeze forbids it. */
@Injectable()
export class TicketMoves {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly freezes: FreezeGate,
    private readonly standards: StandardChanges,
    private readonly log: ShiftLog,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: Acts,
  ) {}

  async move(
    viewer: Viewer,
    by: Mover,
    wish: TicketAct & MoveWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { action, expectedVersion, idempotencyKey, restoredAt, text, ticketId } = wish;
    const input = {
      ...{ ticketId: ticketId ?? null, expectedVersion, text },
      restoredAt: restoredAt?.toISOString() ?? null,
    };
    const name = `dutyTicket.${action.toLowerCase()}`;
    const begins = action === 'IMPLEMENT' && ticketId !== undefined;
    const centerIds = begins ? await this.centersNamed(ticketId) : [];
    const [seen] = begins ? await this.repository.byIds([ticketId]) : [];
    const withdrawn = seen ? await this.withdrawn(seen) : [];
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, ticketId);
      if (!row) return refuse([unknown('id')]);
      if (row.version !== expectedVersion) return refuse([changedMeanwhile(expectedVersion, row.version)]);
      const decided = decideMove(row, wish, by, tx.now);
      if (!decided.ok) return decided;
      if (withdrawn.length > 0) return refuse(withdrawn);
      const frozen = action === 'IMPLEMENT' ? await this.frozen(tx, row, centerIds) : [];
      if (frozen.length > 0) return refuse(frozen);
      await this.repository.update(tx, row, { ...decided.value, ...namesOf(decided.value, viewer) });
      const of = { ticketId: row.id, byName: viewer.name };
      await this.repository.happened(tx, {
        ...of,
        kind: action,
        state: decided.value.state,
        ...{ text: text.trim() || null, words: null },
      });
      await this.follow(tx, viewer, row, action, decided.value);
      tx.changed('dr', 'ALERTS');
      const words = ACTION_WORDS[action];
      const title = titleOf(row);
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'DutyTicket', objectId: row.id, departmentId: null },
          summary: say(`${words.zh} ${row.code} ${title.zh}`, `${words.en} ${row.code} ${title.en}`),
          before: { state: row.state },
          after: { state: decided.value.state, text },
        },
      });
    });
  }

  /** Of a change that waits to be made: what forbids it now, for the page to say before anybody presses. */
  async frozenBecause(row: TicketRow): Promise<Refusal | null> {
    if (row.state !== 'APPROVED') return null;
    const [withdrawn] = await this.withdrawn(row);
    if (withdrawn) return withdrawn;
    const centerIds = await this.centersNamed(row.id);
    const [refusal] = await this.unitOfWork.run((tx) => this.frozen(tx, row, centerIds));
    return refusal ?? null;
  }

  /** A word that was given beforehand holds as long as the catalog says it. What is in force is never changed, so that it is read before. */
  private async withdrawn({ id, standardKey: key, ...made }: TicketRow): Promise<Refusal[]> {
    if (key === null) return [];
    const { impact, plan, plannedFrom, plannedTo, rollbackPlan, urgency } = made;
    const [standard, links] = await Promise.all([this.standards.entryInForce(key), this.repository.links([id])]);
    const subjects = links.filter(({ subjectType }) => isOfAChange(subjectType)).length;
    const same = { impact, urgency, plan: plan ?? '', rollbackPlan: rollbackPlan ?? '' };
    // A bound that was drawn in since is drawn in for what was opened before, too.
    const holds =
      standard !== null &&
      isStillApproved(same, standard.entry) &&
      beyondEntry(standard.entry, { plannedFrom, plannedTo, subjects }).length === 0;
    return holds ? [] : [withdrawnFromCatalog(key)];
  }

  private async centersNamed(ticketId: string): Promise<string[]> {
    return this.links.centers(await this.repository.links([ticketId]));
  }

  /** An emergency asks nobody first: a leader hears of it at once, and says afterwards what he thinks of it. */
  private async frozen(tx: Tx, row: TicketRow, centerIds: readonly string[]): Promise<Refusal[]> {
    if (row.kind !== 'CHANGE' || row.changeKind === 'EMERGENCY') return [];
    return this.freezes.refused(tx, {
      // Whatever center it says that it is of: what it names stands where it stands.
      centerIds: row.centerId === null ? null : [row.centerId, ...centerIds],
      subjects: subjectsOfChange(row, await this.repository.links([row.id], tx)),
    });
  }

  private async follow(tx: Tx, viewer: Viewer, row: TicketRow, action: TicketAction, { state }: Moved): Promise<void> {
    if (action === 'IMPLEMENT' && row.changeKind === 'EMERGENCY')
      await this.notices.tell(tx, {
        ...{ kind: 'WORK_WAITING', subject: { type: 'DutyTicket', id: row.id }, audience: LEADERS },
        text: say(
          `紧急变更 ${row.code} ${row.title} 已开始，请在 24 小时内追认`,
          `The emergency change ${row.code} ${row.title} has begun; say within 24 h what you think of it`,
        ),
        onceKey: `duty-ticket/${row.id}/approve-after`,
      });
    if (action === 'REVIEW')
      await this.notices.tell(tx, {
        ...{ kind: 'WORK_WAITING', subject: { type: 'DutyTicket', id: row.id }, audience: LEADERS },
        text: say(`变更 ${row.code} ${row.title} 待批准`, `The change ${row.code} ${row.title} waits for approval`),
        onceKey: `duty-ticket/${row.id}/${row.version}/approve`,
      });
    if (!isOver(state)) return;
    await this.log.settleTicket(tx, row.id, viewer.name);
    await this.log.note(tx, {
      ...{ centerId: row.centerId, kind: 'TICKET', byName: viewer.name, ticketId: row.id, isOpen: false },
      text: { kind: 'TICKET', code: row.code, did: ACTION_WORDS[action], title: titleOf(row) },
    });
  }
}

/** By what a change may be let through: itself, or the one system or machine that it is of. Of several, one says nothing. */
export function subjectsOfChange({ id }: TicketRow, links: readonly LinkRow[]): Subject[] {
  const things = links.flatMap(({ subjectId, subjectType }): Subject[] =>
    subjectType === 'System' || subjectType === 'Resource' || subjectType === 'Server'
      ? [{ type: subjectType, id: subjectId }]
      : [],
  );
  return [{ type: 'Change', id }, ...(things.length === 1 ? things : [])];
}

function namesOf(moved: Moved, { name }: Viewer): Partial<TicketRow> {
  return {
    ...(moved.reviewedById === undefined ? {} : { reviewedBy: name }),
    ...(moved.approvedById === undefined ? {} : { approvedBy: name }),
    ...(moved.implementedById === undefined ? {} : { implementedBy: name }),
  };
}
