import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { inList } from '../platform/database/unit-of-work.js';
import { ClosedRepository, OPEN_DISPUTE } from './closed.repository.js';
import type { Month } from './domain/accounting-units.js';
import type { CorrectionCause } from './domain/corrections.js';
import { DR_SHARES, type LineNarrow, OF_NONE } from './domain/narrowing.js';

/** What some lines of a month come to. */
export interface StatementSum {
  readonly amount: Fen;
  /** Of it, what stands only for DR: the second same-city share and the recovery share. */
  readonly drAmount: Fen;
  /** Of it, what is of earlier months: corrections and reversals. */
  readonly correctedAmount: Fen;
  readonly resources: number;
  /** Lines without a price, whose delivery is disputed, and that are disputed themselves: none is in the amount. */
  readonly unpriced: number;
  readonly disputed: number;
  readonly suspended: number;
}

export interface DepartmentSum extends StatementSum {
  readonly departmentId: string;
}

/** A part of a statement by one of its groupings. */
export interface PartSum extends StatementSum {
  /** A system's id, a kind, or a meter; null = without one. */
  readonly key: string | null;
}

export interface ResourceSum extends StatementSum {
  readonly resourceId: string;
  readonly subjectId: string;
  readonly kind: MeteredKind;
  readonly code: string;
  readonly name: string;
  readonly systemId: string | null;
  readonly centerId: string | null;
  readonly share: ShareName;
}

export type StatementUse = Pick<ResourceSum, 'resourceId' | 'code' | 'name' | 'systemId'>;

export interface SystemKindSum extends StatementSum {
  readonly systemId: string | null;
  readonly kind: MeteredKind;
}

/** Only these departments, or all but these. */
export interface Among {
  readonly departmentIds: readonly string[];
  readonly without: boolean;
}

/** Where a month's lines stand: what is closed in documents, what is open in drafts. */
export interface StatementView {
  readonly month: Month;
  readonly documentIds: readonly string[];
  /** Whose drafts count; null = nobody's. */
  readonly open: Among | null;
}

export interface StatementFilter extends LineNarrow {
  readonly view: StatementView;
  readonly departmentId: string | null;
  readonly search?: string | null;
  readonly among?: Among | null;
}

/** A line of an earlier month on this one's statement. */
export interface CorrectionOnStatement {
  readonly resourceId: string;
  readonly ofMonth: Month;
  readonly meter: string;
  /** null = a reversal. */
  readonly cause: CorrectionCause | null;
  readonly before: Fen;
  readonly amount: Fen;
}

export const GROUPINGS = { SYSTEM: 'system_id', KIND: 'kind', METER: 'meter', CENTER: 'center_id' } as const;
export type Grouping = keyof typeof GROUPINGS;

type Row = { readonly [name: string]: string | number | null | undefined };

interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

const COLUMNS = 'l.resource_id, l.kind, l.department_id, l.system_id, l.center_id, l.meter, l.share';
const SUMS = `coalesce(sum(l.fen), 0) as amount,
  coalesce(sum(if(l.share in (${DR_SHARES.map((share) => `'${share}'`).join(', ')}), l.fen, 0)), 0) as dr_amount,
  coalesce(sum(if(l.line_kind = 'USE', 0, l.fen)), 0) as corrected_amount,
  count(distinct l.resource_id) as resources, coalesce(sum(l.state = 'UNPRICED'), 0) as unpriced,
  coalesce(sum(l.state = 'DISPUTED'), 0) as disputed, coalesce(sum(l.state = 'SUSPENDED'), 0) as suspended`;

/** Statements as they are read: drafts of what is open, documents of what is closed. Every read takes the viewer's scope. */
@Injectable()
export class StatementsRepository {
  constructor(
    private readonly db: DataSource,
    private readonly closed: ClosedRepository,
  ) {}

  async byDepartment(scope: TenantScope, filter: StatementFilter): Promise<DepartmentSum[]> {
    const { text, values } = this.lines(scope, filter);
    const rows: Row[] = await this.db.query(
      `select l.department_id, ${SUMS} from (${text}) l group by l.department_id order by amount desc, l.department_id`,
      [...values],
    );
    return rows.map((row) => ({ departmentId: row.department_id as string, ...toSum(row) }));
  }

  async total(scope: TenantScope, filter: StatementFilter): Promise<StatementSum> {
    const { text, values } = this.lines(scope, filter);
    const [row]: Row[] = await this.db.query(`select ${SUMS} from (${text}) l`, [...values]);
    return toSum(row ?? {});
  }

