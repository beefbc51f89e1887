import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parseUnitPrice } from '../kernel/money.js';
import type { UseOwner } from '../metering/domain/intervals.js';
import { inList } from '../platform/database/unit-of-work.js';
import type { UnitPeriod } from '../pricing/domain/price-item.js';
import { AccountingRepository, type LineRow } from './accounting.repository.js';
import { BooksService } from './books.service.js';
import type { ChargedLine, ChargedMonth } from './charged-lines.types.js';
import { ClosedRepository, OPEN_DISPUTE } from './closed.repository.js';
import { type Month, monthAfter, NO_PORTION, spanOfMonth, wholePortion } from './domain/accounting-units.js';
import { PROVINCE_BOOK } from './domain/closing.js';
import type { Periods } from './domain/periods.js';

type Row = Record<string, string | number | Date | null>;

/** What of a line tells it from what it was: whoever has taken a month sees by the sum of it whether any has changed. */
const LINE_TEXT = `concat_ws(' ', l.resource_id, l.meter, l.start_at, l.tier, l.end_at, l.quantity, l.unit_price, l.amount_fen,
  l.portion_numerator, l.portion_denominator, l.state, l.department_id, l.system_id, l.project_id, l.center_id, d.id)`;
const CORRECTION_TEXT = `concat_ws(' ', l.of_month, l.resource_id, l.meter, l.part, l.amount_fen, l.department_id,
  l.system_id, l.project_id, l.center_id)`;

/** Lines as they stand on statements, closed or drafted, use by use. For the console itself: callers scope what they show. */
@Injectable()
export class ChargedLines {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
    private readonly books: BooksService,
    private readonly accounting: AccountingRepository,
  ) {}

  /** All months that are accounted for, in their order; one that is not closed by everybody is looked through whole. */
  async months(): Promise<ChargedMonth[]> {
    const [periods, rules, named] = await Promise.all([
      this.books.periods(),
      this.accounting.rules(),
      this.books.named({ kind: 'PROVINCE' }),
    ]);
    const [first] = rules;
    const [newest]: Row[] = await this.db.query('select max(month) as month from rated_line');
    const last = newest?.month as string | null;
    if (!first || !last) return [];
    const months: Month[] = [];
    for (let month = first.from; month <= last; month = monthAfter(month)) months.push(month);
    const open = months.filter((month) => named.some(({ book }) => !periods.isClosed(book, month)));
    const figures = await this.figures(open);
    return months.map((month) => {
      const rule = rules.findLast(({ from }) => from <= month) ?? first;
      const drafted = figures.get(month);
      // Of a month that runs no more is known than the last line says.
      const until = month === last && drafted?.until ? drafted.until.getTime() : spanOfMonth(month).to;
      const documentIds = periods.closedOf(month).map(({ id }) => id);
      return {
        ...{ month, documentIds, drafted: open.includes(month) },
        text: [...documentIds.toSorted(), drafted?.text ?? '', until].join(' '),
        whole: (period: UnitPeriod) => wholePortion(rule.rule, period, month, until),
      };
    });
  }

  /** Where the lines of one month stand. */
  async month(month: Month): Promise<ChargedMonth> {
    const periods = await this.books.periods();
    const documentIds = periods.closedOf(month).map(({ id }) => id);
    return { month, documentIds, drafted: true, text: '', whole: () => NO_PORTION };
  }

  private async figures(months: readonly Month[]): Promise<Map<Month, { text: string; until: Date | null }>> {
    const rows: Row[] = await this.db.query(
      `select l.month, count(*) as n, sum(crc32(${LINE_TEXT})) as text, max(l.end_at) as until
       from rated_line l ${OPEN_DISPUTE} where l.month in (?) group by l.month
       union all
       select l.month, count(*), sum(crc32(${CORRECTION_TEXT})), null from correction_line l group by l.month`,
      [inList(months)],
    );
    const found = new Map<Month, { text: string; until: Date | null }>();
    for (const row of rows) {
      const month = row.month as Month;
      const known = found.get(month);
      found.set(month, {
        text: `${known?.text ?? ''} ${row.n} ${row.text}`,
        until: known?.until ?? (row.until as Date | null),
      });
    }
    return found;
  }

  /** Of everything that was ever in use, in the order of ids. */
  async useIds(after: string, limit: number): Promise<string[]> {
    const rows: { resource_id: string }[] = await this.db.query(
      'select resource_id from metered_resource where resource_id > ? order by resource_id limit ?',
      [after, limit],
    );
    return rows.map((row) => row.resource_id);
  }

  /** What stands of these uses on the statements of these months: three statements, each by its own index. */
  async of(months: readonly ChargedMonth[], resourceIds: readonly string[]): Promise<ChargedLine[]> {
    const periods = await this.books.periods();
    const ids = inList(resourceIds);
    const byDocument = new Map(
      months.flatMap(({ documentIds, month }) => documentIds.map((id) => [id, month] as const)),
    );
    const open = inList(months.filter(({ drafted }) => drafted).map(({ month }) => month));
    const [rated, corrections, closed]: LineRow[][] = await Promise.all([
      this.db.query(
        `select l.*, if(d.id is null, coalesce(l.amount_fen, 0), 0) as fen from rated_line l ${OPEN_DISPUTE}
         where l.month in (?) and l.resource_id in (?)`,
        [open, ids],
      ),
      this.db.query(
        'select l.*, l.amount_fen as fen from correction_line l where l.month in (?) and l.resource_id in (?)',
        [open, ids],
      ),
      this.db.query(
        `select l.*, l.amount_fen as fen from ${this.closed.table('closed_line')} l
         where l.document_id in (?) and l.resource_id in (?)`,
        [inList([...byDocument.keys()]), ids],
      ),
    ]);
    const standing = (row: LineRow) => !isClosed(periods, row);
    return [
      ...(rated ?? []).filter(standing).map((row) => lineOf(row, row.month as Month, true, periods)),
      ...(corrections ?? []).filter(standing).map((row) => lineOf(row, row.month as Month, false, periods)),
      ...(closed ?? []).map((row) =>
        lineOf(row, byDocument.get(row.document_id as string) as Month, row.line_kind === 'USE', periods),
      ),
    ];
  }
}

/** Lines of a closed month are rated on behind it; what of it counts is what was closed. */
function isClosed(periods: Periods, row: LineRow): boolean {
  return periods.isClosed(periods.bookOf(row.department_id as string), row.month as Month);
}

function lineOf(row: LineRow, month: Month, isUse: boolean, periods: Periods): ChargedLine {
  const text = (name: string) => row[name] as string | null;
  const book = periods.bookOf(row.department_id as string);
  const price = text('unit_price');
  return {
    ...{ month, resourceId: row.resource_id as string, meter: row.meter as string },
    cityId: book === PROVINCE_BOOK ? null : book,
    ...{ departmentId: row.department_id as string, systemId: text('system_id'), projectId: text('project_id') },
    ...{ centerId: text('center_id'), share: row.share as UseOwner['share'], kind: row.kind as ChargedLine['kind'] },
    use: isUse
      ? {
          quantity: BigInt(row.quantity as string),
          portion: {
            numerator: BigInt(row.portion_numerator as string),
            denominator: BigInt(row.portion_denominator as string),
          },
          period: row.period as UnitPeriod,
          price: price === null ? null : parseUnitPrice(price),
          versionId: text('price_version_id'),
          tier: Number(row.tier ?? row.part ?? 0),
        }
      : null,
    amount: BigInt(row.fen as string),
  };
}
