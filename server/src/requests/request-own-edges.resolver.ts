import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { ProjectNode, SystemNode } from '../systems/systems.types.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode, RequestStepNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => RequestNode)
export class RequestEdgesResolver {
  constructor(
    private readonly requests: RequestsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
  ) {}

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => ProjectNode)
  async project(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<ProjectNode | null> {
    const project = await ctx.loader(this.systems.projects).load(row.projectId);
    return project && new ProjectNode(project);
  }

  @ResolveField(() => [RequestLineNode])
  async lines(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<RequestLineNode[]> {
    const lines = await ctx.loader(this.requests.linesOf).load(row.id);
    return lines.map((line) => new RequestLineNode(line));
  }

  @ResolveField(() => [RequestStepNode])
  async steps(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<RequestStepNode[]> {
    const steps = await ctx.loader(this.requests.stepsOf).load(row.id);
    return steps.map((step) => new RequestStepNode(step));
  }
}
