/** Decides who may lead a ticket on, with which words, and what it says then. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { APPROVE_AFTER_MS, type Severity } from './severity.js';
import { type ChangeKind, isText, TEXT_LENGTH_MAX } from './ticket.js';
import { actionsFrom, type TicketAction, type TicketKind, type TicketState, ticketAfter } from './ticket-state.js';

export interface MovedTicket {
  readonly kind: TicketKind;
  readonly state: TicketState;
  readonly severity: Severity;
  readonly changeKind: ChangeKind | null;
  readonly openedById: string;
  readonly startedAt: Date;
  readonly plannedFrom: Date | null;
  readonly plannedTo: Date | null;
  readonly reviewedById: string | null;
  readonly approvedAt: Date | null;
  readonly implementedById: string | null;
  readonly faultDecidedAt: Date | null;
}

export interface Mover {
  readonly userId: string;
  /** Works at the desk. */
  readonly operates: boolean;
  /** Leads a shift: approves changes. */
  readonly leads: boolean;
}

export interface MoveWish {
  readonly action: TicketAction;
  /** What was done, found or decided; some moves ask for it. */
  readonly text: string;
  /** Of RESTORE: since when it serves again; null = since now. */
  readonly restoredAt: Date | null;
}

/** What people say with a move; '' = nothing is asked. */
const ASKED: { readonly [A in TicketAction]?: Bilingual } = {
  RESTORE: say('写明做了什么才恢复', 'Say what was done to restore it'),
  CLOSE: say('写明结论', 'Say what came of it'),
  CANCEL: say('写明撤销原因', 'Say why it is cancelled'),
  REOPEN: say('写明为何重开', 'Say why it is opened again'),
  REVIEW: say('写明评审意见', 'Say what the review found'),
  REJECT: say('写明不同意的原因', 'Say why not'),
  ROLL_BACK: say('写明为何回退', 'Say why it is taken back'),
  APPROVE_AFTER: say('写明追认意见', 'Say what is thought of it afterwards'),
  NAME_CAUSE: say('写明根本原因', 'Name the root cause'),
  RESOLVE: say('写明如何根除', 'Say how it was put right for good'),
};

export const asksForText = (action: TicketAction): boolean => ASKED[action] !== undefined;

/** P1 and P2 say, before they are closed, whether minutes count against a provider. */
const JUDGES_FAULT: ReadonlySet<Severity> = new Set(['P1', 'P2']);

/** Why this person may not now; null = he may. Does not ask whether a freeze forbids it. */
export function whyNot(ticket: MovedTicket, action: TicketAction, by: Mover, now: Date): Refusal | null {
  if (ticketAfter(ticket.kind, ticket.state, action) === undefined)
    return {
      ...{ code: 'ILLEGAL_TRANSITION', path: ['id'], state: ticket.state, action },
      message: say('当前状态不能这样办理', 'Not from its present state'),
    };
  if (!by.operates) return no('NOT_ON_DUTY', '只有值班人员能办理', 'Only people of the duty desk do that');
  return ticket.kind === 'CHANGE' ? whyNotChange(ticket, action, by, now) : whyNotOther(ticket, action);
}

function whyNotOther({ faultDecidedAt, kind, severity }: MovedTicket, action: TicketAction): Refusal | null {
  if (kind === 'EVENT' && action === 'CLOSE' && JUDGES_FAULT.has(severity) && faultDecidedAt === null)
    return no(
      'FAULT_UNDECIDED',
      '请先认定故障时长（或认定不计），再关闭',
      'Say first which minutes count as a fault, or that none do',
    );
  // They are decided once: what it went on for afterwards would never count.
  if (kind === 'EVENT' && action === 'REOPEN' && faultDecidedAt !== null)
    return no(
      'FAULT_DECIDED',
      '故障时长已认定，不能重开；请另登记事件',
      'Its minutes are decided, and it is not opened again; open another event',
    );
  return null;
}

function whyNotChange(ticket: MovedTicket, action: TicketAction, by: Mover, now: Date): Refusal | null {
  const { approvedAt, changeKind, implementedById, openedById, reviewedById } = ticket;
  const own = openedById === by.userId;
  const emergency = changeKind === 'EMERGENCY';
  switch (action) {
    case 'REVIEW':
      return own ? no('OWN_WORK', '不能评审自己提出的变更', 'Nobody reviews his own change') : null;
    case 'REJECT':
      return own ? no('OWN_WORK', '不同意由他人作出；自己的请撤销', 'One’s own is cancelled, not rejected') : null;
    case 'APPROVE':
      if (own) return no('OWN_WORK', '不能批准自己提出的变更', 'Nobody approves his own change');
      if (reviewedById === by.userId) return ownReview();
      if (changeKind === 'STANDARD') return null;
      if (ticket.state === 'REQUESTED') return no('NOT_REVIEWED', '先评审，再批准', 'It is reviewed first');
      return by.leads ? null : no('ONLY_LEADER', '须由领导批准', 'A leader approves it');
    case 'APPROVE_AFTER':
      if (!emergency || approvedAt !== null) return no('NOT_AWAITED', '无须追认', 'Nothing awaits that');
      if (own || implementedById === by.userId)
        return no('OWN_WORK', '追认须由他人作出', 'Another person approves it afterwards');
      if (reviewedById === by.userId) return ownReview();
      return by.leads ? null : no('ONLY_LEADER', '须由领导追认', 'A leader approves it afterwards');
    case 'IMPLEMENT':
      if (emergency) return null;
      if (ticket.state === 'REQUESTED') return no('NOT_APPROVED', '批准后才能实施', 'It is approved first');
      return outsideWindow(ticket, now);
    case 'CLOSE':
      if (implementedById === by.userId)
        return no('OWN_WORK', '须由实施人以外的人验证', 'Another than who did it verifies it');
      return emergency && approvedAt === null
        ? no('AWAITS_LEADER', '紧急变更须先由领导追认', 'A leader approves it afterwards, then it is closed')
        : null;
    default:
      return null;
  }
}

