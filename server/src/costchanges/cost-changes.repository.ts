import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CostNarrow, narrowConditions } from '../costs/costs.types.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { CostChangeEntity } from './cost-changes.entity.js';
import type { ChangeDimension, UseChange } from './cost-changes.types.js';
import { CHANGE_PARTS, type ChangePart, type OwnerChange } from './domain/change.js';

/** Rows that are thrown away by one statement: a second's work at most. */
const REMOVED_AT_ONCE = 20_000;

const COLUMNS = [
  ...['passId', 'resourceId', 'part', 'cityId', 'departmentId', 'systemId', 'projectId', 'centerId', 'kind', 'share'],
  ...['beforeFen', 'afterFen', 'newFen', 'releasedFen', 'resizedFen', 'priceFen', 'movedFen', 'daysFen'],
  'correctionFen',
] as readonly (keyof CostChangeEntity)[];

const PART_COLUMN = {
  NEW: 'new_fen',
  RELEASED: 'released_fen',
  RESIZED: 'resized_fen',
  PRICE: 'price_fen',
  MOVED: 'moved_fen',
  DAYS: 'days_fen',
  CORRECTION: 'correction_fen',
} as const satisfies Record<ChangePart, string>;
const DIMENSION_COLUMN = {
  DEPARTMENT: 'department_id',
  CITY: 'city_id',
  SYSTEM: 'system_id',
  PROJECT: 'project_id',
  CENTER: 'center_id',
  KIND: 'kind',
  SHARE: 'share',
} as const satisfies Record<ChangeDimension, string>;
const SUMS = CHANGE_PARTS.map((part) => `sum(${PART_COLUMN[part]}) as ${part}`).join(', ');

/** A use that changed, in the pass of one month. */
export interface ChangedUse {
  readonly resourceId: string;
  readonly changes: readonly OwnerChange[];
}

export interface ChangeMonth {
  readonly month: string;
  readonly passId: string;
  readonly textHash: string;
  readonly madeAt: Date;
}

type Row = Record<string, string | null>;

/** Why months cost other than those before them. Every read takes the viewer's scope. */
@Injectable()
export class CostChangesRepository {
  constructor(private readonly db: DataSource) {}

  /** In their order. */
  async months(): Promise<ChangeMonth[]> {
    const rows: { month: string; pass_id: string; text_hash: string; made_at: Date }[] = await this.db.query(
      'select * from cost_change_month order by month',
    );
    return rows.map((row) => ({
      ...{ month: row.month, passId: row.pass_id, textHash: row.text_hash, madeAt: row.made_at },
    }));
  }

  async add(tx: Tx, passId: string, uses: readonly ChangedUse[]): Promise<void> {
    await bulkInsert<CostChangeEntity>(
      tx,
      'cost_change',
      COLUMNS,
      uses.flatMap(({ changes, resourceId }) =>
        changes.map(({ after, before, owner, parts }, part) => ({
          ...owner,
          ...{ passId, resourceId, part, beforeFen: before, afterFen: after },
          ...{ newFen: parts.NEW, releasedFen: parts.RELEASED, resizedFen: parts.RESIZED, priceFen: parts.PRICE },
          ...{ movedFen: parts.MOVED, daysFen: parts.DAYS, correctionFen: parts.CORRECTION },
        })),
      ),
    );
  }

  /** From now on these passes speak for their months. */
  async put(tx: Tx, months: readonly Omit<ChangeMonth, 'madeAt'>[]): Promise<void> {
    await tx.manager.query(
      `insert into cost_change_month (month, pass_id, text_hash, made_at) values ?
       on duplicate key update pass_id = values(pass_id), text_hash = values(text_hash), made_at = values(made_at)`,
      [months.map(({ month, passId, textHash }) => [month, passId, textHash, tx.now])],
    );
  }

  /** Passes that speak for no month (any more): of a run that died, or of one that was made anew. */
  async forsaken(): Promise<string[]> {
    const rows: { pass_id: string }[] = await this.db.query(
      'select distinct pass_id from cost_change where pass_id not in (select pass_id from cost_change_month)',
    );
    return rows.map((row) => row.pass_id);
  }

  /** @returns whether there may be more. */
  async removeSome(tx: Tx, passId: string): Promise<boolean> {
    const removed = await tx.manager.query('delete from cost_change where pass_id = ? limit ?', [
      passId,
      REMOVED_AT_ONCE,
    ]);
    return removed.affectedRows === REMOVED_AT_ONCE;
  }

  async sums(
    scope: TenantScope,
    narrow: CostNarrow,
    passIds: readonly string[],
    by: ChangeDimension,
  ): Promise<Map<string | null, Record<ChangePart, Fen>>> {
    const { where, values } = conditionsOf(scope, narrow, passIds);
    const rows: Row[] = await this.db.query(
      `select ${DIMENSION_COLUMN[by]} as k, ${SUMS} from cost_change where ${where} group by k`,
      values,
    );
    return new Map(rows.map((row) => [row.k ?? null, partsOf(row)]));
  }

  /** Uses by how much they moved, up or down, in one part or in all; one that moved nothing is not among them. */
  async uses(
    scope: TenantScope,
    narrow: CostNarrow,
    passIds: readonly string[],
    part: ChangePart | null,
    page: PageRequest,
  ): Promise<Page<UseChange>> {
    const { where, values } = conditionsOf(scope, narrow, passIds);
    const moved = part === null ? 'after_fen - before_fen' : PART_COLUMN[part];
    const grouped = `select resource_id, abs(sum(${moved})) as size, ${SUMS}, max(department_id) as department_id, max(kind) as kind
      from cost_change where ${where} group by resource_id having size <> 0`;
    const [after, id] = page.after ?? [];
    const [counted]: Row[] = await this.db.query(`select count(*) as n from (${grouped}) u`, values);
    const rows: Row[] = await this.db.query(
      `select * from (${grouped}) u ${page.after ? 'where size < ? or (size = ? and resource_id > ?)' : ''}
       order by size desc, resource_id limit ?`,
      [...values, ...(page.after ? [after, after, id] : []), page.first + 1],
    );
    return {
      rows: rows.slice(0, page.first).map((row) => ({
        ...{ resourceId: row.resource_id as string, moved: BigInt(row.size as string) },
        ...{ departmentId: row.department_id as string, kind: row.kind as UseChange['kind'] },
        parts: partsOf(row),
      })),
      totalCount: Number(counted?.n ?? 0),
      hasNextPage: rows.length > page.first,
    };
  }
}

function partsOf(row: Row): Record<ChangePart, Fen> {
  return Object.fromEntries(CHANGE_PARTS.map((part) => [part, BigInt(row[part] ?? '0')])) as Record<ChangePart, Fen>;
}

function conditionsOf(scope: TenantScope, narrow: CostNarrow, passIds: readonly string[]) {
  const { parts, values } = narrowConditions(scope, narrow);
  return { where: ['pass_id in (?)', ...parts].join(' and '), values: [inList(passIds), ...values] };
}
