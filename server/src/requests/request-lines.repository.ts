import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { inList } from '../platform/database/unit-of-work.js';
import { SELECT_LINES, toLine } from './request-rows.js';
import type { RequestLineRow } from './requests.types.js';

export interface LinesOfKind {
  readonly kind: LineKind;
  /** Of SERVICE; null = all of the kind. */
  readonly serviceId: string | null;
}

/** Lines of many requests, a page of each. What one request has is numbered from 0 without a gap (replaceLines). */
@Injectable()
export class RequestLinesRepository {
  constructor(private readonly db: DataSource) {}

  /** Of each request the lines at the places `from` … `from + most - 1`. */
  async between(requestIds: readonly string[], from: number, most: number): Promise<RequestLineRow[]> {
    const rows = await this.db.query(
      `${SELECT_LINES} where request_id in (?) and position >= ? and position < ? order by request_id, position`,
      [inList(requestIds), from, from + most],
    );
    return rows.map(toLine);
  }

  async counts(requestIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; n: string }[] = await this.db.query(
      'select request_id as id, count(*) as n from request_line where request_id in (?) group by request_id',
      [inList(requestIds)],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  /** Of each request how many of its lines are services. */
  async serviceCounts(requestIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; n: string }[] = await this.db.query(
      "select request_id as id, count(*) as n from request_line where request_id in (?) and kind = 'SERVICE' group by request_id",
      [inList(requestIds)],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  /** Of one request those of a kind, and of a service. `after`: the place of the last one before. */
  async ofKind(
    requestId: string,
    { kind, serviceId }: LinesOfKind,
    after: number,
    most: number,
  ): Promise<RequestLineRow[]> {
    const rows = await this.db.query(
      `${SELECT_LINES} where request_id = ? and kind = ? and position > ?${serviceId === null ? '' : ' and offer_id = ?'} order by position limit ?`,
      [requestId, kind, after, ...(serviceId === null ? [] : [serviceId]), most],
    );
    return rows.map(toLine);
  }

  /** Of one request how many lines it has of each kind, and of services of each. */
  async kinds(requestId: string): Promise<(LinesOfKind & { readonly lineCount: number })[]> {
    const rows: { kind: LineKind; serviceId: string | null; n: string }[] = await this.db.query(
      `select kind, if(kind = 'SERVICE', offer_id, null) as serviceId, count(*) as n from request_line
        where request_id = ? group by kind, if(kind = 'SERVICE', offer_id, null) order by min(position)`,
      [requestId],
    );
    return rows.map(({ kind, serviceId, n }) => ({ kind, serviceId, lineCount: Number(n) }));
  }

  async byIds(requestId: string, ids: readonly string[]): Promise<RequestLineRow[]> {
    const rows = await this.db.query(`${SELECT_LINES} where request_id = ? and id in (?) order by position`, [
      requestId,
      inList(ids),
    ]);
    return rows.map(toLine);
  }

  /** What a picture of the whole request is made of: of every line where it stands or is to stand, and how many. */
  async standings(requestIds: readonly string[]): Promise<LineStanding[]> {
    const rows: (Omit<LineStanding, 'shares'> & { shares: string })[] = await this.db.query(
      `select request_id as requestId, kind, item_count as itemCount, local_mode as localMode, remote_mode as remoteMode,
        center_id as centerId, shares from request_line where request_id in (?) order by request_id, position`,
      [inList(requestIds)],
    );
    return rows.map((row) => ({ ...row, shares: JSON.parse(row.shares) }));
  }
}

export type LineStanding = Pick<
  RequestLineRow,
  'requestId' | 'kind' | 'itemCount' | 'localMode' | 'remoteMode' | 'centerId' | 'shares'
>;
