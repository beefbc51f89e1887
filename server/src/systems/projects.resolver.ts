import type { OnModuleInit } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from './systems.service.js';
import { ProjectNode } from './systems.types.js';

@Resolver(() => ProjectNode)
export class ProjectsResolver implements OnModuleInit {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Project', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'PROJECT', 'READ');
      const project = scope ? await this.systems.project(scope, id) : null;
      return project && new ProjectNode(project);
    });
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() project: ProjectNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(project.departmentId);
    return department && new DepartmentNode(department);
  }
}
