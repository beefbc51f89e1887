import { Injectable } from '@nestjs/common';
import type { Page } from '../kernel/page.js';
import type { LineContent } from './domain/content.js';
import { type PlanGroup, planGroups } from './domain/plan-groups.js';
import { type LinesOfKind, RequestLinesRepository } from './request-lines.repository.js';
import { lineContentOf } from './request-rows.js';
import type { RequestLineRow } from './requests.types.js';

/** Which lines of which request: so many from a place on. */
export interface LinesWanted {
  readonly requestId: string;
  /** From 0. */
  readonly from: number;
  readonly first: number;
}

/** Lines page by page, and what all of them come to. Batches for loaders; callers have already been let see the requests. */
@Injectable()
export class RequestLinePages {
  constructor(private readonly repository: RequestLinesRepository) {}

  /** One statement for all requests of which the same page is asked, and one for how many lines each has. */
  readonly pages = async (wanted: readonly LinesWanted[]): Promise<Page<RequestLineRow>[]> => {
    const same = Map.groupBy(wanted, ({ from, first }) => `${from} ${first}`);
    const [counts, ...rows] = await Promise.all([
      this.repository.counts(wanted.map(({ requestId }) => requestId)),
      ...[...same.values()].map((alike) =>
        this.repository.between(
          alike.map(({ requestId }) => requestId),
          alike[0]?.from ?? 0,
          alike[0]?.first ?? 0,
        ),
      ),
    ]);
    const byPage = [...same.keys()].map(
      (key, at) => [key, Map.groupBy(rows[at] ?? [], ({ requestId }) => requestId)] as const,
    );
    const found = new Map(byPage);
    return wanted.map(({ requestId, from, first }) => {
      const totalCount = counts.get(requestId) ?? 0;
      return {
        rows: found.get(`${from} ${first}`)?.get(requestId) ?? [],
        totalCount,
        hasNextPage: from + first < totalCount,
      };
    });
  };

  readonly plans = async (requestIds: readonly string[]): Promise<PlanGroup[][]> => {
    const lines = Map.groupBy(await this.repository.standings(requestIds), ({ requestId }) => requestId);
    return requestIds.map((id) => planGroups(lines.get(id) ?? []));
  };

  /** Of requests that the caller was let see: how many lines of each are services. */
  serviceCounts(requestIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.repository.serviceCounts(requestIds);
  }

  /** Of a request that the caller was let see: its kinds, and of services each, in the order of their first lines. */
  kindsOf(requestId: string): Promise<(LinesOfKind & { readonly lineCount: number })[]> {
    return this.repository.kinds(requestId);
  }

  /** Of such a request the lines of one kind. `after`: the place of the last one of the page before, -1 = none. */
  async pageOfKind(requestId: string, of: LinesOfKind, after: number, first: number): Promise<Page<PlacedLine>> {
    const [rows, kinds] = await Promise.all([
      this.repository.ofKind(requestId, of, after, first + 1),
      this.repository.kinds(requestId),
    ]);
    const alike = kinds.filter(({ kind, serviceId }) => kind === of.kind && (of.serviceId ?? serviceId) === serviceId);
    return {
      rows: rows.slice(0, first).map(toPlaced),
      totalCount: alike.reduce((sum, { lineCount }) => sum + lineCount, 0),
      hasNextPage: rows.length > first,
    };
  }

  /** Of such a request those of its lines, in their order. */
  async linesOf(requestId: string, ids: readonly string[]): Promise<PlacedLine[]> {
    return (await this.repository.byIds(requestId, ids)).map(toPlaced);
  }
}

/** A line as it was asked for, with its place in the request. */
export interface PlacedLine {
  readonly id: string;
  readonly position: number;
  readonly content: LineContent;
}

function toPlaced(line: RequestLineRow): PlacedLine {
  return { id: line.id, position: line.position, content: lineContentOf(line) };
}
