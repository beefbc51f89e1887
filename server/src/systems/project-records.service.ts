import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { checkKeysOnly, checkProject, fundingOf, type ProjectWish } from './domain/project-record.js';
import type { Project } from './domain/system.js';
import { changedMeanwhile, codeTaken, DEPARTMENT, FILE, PROJECT, unknown } from './domain/system-acts.js';
import { ProjectFunding } from './project-funding.service.js';
import { type ActOn, type Answer, codeWasFree } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsRepository } from './systems.repository.js';

/** A project as a form says it, with files that were uploaded for it. */
export interface ProjectForm {
  readonly content: ProjectWish;
  readonly fileIds: readonly (string | undefined)[];
}

/** Writes the records of projects. */
@Injectable()
export class ProjectRecords {
  constructor(
    private readonly repository: SystemsRepository,
    private readonly writes: SystemWrites,
    private readonly departments: DepartmentsService,
    private readonly files: FilesService,
    private readonly acts: Acts,
    private readonly funding: ProjectFunding,
  ) {}

  async register(
    viewer: Viewer,
    scope: TenantScope,
    departmentId: string | undefined,
    form: ProjectForm,
    idempotencyKey: string,
  ): Answer {
    const department = departmentId === undefined ? null : await this.departments.department(scope, departmentId);
    return this.acts.perform(
      { name: 'project.register', actor: viewer, idempotencyKey, input: { departmentId, ...form } },
      async (tx) => {
        if (!department || !(await this.departments.lockOpen(tx, department.id)))
          return refuse([unknown(['departmentId'], DEPARTMENT)]);
        const funding = fundingOf(form.content.fundingMode, null, keepsBudgets(viewer, department.id));
        if (!funding.ok) return funding;
        const content = { ...form.content, fundingMode: funding.value };
        const checked = checkProject(content, calendarDate(tx.now), department.level);
        if (!checked.ok) return checked;
        const project: Project = {
          ...checked.value,
          id: newId(tx.now.getTime()),
          departmentId: department.id,
          version: 1,
        };
        if (!(await codeWasFree(() => this.writes.insert(tx, { projects: [project] })))) return refuse([codeTaken()]);
        const attached = await this.attach(tx, viewer, project.id, form);
        if (!attached.ok) return attached;
        return ok({
          value: { id: project.id },
          audit: {
            objectType: 'Project',
            objectId: project.id,
            departmentId: project.departmentId,
            summary: say(`登记项目 ${project.name}`, `Register project ${project.name}`),
            after: project,
          },
        });
      },
    );
  }

  /** The department writes everything; the finance office, which may read but not register, corrects the keys of the money. */
  async edit(viewer: Viewer, scope: TenantScope, wish: ActOn, form: ProjectForm): Answer {
    // Of which department it is never changes.
    const [there] = wish.id === undefined ? [] : await this.repository.projectsByIds(scope, [wish.id]);
    const department = there && (await this.departments.department(WHOLE_PROVINCE, there.departmentId));
    return this.acts.perform(
      { name: 'project.edit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { ...wish, ...form } },
      async (tx) => {
        const project = wish.id === undefined ? null : await this.writes.lockedProject(tx, scope, wish.id);
        if (!project || !department) return refuse([unknown(['id'], PROJECT)]);
        if (project.version !== wish.expectedVersion)
          return refuse([changedMeanwhile(wish.expectedVersion, project.version)]);
        const { fundingMode } = form.content;
        const funding = fundingOf(fundingMode, project.fundingMode, keepsBudgets(viewer, project.departmentId));
        if (!funding.ok) return funding;
        const content = { ...form.content, fundingMode: funding.value };
        const checked = checkProject(content, calendarDate(tx.now), department.level);
        if (!checked.ok) return checked;
        if (!covers(scopeFor(viewer, 'PROJECT', 'CREATE'), project.departmentId)) {
          const beyond = checkKeysOnly(project, checked.value);
          if (beyond.length > 0) return refuse(beyond);
        }
        const after = { ...checked.value, version: project.version + 1 };
        if (!(await codeWasFree(() => this.writes.updateProject(tx, project.id, after)))) return refuse([codeTaken()]);
        if (after.fundingMode !== project.fundingMode)
          await this.funding.changed(tx, project, after.fundingMode, viewer.name);
        const attached = await this.attach(tx, viewer, project.id, form);
        if (!attached.ok) return attached;
        return ok({
          value: { id: project.id },
          audit: {
            objectType: 'Project',
            objectId: project.id,
            departmentId: project.departmentId,
            summary: say(`修改项目 ${after.name}`, `Edit project ${after.name}`),
            before: project,
            after,
          },
        });
      },
    );
  }

  private async attach(
    tx: Tx,
    viewer: Viewer,
    projectId: string,
    { fileIds }: ProjectForm,
  ): Promise<Result<void, readonly Refusal[]>> {
    const known = fileIds.filter((id) => id !== undefined);
    const all = known.length === fileIds.length;
    if (all && (await this.files.attach(tx, known, 'Project', projectId, viewer.userId))) return ok(undefined);
    return refuse([unknown(['fileIds'], FILE)]);
  }
}

/** Those who adjust the budgets of the department say who pays. */
function keepsBudgets(viewer: Viewer, departmentId: string): boolean {
  return covers(scopeFor(viewer, 'BUDGET', 'EDIT'), departmentId);
}
