import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { inList } from '../platform/database/unit-of-work.js';
import { type ClosedDocumentRow, ClosedRepository } from './closed.repository.js';
import type { ClosedAmount, ClosedAmountsRead, ClosedDocument, ClosedUseAmount } from './closed-amounts.types.js';
import { PROVINCE_BOOK } from './domain/closing.js';

type Row = Record<string, string | null>;

/** What closed months offer to budgets and to reconciliation. For the console itself: callers scope what they show. */
@Injectable()
export class ClosedAmounts implements ClosedAmountsRead {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
  ) {}

  async documents(after: string | null, limit: number): Promise<ClosedDocument[]> {
    const [last] = after === null ? [] : await this.closed.documents([after]);
    return (await this.closed.after(last ?? null, limit)).map(toDocument);
  }

  async amountsOf(documentId: string): Promise<ClosedAmount[]> {
    return (await this.sums(documentId, false, '', [])).map(toAmount);
  }

  async usesOf(documentId: string, after: string | null, limit: number): Promise<ClosedUseAmount[]> {
    const page: { resource_id: string }[] = await this.db.query(
      `select distinct resource_id from ${this.closed.table('closed_line')}
       where document_id = ? and resource_id > ? order by resource_id limit ?`,
      [documentId, after ?? '', limit],
    );
    const ids = page.map((row) => row.resource_id);
    const rows = await this.sums(documentId, true, 'and l.resource_id in (?)', [inList(ids)]);
    return rows.map((row) => ({
      ...toAmount(row),
      resourceId: row.resource_id as string,
      subjectId: row.subject_id as string,
    }));
  }

  private sums(documentId: string, byUse: boolean, more: string, values: readonly unknown[]): Promise<Row[]> {
    const use = byUse ? 'l.resource_id, l.subject_id, ' : '';
    const by = `${use}l.of_month, l.department_id, l.system_id, l.project_id, l.center_id, l.kind, l.share`;
    return this.db.query(
      `select c.id as document_id, c.kind as document_kind, c.book, coalesce(r.month, c.month) as month, ${by},
         sum(l.amount_fen) as fen
       from ${this.closed.table('closed_line')} l join ${this.closed.table('closed_document')} c on c.id = l.document_id
       left join ${this.closed.table('closed_document')} r on r.id = c.reverses_id
       where l.document_id = ? ${more} group by ${by} order by ${by}`,
      [documentId, ...values],
    );
  }
}

function toDocument(row: ClosedDocumentRow): ClosedDocument {
  const { amount, book, closedAt, hash, id, kind, lines, month, reversesId, round } = row;
  return {
    id,
    kind,
    cityId: book === PROVINCE_BOOK ? null : book,
    month,
    round,
    reversesId,
    lines,
    amount,
    hash,
    closedAt,
  };
}

function toAmount(row: Row): ClosedAmount {
  const book = row.book as string;
  return {
    documentId: row.document_id as string,
    kind: row.document_kind as ClosedAmount['kind'],
    cityId: book === PROVINCE_BOOK ? null : book,
    ...{ month: row.month as string, ofMonth: row.of_month as string, departmentId: row.department_id as string },
    ...{ systemId: row.system_id ?? null, projectId: row.project_id ?? null, centerId: row.center_id ?? null },
    meteredKind: row.kind as MeteredKind,
    share: row.share as ShareName,
    amount: BigInt(row.fen ?? '0'),
  };
}
