import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { QuotaLevel } from '../kernel/refusal.js';
import { badInput, forbidden } from '../platform/graphql/errors.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { QuotaLevelEnum } from '../platform/graphql/user-error.js';
import { type DemandBasis, PlanDemand } from './plan-demand.service.js';
import { PlanDemandBasisEnum, PlanDemandReportNode, PlanUseConnection, PlanUseNode } from './plan-figures.graphql.js';
import { PlanUse, type UseLevel } from './plan-use.service.js';

/** What the plans say in figures: in the year, and against what there is. */
@Resolver(() => PlanUseNode)
export class PlanFiguresResolver {
  constructor(
    private readonly use: PlanUse,
    private readonly demand: PlanDemand,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => PlanUseConnection, { description: 'Of every department or system in sight, planned or not.' })
  async planUse(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('year', { type: () => Int }) year: number,
    @Args('level', { type: () => QuotaLevelEnum, defaultValue: 'DEPARTMENT' }) level: QuotaLevel,
    @Args('departmentId', { type: () => ID, nullable: true }) departmentId?: string | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ): Promise<Connection<PlanUseNode>> {
    const scope = ctx.require('PLAN', 'READ');
    const found = await this.use.page(
      scope,
      {
        year,
        level: useLevel(level),
        departmentId: departmentId ? (uuidOf('Department', departmentId) ?? '-') : null,
        search: searchText(search),
      },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (row) => new PlanUseNode(row),
      ({ key }) => [key],
    );
  }

  @Query(() => [PlanUseNode], {
    description: 'Who uses more than was approved, the farthest beyond first; 50 at most.',
  })
  async plansOver(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
    @Args('level', { type: () => QuotaLevelEnum, defaultValue: 'SYSTEM' }) level: QuotaLevel,
  ): Promise<PlanUseNode[]> {
    const scope = ctx.require('PLAN', 'READ');
    return (await this.use.over(scope, year, useLevel(level))).map((row) => new PlanUseNode(row));
  }

  @Query(() => PlanDemandReportNode, { description: "The province's plans against what its centers have free." })
  async planDemand(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
    @Args('basis', { type: () => PlanDemandBasisEnum, defaultValue: 'DECLARED' }) basis: DemandBasis,
  ): Promise<PlanDemandReportNode> {
    ctx.require('CAPACITY', 'READ');
    // Everyone's plans in one figure: not for whoever sees the place but not the departments' business.
    if (ctx.require('PLAN', 'READ').kind !== 'PROVINCE') throw forbidden(ctx.locale, 'PLAN', 'READ');
    const { centers, rows, plans, systems } = await this.demand.report(year, basis);
    const nodes = new Map(centers.map((center) => [center.id, new CenterNode(center)]));
    return {
      centers: [...nodes.values()],
      departments: plans,
      systems,
      rows: rows.map((row) => ({
        ...row,
        centers: row.centers.flatMap(({ centerId, free, arriving, demanded, short }) => {
          const center = nodes.get(centerId);
          return center ? [{ center, free, arriving, demanded, short }] : [];
        }),
      })),
    };
  }

  @ResolveField(() => DepartmentNode, { description: 'The department that it is or belongs to.' })
  async department(@Context() ctx: RequestContext, @Parent() use: PlanUseNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(use.departmentUuid);
    return department && new DepartmentNode(department);
  }
}

function useLevel(level: QuotaLevel): UseLevel {
  if (level === 'PROJECT') throw badInput('plans are of departments and systems');
  return level;
}
