import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { QuotaLevel, QuotaMeter, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { Counters } from '../platform/counters/counters.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkLimitNumbers, maySetLimits } from './domain/limit-setting.js';
import { checkLimits, type LimitWish, type QuotaState, type QuotaSubject, UNLIMITED } from './domain/quota.js';
import { type QuotaRow, QuotasRepository } from './quotas.repository.js';
import { QuotasService } from './quotas.service.js';

export interface SetLimitsWish {
  /** The department's, system's or project's; undefined where the text was no such id. */
  readonly subjectId: string | undefined;
  readonly limits: LimitWish;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Who has which quota, and setting its limits: one at a time in each top department's tree. */
@Injectable()
export class QuotaLimitsService {
  constructor(
    private readonly repository: QuotasRepository,
    private readonly quotas: QuotasService,
    private readonly counters: Counters,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly acts: Acts,
  ) {}

  /** Whose quota an id names; null = nobody's within the scope. */
  async subject(scope: TenantScope, id: string): Promise<QuotaSubject | null> {
    const [department, system, project] = await Promise.all([
      this.departments.department(scope, id),
      this.systems.system(scope, id),
      this.systems.project(wholeDepartmentsOf(scope), id),
    ]);
    if (department) return { level: 'DEPARTMENT', id, name: department.name, departmentId: id };
    if (system) return { level: 'SYSTEM', id, name: system.name, departmentId: system.departmentId };
    return project && { level: 'PROJECT', id, name: project.name, departmentId: project.departmentId };
  }

  /** Quotas of one level, each with its key in the list's order. */
  async list(
    scope: TenantScope,
    filter: { readonly level: QuotaLevel; readonly departmentId: string | null; readonly search: string | null },
    page: PageRequest,
  ): Promise<Page<{ subject: QuotaSubject; key: string }>> {
    const { level, departmentId, search } = filter;
    if (level === 'DEPARTMENT') {
      const within = departmentId === null ? scope : narrowed(scope, await this.departments.treeIds(departmentId));
      const found = await this.departments.list(within, search, page);
      return {
        ...found,
        rows: found.rows.map(({ id, name, path }) => ({ subject: { level, id, name, departmentId: id }, key: path })),
      };
    }
    const found =
      level === 'SYSTEM'
        ? await this.systems.list(scope, { search, departmentId }, page)
        : await this.systems.listProjects(wholeDepartmentsOf(scope), { search, departmentId, budgetYear: null }, page);
    const rows = found.rows.map((row) => ({
      subject: { level, id: row.id, name: row.name, departmentId: row.departmentId },
      key: row.code,
    }));
    return { ...found, rows };
  }

  /**
   * Sets limits of one quota. Refused: UNKNOWN_REFERENCE, NOT_PERMITTED for a tenant's own quota, INVALID_INPUT,
   * VERSION_CONFLICT, and QUOTA_OUT_OF_BOUNDS with its figures.
   */
  async setLimits(
    viewer: Viewer,
    scope: TenantScope,
    wish: SetLimitsWish,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const subject = wish.subjectId === undefined ? null : await this.subject(scope, wish.subjectId);
    if (!subject) return refuse([unknownSubject()]);
    const wrong = [...maySetLimits(viewer, scope, subject), ...checkLimitNumbers(wish.limits)];
    if (wrong.length > 0) return refuse(wrong);
    const around = await this.around(subject);
    return this.acts.perform(
      {
        name: 'quota.set',
        actor: viewer,
        idempotencyKey: wish.idempotencyKey,
        input: { subjectId: wish.subjectId, limits: wish.limits, expectedVersion: wish.expectedVersion },
      },
      async (tx) => {
        const version = await this.takeTurn(tx, subject, around);
        if (version !== wish.expectedVersion) return refuse([versionConflict(wish.expectedVersion, version)]);
        const [own, above, beneath] = await this.statesAround(tx, subject, around);
        const refusals = checkLimits(wish.limits, own, above, beneath);
        if (refusals.length > 0) return refuse(refusals);
        await this.repository.setVersion(tx, subject.id, version + 1);
        return ok({
          value: { id: subject.id },
          audit: {
            objectType: 'Quota',
            objectId: subject.id,
            departmentId: subject.departmentId,
            summary: say(`设置 ${subject.name} 的用云定额`, `Set the quota of ${subject.name}`),
            before: limitsOf(own),
            after: wish.limits,
          },
          last: async () => {
            for (const [meter, limit] of Object.entries(wish.limits) as [QuotaMeter, number | null][])
              if (!(await this.counters.setLimit(tx, 'QUOTA', subject.id, meter, limit ?? UNLIMITED)))
                throw new WriteConflict(`more of ${meter} was taken meanwhile`);
            return ok(undefined);
          },
        });
      },
    );
  }

  /** What is read before the transaction: who stands above, and names for what stands beneath. */
  private async around(subject: QuotaSubject): Promise<Around> {
    const lineage = await this.departments.lineage(subject.departmentId);
    const above = lineage
      .map(({ id, name }): QuotaSubject => ({ level: 'DEPARTMENT', id, name, departmentId: id }))
      .filter((department) => department.id !== subject.id);
    const treeIds = subject.level === 'DEPARTMENT' ? await this.departments.treeIds(subject.id) : [];
    const rows = await this.repository.ofDepartments(treeIds);
    return {
      above,
      treeIds,
      names: await this.namesOf(rows),
    };
  }

  /** Opens what is missing, waits for whoever sets limits in the same tree, and gives the version that then stands. */
  private async takeTurn(tx: Tx, subject: QuotaSubject, { above }: Around): Promise<number> {
    await this.quotas.open(tx, [...above, subject]);
    await this.repository.lockTree(tx, above[0]?.id ?? subject.id);
    return this.repository.versionOf(tx, subject.id);
  }

  private async statesAround(
    tx: Tx,
    subject: QuotaSubject,
    { above, treeIds, names }: Around,
  ): Promise<[QuotaState, QuotaState[], QuotaState[]]> {
    const rows = treeIds.length > 0 ? await this.repository.ofDepartments(treeIds, tx.manager) : [];
    const beneath = rows
      .filter((row) => row.subjectId !== subject.id)
      .map(
        (row): QuotaSubject => ({
          level: row.level,
          id: row.subjectId,
          departmentId: row.departmentId,
          name: names.get(row.subjectId) ?? '',
        }),
      );
    const states = await this.quotas.statesOf([subject, ...above, ...beneath], tx.manager);
    const [own, ...others] = states as [QuotaState, ...QuotaState[]];
    return [own, others.slice(0, above.length), others.slice(above.length)];
  }

  /** Quotas by their ids, as far as they were opened, with the names of what they limit. */
  async subjectsOf(ids: readonly string[]): Promise<QuotaSubject[]> {
    const rows = await this.repository.byIds(ids);
    const names = await this.namesOf(rows);
    return rows.map(({ subjectId, level, departmentId }) => ({
      level,
      id: subjectId,
      name: names.get(subjectId) ?? '',
      departmentId,
    }));
  }

  private async namesOf(rows: readonly QuotaRow[]): Promise<Map<string, string>> {
    const ids = (level: QuotaLevel) => rows.filter((row) => row.level === level).map((row) => row.subjectId);
    const found = await Promise.all([
      this.departments.departments(ids('DEPARTMENT')),
      this.systems.systems(ids('SYSTEM')),
      this.systems.projects(ids('PROJECT')),
    ]);
    return new Map(found.flat().flatMap((one) => (one ? [[one.id, one.name] as const] : [])));
  }
}

function narrowed(scope: TenantScope, departmentIds: readonly string[]): TenantScope {
  return { kind: 'DEPARTMENTS', departmentIds: departmentIds.filter((id) => covers(scope, id)) };
}

/** Who reaches single systems sees the quotas of these, not of the projects that pay for them. */
function wholeDepartmentsOf(scope: TenantScope): TenantScope {
  return scope.kind === 'PROVINCE' ? scope : { kind: 'DEPARTMENTS', departmentIds: scope.departmentIds };
}

interface Around {
  readonly above: readonly QuotaSubject[];
  readonly treeIds: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

function limitsOf({ meters }: QuotaState): { [meter: string]: number | null } {
  return Object.fromEntries(
    Object.entries(meters).map(([meter, state]) => [meter, state.limit === UNLIMITED ? null : state.limit]),
  );
}

function unknownSubject(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这个定额，或不属于您的单位', 'There is no such quota, or it is not your department’s'),
  };
}

function versionConflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('定额刚被他人更新，请刷新后再操作', 'Somebody has just changed the quota; look again before you act'),
  };
}
