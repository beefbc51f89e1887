import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { Reading } from '../platform/database/unit-of-work.js';
import { AccountingRepository } from './accounting.repository.js';
import { type BookScope, ClosingsRepository } from './closings.repository.js';
import { type Book, PROVINCE_BOOK } from './domain/closing.js';
import { Periods } from './domain/periods.js';

/** 账册: the province's own accounts and each city's, which close apart. */
@Injectable()
export class BooksService {
  constructor(
    private readonly db: DataSource,
    private readonly departments: DepartmentsService,
    private readonly closings: ClosingsRepository,
    private readonly accounting: AccountingRepository,
  ) {}

  async periods(reading: Reading = this.db): Promise<Periods> {
    return new Periods(await this.closings.live(reading), await this.departments.citiesOf(reading));
  }

  /** The first month that is accounted for at all. */
  async firstMonth(reading: Reading = this.db): Promise<string | null> {
    return (await this.accounting.rules(reading))[0]?.from ?? null;
  }

  /** Books whose closes somebody may read: whoever sees the province sees all, a city its own, a department none. */
  async readable(scope: TenantScope): Promise<BookScope> {
    if (scope.kind === 'PROVINCE') return null;
    const cities = new Set((await this.departments.citiesOf(this.db)).values());
    return scope.departmentIds.filter((id) => cities.has(id));
  }

  /** Books that somebody may ask to close, or approve: nobody of the province closes a city's accounts. */
  async own(scope: TenantScope): Promise<readonly Book[]> {
    return scope.kind === 'PROVINCE' ? [PROVINCE_BOOK] : ((await this.readable(scope)) ?? []);
  }

  /** Those that somebody may read, the province's first and cities by name. */
  async named(scope: TenantScope): Promise<{ readonly book: Book; readonly name: string | null }[]> {
    const readable = await this.readable(scope);
    const cities = readable ?? [...new Set((await this.departments.citiesOf(this.db)).values())];
    const found = await this.departments.departments(cities);
    const named = cities.map((book, at) => ({ book, name: found[at]?.name ?? null }));
    const inOrder = named.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'zh-CN'));
    return readable === null ? [{ book: PROVINCE_BOOK, name: null }, ...inOrder] : inOrder;
  }

  /** Departments of a book; `of` says which of the given ones are. */
  async inBook(book: Book, departmentIds: readonly string[], reading: Reading = this.db): Promise<Set<string>> {
    const periods = await this.periods(reading);
    return new Set(departmentIds.filter((id) => periods.bookOf(id) === book));
  }

  /** Of a city its name; null = the province's. */
  async nameOf(book: Book): Promise<string | null> {
    if (book === PROVINCE_BOOK) return null;
    const [city] = await this.departments.departments([book]);
    return city?.name ?? null;
  }
}
