import { Injectable } from '@nestjs/common';
import { RequestContext } from '../platform/graphql/request-context.js';
import { DepartmentsService } from './departments.service.js';
import { showsFigures } from './domain/capacity-figures.js';

/**
 * Whose eyes the province's capacity is for: asked wherever a figure of a pool or a cabinet would leave, so that no second place
 * decides it. A city is a delegated tenant and sees "can be met" or "cannot".
 */
@Injectable()
export class CapacityFigures {
  constructor(private readonly departments: DepartmentsService) {}

  shownTo(ctx: RequestContext): Promise<boolean> {
    return this.shownIn(ctx, ctx.requireViewer().departmentId);
  }

  /** The same of somebody of that department, also before the first password was changed; null = of the province. */
  async shownIn(ctx: RequestContext, departmentId: string | null): Promise<boolean> {
    if (departmentId === null) return true;
    const department = await ctx.loader(this.departments.departments).load(departmentId);
    return showsFigures(department?.level ?? null);
  }
}
