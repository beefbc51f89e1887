import { Injectable } from '@nestjs/common';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ClosedRepository, OPEN_DISPUTE } from './closed.repository.js';
import type { CorrectionLineEntity } from './closing.entity.js';
import type { Month } from './domain/accounting-units.js';
import type { Book } from './domain/closing.js';
import type { ChargedPart, Correction, CorrectionCause } from './domain/corrections.js';
import type { LineKey } from './statement-lines.repository.js';

/** A correction as it stands in an open month. */
export interface PlacedCorrection extends Correction {
  readonly book: Book;
  readonly month: Month;
}

type Row = Record<string, string | number | Date | null>;

const COLUMNS = [
  ...['ofMonth', 'resourceId', 'meter', 'part', 'book', 'month', 'cause', 'adjustment', 'startAt', 'endAt'],
  ...['departmentId', 'subjectId', 'kind', 'systemId', 'projectId', 'centerId', 'architecture', 'share'],
  ...['beforeFen', 'amountFen'],
] as readonly (keyof CorrectionLineEntity)[];

/**
 * Corrections of what people decided begin here, those of each tier of a price in a thousand of their own: what is made
 * anew from the rated lines never comes so far, and no line is ever corrected a thousand times.
 */
const FIRST_ADJUSTMENT_PART = 1_000;
const firstPartOf = (tier: number): number => FIRST_ADJUSTMENT_PART * (tier + 1);

const OWNER = 'department_id, subject_id, kind, system_id, project_id, center_id, architecture, share';

/** What is rated of closed months, what they were charged, and the lines in open months that make up the difference. */
@Injectable()
export class CorrectionsRepository {
  constructor(private readonly closed: ClosedRepository) {}

  /** What these uses are rated in these months now; a line that is disputed counts for nothing. */
  async ratedNow(tx: Tx, months: readonly Month[], resourceIds: readonly string[]): Promise<ChargedPart[]> {
    const rows: Row[] = await tx.manager.query(
      `select l.month as of_month, l.resource_id, l.meter, l.start_at, l.end_at, l.quantity, l.unit_price,
         if(d.id is null, coalesce(l.amount_fen, 0), 0) as fen,
         l.department_id, l.subject_id, l.kind, l.system_id, l.project_id, l.center_id, l.architecture, l.share
       from rated_line l ${OPEN_DISPUTE} where l.month in (?) and l.resource_id in (?)`,
      [inList(months), inList(resourceIds)],
    );
    return rows.map(toPart);
  }

  /**
   * All that was ever charged for these uses in these months, but for what people decided beside the rated lines. Of the
   * standing statement it is the lines themselves; of corrections and of what was reversed only the sums.
   */
  async charged(
    tx: Tx,
    months: readonly Month[],
    resourceIds: readonly string[],
    standing: ReadonlySet<string>,
  ): Promise<ChargedPart[]> {
    const rows: Row[] = await tx.manager.query(
      `select l.document_id, l.line_kind, l.of_month, l.resource_id, l.meter, l.start_at, l.end_at, l.quantity,
         l.unit_price, l.amount_fen as fen, ${OWNER.split(', ')
           .map((name) => `l.${name}`)
           .join(', ')}
       from ${this.closed.table('closed_line')} l join ${this.closed.table('closed_document')} c on c.id = l.document_id
       where l.of_month in (?) and l.resource_id in (?) and l.adjustment = 0`,
      [inList(months), inList(resourceIds)],
    );
    return rows.map((row) => {
      const use = row.line_kind === 'USE' && standing.has(row.document_id as string);
      return toPart(use ? row : { ...row, quantity: null, unit_price: null });
    });
  }

  /** Corrections in open months that are made anew; the adjustments of people are not among them. */
  async standing(tx: Tx, months: readonly Month[], resourceIds: readonly string[]): Promise<PlacedCorrection[]> {
    const rows: Row[] = await tx.manager.query(
      `select * from correction_line where of_month in (?) and resource_id in (?) and adjustment = 0
       order by of_month, resource_id, meter, part`,
      [inList(months), inList(resourceIds)],
    );
    return rows.map(toCorrection);
  }

  async replace(tx: Tx, gone: readonly PlacedCorrection[], put: readonly PlacedCorrection[]): Promise<void> {
    if (gone.length > 0)
      await tx.manager.query('delete from correction_line where (of_month, resource_id, meter, part) in (?)', [
        gone.map(({ meter, ofMonth, part, resourceId }) => [ofMonth, resourceId, meter, part]),
      ]);
    await bulkInsert(
      tx,
      'correction_line',
      COLUMNS,
      put.map((line) => toRow(line, false)),
    );
  }

  /** What people decided a line is to be charged beside what it is rated. */
  async adjust(tx: Tx, tier: number, line: Omit<PlacedCorrection, 'part'>): Promise<void> {
    const [row] = await tx.manager.query(
      `select coalesce(max(part), ?) as part from correction_line
       where of_month = ? and resource_id = ? and meter = ? and adjustment = 1 and part between ? and ?`,
      [firstPartOf(tier), line.ofMonth, line.resourceId, line.meter, firstPartOf(tier), firstPartOf(tier + 1) - 1],
    );
    await bulkInsert(tx, 'correction_line', COLUMNS, [toRow({ ...line, part: Number(row.part) + 1 }, true)]);
  }

