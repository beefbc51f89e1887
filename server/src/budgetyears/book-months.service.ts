import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CostSums } from '../costs/cost-sums.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { firstUnspentOf } from './domain/spent-months.js';

/** Budgets of which departments: these, or all but these. */
export type BookDepartments = { readonly of: readonly string[] } | { readonly without: readonly string[] };

/** How far the books of a year are spent: the province's, and each city's, which closes by itself. `cityId` null = the province's. */
@Injectable()
export class BookMonths {
  constructor(
    private readonly db: DataSource,
    private readonly postings: ClosedPostingsRepository,
    private readonly costs: CostSums,
    private readonly departments: DepartmentsService,
  ) {}

  /** The month that the end of the year waits for; null = for none. A book without any use of that year waits for nothing. */
  async openOf(year: number, cityId: string | null): Promise<string | null> {
    const posted = await this.postings.monthsOf(year, cityId);
    return posted.length > 0 ? firstUnspentOf(year, posted) : this.costs.firstMonthOf(cityId, year);
  }

  async cities(): Promise<string[]> {
    return [...new Set((await this.departments.citiesOf(this.db)).values())];
  }

  async departmentsOf(cityId: string | null): Promise<BookDepartments> {
    const cityOf = await this.departments.citiesOf(this.db);
    if (cityId === null) return { without: [...cityOf.keys()] };
    return { of: [...cityOf].flatMap(([id, city]) => (city === cityId ? [id] : [])) };
  }

  /** From which day on the opening of a year reckons, of each department: the first of the months that its book has not spent. */
  async firstDays(year: number): Promise<(departmentId: string) => string> {
    const cityOf = await this.departments.citiesOf(this.db);
    const days = new Map<string | null, string>();
    for (const cityId of [null, ...new Set(cityOf.values())]) {
      const month = firstUnspentOf(year, await this.postings.monthsOf(year, cityId)) ?? `${year}-01`;
      days.set(cityId, `${month}-01`);
    }
    return (departmentId) => days.get(cityOf.get(departmentId) ?? null) ?? `${year}-01-01`;
  }
}
