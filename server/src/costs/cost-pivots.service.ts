import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/money.js';
import type { TenantScope } from '../kernel/viewer.js';
import { SystemsService } from '../systems/systems.service.js';
import { CostsRepository } from './costs.repository.js';
import type { CostFilter, CostNarrow } from './costs.types.js';
import { type CostCell, type CostDimension, layOut, type Pivot, renamed, timesBetween } from './domain/pivot.js';

/** More than anybody reads at once; what is beyond stands in one row. */
const ROWS_MAX = 200;
/** Five years of months; of anything else as many as a screen is scrolled through. */
const COLUMNS_MAX = 60;

export interface CostQuestion extends CostFilter {
  readonly rows: CostDimension;
  readonly columns: CostDimension | null;
}

export interface CostAnswer extends Pivot {
  readonly draftedMonths: readonly string[];
  readonly draftedAt: Date | null;
}

/** 费用总览: what use costs by any two of its sides. Three statements, whatever is asked; one more by budget items. */
@Injectable()
export class CostPivots {
  constructor(
    private readonly repository: CostsRepository,
    private readonly systems: SystemsService,
  ) {}

  departmentsOfSystem(systemId: string, from: string, to: string): Promise<string[]> {
    return this.repository.departmentsOfSystem(systemId, from, to);
  }

  async pivot(scope: TenantScope, question: CostQuestion): Promise<CostAnswer> {
    const { rows, columns, ...asked } = question;
    const filter = sided(scope, asked);
    const [found, draftedMonths, draftedAt] = await Promise.all([
      this.repository.cells(scope, filter, rows, columns),
      this.repository.draftedMonths(scope, filter),
      this.repository.draftedAt(),
    ]);
    const cells = await this.byBudgetCode(await this.byBudgetCode(found, 'row', rows), 'column', columns);
    const times = timesBetween(filter.from, filter.to);
    const table = layOut(cells, { rows, columns, times, rowsMax: ROWS_MAX, columnsMax: COLUMNS_MAX });
    return { ...table, draftedMonths, draftedAt };
  }

  /** A project names the budget item that its use is paid from; several may name one. */
  private async byBudgetCode(
    cells: readonly CostCell[],
    side: 'row' | 'column',
    dimension: CostDimension | null,
  ): Promise<readonly CostCell[]> {
    if (dimension !== 'BUDGET_CODE') return cells;
    const ids = [...new Set(cells.flatMap((cell) => cell[side] ?? []))];
    const projects = await this.systems.projects(ids);
    const codes = new Map(ids.map((id, at) => [id, projects[at]?.budgetCode ?? null]));
    return renamed(cells, side, (id) => codes.get(id) ?? null);
  }

  /** The whole of it, by the keys of one dimension. */
  async sums(scope: TenantScope, filter: CostFilter, by: CostDimension): Promise<ReadonlyMap<string | null, Fen>> {
    const cells = await this.repository.cells(scope, sided(scope, filter), by, null);
    return new Map(cells.map(({ row, amount }) => [row, amount]));
  }
}

/** Sides are of the whole province: whoever sees less sees all that is his. */
export function sided<F extends CostNarrow>(scope: TenantScope, filter: F): F {
  return scope.kind === 'PROVINCE' ? filter : { ...filter, side: null };
}