  /** What people have decided of one line so far, closed or not; null = nothing. What was reversed and brought back counts once. */
  async adjusted(
    tx: Tx,
    { from, meter, month, resourceId, tier = 0 }: Omit<LineKey, 'from'> & { readonly from: Date },
  ): Promise<Omit<PlacedCorrection, 'part' | 'book' | 'month'> | null> {
    const key = `l.of_month = ? and l.resource_id = ? and l.meter = ? and l.start_at = ? and l.adjustment = 1
      and l.part between ? and ?`;
    const columns = `l.of_month, l.resource_id, l.meter, l.start_at, l.end_at, l.cause, ${OWNER.split(', ')
      .map((name) => `l.${name}`)
      .join(', ')}, l.amount_fen`;
    const values = [month, resourceId, meter, from, firstPartOf(tier), firstPartOf(tier + 1) - 1];
    const rows: Row[] = await tx.manager.query(
      `select ${columns} from correction_line l where ${key}
       union all select ${columns} from ${this.closed.table('closed_line')} l
         join ${this.closed.table('closed_document')} c on c.id = l.document_id where ${key}`,
      [...values, ...values],
    );
    const [row] = rows;
    if (!row) return null;
    const {
      quantity: _quantity,
      unitPrice: _unitPrice,
      ...of
    } = toPart({
      ...row,
      ...{ quantity: null, unit_price: null, fen: '0' },
    });
    const amount = rows.reduce((sum, { amount_fen }) => sum + BigInt(amount_fen as string), 0n);
    return { ...of, cause: 'DISPUTE', before: 0n, amount };
  }

  /** They stand in what was closed from now on. */
  async removeFrozen(tx: Tx, month: Month, departmentIds: readonly string[]): Promise<void> {
    await tx.manager.query('delete from correction_line where month = ? and department_id in (?)', [
      month,
      inList(departmentIds),
    ]);
  }

  /**
   * What people decided goes with the statement that took it; reversed, it waits in the opened month to be taken again, behind
   * what waits there of the same line already.
   */
  async bringBackAdjustments(tx: Tx, documentId: string, month: Month): Promise<void> {
    await tx.manager.query(
      `insert into correction_line (${OWNER}, of_month, resource_id, meter, part, book, month, cause, adjustment,
         start_at, end_at, before_fen, amount_fen)
       select ${OWNER.split(', ')
         .map((name) => `l.${name}`)
         .join(', ')}, l.of_month, l.resource_id, l.meter,
         coalesce(w.part, l.part div ? * ?) + row_number() over (
           partition by l.of_month, l.resource_id, l.meter, l.part div ? order by l.part, l.start_at),
         c.book, ?, l.cause, 1, l.start_at, l.end_at, l.before_fen, l.amount_fen
       from ${this.closed.table('closed_line')} l join ${this.closed.table('closed_document')} c on c.id = l.document_id
         left join (select of_month, resource_id, meter, part div ? as tier, max(part) as part from correction_line
                    where adjustment = 1 group by of_month, resource_id, meter, part div ?) w
           on w.of_month = l.of_month and w.resource_id = l.resource_id and w.meter = l.meter and w.tier = l.part div ?
       where l.document_id = ? and l.adjustment = 1`,
      [...Array(3).fill(FIRST_ADJUSTMENT_PART), month, ...Array(3).fill(FIRST_ADJUSTMENT_PART), documentId],
    );
  }

  /** Uses that were corrected or disputed, in which months: what a close or a reversal changes the sums of, beside its own lines. */
  async touchedBy(tx: Tx, documentId: string, ofMonth: Month): Promise<{ month: Month; resourceId: string }[]> {
    const rows: { of_month: string; resource_id: string }[] = await tx.manager.query(
      `select distinct of_month, resource_id from ${this.closed.table('closed_line')}
       where document_id = ? and of_month <> ? and adjustment = 0
       union select distinct of_month, resource_id from ${this.closed.table('closed_line')}
       where of_month = ? and line_kind = 'CORRECTION' and adjustment = 0
       union select distinct of_month, resource_id from correction_line where of_month = ? and adjustment = 0
       union select distinct month, resource_id from line_dispute where month = ?`,
      [documentId, ofMonth, ofMonth, ofMonth, ofMonth],
    );
    return rows.map(({ of_month, resource_id }) => ({ month: of_month, resourceId: resource_id }));
  }
}

function toPart(row: Row): ChargedPart {
  const text = (name: string) => row[name] as string | null;
  return {
    ...{ ofMonth: row.of_month as string, resourceId: row.resource_id as string, meter: row.meter as string },
    ...{ subjectId: row.subject_id as string, kind: row.kind as ChargedPart['kind'] },
    ...{ departmentId: row.department_id as string, systemId: text('system_id'), projectId: text('project_id') },
    ...{ centerId: text('center_id'), architecture: text('architecture') as ChargedPart['architecture'] },
    share: row.share as ChargedPart['share'],
    ...{ from: (row.start_at as Date).getTime(), to: (row.end_at as Date).getTime() },
    quantity: row.quantity === null ? null : BigInt(row.quantity as string),
    unitPrice: text('unit_price'),
    amount: BigInt(row.fen as string),
  };
}

function toCorrection(row: Row): PlacedCorrection {
  const {
    quantity: _quantity,
    unitPrice: _unitPrice,
    ...part
  } = toPart({
    ...row,
    quantity: null,
    unit_price: null,
    fen: row.amount_fen as string,
  });
  return {
    ...part,
    ...{ part: Number(row.part), book: row.book as string, month: row.month as string },
    cause: row.cause as CorrectionCause,
    before: BigInt(row.before_fen as string),
  };
}

function toRow(line: PlacedCorrection, adjustment: boolean): CorrectionLineEntity {
  const { amount, before, from, to, ...rest } = line;
  return {
    ...rest,
    adjustment,
    startAt: new Date(from),
    endAt: new Date(to),
    beforeFen: before,
    amountFen: amount,
  };
}
