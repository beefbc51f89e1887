/** Decides which stretch of an event counts as a fault of the service, in whole minutes, and that it is counted once. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { TicketKind, TicketState } from './ticket-state.js';

const MINUTE_MS = 60_000;

export interface FaultyTicket {
  readonly kind: TicketKind;
  readonly state: TicketState;
  readonly startedAt: Date;
  readonly restoredAt: Date | null;
  readonly faultDecidedAt: Date | null;
}

/**
 * Of an event that is restored, once. A minute that has begun counts, as the book of outages counts it: from the minute in
 * which it began to the end of the one in which it ended, and not beyond now.
 */
export function faultOf(
  ticket: FaultyTicket,
  now: Date,
): Result<{ readonly fromAt: Date; readonly toAt: Date }, Refusal> {
  const not = whyNoFault(ticket);
  if (not) return refuse(not);
  const from = Math.floor(ticket.startedAt.getTime() / MINUTE_MS) * MINUTE_MS;
  const end = Math.ceil((ticket.restoredAt as Date).getTime() / MINUTE_MS) * MINUTE_MS;
  const to = Math.max(from + MINUTE_MS, Math.min(end, Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS));
  return ok({ fromAt: new Date(from), toAt: new Date(to) });
}

export function whyNoFault({ faultDecidedAt, kind, restoredAt, state }: FaultyTicket): Refusal | null {
  const no = (reason: string, zh: string, en: string): Refusal => ({
    ...{ code: 'NOT_PERMITTED', path: ['id'], reason },
    message: say(zh, en),
  });
  if (kind !== 'EVENT') return no('NOT_AN_EVENT', '只有事件认定故障时长', 'Only events have fault minutes');
  if (faultDecidedAt !== null) return no('DECIDED', '故障时长已认定', 'It was decided already');
  if (restoredAt === null || (state !== 'RESTORED' && state !== 'CLOSED'))
    return no('NOT_RESTORED', '恢复后才能认定故障时长', 'It is decided after it is restored');
  return null;
}

export const minutesOf = (from: Date, to: Date): number => Math.ceil((to.getTime() - from.getTime()) / MINUTE_MS);