  async parts(scope: TenantScope, filter: StatementFilter, grouping: Grouping): Promise<PartSum[]> {
    const column = `l.${GROUPINGS[grouping]}`;
    const { text, values } = this.lines(scope, filter);
    const rows: Row[] = await this.db.query(
      `select ${column} as part, ${SUMS} from (${text}) l group by ${column} order by amount desc, ${column}`,
      [...values],
    );
    return rows.map((row) => ({ key: (row.part as string | null) ?? null, ...toSum(row) }));
  }

  /** Two groupings at once, for a paper that cannot list every line. */
  async bySystemAndKind(scope: TenantScope, filter: StatementFilter): Promise<SystemKindSum[]> {
    const { text, values } = this.lines(scope, filter);
    const rows: Row[] = await this.db.query(
      `select l.system_id, l.kind, ${SUMS} from (${text}) l group by l.system_id, l.kind order by l.system_id, l.kind`,
      [...values],
    );
    return rows.map((row) => ({
      systemId: (row.system_id as string | null) ?? null,
      kind: row.kind as MeteredKind,
      ...toSum(row),
    }));
  }

  /** Every use with a line, in the order of codes: names alone, by one statement, however many there are. */
  async uses(scope: TenantScope, filter: StatementFilter): Promise<StatementUse[]> {
    const { text, values } = this.lines(scope, filter);
    const rows: Row[] = await this.db.query(
      `select m.code, m.name, l.resource_id, max(l.system_id) as system_id
         from (${text}) l join metered_resource m on m.resource_id = l.resource_id
        group by m.code, l.resource_id, m.name order by m.code, l.resource_id`,
      [...values],
    );
    return rows.map((row) => ({
      ...{ resourceId: row.resource_id as string, code: row.code as string, name: row.name as string },
      systemId: (row.system_id as string | null) ?? null,
    }));
  }

  /** In the order of their codes. */
  async resources(scope: TenantScope, filter: StatementFilter, page: PageRequest): Promise<Page<ResourceSum>> {
    const { text, values } = this.lines(scope, filter);
    const found = filter.search ? 'where (m.name like ? or convert(m.code using utf8mb4) like ?)' : 'where 1 = 1';
    const like = `%${filter.search?.replace(/[\\%_]/g, '\\$&')}%`;
    const search = filter.search ? [like, like] : [];
    const from = `from (${text}) l join metered_resource m on m.resource_id = l.resource_id ${found}`;
    const [counted]: Row[] = await this.db.query(`select count(distinct l.resource_id) as n ${from}`, [
      ...values,
      ...search,
    ]);
    const [code, id] = page.after ?? [];
    const rows: Row[] = await this.db.query(
      `select m.code, m.name, m.kind, m.subject_id, l.resource_id, max(l.system_id) as system_id,
         max(l.center_id) as center_id, max(l.share) as share, ${SUMS} ${from}
       ${page.after ? 'and (m.code > ? or (m.code = ? and l.resource_id > ?))' : ''}
       group by m.code, l.resource_id, m.name, m.kind, m.subject_id order by m.code, l.resource_id limit ?`,
      [...values, ...search, ...(page.after ? [code, code, id] : []), page.first + 1],
    );
    return {
      rows: rows.slice(0, page.first).map((row) => ({
        ...toSum(row),
        ...{ resourceId: row.resource_id as string, subjectId: row.subject_id as string },
        kind: row.kind as MeteredKind,
        ...{ code: row.code as string, name: row.name as string },
        systemId: (row.system_id as string | null) ?? null,
        centerId: (row.center_id as string | null) ?? null,
        share: row.share as ShareName,
      })),
      totalCount: Number(counted?.n ?? 0),
      hasNextPage: rows.length > page.first,
    };
  }

