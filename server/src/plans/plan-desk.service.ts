import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { draftsOf, maySeePlan, type PlanFacts } from './domain/decide-plan.js';
import type { PlanToTell } from './domain/plan-notices.js';
import type { PlanYear } from './domain/plan-year.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlansRepository, type StateSum } from './plans.repository.js';
import type { PlanFilter, PlanLineRow, PlanRow, PlanStepRow } from './plans.types.js';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Wish of a person who acts on one plan. */
export interface PlanActWish {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly opinion?: string | null;
}

type Lineage = Awaited<ReturnType<DepartmentsService['lineage']>>;

/** Where plans are looked up, and what acts on them are decided on. */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly plans: PlansRepository,
    private readonly planLines: PlanLinesRepository,
    private readonly departments: DepartmentsService,
  ) {}

  /** null = not there, not for these eyes, or a draft of people whose drafts these are not. */
  async plan(viewer: Viewer, scope: TenantScope, id: string): Promise<PlanRow | null> {
    const row = await this.plans.inScope(scope, id);
    return row && maySeePlan(viewer, row) ? row : null;
  }

  async page(
    viewer: Viewer,
    scope: TenantScope,
    filter: Omit<PlanFilter, 'departmentIds' | 'drafts'> & { readonly departmentId: string | null },
    page: PageRequest,
  ): Promise<Page<PlanRow>> {
    const { departmentId, ...rest } = filter;
    const departmentIds = departmentId === null ? null : await this.departments.treeIds(departmentId);
    return this.plans.page(scope, { ...rest, departmentIds, drafts: draftsOf(viewer) }, page);
  }

  sums(viewer: Viewer, scope: TenantScope, year: number): Promise<StateSum[]> {
    return this.plans.sums(scope, draftsOf(viewer), year);
  }

  years(): Promise<PlanYear[]> {
    return this.plans.years();
  }

  /** Departments in sight: who has no plan yet is what is missing of these. */
  async departmentCount(scope: TenantScope): Promise<number> {
    return (await this.departments.list(scope, null, { first: 1, after: null })).totalCount;
  }

  lines(planId: string, page: PageRequest): Promise<Page<PlanLineRow>> {
    return this.planLines.page(planId, page);
  }

  /** Batch for loaders. */
  yearsOf = async (years: readonly number[]): Promise<(PlanYear | null)[]> => {
    const all = await this.plans.years();
    return years.map((year) => all.find((one) => one.year === year) ?? null);
  };

  /** Batch for loaders. */
  stepsOf = async (planIds: readonly string[]): Promise<PlanStepRow[][]> => {
    const byPlan = Map.groupBy(await this.plans.stepsOf(planIds), (step) => step.planId);
    return planIds.map((id) => byPlan.get(id) ?? []);
  };

  /** Batch for loaders: every line of each plan, for sums. */
  linesOf = async (planIds: readonly string[]): Promise<PlanLineRow[][]> => {
    const byPlan = Map.groupBy(await this.planLines.ofPlans(planIds), (line) => line.planId);
    return planIds.map((id) => byPlan.get(id) ?? []);
  };

  /** Batch for loaders: whether a department's plans go through a city. By the department's path, so that no tree is walked. */
  inCities = async (departmentIds: readonly string[]): Promise<boolean[]> => {
    const rows = inOrderOf(departmentIds, await this.found(departmentIds), (row) => row.id);
    return rows.map((row) => row?.level === 'BUREAU' && row.parentId !== null);
  };

  private async found(ids: readonly string[]) {
    return (await this.departments.departments([...new Set(ids)])).flatMap((row) => row ?? []);
  }

  factsOf(plan: PlanRow, steps: readonly PlanStepRow[], inCity: boolean, smallBeforeFen = 0n): PlanFacts {
    return { ...plan, inCity, signerIds: signersOf(plan, steps), smallBeforeFen };
  }

  toTell(plan: PlanRow, steps: readonly PlanStepRow[], departmentName: string): PlanToTell {
    return { ...plan, departmentName, signerIds: signersOf(plan, steps) };
  }
}

/** Whoever signed in the round that runs. */
function signersOf(plan: PlanRow, steps: readonly PlanStepRow[]): string[] {
  return steps.flatMap((step) =>
    step.round === plan.round && step.signature !== null && step.actorId !== null ? [step.actorId] : [],
  );
}

/** A city's plan is its own business; its bureaus' goes through it. */
export function cityOf(lineage: Lineage): string | null {
  const city = lineage.find((department) => department.level === 'CITY');
  return city && city.id !== lineage.at(-1)?.id ? city.id : null;
}

export function unknownPlan(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这份计划，或不属于您的单位', 'There is no such plan, or it is not your department’s'),
  };
}

export function planChanged(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('计划刚被他人更新，请刷新后再操作', 'Somebody has just changed the plan; look again before you act'),
  };
}
