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
import { beyondEntry, notInCatalog, type StandardChange } from './domain/standard-changes.js';
import { type TicketWish, wrongTicket } from './domain/ticket.js';
import { isOfAChange, keyOfLink, LINKS_MAX } from './domain/ticket-links.js';
import { firstState, type TicketKind } from './domain/ticket-state.js';
import { type TicketWords, titleOf } from './domain/ticket-words.js';
import { StandardChanges } from './standard-changes.service.js';
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
type Standard = { readonly entry: StandardChange; readonly edition: number } | null;
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
  /** Of a standard change: its entry in the catalog, which says what is done and has approved it. */
  readonly standardKey?: string | null;
  /** Of what the console itself wrote. */
  readonly words?: TicketWords;
  readonly idempotencyKey: string;
}

/** 登记: a ticket begins, with its deadlines, what it is about, and its line in the shift log. */
@Injectable()
export class TicketOpening {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly putting: TicketPutting,
    private readonly standards: StandardChanges,
    private readonly log: ShiftLog,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
  ) {}

  /** Of an alert it is opened by one press: whoever opens it has taken the alert on, and answers for the event. */
  async open(viewer: Viewer, asked: OpenWish): Answer {
    const { idempotencyKey, words = null, ...typed } = asked;
    const standard = await this.standards.entryInForce(asked.standardKey ?? null);
    const wish = standard === null ? asked : asEntry(asked, standard.entry);
    const [resolved, [center]] = await Promise.all([
      this.links.resolved(wish.links.slice(0, LINKS_MAX)),
      wish.centerId ? this.facilities.centersByIds([wish.centerId]) : [],
    ]);
    const input = plain(typed);
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
      const links = onceEach(resolved.flatMap((link) => link ?? []));
      wrong.push(...wrongStandard(wish, standard, links));
      if (wrong.length > 0) return refuse(wrong);
      const taken = await this.putting.alertsOf(tx, wish.kind, links);
      if (!taken.ok) return taken;
      const row = {
        ...(await this.newRow(tx, viewer, wish, center?.id ?? taken.value[0]?.centerId ?? null)),
        ...{ words, ...approvedBy(standard) },
      };
      await this.repository.insert(tx, row);
      await this.putting.put(tx, viewer, row, links);
      await this.putting.takeOn(tx, viewer, row, taken.value);
      const of = { ticketId: row.id, byName: viewer.name };
      const said = { text: row.description || null, words };
      await this.repository.happened(tx, { ...of, kind: 'OPEN', state: row.state, ...said });
      const { code, severity, title } = row;
      const kind = KIND_WORDS[wish.kind];
      const did = say(`${kind.zh}（${severity}）`, `${kind.en} (${severity})`);
      const text = { kind: 'TICKET' as const, code, did, title: titleOf(row) };
      await this.log.note(tx, { ...of, centerId: row.centerId, kind: 'TICKET', text, isOpen: true });
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(`登记${kind.zh} ${code} ${title}`, `Open the ${kind.en} ${code} ${titleOf(row).en}`),
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
      ...{ standardKey: null, standardEdition: null, words: null },
      ...(isChange
        ? { plannedFrom, plannedTo, plan: wish.plan?.trim() ?? null, rollbackPlan: wish.rollbackPlan?.trim() ?? null }
        : { plannedFrom: null, plannedTo: null, plan: null, rollbackPlan: null }),
    };
  }
}

/** What is done, how it is taken back and how grave it is are the entry's, whatever was typed: that is what was approved. */
function asEntry(wish: OpenWish, { impact, plan, rollbackPlan, title, urgency }: StandardChange): OpenWish {
  return { ...wish, impact, urgency, plan, rollbackPlan, title: wish.title.trim() || title };
}

function wrongStandard(wish: OpenWish, standard: Standard, links: readonly ResolvedLink[]): Refusal[] {
  const isStandard = wish.kind === 'CHANGE' && wish.changeKind === 'STANDARD';
  if (!isStandard) return wish.standardKey ? [notInCatalog()] : [];
  if (standard === null) return [notInCatalog()];
  const subjects = links.filter(({ subjectType }) => isOfAChange(subjectType)).length;
  return beyondEntry(standard.entry, { plannedFrom: wish.plannedFrom, plannedTo: wish.plannedTo, subjects });
}

/** Its catalog was put in force by another than who wrote it: nobody is asked a second time. A freeze still is. */
function approvedBy(standard: Standard): Partial<TicketRow> {
  if (standard === null) return {};
  return { state: 'APPROVED', standardKey: standard.entry.key, standardEdition: standard.edition };
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
