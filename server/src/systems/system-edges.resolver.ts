import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { FilesService } from '../files/files.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { type DeclarationState, declarationStateOn } from './domain/declaration.js';
import { isBoundOn } from './domain/vendor-binding.js';
import { SystemsService } from './systems.service.js';
import {
  DeclarationStateEnum,
  PersonName,
  ProjectEditingEnum,
  ProjectNode,
  ProjectPeriod,
  SystemNode,
  VendorStaffNode,
} from './systems.types.js';

/** What a system is tied to. Every edge is one batch, however many systems are listed. */
@Resolver(() => SystemNode)
export class SystemEdgesResolver {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly users: UserNames,
    private readonly files: FilesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly filesOfSystems = (ids: readonly string[]) => this.files.filesOf('System', ids);

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(system.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => [ProjectNode], { description: 'Projects that pay for the system today.' })
  async projects(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<ProjectNode[]> {
    const projects = await ctx.loader(this.systems.payingProjectsToday).load(system.uuid);
    return projects.map((project) => new ProjectNode(project));
  }

  @ResolveField(() => [ProjectPeriod], {
    description: 'Every period that a project paid, pays or will pay, the newest first.',
  })
  async periods(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<ProjectPeriod[]> {
    const links = await ctx.loader(this.systems.periodsOfSystems).load(system.uuid);
    return links.map((link) => new ProjectPeriod(link));
  }

  @ResolveField(() => PersonName, { nullable: true, description: '系统负责人; null = nobody answers for it.' })
  async owner(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<PersonName | null> {
    return system.ownerUserId === null ? null : ctx.loader(this.users.named).load(system.ownerUserId);
  }

  @ResolveField(() => [VendorStaffNode])
  async vendorStaff(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<VendorStaffNode[]> {
    const bindings = await ctx.loader(this.systems.bindingsOf).load(system.uuid);
    const today = calendarDate(this.clock.now());
    return bindings.map((binding) => new VendorStaffNode(binding, !isBoundOn(binding, today)));
  }

  @ResolveField(() => DeclarationStateEnum)
  declarationState(@Parent() system: SystemNode): DeclarationState {
    return declarationStateOn(system.declarationValidUntil, calendarDate(this.clock.now()));
  }

  @ResolveField(() => StoredFileNode, { nullable: true, description: 'The signed declaration.' })
  declarationFile(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<StoredFileNode | null> {
    return this.file(ctx, system, system.declarationFileId);
  }

  @ResolveField(() => DeclarationStateEnum, { description: '安全可靠情况说明 today.' })
  reliabilityState(@Parent() system: SystemNode): DeclarationState {
    return declarationStateOn(system.reliabilityValidUntil, calendarDate(this.clock.now()));
  }

  @ResolveField(() => StoredFileNode, { nullable: true, description: 'The signed 安全可靠情况说明.' })
  reliabilityFile(@Context() ctx: RequestContext, @Parent() system: SystemNode): Promise<StoredFileNode | null> {
    return this.file(ctx, system, system.reliabilityFileId);
  }

  private async file(ctx: RequestContext, system: SystemNode, fileId: string | null): Promise<StoredFileNode | null> {
    if (fileId === null) return null;
    const files = await ctx.loader(this.filesOfSystems).load(system.uuid);
    const file = files.find(({ id }) => id === fileId);
    return file ? new StoredFileNode(file) : null;
  }

  @ResolveField(() => Boolean, { description: 'The viewer may write its record.' })
  editable(@Context() ctx: RequestContext, @Parent() system: SystemNode): boolean {
    return covers(scopeFor(ctx.requireViewer(), 'SYSTEM', 'EDIT'), system.departmentId);
  }
}

@Resolver(() => ProjectNode)
export class ProjectEdgesResolver {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly files: FilesService,
  ) {}

  private readonly filesOfProjects = (ids: readonly string[]) => this.files.filesOf('Project', ids);

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() project: ProjectNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(project.departmentId);
    return department && new DepartmentNode(department);
  }

  /** Whoever keeps machines running comes to a project by its machine, and sees whose it is, not its money. */
  @ResolveField(() => FenScalar, { nullable: true })
  totalBudget(@Context() ctx: RequestContext, @Parent() project: ProjectNode): bigint | null {
    return scopeFor(ctx.requireViewer(), 'PROJECT', 'READ') === undefined ? null : project.totalBudget;
  }

  @ResolveField(() => [ProjectPeriod], { description: 'Every period of a system that it pays for, the newest first.' })
  async periods(@Context() ctx: RequestContext, @Parent() project: ProjectNode): Promise<ProjectPeriod[]> {
    // A vendor's staff sees of a project what is theirs to bill, not which other systems it pays for.
    const scope = scopeFor(ctx.requireViewer(), 'SYSTEM', 'READ');
    const bound = scope?.kind === 'DEPARTMENTS' && !covers(scope, project.departmentId) ? scope.systemIds : undefined;
    const links = await ctx.loader(this.systems.periodsOfProjects).load(project.uuid);
    return links.filter((link) => bound?.includes(link.systemId) ?? true).map((link) => new ProjectPeriod(link));
  }

  @ResolveField(() => [StoredFileNode])
  async attachments(@Context() ctx: RequestContext, @Parent() project: ProjectNode): Promise<StoredFileNode[]> {
    const files = await ctx.loader(this.filesOfProjects).load(project.uuid);
    return files.map((file) => new StoredFileNode(file));
  }

  @ResolveField(() => ProjectEditingEnum)
  editing(@Context() ctx: RequestContext, @Parent() project: ProjectNode): 'NONE' | 'BUDGET_KEYS' | 'ALL' {
    const may = (action: 'CREATE' | 'EDIT') =>
      covers(scopeFor(ctx.requireViewer(), 'PROJECT', action), project.departmentId);
    if (!may('EDIT')) return 'NONE';
    return may('CREATE') ? 'ALL' : 'BUDGET_KEYS';
  }
}

/** Reached from a system or a project that the viewer may see. */
@Resolver(() => ProjectPeriod)
export class ProjectPeriodResolver {
  constructor(private readonly systems: SystemsService) {}

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() period: ProjectPeriod): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(period.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => ProjectNode)
  async project(@Context() ctx: RequestContext, @Parent() period: ProjectPeriod): Promise<ProjectNode | null> {
    const project = await ctx.loader(this.systems.projects).load(period.projectId);
    return project && new ProjectNode(project);
  }
}
