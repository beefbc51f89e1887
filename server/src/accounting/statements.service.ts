import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import { calendarDate, isCalendarDate, startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { AccountingRepository, type RuleFrom } from './accounting.repository.js';
import { BooksService } from './books.service.js';
import { type Month, spanOfMonth } from './domain/accounting-units.js';
import { PROVINCE_BOOK } from './domain/closing.js';
import { type ShownLine, StatementLinesRepository } from './statement-lines.repository.js';
import {
  type CorrectionOnStatement,
  type DepartmentSum,
  type Grouping,
  type PartSum,
  type ResourceSum,
  type StatementFilter,
  type StatementSum,
  StatementsRepository,
  type StatementUse,
  type StatementView,
  type SystemKindSum,
} from './statements.repository.js';

/** The frame of a draft: by which rule, and until when it knows. */
export interface StatementFrame {
  readonly month: Month;
  /** null = before the console accounted for anything. */
  readonly rule: RuleFrom | null;
  /** The first moment that is not on it: the month's end, or the beginning of today. */
  readonly until: Date;
  readonly complete: boolean;
}

/** 省直 and 设区市: the province's own departments, and cities with their bureaus. */
export const STATEMENT_SIDES = ['PROVINCE', 'CITIES'] as const;
export type StatementSide = (typeof STATEMENT_SIDES)[number];

interface LinesKey {
  readonly scope: TenantScope;
  readonly month: Month;
  readonly resourceId: string;
  /** Whose statement it stands on: a use that went from one department to another has lines on both. Left out = on any. */
  readonly departmentId?: string | null;
}

const NOBODY: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [] };

/** 月度费用核算单（草稿）: what use costs so far, any day, for whoever may see it; what is closed as it was closed. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly db: DataSource,
    private readonly repository: StatementsRepository,
    private readonly accounting: AccountingRepository,
    private readonly lines: StatementLinesRepository,
    private readonly books: BooksService,
    private readonly departmentTree: DepartmentsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The month that runs. */
  currentMonth(): Month {
    return calendarDate(this.clock.now()).slice(0, 7);
  }

  isMonth(text: string): boolean {
    return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
  }

  async frame(month: Month): Promise<StatementFrame> {
    const rule = (await this.accounting.rules()).findLast(({ from }) => from <= month) ?? null;
    const end = spanOfMonth(month).to;
    const today = startOfDay(calendarDate(this.clock.now())).getTime();
    return { month, rule, until: new Date(Math.min(end, today)), complete: end <= today };
  }

  /** Months that are accounted for, the newest first. */
  async months(): Promise<Month[]> {
    const [first] = await this.accounting.rules();
    const months: Month[] = [];
    if (!first) return months;
    const [year = 0, number = 1] = this.currentMonth().split('-').map(Number);
    for (let at = year * 12 + number - 1; ; at -= 1) {
      const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
      if (month < first.from) return months;
      months.push(month);
    }
  }

  /**
   * Where the lines of a month stand at this moment: two small statements, whatever the month holds. A document that was
   * reversed and what reverses it are nothing together, and stand on no statement; both are kept and read by themselves.
   */
  async view(month: Month): Promise<StatementView> {
    const [periods, cityOf] = await Promise.all([this.books.periods(), this.departmentTree.citiesOf(this.db)]);
    const documentIds = periods.closedOf(month).map(({ id }) => id);
    const inClosedCity = [...cityOf].flatMap(([id, city]) => (periods.isClosed(city, month) ? [id] : []));
    if (!periods.isClosed(PROVINCE_BOOK, month))
      return { month, documentIds, open: { departmentIds: inClosedCity, without: true } };
    const closedIds = new Set(inClosedCity);
    const openIds = [...cityOf.keys()].filter((id) => !closedIds.has(id));
    return { month, documentIds, open: openIds.length > 0 ? { departmentIds: openIds, without: false } : null };
  }

  /**
   * A city's accounts are its own and never enter the province's total: whoever sees the whole province sees one side at
   * a time. Whoever sees less sees all that is his.
   */
  async ofSide(scope: TenantScope, filter: StatementFilter, side: StatementSide): Promise<StatementFilter> {
    if (scope.kind !== 'PROVINCE' || filter.departmentId !== null) return filter;
    return {
      ...filter,
      among: { departmentIds: await this.departmentTree.cityTreeIds(), without: side === 'PROVINCE' },
    };
  }

  async departments(
    scope: TenantScope,
    month: Month,
    page: PageRequest,
    side: StatementSide = 'PROVINCE',
  ): Promise<Page<DepartmentSum>> {
    const filter = await this.ofSide(scope, { view: await this.view(month), departmentId: null }, side);
    const all = await this.repository.byDepartment(scope, filter);
    const [after] = page.after ?? [];
    const from = after === undefined ? 0 : all.findIndex(({ departmentId }) => departmentId === after) + 1;
    const rows = all.slice(from, from + page.first);
    return { rows, totalCount: all.length, hasNextPage: from + rows.length < all.length };
  }

  total(scope: TenantScope, filter: StatementFilter): Promise<StatementSum> {
    return this.repository.total(scope, { ...filter, search: null });
  }

  parts(scope: TenantScope, filter: StatementFilter, grouping: Grouping): Promise<PartSum[]> {
    return this.repository.parts(scope, { ...filter, search: null }, grouping);
  }

  bySystemAndKind(scope: TenantScope, filter: StatementFilter): Promise<SystemKindSum[]> {
    return this.repository.bySystemAndKind(scope, { ...filter, search: null });
  }

  uses(scope: TenantScope, filter: StatementFilter): Promise<StatementUse[]> {
    return this.repository.uses(scope, { ...filter, search: null });
  }

  resources(scope: TenantScope, filter: StatementFilter, page: PageRequest): Promise<Page<ResourceSum>> {
    return this.repository.resources(scope, filter, page);
  }

  /** Batch for loaders: all of one operation are asked by one viewer, and a page is of one month. */
  linesOf = async (keys: readonly LinesKey[]): Promise<ShownLine[][]> =>
    this.byUse(keys, (scope, view, ids) => this.lines.of(scope, view, ids));

  /** Batch for loaders: what of earlier months stands on the statement. */
  correctionsOf = async (keys: readonly LinesKey[]): Promise<CorrectionOnStatement[][]> =>
    this.byUse(keys, (scope, view, ids) => this.repository.corrections(scope, view, ids));

  private async byUse<T extends { readonly resourceId: string }>(
    keys: readonly LinesKey[],
    read: (scope: TenantScope, view: StatementView, ids: readonly string[]) => Promise<T[]>,
  ): Promise<T[][]> {
    const found = new Map<string, T[]>();
    for (const [statement, of] of Map.groupBy(keys, statementOf)) {
      const [first] = of;
      if (!first) continue;
      const view = await this.view(first.month);
      const ids = of.map(({ resourceId }) => resourceId);
      for (const one of await read(scopeOf(first), view, ids)) {
        const key = `${statement} ${one.resourceId}`;
        const some = found.get(key);
        if (some) some.push(one);
        else found.set(key, [one]);
      }
    }
    return keys.map((key) => found.get(`${statementOf(key)} ${key.resourceId}`) ?? []);
  }
}

function statementOf({ departmentId, month }: LinesKey): string {
  return `${month} ${departmentId ?? ''}`;
}

/** Of the viewer's scope what is of the statement's department. */
function scopeOf({ departmentId, scope }: LinesKey): TenantScope {
  if (!departmentId) return scope;
  return covers(scope, departmentId) ? { kind: 'DEPARTMENTS', departmentIds: [departmentId] } : NOBODY;
}
