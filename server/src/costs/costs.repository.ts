import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ClosedAmount } from '../accounting/closed-amounts.types.js';
import type { VcpuUse } from '../accounting/draft-amounts.service.js';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { CostCellEntity, CostVcpuEntity } from './costs.entity.js';
import { type CostBasis, type CostFilter, narrowConditions } from './costs.types.js';
import type { CostCell, CostDimension } from './domain/pivot.js';

/** What a cell says, wherever it came from. */
export type CostAmount = Pick<
  ClosedAmount,
  | 'month'
  | 'ofMonth'
  | 'cityId'
  | 'departmentId'
  | 'systemId'
  | 'projectId'
  | 'centerId'
  | 'meteredKind'
  | 'share'
  | 'amount'
>;

export interface UsedCell {
  readonly month: string;
  readonly centerId: string | null;
  readonly departmentId: string;
  /** Of a city's book. */
  readonly city: boolean;
  readonly amount: Fen;
}

/** A sum of cells of one kind, book and statement. */
export interface ProjectCell {
  readonly drafted: boolean;
  /** null = of the province's own book. */
  readonly cityId: string | null;
  readonly month: string;
  readonly amount: Fen;
}

export const DRAFT_SOURCE = 'DRAFT';
const COLUMNS = [
  'sourceId',
  'position',
  'month',
  'ofMonth',
  'cityId',
  'departmentId',
  'systemId',
  'projectId',
  'centerId',
  'kind',
  'share',
  'amountFen',
] as const satisfies readonly (keyof CostCellEntity)[];

const BASIS_COLUMN = { CHARGED: 'month', USED: 'of_month' } as const satisfies Record<CostBasis, string>;

@Injectable()
export class CostsRepository {
  constructor(private readonly db: DataSource) {}

