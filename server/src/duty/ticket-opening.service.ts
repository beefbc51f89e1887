import { Injectable } from '@nestjs/common';
import { ShiftLog } from '../alerts/shift-log.service.js';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { deadlinesOf, severityOf } from './domain/severity.js';
import { type TicketWish, wrongTicket } from './domain/ticket.js';
import { keyOfLink, LINKS_MAX } from './domain/ticket-links.js';
import { firstState, type TicketKind } from './domain/ticket-state.js';
import { type LinkWish, type ResolvedLink, TicketLinks } from './ticket-links.service.js';
import { TicketPutting } from './ticket-putting.service.js';
import { tooManyLinks, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { TicketRow } from './tickets.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** SJ 事件, BG 变更, WT 问题. */
const CODE_PREFIX: { readonly [K in TicketKind]: string } = { EVENT: 'SJ', CHANGE: 'BG', PROBLEM: 'WT' };
const KIND_WORDS: { readonly [K in TicketKind]: Bilingual } = {
  EVENT: say('事件', 'event'),
  CHANGE: say('变更', 'change'),
  PROBLEM: say('问题', 'problem'),
};
/** Nothing of an event or a problem was decided yet. */
const BLANK = {
  ...{ respondedAt: null, restoredAt: null, closedAt: null, reviewedById: null, reviewedBy: null },
  ...{ approvedById: null, approvedBy: null, approvedAt: null, implementedById: null, implementedBy: null },
  ...{ implementedAt: null, approveAfterBy: null, rootCause: null, workaround: null, resolution: null },
  ...{ faultDecidedAt: null, faultDecidedBy: null, outageId: null },
} as const;

export interface OpenWish extends TicketWish {
  /** undefined = no id of a center. */
  readonly centerId: string | null | undefined;
  readonly links: readonly LinkWish[];
  readonly idempotencyKey: string;
}

/** 登记: a ticket begins, with its deadlines, what it is about, and its line in the shift log. */
@Injectable()
export class TicketOpening {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly putting: TicketPutting,
    private readonly log: ShiftLog,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  /** Of an alert it is opened by one press: whoever opens it has taken the alert on, and answers for the event. */
  async open(viewer: Viewer, wish: OpenWish): Answer {
    const { idempotencyKey, ...asked } = wish;
    const [resolved, [center]] = await Promise.all([
      this.links.resolved(wish.links.slice(0, LINKS_MAX)),
      wish.centerId ? this.facilities.centersByIds([wish.centerId]) : [],
    ]);
    const input = plain(asked);
    // What an alert says changes with each measurement: the same press sent again is the same for all that.
    const pressed = wish.ofAlert === true ? { ofAlert: true, links: input.links.slice(0, 1) } : input;
    const act = { name: 'dutyTicket.open', actor: viewer, idempotencyKey, input: pressed };
    return this.acts.perform(act, async (tx) => {
      const wrong: Refusal[] = wrongTicket(wish, tx.now);
      if (wish.centerId !== null && !center) wrong.push(unknown('centerId'));
      if (wish.links.length > LINKS_MAX) wrong.push(tooManyLinks());
      resolved.forEach((link, at) => {
        if (!link) wrong.push(unknown('links', String(at)));
      });
      if (wrong.length > 0) return refuse(wrong);
      const links = onceEach(resolved.flatMap((link) => link ?? []));
      const taken = await this.putting.alertsOf(tx, wish.kind, links);
      if (!taken.ok) return taken;
      const row = await this.newRow(tx, viewer, wish, center?.id ?? taken.value[0]?.centerId ?? null);
      await this.repository.insert(tx, row);
      await this.putting.put(tx, viewer, row, links);
      await this.putting.takeOn(tx, viewer, row, taken.value);
      const of = { ticketId: row.id, byName: viewer.name };
      await this.repository.happened(tx, { ...of, kind: 'OPEN', state: row.state, text: row.description || null });
      const { code, title } = row;
      const text = `${code} ${KIND_WORDS[wish.kind].zh}：${title}（${row.severity}）`;
      await this.log.note(tx, { ...of, centerId: row.centerId, kind: 'TICKET', text, isOpen: true });
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(
            `登记${KIND_WORDS[wish.kind].zh} ${code} ${title}`,
            `Open the ${KIND_WORDS[wish.kind].en} ${code} ${title}`,
          ),
          after: { ...input, severity: row.severity },
        },
      });
    });
  }

  private async newRow(tx: Tx, viewer: Viewer, wish: TicketWish, centerId: string | null): Promise<TicketRow> {
    const { changeKind, impact, kind, plannedFrom, plannedTo, urgency } = wish;
    const severity = severityOf(impact, urgency);
    const isEvent = kind === 'EVENT';
    const isChange = kind === 'CHANGE';
    const deadlines = isEvent ? deadlinesOf(severity, tx.now) : { respondBy: null, resolveBy: null };
    return {
      ...{ id: newId(tx.now.getTime()), kind, state: firstState(kind), open: 1, version: 1, centerId },
      code: await this.codes.nextWithin(tx.manager, CODE_PREFIX[kind], accountingYear(tx.now)),
      ...{ title: wish.title.trim(), description: wish.description.trim(), impact, urgency, severity },
      ...{ startedAt: (isEvent ? wish.startedAt : null) ?? tx.now, openedAt: tx.now },
      ...{ openedById: viewer.userId, openedBy: viewer.name, assigneeId: viewer.userId, assignee: viewer.name },
      ...{ ...BLANK, ...deadlines, changeKind: isChange ? changeKind : null },
      ...(isChange
        ? { plannedFrom, plannedTo, plan: wish.plan?.trim() ?? null, rollbackPlan: wish.rollbackPlan?.trim() ?? null }
        : { plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null }),
    };
  }
}

const auditOf = (objectId: string) => ({ objectType: 'DutyTicket', objectId, departmentId: null });
const onceEach = (links: readonly ResolvedLink[]) => [
  ...new Map(links.map((link) => [keyOfLink(link), link])).values(),
];

function plain<
  T extends { startedAt: Date | null; plannedFrom: Date | null; plannedTo: Date | null; links: readonly object[] },
>({ links, plannedFrom, plannedTo, startedAt, ...rest }: T) {
  return {
    ...rest,
    links: links.map((link) => ({ ...link })),
    plannedFrom: plannedFrom?.toISOString() ?? null,
    plannedTo: plannedTo?.toISOString() ?? null,
    startedAt: startedAt?.toISOString() ?? null,
  };
}
