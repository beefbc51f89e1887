import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ViewerNode } from '../identity/identity.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CapacityFigures } from './capacity-figures.service.js';
import { DepartmentsService } from './departments.service.js';
import { DepartmentNode } from './departments.types.js';

/** One's own department is no secret to oneself, whatever else one may read. */
@Resolver(() => ViewerNode)
export class ViewerDepartmentResolver {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly figures: CapacityFigures,
  ) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() viewer: ViewerNode): Promise<DepartmentNode | null> {
    if (viewer.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(viewer.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => Boolean, {
    description: "Whether figures of the province's capacity are shown; a city is told whether, not how much.",
  })
  seesCapacityFigures(@Context() ctx: RequestContext, @Parent() viewer: ViewerNode): Promise<boolean> {
    return this.figures.shownIn(ctx, viewer.departmentId);
  }
}
