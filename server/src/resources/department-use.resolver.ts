import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import type { UseOrder } from './domain/department-use.js';
import { DepartmentUseConnection, DepartmentUseNode, UseOrderEnum, UseSumNode } from './resource-use.graphql.js';
import { UseWindows } from './use-windows.service.js';

/** A page begins after a department: its figures may move meanwhile, its id does not. */
const CURSOR_PARTS = 1;
const DEPARTMENT = { type: () => ID, nullable: true, description: 'With all departments below it.' } as const;

/** What departments use of what they have. */
@Resolver(() => DepartmentUseNode)
export class DepartmentUseResolver {
  constructor(
    private readonly windows: UseWindows,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => DepartmentUseConnection, { description: 'Of every department that has machines in use.' })
  async departmentUses(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('orderBy', { type: () => UseOrderEnum, defaultValue: 'SAVING' }) orderBy: UseOrder,
    @Args('departmentId', DEPARTMENT) departmentId: string | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const wanted = { among: await this.among(departmentId), order: orderBy };
    const page = await this.windows.departments(scope, wanted, pageRequest(args, CURSOR_PARTS));
    const days = await this.windows.days();
    const priced = readsPrices(ctx);
    return toConnection(
      page,
      (row) => new DepartmentUseNode(row, priced, days),
      (row) => [row.departmentId],
    );
  }

  @Query(() => UseSumNode, { description: 'Of all departments that the viewer sees the machines of.' })
  async useTotal(
    @Context() ctx: RequestContext,
    @Args('departmentId', DEPARTMENT) departmentId: string | null,
  ): Promise<UseSumNode> {
    const scope = ctx.require('RESOURCE', 'READ');
    const sum = await this.windows.total(scope, await this.among(departmentId));
    return new UseSumNode(sum, readsPrices(ctx), await this.windows.days());
  }

  @ResolveField(() => DepartmentNode)
  async department(
    @Context() ctx: RequestContext,
    @Parent() { row }: DepartmentUseNode,
  ): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  private async among(departmentId: string | null): Promise<string[] | null> {
    // An id that is none finds nothing.
    return departmentId ? this.departments.wholeTreeIds(uuidOf('Department', departmentId) ?? '-') : null;
  }
}

function readsPrices(ctx: RequestContext): boolean {
  return scopeFor(ctx.requireViewer(), 'PRICE', 'READ') !== undefined;
}
