import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { AuditEntry, AuditListFilter } from './audit.types.js';
import type { AuditOutcome, SealedAuditRecord } from './domain/audit-record.js';

/** Columns of a record in the order of the insert; select lists are made of the same names. */
export const RECORD_COLUMNS = [
  'id',
  'occurred_at',
  'actor_user_id',
  'actor_name',
  'actor_department_id',
  'address',
  'trace_id',
  'action',
  'outcome',
  'object_type',
  'object_id',
  'department_id',
  'summary_zh',
  'summary_en',
  'before_json',
  'after_json',
  'mac_key_id',
  'mac',
] as const;

export type RecordRow = { [C in (typeof RECORD_COLUMNS)[number]]: string | null } & { occurred_at: Date };

export function toRecord(row: RecordRow): SealedAuditRecord {
  return {
    id: row.id as string,
    occurredAt: row.occurred_at,
    actorUserId: row.actor_user_id,
    actorName: row.actor_name as string,
    actorDepartmentId: row.actor_department_id,
    address: row.address,
    traceId: row.trace_id as string,
    action: row.action as string,
    outcome: row.outcome as AuditOutcome,
    objectType: row.object_type as string,
    objectId: row.object_id as string,
    departmentId: row.department_id,
    summaryZh: row.summary_zh as string,
    summaryEn: row.summary_en as string,
    beforeJson: row.before_json,
    afterJson: row.after_json,
    macKeyId: row.mac_key_id as string,
    mac: row.mac as string,
  };
}

/** Reads and adds; the application's account may do nothing else here. */
@Injectable()
export class AuditRepository {
  private readonly schema: string;

  constructor(private readonly db: DataSource) {
    this.schema = auditSchemaOf(db.options.database as string);
  }

  async insert(tx: Tx, record: SealedAuditRecord): Promise<void> {
    await tx.manager.query(
      `insert into \`${this.schema}\`.audit_event (${RECORD_COLUMNS.join(', ')}) values (${RECORD_COLUMNS.map(() => '?').join(', ')})`,
      [
        record.id,
        record.occurredAt,
        record.actorUserId,
        record.actorName,
        record.actorDepartmentId,
        record.address,
        record.traceId,
        record.action,
        record.outcome,
        record.objectType,
        record.objectId,
        record.departmentId,
        record.summaryZh,
        record.summaryEn,
        record.beforeJson,
        record.afterJson,
        record.macKeyId,
        record.mac,
      ],
    );
  }

  /** Newest first; the sort key is [occurredAt as ISO text, id]. */
  async page(scope: TenantScope, filter: AuditListFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    const conditions: string[] = [];
    const values: unknown[] = [];
    if (scope.kind === 'DEPARTMENTS') {
      conditions.push('e.department_id in (?)');
      values.push(inList(scope.departmentIds));
    }
    for (const [column, value] of [
      ['e.action', filter.action],
      ['e.actor_name', filter.actorName],
      ['e.object_type', filter.objectType],
    ] as const)
      if (value) {
        conditions.push(`${column} = ?`);
        values.push(value);
      }
    const where = (all: readonly string[]): string => (all.length > 0 ? `where ${all.join(' and ')}` : '');
    const [counted] = await this.db.query(
      `select count(*) as total from \`${this.schema}\`.audit_event e ${where(conditions)}`,
      values,
    );
    const fromCursor: unknown[] = [];
    if (page.after) {
      const [at, id] = page.after;
      conditions.push('(e.occurred_at < ? or (e.occurred_at = ? and e.id < ?))');
      fromCursor.push(new Date(at as string), new Date(at as string), id);
    }
    const rows: (RecordRow & { seq: string | null })[] = await this.db.query(
      `select ${RECORD_COLUMNS.map((c) => `e.${c}`).join(', ')}, c.seq from \`${this.schema}\`.audit_event e
       left join \`${this.schema}\`.audit_chain c on c.audit_id = e.id
       ${where(conditions)} order by e.occurred_at desc, e.id desc limit ?`,
      [...values, ...fromCursor, page.first + 1],
    );
    return {
      rows: rows.slice(0, page.first).map(toEntry),
      totalCount: Number(counted.total),
      hasNextPage: rows.length > page.first,
    };
  }

  /** By its moment, which has an index: the act's own, to the millisecond. */
  async linkOf(objectId: string, at: Date): Promise<{ sequence: number; hash: string } | null> {
    const [row] = await this.db.query(
      `select c.seq, c.hash from \`${this.schema}\`.audit_event e join \`${this.schema}\`.audit_chain c on c.audit_id = e.id
       where e.occurred_at = ? and e.object_id = ? order by c.seq desc limit 1`,
      [at, objectId],
    );
    return row ? { sequence: Number(row.seq), hash: row.hash } : null;
  }

  async byId(scope: TenantScope, id: string): Promise<AuditEntry | null> {
    const inScope = scope.kind === 'DEPARTMENTS';
    const [row] = await this.db.query(
      `select ${RECORD_COLUMNS.map((c) => `e.${c}`).join(', ')}, c.seq from \`${this.schema}\`.audit_event e
       left join \`${this.schema}\`.audit_chain c on c.audit_id = e.id
       where e.id = ? ${inScope ? 'and e.department_id in (?)' : ''}`,
      inScope ? [id, inList(scope.departmentIds)] : [id],
    );
    return row ? toEntry(row) : null;
  }
}

function toEntry(row: RecordRow & { seq: string | null }): AuditEntry {
  return { ...toRecord(row), sequence: row.seq === null ? null : Number(row.seq) };
}
