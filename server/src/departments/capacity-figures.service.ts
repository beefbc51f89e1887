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

  async shownTo(ctx: RequestContext): Promise<boolean> {
    const { departmentId } = ctx.requireViewer();
    if (departmentId === null) return true;
    const department = await ctx.loader(this.departments.departments).load(departmentId);
    return showsFigures(department?.level ?? null);
  }
}