  /** Lines of earlier months that these uses have on the statement, in the order of months and meters. */
  async corrections(
    scope: TenantScope,
    view: StatementView,
    resourceIds: readonly string[],
  ): Promise<CorrectionOnStatement[]> {
    const own = within(scope);
    const drafts = openOf(view);
    const rows: Row[] = await this.db.query(
      `select l.resource_id, l.of_month, l.meter, l.cause, l.before_fen, l.amount_fen from correction_line l
       where l.month = ? and l.resource_id in (?) and ${drafts.text} and ${own.text}
       union all
       select l.resource_id, l.of_month, l.meter, l.cause, coalesce(l.before_fen, 0), l.amount_fen
       from ${this.closed.table('closed_line')} l
       where l.document_id in (?) and l.resource_id in (?) and l.line_kind <> 'USE' and ${own.text}
       order by of_month, meter`,
      [
        ...[view.month, inList(resourceIds), ...drafts.values, ...own.values],
        ...[inList(view.documentIds), inList(resourceIds), ...own.values],
      ],
    );
    return rows.map((row) => ({
      ...{ resourceId: row.resource_id as string, ofMonth: row.of_month as string, meter: row.meter as string },
      cause: (row.cause as CorrectionCause | null) ?? null,
      ...{ before: BigInt(row.before_fen as string), amount: BigInt(row.amount_fen as string) },
    }));
  }

  /** One select for each place where lines stand; each is filtered by itself, so that its own index serves it. */
  private lines(scope: TenantScope, filter: StatementFilter): Sql {
    const { view } = filter;
    const asked = conditionsOf(scope, filter);
    const drafts = openOf(view);
    const parts: Sql[] = [];
    if (view.open) {
      parts.push({
        text: `select ${COLUMNS}, 'USE' as line_kind, if(d.id is null, l.state, 'SUSPENDED') as state,
            if(d.id is null, l.amount_fen, 0) as fen
          from rated_line l ${OPEN_DISPUTE} where l.month = ? and ${drafts.text} and ${asked.text}`,
        values: [view.month, ...drafts.values, ...asked.values],
      });
      parts.push({
        text: `select ${COLUMNS}, 'CORRECTION', 'RATED', l.amount_fen
          from correction_line l where l.month = ? and ${drafts.text} and ${asked.text}`,
        values: [view.month, ...drafts.values, ...asked.values],
      });
    }
    if (view.documentIds.length > 0 || parts.length === 0)
      parts.push({
        text: `select ${COLUMNS}, l.line_kind, l.state, l.amount_fen as fen
          from ${this.closed.table('closed_line')} l where l.document_id in (?) and ${asked.text}`,
        values: [inList(view.documentIds), ...asked.values],
      });
    return {
      text: parts.map(({ text }) => text).join(' union all '),
      values: parts.flatMap(({ values }) => values),
    };
  }
}

function conditionsOf(scope: TenantScope, filter: StatementFilter): Sql {
  const own = within(scope);
  const conditions: Sql[] = [own];
  if (filter.departmentId) conditions.push({ text: 'l.department_id = ?', values: [filter.departmentId] });
  if (filter.among) conditions.push(amongOf(filter.among));
  conditions.push(...oneOf('l.system_id', filter.systemId), ...oneOf('l.project_id', filter.projectId));
  conditions.push(...oneOf('l.center_id', filter.centerId));
  if (filter.projectIds) conditions.push({ text: 'l.project_id in (?)', values: [inList(filter.projectIds)] });
  if (filter.shares) conditions.push({ text: 'l.share in (?)', values: [inList(filter.shares)] });
  if (filter.kind) conditions.push({ text: 'l.kind = ?', values: [filter.kind] });
  return {
    text: conditions.map(({ text }) => text).join(' and '),
    values: conditions.flatMap(({ values }) => values),
  };
}

function oneOf(column: string, id: string | null | undefined): Sql[] {
  if (!id) return [];
  return [id === OF_NONE ? { text: `${column} is null`, values: [] } : { text: `${column} = ?`, values: [id] }];
}

/** A statement is a department's: who is bound to single systems reads none. */
export function within(scope: TenantScope): Sql {
  if (scope.kind === 'PROVINCE') return { text: '1 = 1', values: [] };
  return { text: 'l.department_id in (?)', values: [inList(scope.departmentIds)] };
}

export function openOf({ open }: StatementView): Sql {
  return open ? amongOf(open) : { text: '1 = 0', values: [] };
}

function amongOf({ departmentIds, without }: Among): Sql {
  return { text: `l.department_id ${without ? 'not in' : 'in'} (?)`, values: [inList(departmentIds)] };
}

function toSum(row: Row): StatementSum {
  return {
    amount: BigInt(row.amount ?? '0'),
    drAmount: BigInt(row.dr_amount ?? '0'),
    correctedAmount: BigInt(row.corrected_amount ?? '0'),
    resources: Number(row.resources ?? 0),
    unpriced: Number(row.unpriced ?? 0),
    disputed: Number(row.disputed ?? 0),
    suspended: Number(row.suspended ?? 0),
  };
}
