import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { LogFilter, LogRow, PointRow } from './alerts.types.js';
import {
  LOG_TEXT_LENGTH_MAX,
  type LogWords,
  logWordsText,
  POINTS_MAX,
  pointsOf,
  type WrittenLogKind,
  wrongLog,
} from './domain/shift-log.js';
import { notPermitted, unknown } from './duty-refusals.js';
import { ShiftLogRepository } from './shift-log.repository.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** 值班日志: what happened in the shift, and what is still open of it. */
@Injectable()
export class ShiftLog {
  constructor(
    private readonly repository: ShiftLogRepository,
    private readonly facilities: FacilitiesService,
    private readonly acts: Acts,
  ) {}

  page(filter: LogFilter, page: PageRequest): Promise<Page<LogRow>> {
    return this.repository.page(filter, page);
  }

  open(): Promise<LogRow[]> {
    return this.repository.open(POINTS_MAX);
  }

  byId(id: string): Promise<LogRow | null> {
    return this.repository.byId(id);
  }

  /** Batch for loaders. */
  readonly pointsOf = async (handOverIds: readonly string[]) => {
    const of = Map.groupBy(await this.repository.pointsOf(handOverIds), ({ handOverId }) => handOverId);
    return handOverIds.map((id) => of.get(id) ?? []);
  };

  async write(
    viewer: Viewer,
    wish: {
      readonly kind: WrittenLogKind;
      readonly text: string;
      readonly isOpen: boolean;
      /** undefined = no id of a center; null = of the whole desk. */
      readonly centerId: string | null | undefined;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const [center] = wish.centerId ? await this.facilities.centersByIds([wish.centerId]) : [];
    return this.acts.perform({ name: 'dutyLog.write', actor: viewer, idempotencyKey, input }, async (tx) => {
      const wrong = wrongLog(wish.text);
      if (wish.centerId !== null && !center) wrong.push(unknown('centerId'));
      if (wrong.length > 0) return refuse(wrong);
      const id = await this.note(tx, { ...wish, centerId: wish.centerId ?? null, byName: viewer.name, ticketId: null });
      return ok({
        value: { id },
        audit: {
          ...{ objectType: 'DutyLogEntry', objectId: id, departmentId: null },
          summary: say('写值班日志', 'Write into the shift log'),
          after: input,
        },
      });
    });
  }

  /** An open point is done; the line stays. */
  settle(
    viewer: Viewer,
    wish: { readonly entryId: string | undefined; readonly note: string; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'dutyLog.settle', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.entryId === undefined ? null : await this.repository.locked(tx, wish.entryId);
      if (!row) return refuse([unknown('id')]);
      const wrong = wrongLog(wish.note, 'note');
      if (wrong.length > 0) return refuse(wrong);
      if (row.open === null) return refuse([notPermitted('SETTLED', '已办结', 'It is settled already')]);
      // A ticket is settled by being closed: else the desk would forget one that burns.
      if (row.ticketId !== null)
        return refuse([notPermitted('OF_A_TICKET', '请在工单中办结', 'It ends when its ticket is closed')]);
      await this.repository.settle(tx, { id: row.id }, viewer.name, wish.note.trim());
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'DutyLogEntry', objectId: row.id, departmentId: null },
          summary: say('办结值班事项', 'Settle an open point of the shift'),
          after: { note: wish.note },
        },
      });
    });
  }

  /** Written by what it tells of, in its own transaction. */
  async note(
    tx: Tx,
    {
      isOpen,
      text,
      ...of
    }: Pick<LogRow, 'centerId' | 'kind' | 'byName' | 'ticketId'> & {
      /** As somebody typed it, or what the console itself says. */
      readonly text: string | LogWords;
      readonly isOpen: boolean;
    },
  ): Promise<string> {
    const said = typeof text === 'string' ? text : logWordsText(text).zh;
    const words = typeof text === 'string' ? null : text;
    const { byName, centerId, kind, ticketId } = of;
    const id = newId(tx.now.getTime());
    await this.repository.insert(tx, {
      ...{ id, centerId, kind, byName, ticketId, at: tx.now, text: said.trim().slice(0, LOG_TEXT_LENGTH_MAX), words },
      ...{ open: isOpen ? 1 : null, settledAt: null, settledBy: null, settledNote: null },
    });
    tx.changed('dr', 'ALERTS');
    return id;
  }

  /** What a ticket left open is settled with it. */
  settleTicket(tx: Tx, ticketId: string, by: string): Promise<void> {
    return this.repository.settle(tx, { ticketId }, by, null);
  }

  /** Whoever is offered the shift sees what is open of it, and takes that too. */
  async carryOver(tx: Tx, handOverId: string, centerId: string): Promise<number> {
    const points = pointsOf(await this.repository.openOf(tx, centerId, POINTS_MAX), centerId);
    const rows: PointRow[] = points.map(({ at, id, text }) => ({ handOverId, entryId: id, text, since: at }));
    await this.repository.carry(tx, rows);
    return rows.length;
  }
}
