import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { faultOf, minutesOf } from './domain/fault-minutes.js';
import { dueOf } from './domain/ticket.js';
import { type Mover, offered } from './domain/ticket-moves.js';
import { TicketsRepository } from './tickets.repository.js';
import type { EntryRow, LinkRow, StandardUse, TicketCount, TicketFilter, TicketRow } from './tickets.types.js';

/** Tickets as pages show them. */
@Injectable()
export class TicketViews {
  constructor(
    private readonly repository: TicketsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(filter: TicketFilter, page: PageRequest): Promise<Page<TicketRow>> {
    return this.repository.page(filter, page);
  }

  counts(): Promise<TicketCount[]> {
    return this.repository.counts();
  }

  changeOfCode(code: string): Promise<TicketRow | null> {
    return this.repository.byCode(code).then((row) => (row?.kind === 'CHANGE' ? row : null));
  }

  /** Batches for loaders. */
  readonly byIds = async (ids: readonly string[]): Promise<(TicketRow | null)[]> => {
    const of = new Map((await this.repository.byIds(ids)).map((row) => [row.id, row]));
    return ids.map((id) => of.get(id) ?? null);
  };
  readonly links = async (ids: readonly string[]): Promise<LinkRow[][]> => {
    const of = Map.groupBy(await this.repository.links(ids), ({ ticketId }) => ticketId);
    return ids.map((id) => of.get(id) ?? []);
  };
  /** Tickets that name this one: the problem of an event. */
  readonly namedBy = async (ids: readonly string[]): Promise<TicketRow[][]> => {
    const links = await this.repository.linksTo('DutyTicket', ids);
    const rows = new Map((await this.repository.byIds(links.map((l) => l.ticketId))).map((row) => [row.id, row]));
    const of = Map.groupBy(links, ({ subjectId }) => subjectId);
    return ids.map((id) => (of.get(id) ?? []).flatMap(({ ticketId }) => rows.get(ticketId) ?? []));
  };
  /** The event of each alert: the one that is open, or the newest. */
  readonly eventsOfAlerts = async (alertIds: readonly string[]): Promise<(TicketRow | null)[]> => {
    const links = await this.repository.linksTo('DrAlert', alertIds);
    const rows = new Map((await this.repository.byIds(links.map((l) => l.ticketId))).map((row) => [row.id, row]));
    const of = Map.groupBy(links, ({ subjectId }) => subjectId);
    return alertIds.map((id) => {
      const own = of.get(id) ?? [];
      const link = own.find(({ live }) => live === 1) ?? own[0];
      return (link && rows.get(link.ticketId)) ?? null;
    });
  };

  /** Of each key, which is a ticket and how many: the newest of its story, in their order. */
  readonly entries = async (keys: readonly string[]): Promise<EntryRow[][]> => {
    const asked = keys.map((key) => key.split(' ') as [string, string]);
    const found = new Map<string, EntryRow[]>();
    for (const [limit, own] of Map.groupBy(asked, ([, last]) => last)) {
      const rows = await this.repository.entries(
        own.map(([id]) => id),
        Number(limit),
      );
      for (const [id, of] of Map.groupBy(rows, ({ ticketId }) => ticketId)) found.set(`${id} ${limit}`, of);
    }
    return keys.map((key) => found.get(key) ?? []);
  };
  readonly entryCounts = async (ids: readonly string[]): Promise<number[]> => {
    const of = await this.repository.entryCounts(ids);
    return ids.map((id) => of.get(id) ?? 0);
  };

  standardUses(): Promise<StandardUse[]> {
    return this.repository.standardUses();
  }

  offered(row: TicketRow, by: Mover) {
    return offered(row, by, this.clock.now());
  }

  due(row: TicketRow) {
    const due = dueOf(row);
    return due && { ...due, isOver: due.at <= this.clock.now() };
  }

  /** What would count if it were decided now; null = it is not to be decided. */
  fault(row: TicketRow): { from: Date; to: Date; minutes: number } | null {
    const fault = faultOf(row, this.clock.now());
    if (!fault.ok) return null;
    const { fromAt, toAt } = fault.value;
    return { from: fromAt, to: toAt, minutes: minutesOf(fromAt, toAt) };
  }
}
