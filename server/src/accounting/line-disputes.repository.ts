import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type LineRow, toLine } from './accounting.repository.js';
import { LineDisputeAnswerEntity, LineDisputeEntity } from './closing.entity.js';
import type { StatementLine } from './domain/line-diff.js';
import type { DisputeState } from './domain/line-dispute.js';
import type { LineKey } from './statement-lines.repository.js';

/** A dispute with the words by which people know the thing. */
export interface DisputeRow extends LineDisputeEntity {
  readonly resourceCode: string;
  readonly resourceName: string;
  readonly resourceKind: MeteredKind;
}

export type EarlierAnswer = LineDisputeAnswerEntity;

export interface DisputeFilter {
  readonly month: string | null;
  readonly departmentIds: readonly string[] | null;
  readonly state: DisputeState | null;
}

/** Objections to lines of statements. Every read takes the viewer's scope. */
@Injectable()
export class LineDisputesRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: LineDisputeEntity): Promise<void> {
    await tx.manager.insert(LineDisputeEntity, row);
  }

  async update(tx: Tx, id: string, change: Partial<LineDisputeEntity>): Promise<void> {
    await tx.manager.update(LineDisputeEntity, { id }, change);
  }

  locked(tx: Tx, id: string): Promise<LineDisputeEntity | null> {
    return tx.manager
      .createQueryBuilder(LineDisputeEntity, 'dispute')
      .setLock('pessimistic_write')
      .where('dispute.id = :id', { id })
      .getOne();
  }

  /** Before it is corrected again. */
  async keepAnswer(
    tx: Tx,
    { answer, answeredAt, answeredById, answeredByName, correctedFen, id, version }: LineDisputeEntity,
  ) {
    await tx.manager.insert(LineDisputeAnswerEntity, {
      ...{ disputeId: id, version, correctedFen: correctedFen ?? 0n, answer: answer ?? '' },
      ...{ answeredById: answeredById ?? '', answeredByName: answeredByName ?? '', answeredAt: answeredAt ?? tx.now },
    });
  }

  async earlierAnswers(ids: readonly string[]): Promise<EarlierAnswer[][]> {
    const rows = await this.db.manager.find(LineDisputeAnswerEntity, {
      where: { disputeId: In(inList(ids)) },
      order: { disputeId: 'ASC', version: 'ASC' },
    });
    const found = Map.groupBy(rows, ({ disputeId }) => disputeId);
    return ids.map((id) => found.get(id) ?? []);
  }

  /** The line as it is rated now; null = it is not there (any more). */
  async line(tx: Tx, { from, meter, month, resourceId, tier = 0 }: LineKey): Promise<StatementLine | null> {
    const [row]: LineRow[] = await tx.manager.query(
      'select * from rated_line where month = ? and resource_id = ? and meter = ? and start_at = ? and tier = ?',
      [month, resourceId, meter, new Date(from), tier],
    );
    return row ? toLine(row) : null;
  }

  /** Whether people have decided already what the line comes to. */
  async isCorrected(tx: Tx, { from, meter, month, resourceId, tier = 0 }: LineKey): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `select 1 from line_dispute where month = ? and resource_id = ? and meter = ? and start_at = ?
         and tier = ? and state = 'CORRECTED' limit 1`,
      [month, resourceId, meter, new Date(from), tier],
    );
    return rows.length > 0;
  }

  byIds(scope: TenantScope, ids: readonly string[]): Promise<DisputeRow[]> {
    return this.read(scope, 'd.id in (?)', [inList(ids)], '');
  }

  /** The newest first. */
  async page(scope: TenantScope, filter: DisputeFilter, page: PageRequest): Promise<Page<DisputeRow>> {
    const conditions = ['1 = 1'];
    const values: unknown[] = [];
    for (const [column, value] of [
      ['d.month', filter.month],
      ['d.state', filter.state],
    ] as const)
      if (value !== null) {
        conditions.push(`${column} = ?`);
        values.push(value);
      }
    if (filter.departmentIds) {
      conditions.push('d.department_id in (?)');
      values.push(inList(filter.departmentIds));
    }
    const own = ownOf(scope);
    const [counted] = await this.db.query(
      `select count(*) as n from line_dispute d where ${conditions.join(' and ')}${own.text}`,
      [...values, ...own.values],
    );
    const [at, id] = page.after ?? [];
    const beyond = page.after ? ' and (d.raised_at < ? or (d.raised_at = ? and d.id < ?))' : '';
    const rows = await this.read(
      scope,
      `${conditions.join(' and ')}${beyond}`,
      [...values, ...(page.after ? [new Date(at as string), new Date(at as string), id] : [])],
      `order by d.raised_at desc, d.id desc limit ${page.first + 1}`,
    );
    return {
      rows: rows.slice(0, page.first),
      totalCount: Number(counted.n),
      hasNextPage: rows.length > page.first,
    };
  }

  private async read(
    scope: TenantScope,
    condition: string,
    values: readonly unknown[],
    order: string,
  ): Promise<DisputeRow[]> {
    const own = ownOf(scope);
    const rows: Row[] = await this.db.query(
      `select d.*, m.code as resource_code, m.name as resource_name, m.kind as resource_kind
       from line_dispute d join metered_resource m on m.resource_id = d.resource_id
       where ${condition}${own.text} ${order}`,
      [...values, ...own.values],
    );
    return rows.map(toRow);
  }
}

/** A statement is a department's: who is bound to single systems reads none. */
function ownOf(scope: TenantScope): { readonly text: string; readonly values: readonly unknown[] } {
  if (scope.kind === 'PROVINCE') return { text: '', values: [] };
  return { text: ' and d.department_id in (?)', values: [inList(scope.departmentIds)] };
}

/** As the table has it, in the names of its columns. */
// biome-ignore lint/suspicious/noExplicitAny: one row of one table, checked by the entity that it becomes.
type Row = Record<string, any>;

function toRow(row: Row): DisputeRow {
  const corrected: string | null = row.corrected_fen;
  return {
    ...{ id: row.id, code: row.code, month: row.month, resourceId: row.resource_id, meter: row.meter },
    ...{
      startAt: row.start_at,
      tier: Number(row.tier),
      departmentId: row.department_id,
      state: row.state,
      open: row.open,
    },
    ...{ version: Number(row.version), amountFen: BigInt(row.amount_fen) },
    correctedFen: corrected === null ? null : BigInt(corrected),
    ...{ reason: row.reason, raisedById: row.raised_by_id, raisedByName: row.raised_by_name },
    ...{ raisedAt: row.raised_at, answer: row.answer, answeredById: row.answered_by_id },
    ...{ answeredByName: row.answered_by_name, answeredAt: row.answered_at },
    ...{ resourceCode: row.resource_code, resourceName: row.resource_name, resourceKind: row.resource_kind },
  };
}