  /** Documents whose amounts are here. */
  async documents(): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await this.db.query("select id from cost_source where kind = 'CLOSED'");
    return new Set(rows.map(({ id }) => id));
  }

  /** When what is drafted was taken; null = never. */
  async draftedAt(): Promise<Date | null> {
    const [row]: { taken_at: Date }[] = await this.db.query('select taken_at from cost_source where id = ?', [
      DRAFT_SOURCE,
    ]);
    return row?.taken_at ?? null;
  }

  /** Whoever writes stands in line here. @returns how many documents are here by then. */
  async begin(tx: Tx): Promise<number> {
    await tx.manager.query(
      `insert into cost_source (id, kind, taken_at) values (?, 'DRAFT', ?) on duplicate key update taken_at = values(taken_at)`,
      [DRAFT_SOURCE, tx.now],
    );
    const [row]: { n: string }[] = await tx.manager.query(
      "select count(*) as n from cost_source where kind = 'CLOSED'",
    );
    return Number(row?.n);
  }

  async addDocument(tx: Tx, id: string, amounts: readonly CostAmount[]): Promise<void> {
    await tx.manager.query("insert into cost_source (id, kind, taken_at) values (?, 'CLOSED', ?)", [id, tx.now]);
    await this.insertCells(tx, id, amounts);
  }

  async replaceDrafts(tx: Tx, amounts: readonly CostAmount[]): Promise<void> {
    await tx.manager.query('delete from cost_cell where source_id = ?', [DRAFT_SOURCE]);
    await this.insertCells(tx, DRAFT_SOURCE, amounts);
  }

  private async insertCells(tx: Tx, sourceId: string, amounts: readonly CostAmount[]): Promise<void> {
    await bulkInsert<CostCellEntity>(
      tx,
      'cost_cell',
      COLUMNS,
      amounts.map(({ amount, meteredKind, ...rest }, position) => ({
        ...rest,
        sourceId,
        position,
        kind: meteredKind,
        amountFen: amount,
      })),
    );
  }

  /** Months of use of which something was drafted when it was taken last, or whose use was never counted. */
  async monthsToCount(): Promise<string[]> {
    const rows: { month: string }[] = await this.db.query(
      `select distinct of_month as month from cost_cell where source_id = ?
       union select distinct of_month from cost_cell where of_month not in (select month from cost_vcpu)`,
      [DRAFT_SOURCE],
    );
    return rows.map(({ month }) => month);
  }

  async replaceVcpu(tx: Tx, months: readonly string[], uses: readonly VcpuUse[]): Promise<void> {
    await tx.manager.query('delete from cost_vcpu where month in (?)', [inList(months)]);
    await bulkInsert<CostVcpuEntity>(
      tx,
      'cost_vcpu',
      ['month', 'position', 'departmentId', 'centerId', 'vcpuSeconds'],
      uses.map((use, position) => ({ ...use, position })),
    );
  }

  /** By month of use, center and department. */
  async used(scope: TenantScope, first: string, last: string): Promise<UsedCell[]> {
    const own = scope.kind === 'PROVINCE' ? '' : ' and department_id in (?)';
    const ids = scope.kind === 'PROVINCE' ? [] : [inList(scope.departmentIds)];
    const rows: { month: string; center_id: string | null; department_id: string; city: number; fen: string }[] =
      await this.db.query(
        `select of_month as month, center_id, department_id, city_id is not null as city, sum(amount_fen) as fen
         from cost_cell where of_month between ? and ?${own} group by of_month, center_id, department_id, city`,
        [first, last, ...ids],
      );
    return rows.map((row) => ({
      ...{ month: row.month, centerId: row.center_id, departmentId: row.department_id },
      ...{ city: Number(row.city) === 1, amount: BigInt(row.fen) },
    }));
  }

  /** vCPU × seconds in use, by month and center. */
  async vcpuSeconds(scope: TenantScope, first: string, last: string): Promise<Omit<VcpuUse, 'departmentId'>[]> {
    const own = scope.kind === 'PROVINCE' ? '' : ' and department_id in (?)';
    const ids = scope.kind === 'PROVINCE' ? [] : [inList(scope.departmentIds)];
    const rows: { month: string; center_id: string | null; seconds: string }[] = await this.db.query(
      `select month, center_id, sum(vcpu_seconds) as seconds from cost_vcpu
       where month between ? and ?${own} group by month, center_id`,
      [first, last, ...ids],
    );
    return rows.map((row) => ({
      ...{ month: row.month, centerId: row.center_id, vcpuSeconds: BigInt(row.seconds) },
    }));
  }

  /** Sums by two dimensions at once; BUDGET_CODE comes as the project's, for the caller to fold. */
  async cells(
    scope: TenantScope,
    filter: CostFilter,
    rows: CostDimension,
    columns: CostDimension | null,
  ): Promise<CostCell[]> {
    const basis = BASIS_COLUMN[filter.basis];
    const row = expressionOf(rows, basis);
    const column = columns === null ? 'null' : expressionOf(columns, basis);
    const { where, values } = conditionsOf(scope, filter, basis);
    const found: { r: string | null; c: string | null; fen: string }[] = await this.db.query(
      `select ${row} as r, ${column} as c, sum(amount_fen) as fen from cost_cell where ${where} group by r, c`,
      values,
    );
    return found.map(({ r, c, fen }) => ({ row: r, column: c, amount: BigInt(fen) }));
  }

  async firstMonthOf(cityId: string | null, year: number): Promise<string | null> {
    const [row]: { month: string | null }[] = await this.db.query(
      'select min(of_month) as month from cost_cell where of_month between ? and ? and city_id <=> ?',
      [`${year}-01`, `${year}-12`, cityId],
    );
    return row?.month ?? null;
  }

  /**
   * What use of these months cost projects, as the sources say that are not among `without`; by the book and the statement
   * that it stands on, with whether it is drafted.
   */
  async ofProjects(
    projectIds: readonly string[],
    from: string,
    to: string,
    without: readonly string[],
  ): Promise<ProjectCell[]> {
    const rows: { drafted: number; city_id: string | null; month: string; fen: string }[] = await this.db.query(
      `select source_id = ? as drafted, city_id, month, sum(amount_fen) as fen from cost_cell
       where of_month between ? and ? and project_id in (?) and source_id not in (?) group by drafted, city_id, month`,
      [DRAFT_SOURCE, from, to, inList(projectIds), inList(without)],
    );
    return rows.map(({ drafted, city_id, month, fen }) => ({
      ...{ drafted: Number(drafted) === 1, cityId: city_id, month, amount: BigInt(fen) },
    }));
  }

  /** Departments whose costs a system's were in a time: it may have been another's once. */
  async departmentsOfSystem(systemId: string, from: string, to: string): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select distinct department_id as id from cost_cell where of_month between ? and ? and system_id = ?',
      [from, to, systemId],
    );
    return rows.map(({ id }) => id);
  }

  /** Months of the span of which something is still drafted. */
  async draftedMonths(scope: TenantScope, filter: CostFilter): Promise<string[]> {
    const basis = BASIS_COLUMN[filter.basis];
    const { where, values } = conditionsOf(scope, filter, basis);
    const rows: { month: string }[] = await this.db.query(
      `select distinct ${basis} as month from cost_cell where ${where} and source_id = ? order by month`,
      [...values, DRAFT_SOURCE],
    );
    return rows.map(({ month }) => month);
  }
}

function expressionOf(dimension: CostDimension, basis: string): string {
  switch (dimension) {
    case 'DEPARTMENT':
      return 'department_id';
    case 'CITY':
      return 'city_id';
    case 'SYSTEM':
      return 'system_id';
    case 'PROJECT':
    case 'BUDGET_CODE':
      return 'project_id';
    case 'CENTER':
      return 'center_id';
    case 'KIND':
      return 'kind';
    case 'SHARE':
      return 'share';
    case 'MONTH':
      return basis;
    case 'QUARTER':
      return `concat(left(${basis}, 4), '-Q', ceil(right(${basis}, 2) / 3))`;
    case 'YEAR':
      return `left(${basis}, 4)`;
  }
}

function conditionsOf(scope: TenantScope, filter: CostFilter, basis: string): { where: string; values: unknown[] } {
  const { parts, values } = narrowConditions(scope, filter);
  return {
    where: [`${basis} between ? and ?`, ...parts].join(' and '),
    values: [filter.from, filter.to, ...values],
  };
}