function outsideWindow({ plannedFrom, plannedTo }: MovedTicket, now: Date): Refusal | null {
  const inside = plannedFrom !== null && plannedTo !== null && plannedFrom <= now && now < plannedTo;
  return inside ? null : no('OUTSIDE_WINDOW', '不在批准的实施时间内', 'Not within the time that was approved for it');
}

/** What the person may press now, the way on first; with what stands in the way. */
export function offered(
  ticket: MovedTicket,
  by: Mover,
  now: Date,
): { readonly action: TicketAction; readonly because: Refusal | null; readonly asksForText: boolean }[] {
  if (!by.operates) return [];
  return actionsFrom(ticket.kind, ticket.state)
    .filter((action) => !isSenseless(ticket, action))
    .map((action) => ({ action, because: whyNot(ticket, action, by, now), asksForText: asksForText(action) }));
}

/** Pairs of the table that are of another kind of change: nobody is shown a button that can never be pressed. */
function isSenseless({ approvedAt, changeKind, kind, state }: MovedTicket, action: TicketAction): boolean {
  if (kind !== 'CHANGE') return false;
  const emergency = changeKind === 'EMERGENCY';
  if (action === 'APPROVE_AFTER') return !emergency || approvedAt !== null;
  if (state !== 'REQUESTED') return false;
  if (action === 'IMPLEMENT') return !emergency;
  if (action === 'APPROVE') return changeKind !== 'STANDARD';
  return action === 'REVIEW' && changeKind !== 'NORMAL';
}

/** What the ticket says after it. */
export interface Moved {
  readonly state: TicketState;
  readonly respondedAt?: Date;
  readonly restoredAt?: Date | null;
  readonly resolution?: string;
  readonly rootCause?: string;
  readonly reviewedById?: string;
  readonly approvedById?: string;
  readonly approvedAt?: Date;
  readonly implementedById?: string;
  readonly implementedAt?: Date;
  readonly approveAfterBy?: Date;
}

export function decideMove(
  ticket: MovedTicket,
  wish: MoveWish,
  by: Mover,
  now: Date,
): Result<Moved, readonly Refusal[]> {
  const { action } = wish;
  const not = whyNot(ticket, action, by, now);
  if (not) return refuse([not]);
  const text = wish.text.trim();
  const asked = ASKED[action];
  if (asked && !isText(text, TEXT_LENGTH_MAX)) return refuse([invalid('text', 'length', asked)]);
  if (text.length > TEXT_LENGTH_MAX)
    return refuse([
      invalid('text', 'length', say(`最多 ${TEXT_LENGTH_MAX} 字`, `${TEXT_LENGTH_MAX} characters at most`)),
    ]);
  const state = ticketAfter(ticket.kind, ticket.state, action) as TicketState;
  switch (action) {
    case 'RESPOND':
      return ok({ state, respondedAt: now });
    case 'RESTORE': {
      const at = wish.restoredAt ?? now;
      if (at > now || at <= ticket.startedAt)
        return refuse([
          invalid('restoredAt', 'range', say('恢复时间须在发生之后、现在之前', 'After it began, and not to come')),
        ]);
      return ok({ state, restoredAt: at, resolution: text });
    }
    case 'REOPEN':
      return ok({ state, ...(ticket.kind === 'EVENT' ? { restoredAt: null } : {}) });
    case 'REVIEW':
      return ok({ state, reviewedById: by.userId });
    case 'APPROVE':
    case 'APPROVE_AFTER':
      return ok({ state, approvedById: by.userId, approvedAt: now });
    case 'IMPLEMENT': {
      const after =
        ticket.changeKind === 'EMERGENCY' ? { approveAfterBy: new Date(now.getTime() + APPROVE_AFTER_MS) } : {};
      return ok({ state, implementedById: by.userId, implementedAt: now, ...after });
    }
    case 'NAME_CAUSE':
      return ok({ state, rootCause: text });
    case 'RESOLVE':
    case 'CLOSE':
    case 'ROLL_BACK':
    case 'REJECT':
    case 'CANCEL':
      return ok({ state, ...(text === '' ? {} : { resolution: text }) });
    default:
      return ok({ state });
  }
}

const ownReview = () => no('OWN_REVIEW', '评审人不能同时批准', 'Whoever reviewed it does not approve it, too');
const no = (reason: string, zh: string, en: string): Refusal => ({
  ...{ code: 'NOT_PERMITTED', path: ['id'], reason },
  message: say(zh, en),
});
const invalid = (path: string, rule: string, message: Bilingual): Refusal => ({
  ...{ code: 'INVALID_INPUT', path: [path], rule, message },
});
