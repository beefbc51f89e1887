import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { changedMeanwhile, unknownDrill, wrongText } from './domain/drill-refusals.js';
import { DrillTicketsRepository } from './drill-tickets.repository.js';
import type { TicketRow, Versioned } from './drills.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;
const OWNER_LENGTH_MAX = 100;

/** 整改: whose each deviation is, until when, and how it was put right. */
@Injectable()
export class DrillTickets {
  constructor(
    private readonly repository: DrillTicketsRepository,
    private readonly acts: Acts,
  ) {}

  open(scope: TenantScope, limit: number): Promise<TicketRow[]> {
    return this.repository.open(scope, limit);
  }

  readonly ofDrills = (drillIds: readonly string[]) => this.repository.ofDrills(drillIds);

  byId(scope: TenantScope, id: string): Promise<TicketRow | null> {
    return this.repository.byId(scope, id);
  }

  assign(viewer: Viewer, scope: TenantScope, wish: Versioned & { ownerName: string; dueOn: string }): Answer {
    const { dueOn, ownerName } = wish;
    return this.on('assign', viewer, scope, wish, { ownerName, dueOn }, (tx) => {
      const owner = ownerName.trim();
      const wrong: Refusal[] = [];
      if (owner === '' || owner.length > OWNER_LENGTH_MAX)
        wrong.push(invalid('ownerName', '请填写责任人，100 字以内', 'Name whose it is, in up to 100 characters'));
      if (dueOn < calendarDate(tx.now)) wrong.push(invalid('dueOn', '期限不能早于今天', 'It is due today or later'));
      if (wrong.length > 0) return wrong;
      return {
        values: { ownerName: owner, dueOn },
        what: say(`责任人 ${owner}，限 ${dueOn}`, `${owner}'s, due on ${dueOn}`),
      };
    });
  }

  done(viewer: Viewer, scope: TenantScope, wish: Versioned & { note: string }): Answer {
    return this.on('done', viewer, scope, wish, { note: wish.note }, (tx) => {
      const wrong = wrongText('note', wish.note);
      if (wrong.length > 0) return wrong;
      const values = { state: 'DONE' as const, doneAt: tx.now, doneBy: viewer.name, doneNote: wish.note.trim() };
      return { values, what: say('整改完成', 'it is put right') };
    });
  }

  private on(
    act: string,
    viewer: Viewer,
    scope: TenantScope,
    { expectedVersion, id, idempotencyKey }: Versioned,
    input: Record<string, unknown>,
    decide: (tx: Tx) => Refusal[] | { values: Partial<TicketRow>; what: Bilingual },
  ): Answer {
    const whole = { id: id ?? null, expectedVersion, ...input };
    return this.acts.perform({ name: `drTicket.${act}`, actor: viewer, idempotencyKey, input: whole }, async (tx) => {
      const seen = id === undefined ? null : await this.repository.locked(tx, id);
      const reach = seen && (scope.kind === 'PROVINCE' || scope.departmentIds.includes(seen.departmentId));
      if (!seen || !reach) return refuse([unknownDrill()]);
      const stopped = changedMeanwhile(expectedVersion, seen.version);
      if (stopped) return refuse([stopped]);
      if (seen.state === 'DONE') return refuse([isDone()]);
      const decided = decide(tx);
      if (Array.isArray(decided)) return refuse(decided);
      await this.repository.update(tx, seen, decided.values);
      const { what, values } = decided;
      return ok({
        value: { id: seen.id },
        audit: {
          ...{ objectType: 'DrTicket', objectId: seen.id, departmentId: seen.departmentId },
          summary: say(`${seen.code} ${what.zh}`, `${seen.code}: ${what.en}`),
          before: { ownerName: seen.ownerName, dueOn: seen.dueOn },
          after: { ...values },
        },
      });
    });
  }
}

function invalid(path: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path: [path], rule: path, message: say(zh, en) };
}

function isDone(): Refusal {
  return {
    ...{ code: 'ILLEGAL_TRANSITION', path: [], state: 'DONE', action: 'EDIT' },
    message: say('整改项已完成', 'It has been put right already'),
  };
}
