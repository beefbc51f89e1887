import { Inject, Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { QuotaLevel } from '../kernel/refusal.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { QuotaState, QuotaSubject, SomeAmounts } from '../quotas/domain/quota.js';
import { QuotaLimitsService } from '../quotas/quota-limits.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { isInsidePlan, type MeterUse, plannedAmounts, servicesOf, useOf } from './domain/plan-use.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import type { LineOfDepartment } from './plans.types.js';

/** Plan, use and what is left of one department (with all beneath it) or system. */
export interface SubjectUse {
  readonly subject: QuotaSubject;
  /** Something is approved for it in the year. */
  readonly planned: boolean;
  readonly meters: readonly MeterUse[];
}

export type UseLevel = Extract<QuotaLevel, 'DEPARTMENT' | 'SYSTEM'>;

/** Who is over is a list to act upon, not to page through. */
const OVER_MAX = 50;

/** In the year: what of the plans is used and left, and whether a request is inside one. */
@Injectable()
export class PlanUse {
  constructor(
    private readonly lines: PlanLinesRepository,
    private readonly departments: DepartmentsService,
    private readonly limits: QuotaLimitsService,
    private readonly quotas: QuotasService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of departments or systems, planned or not, by a constant number of statements. */
  async page(
    scope: TenantScope,
    filter: {
      readonly year: number;
      readonly level: UseLevel;
      readonly departmentId: string | null;
      readonly search: string | null;
    },
    page: PageRequest,
  ): Promise<Page<SubjectUse & { readonly key: string }>> {
    const found = await this.limits.list(scope, filter, page);
    const uses = await this.usesOf(
      scope,
      filter.year,
      found.rows.map((row) => row.subject),
    );
    return { ...found, rows: uses.map((use, at) => ({ ...use, key: found.rows[at]?.key ?? '' })) };
  }

  /** Departments or systems with an approved plan that use more of something, the farthest beyond first. */
  async over(scope: TenantScope, year: number, level: UseLevel): Promise<SubjectUse[]> {
    const lines = await this.approved(scope, year);
    const ids = [...new Set(lines.map((line) => (level === 'SYSTEM' ? line.systemId : line.departmentId)))];
    const subjects = (await this.limits.subjectsOf(ids)).filter((subject) => subject.level === level);
    const uses = await this.usesOf(scope, year, subjects, lines);
    return uses
      .filter(({ meters }) => meters.some(isOver))
      .toSorted((a, b) => farthest(b) - farthest(a))
      .slice(0, OVER_MAX);
  }

  /**
   * Whether a request of the running year stays inside what was approved for its system: every meter that it asks for,
   * with all that is live, and every service that it names. `own` is what it holds already; `services` are counted by the
   * caller with what is live, because most of them are in no quota.
   */
  async isInside(
    systemId: string,
    asked: SomeAmounts,
    own: SomeAmounts | undefined,
    services: ReadonlyMap<string, number>,
  ): Promise<boolean> {
    const year = accountingYear(this.clock.now());
    const lines = await this.lines.ofYear({ year, states: ['APPROVED'], systemIds: [systemId] });
    if (lines.length === 0) return false;
    const subject: QuotaSubject = { level: 'SYSTEM', id: systemId, name: '', departmentId: '' };
    const [state] = await this.quotas.statesOf([subject]);
    return isInsidePlan({
      asked,
      own: own ?? {},
      used: state ? liveOf(state) : {},
      planned: plannedAmounts(lines),
      services,
      plannedServices: servicesOf(lines),
    });
  }

  private async usesOf(
    scope: TenantScope,
    year: number,
    subjects: readonly QuotaSubject[],
    known?: readonly LineOfDepartment[],
  ): Promise<SubjectUse[]> {
    const [lines, states] = await Promise.all([known ?? this.approved(scope, year), this.quotas.statesOf(subjects)]);
    const paths = await this.pathsOf([
      ...lines.map((line) => line.departmentId),
      ...subjects.map((s) => s.departmentId),
    ]);
    return subjects.map((subject, at) => {
      const path = paths.get(subject.departmentId) ?? '-';
      const of = lines.filter((line) =>
        subject.level === 'SYSTEM'
          ? line.systemId === subject.id
          : (paths.get(line.departmentId) ?? '').startsWith(path),
      );
      const state = states[at];
      return { subject, planned: of.length > 0, meters: useOf(plannedAmounts(of), state ? liveOf(state) : {}) };
    });
  }

  /** A department's path is the beginning of those of all beneath it. */
  private async pathsOf(departmentIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.departments.departments([...new Set(departmentIds)]);
    return new Map(rows.flatMap((row) => (row ? [[row.id, row.path] as const] : [])));
  }

  private approved(scope: TenantScope, year: number): Promise<LineOfDepartment[]> {
    const departmentIds = scope.kind === 'PROVINCE' ? {} : { departmentIds: scope.departmentIds };
    return this.lines.ofYear({ year, states: ['APPROVED'], ...departmentIds });
  }
}

function liveOf({ meters }: QuotaState): SomeAmounts {
  return Object.fromEntries(Object.entries(meters).map(([meter, { live }]) => [meter, live]));
}

/** Of what the plan names: what it does not speak of is somebody else's question. */
function isOver({ planned, over }: MeterUse): boolean {
  return planned > 0 && over > 0;
}

function farthest({ meters }: SubjectUse): number {
  return Math.max(0, ...meters.filter(isOver).map(({ planned, used }) => used / planned));
}
