import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { SystemsService } from './systems.service.js';
import { ProjectNode, SystemConnection, SystemFilterInput, SystemNode } from './systems.types.js';

@Resolver(() => SystemNode)
export class SystemsResolver implements OnModuleInit {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('System', async (ctx, id) => {
      const viewer = ctx.requireViewer();
      const scope = scopeFor(viewer, 'SYSTEM', 'READ');
      const system = scope ? await this.systems.systemFor(viewer, scope, id) : null;
      return system && new SystemNode(system);
    });
  }

  @Query(() => SystemConnection, { name: 'systems' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
    @Args('filter', { type: () => SystemFilterInput, nullable: true }) filter?: SystemFilterInput | null,
  ): Promise<Connection<SystemNode>> {
    const scope = ctx.require('SYSTEM', 'READ');
    const found = await this.systems.list(
      ctx.requireViewer(),
      scope,
      {
        search: searchText(search),
        departmentId: filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null,
        protectionLevel: filter?.protectionLevel ?? null,
        filed: filter?.filed ?? null,
        declaration: filter?.declaration ?? null,
        localMode: filter?.localMode ?? null,
        remoteMode: filter?.remoteMode ?? null,
        withoutOwner: filter?.withoutOwner ?? false,
      },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (system) => new SystemNode(system),
      (system) => [system.code],
    );
  }

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
}
