import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';

/** A line of a new request whose servers, places or service stand ready: what was delivered without a record of its own. */
export interface DeliveredLine {
  readonly id: string;
  readonly requestId: string;
  readonly kind: 'SERVER' | 'CABINET' | 'SERVICE';
  readonly name: string;
  readonly count: number;
  readonly offerId: string;
  readonly definitionId: string | null;
  readonly centerId: string | null;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string;
  /** 机位交付, or whatever else hands such a thing over. */
  readonly deliveredAt: Date;
  readonly endedAt: Date | null;
  /** Of a service: how many there were after each change that was carried out. */
  readonly counts: readonly { readonly id: string; readonly at: Date; readonly count: number }[];
}

/** A line of machines, by which people know the data that it has in the recovery center. */
export interface LineOfData {
  readonly id: string;
  readonly requestId: string;
  readonly requestCode: string;
  readonly name: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string | null;
}

/** Delivered lines as metering reads them. Unscoped: whoever reads them sees everything. */
@Injectable()
export class DeliveredLines {
  constructor(private readonly db: DataSource) {}

  /**
   * Services that are paid for, of which the book of intervals does not say what the lines do: delivered before that day and in no
   * interval, or ended before it and going on there. They carry the moment of the fact, not of its writing: what was taken in from before is told late.
   */
  async lateServices(before: Date): Promise<number> {
    const [row]: { n: string }[] = await this.db.query(
      `select count(*) as n from request_line l join request r on r.id = l.request_id
         join service_definition d on d.id = l.definition_id
       where l.kind = 'SERVICE' and l.changed_line_id is null and r.nature = 'NEW'
         and coalesce(json_unquote(json_extract(d.content, '$.priceMeter')), 'null') <> 'null'
         and ((l.fulfilled_at < ? and (l.ended_at is null or l.ended_at > l.fulfilled_at)
               and not exists (select 1 from metered_interval i where i.resource_id = l.id))
           or (l.ended_at < ? and exists (select 1 from metered_interval i where i.resource_id = l.id and i.standing = 1
               and (i.end_at is null or i.end_at > l.ended_at))))`,
      [before, before],
    );
    return Number(row?.n ?? 0);
  }

  /** The next of them by id, those that have ended, too. */
  async after(id: string, limit: number): Promise<DeliveredLine[]> {
    const rows: Record<string, string | number | Date | null>[] = await this.db.query(
      `select l.id, l.request_id, l.kind, l.name, l.item_count, l.offer_id, l.definition_id, l.center_id, l.fulfilled_at, l.ended_at,
              r.department_id, r.system_id, r.project_id
       from request_line l join request r on r.id = l.request_id
       where l.id > ? and l.kind in ('SERVER', 'CABINET', 'SERVICE') and l.changed_line_id is null
         and r.nature = 'NEW' and l.fulfilled_at is not null
       order by l.id limit ?`,
      [id, limit],
    );
    const changes = await this.changes(rows.map((row) => row.id as string));
    return rows.map((row) => ({
      id: row.id as string,
      requestId: row.request_id as string,
      kind: row.kind as DeliveredLine['kind'],
      name: row.name as string,
      count: changes.get(row.id as string)?.from ?? Number(row.item_count),
      offerId: row.offer_id as string,
      definitionId: row.definition_id as string | null,
      centerId: row.center_id as string | null,
      departmentId: row.department_id as string,
      systemId: row.system_id as string,
      projectId: row.project_id as string,
      deliveredAt: row.fulfilled_at as Date,
      endedAt: row.ended_at as Date | null,
      counts: changes.get(row.id as string)?.counts ?? [],
    }));
  }

  /** Of these lines those that there are. */
  async ofData(lineIds: readonly string[]): Promise<LineOfData[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select l.id, l.request_id, r.code, l.name, r.department_id, r.system_id, r.project_id
       from request_line l join request r on r.id = l.request_id where l.id in (?)`,
      [inList(lineIds)],
    );
    return rows.map((row) => ({
      ...{ id: row.id as string, requestId: row.request_id as string, requestCode: row.code as string },
      ...{ name: row.name as string, departmentId: row.department_id as string, systemId: row.system_id as string },
      projectId: row.project_id || null,
    }));
  }

  /** Since when those of these servers and places are there that a change has made; null = not yet. */
  async madeByChange(itemIds: readonly string[]): Promise<ReadonlyMap<string, Date | null>> {
    const rows: { item_id: string; done_at: Date | null }[] = await this.db.query(
      "select item_id, done_at from request_item_change where what = 'MAKE' and item_id in (?)",
      [inList(itemIds)],
    );
    return new Map(rows.map((row) => [row.item_id, row.done_at]));
  }

  private async changes(lineIds: readonly string[]): Promise<Map<string, Changes>> {
    const rows: { id: string; line: string; at: Date; n: number; before: number | null }[] = await this.db.query(
      `select id, changed_line_id as line, fulfilled_at as at, item_count as n, from_count as \`before\` from request_line
       where changed_line_id in (?) and kind = 'SERVICE' and fulfilled_at is not null order by fulfilled_at, id`,
      [inList(lineIds)],
    );
    return new Map(
      [...Map.groupBy(rows, ({ line }) => line)].map(([line, of]) => [
        line,
        {
          from: of[0]?.before ?? null,
          counts: of.map(({ id, at, n }) => ({ id, at, count: Number(n) })),
        },
      ]),
    );
  }
}

interface Changes {
  /** How many there were before the first change. */
  readonly from: number | null;
  readonly counts: readonly { readonly id: string; readonly at: Date; readonly count: number }[];
}
