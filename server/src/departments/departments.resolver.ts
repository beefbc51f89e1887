import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { DepartmentsService } from './departments.service.js';
import { DepartmentConnection, DepartmentNode } from './departments.types.js';

@Resolver(() => DepartmentNode)
export class DepartmentsResolver implements OnModuleInit {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Department', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DEPARTMENT', 'READ');
      const department = scope ? await this.departments.department(scope, id) : null;
      return department && new DepartmentNode(department);
    });
  }

  @Query(() => DepartmentConnection, { name: 'departments' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
  ): Promise<Connection<DepartmentNode>> {
    const scope = ctx.require('DEPARTMENT', 'READ');
    const found = await this.departments.list(scope, searchText(search), pageRequest(page, 1));
    return toConnection(
      found,
      (department) => new DepartmentNode(department),
      (department) => [department.path],
    );
  }

  @ResolveField(() => DepartmentNode, { nullable: true })
  async parent(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): Promise<DepartmentNode | null> {
    if (department.parentId === null) return null;
    const parent = await ctx.loader(this.departments.departments).load(department.parentId);
    return parent && new DepartmentNode(parent);
  }
}
