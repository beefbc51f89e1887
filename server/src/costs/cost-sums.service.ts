import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/money.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CostsRepository, type ProjectCell } from './costs.repository.js';
import type { CostFilter } from './costs.types.js';

/** Sums of use by one side, with nothing folded together: for features that reckon with them. */
@Injectable()
export class CostSums {
  constructor(private readonly repository: CostsRepository) {}

  /** By the month of use, the province's accounts and the cities' alike. @param to included. */
  async used(by: 'SYSTEM' | 'DEPARTMENT' | 'PROJECT', from: string, to: string): Promise<ReadonlyMap<string, Fen>> {
    const cells = await this.repository.cells(WHOLE_PROVINCE, spanOf(from, to), by, null);
    return new Map(cells.flatMap(({ row, amount }) => (row === null ? [] : [[row, amount] as const])));
  }

  /** Of one system, month by month. */
  async ofSystem(systemId: string, from: string, to: string): Promise<ReadonlyMap<string, Fen>> {
    const cells = await this.repository.cells(WHOLE_PROVINCE, { ...spanOf(from, to), systemId }, 'MONTH', null);
    return new Map(cells.flatMap(({ row, amount }) => (row === null ? [] : [[row, amount] as const])));
  }

  /** When what is drafted was summed; null = never yet. */
  draftedAt(): Promise<Date | null> {
    return this.repository.draftedAt();
  }

  /** The first month of the year of which a book has use; null = it has none. */
  firstMonthOf(cityId: string | null, year: number): Promise<string | null> {
    return this.repository.firstMonthOf(cityId, year);
  }

  /** What use of these months cost projects, by the sources that are not among `without`. */
  ofProjects(...asked: Parameters<CostsRepository['ofProjects']>): Promise<ProjectCell[]> {
    return this.repository.ofProjects(...asked);
  }

  /** Months of the span of which something is still drafted. */
  draftedMonths(from: string, to: string): Promise<string[]> {
    return this.repository.draftedMonths(WHOLE_PROVINCE, spanOf(from, to));
  }
}

function spanOf(from: string, to: string): CostFilter {
  const all = { departmentIds: null, systemId: null, projectId: null, centerId: null };
  return { from, to, basis: 'USED', side: null, ...all };
}
