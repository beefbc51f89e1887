import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { newId } from '../platform/database/ids.js';
import { matching, newestOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import { isOver } from './domain/ticket-state.js';
import { DutyTicketEntity, DutyTicketEntryEntity, DutyTicketLinkEntity } from './tickets.entity.js';
import type { EntryRow, LinkRow, StandardUse, TicketCount, TicketFilter, TicketRow } from './tickets.types.js';

/** Tickets are the desk's own and of no department: reads take no scope, and are asked for by those who see the desk. */
@Injectable()
export class TicketsRepository {
  constructor(private readonly db: DataSource) {}

  page(filter: TicketFilter, page: PageRequest): Promise<Page<TicketRow>> {
    return newestOf(() => this.filtered(filter), 't.openedAt', 't.id', page);
  }

  byIds(ids: readonly string[], tx?: Tx): Promise<TicketRow[]> {
    return (tx?.manager ?? this.db.manager).find(DutyTicketEntity, { where: { id: In(inList(ids) as string[]) } });
  }

  byCode(code: string): Promise<TicketRow | null> {
    return this.db.manager.findOne(DutyTicketEntity, { where: { code: In(inAsciiList([code]) as string[]) } });
  }

  locked(tx: Tx, id: string | undefined): Promise<TicketRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return tx.manager.findOne(DutyTicketEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async counts(): Promise<TicketCount[]> {
    const rows = await this.db.manager
      .createQueryBuilder(DutyTicketEntity, 't')
      .where('t.open = 1')
      .select('t.kind', 'kind')
      .addSelect('t.severity', 'severity')
      .addSelect('count(*)', 'n')
      .groupBy('t.kind, t.severity')
      .getRawMany<TicketCount & { n: string }>();
    return rows.map(({ kind, n, severity }) => ({ kind, severity, n: Number(n) }));
  }

  /** Changes whose window touches the time; of an emergency, which has none, the time that it took. */
  changesBetween(fromAt: Date, toAt: Date, now: Date, limit: number): Promise<TicketRow[]> {
    return this.db.manager
      .createQueryBuilder(DutyTicketEntity, 't')
      .where("t.kind = 'CHANGE' and t.state not in ('REJECTED', 'CANCELLED')")
      .andWhere(
        `((t.plannedTo > :fromAt and t.plannedFrom < :toAt)
          or (t.plannedTo is null and t.implementedAt < :toAt and coalesce(t.closedAt, :now) > :fromAt))`,
        { fromAt, toAt, now },
      )
      .orderBy('t.plannedFrom', 'ASC')
      .addOrderBy('t.id', 'ASC')
      .take(limit)
      .getMany();
  }

  /** Of each entry of the catalog by which a change was opened. */
  async standardUses(): Promise<StandardUse[]> {
    const rows: { key: string; opened: string; closed: string; rolledBack: string }[] = await this.db.query(
      `select standard_key as \`key\`, count(*) as opened, sum(state = 'CLOSED') as closed, sum(state = 'ROLLED_BACK') as rolledBack
        from duty_ticket where standard_key is not null group by standard_key order by standard_key`,
    );
    return rows.map(({ closed, key, opened, rolledBack }) => ({
      ...{ key, opened: Number(opened), closed: Number(closed), rolledBack: Number(rolledBack) },
    }));
  }

  async insert(tx: Tx, row: TicketRow): Promise<void> {
    await tx.manager.insert(DutyTicketEntity, row);
  }

  /** Whoever calls has the row locked. What is over opens nothing any more: its alerts may have another event. */
  async update(tx: Tx, row: TicketRow, values: Partial<TicketRow>): Promise<void> {
    // What was over already keeps when it ended.
    const over = row.open !== null && values.state !== undefined && isOver(values.state);
    const last = over ? { open: null, closedAt: tx.now } : {};
    await tx.manager.update(DutyTicketEntity, { id: row.id }, { ...values, ...last, version: row.version + 1 });
    if (over) await tx.manager.update(DutyTicketLinkEntity, { ticketId: row.id }, { live: null });
  }

  async happened(tx: Tx, entry: Omit<EntryRow, 'id' | 'at'>): Promise<void> {
    await tx.manager.insert(DutyTicketEntryEntity, { ...entry, id: newId(tx.now.getTime()), at: tx.now });
  }

  async link(tx: Tx, rows: readonly LinkRow[]): Promise<void> {
    if (rows.length > 0) await tx.manager.insert(DutyTicketLinkEntity, [...rows]);
  }

  async unlink(tx: Tx, { subjectId, subjectType, ticketId }: LinkRow): Promise<void> {
    await tx.manager.delete(DutyTicketLinkEntity, { ticketId, subjectType, subjectId });
  }

  links(ticketIds: readonly string[], tx?: Tx): Promise<LinkRow[]> {
    return (tx?.manager ?? this.db.manager).find(DutyTicketLinkEntity, {
      where: { ticketId: In(inList(ticketIds) as string[]) },
      order: { linkedAt: 'ASC', subjectType: 'ASC', subjectName: 'ASC' },
    });
  }

  /** From the other end: the tickets in which these are named. */
  linksTo(subjectType: LinkRow['subjectType'], subjectIds: readonly string[]): Promise<LinkRow[]> {
    return this.db.manager.find(DutyTicketLinkEntity, {
      where: { subjectType, subjectId: In(inList(subjectIds) as string[]) },
      order: { linkedAt: 'DESC' },
    });
  }

  /** The event that is open for an alert; null = none. */
  liveOf(tx: Tx, alertId: string): Promise<LinkRow | null> {
    return tx.manager.findOne(DutyTicketLinkEntity, { where: { subjectType: 'DrAlert', subjectId: alertId, live: 1 } });
  }

  /** Of each ticket the newest `limit`, in their order. */
  async entries(ticketIds: readonly string[], limit: number): Promise<EntryRow[]> {
    const newest: { id: string }[] = await this.db.query(
      `select id from (
         select id, row_number() over (partition by ticket_id order by at desc, id desc) as place
           from duty_ticket_entry where ticket_id in (?)) as placed
        where place <= ?`,
      [inList(ticketIds), limit],
    );
    return this.db.manager.find(DutyTicketEntryEntity, {
      where: { id: In(inList(newest.map(({ id }) => id)) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  entryCount(tx: Tx, ticketId: string): Promise<number> {
    return tx.manager.countBy(DutyTicketEntryEntity, { ticketId });
  }

  async entryCounts(ticketIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; n: string }[] = await this.db.query(
      'select ticket_id as id, count(*) as n from duty_ticket_entry where ticket_id in (?) group by ticket_id',
      [inList(ticketIds)],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  private filtered(filter: TicketFilter): SelectQueryBuilder<DutyTicketEntity> {
    const query = this.db.manager.createQueryBuilder(DutyTicketEntity, 't').where('1 = 1');
    if (filter.openOnly) query.andWhere('t.open = 1');
    if (filter.kinds.length > 0) query.andWhere('t.kind in (:...kinds)', { kinds: filter.kinds });
    if (filter.states.length > 0) query.andWhere('t.state in (:...states)', { states: filter.states });
    if (filter.severities.length > 0)
      query.andWhere('t.severity in (:...severities)', { severities: filter.severities });
    if (filter.mine) query.andWhere('t.assigneeId = :mine', { mine: filter.mine });
    if (filter.link)
      query.andWhere(
        'exists (select 1 from duty_ticket_link l where l.ticket_id = t.id and l.subject_type = :type and l.subject_id = :subject)',
        { type: filter.link.subjectType, subject: filter.link.subjectId },
      );
    return matching(query, ['t.code', 't.title', 't.assignee'], filter.search);
  }
}
