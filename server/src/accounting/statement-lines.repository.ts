import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parseUnitPrice } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { inList } from '../platform/database/unit-of-work.js';
import { type LineRow, toLine } from './accounting.repository.js';
import { ClosedRepository } from './closed.repository.js';
import type { Month } from './domain/accounting-units.js';
import type { StatementLine } from './domain/line-diff.js';
import { openOf, type StatementView, within } from './statements.repository.js';

/** Which line of which statement: nothing else has its month, use, meter, start and tier. */
export interface LineKey {
  readonly month: Month;
  readonly resourceId: string;
  readonly meter: string;
  readonly from: number;
  /** Left out = the first. */
  readonly tier?: number;
}

/** A line as its statement shows it. */
export interface ShownLine extends StatementLine {
  /** Disputed and not answered: not charged meanwhile. */
  readonly suspended: boolean;
}

/** Lines of statements, wherever they stand. Every read takes the viewer's scope. */
@Injectable()
export class StatementLinesRepository {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
  ) {}

  /** Of these uses of one month, within the scope, by meter and time; what is of earlier months is not among them. */
  async of(scope: TenantScope, view: StatementView, resourceIds: readonly string[]): Promise<ShownLine[]> {
    const own = within(scope);
    const drafts = openOf(view);
    const open: (LineRow & { dispute: string | null })[] = await this.db.query(
      `select l.*, d.id as dispute from rated_line l left join line_dispute d on d.month = l.month
         and d.resource_id = l.resource_id and d.meter = l.meter and d.start_at = l.start_at and d.tier = l.tier and d.open = 1
       where l.month = ? and l.resource_id in (?) and ${drafts.text} and ${own.text}`,
      [view.month, inList(resourceIds), ...drafts.values, ...own.values],
    );
    const closed: LineRow[] = await this.db.query(
      `select l.*, l.of_month as month, l.start_at as interval_start_at from ${this.closed.table('closed_line')} l
       where l.document_id in (?) and l.resource_id in (?) and l.line_kind = 'USE' and ${own.text}`,
      [inList(view.documentIds), inList(resourceIds), ...own.values],
    );
    const lines = [
      ...open.map((row) => ({ ...toLine(row), suspended: row.dispute !== null })),
      ...closed.map(closedLine),
    ];
    return lines.toSorted(
      (a, b) => compare(a.resourceId, b.resourceId) || compare(a.meter, b.meter) || a.from - b.from || a.tier - b.tier,
    );
  }
}

function closedLine(row: LineRow): ShownLine {
  const suspended = row.state === 'SUSPENDED';
  const state = suspended ? 'RATED' : (row.state as string);
  const line = toLine({ ...row, state, amount_fen: row.rated_fen ?? null });
  const price = row.unit_price as string | null;
  return {
    ...line,
    suspended,
    version: price === null ? null : { id: row.price_version_id as string, price: parseUnitPrice(price) },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
