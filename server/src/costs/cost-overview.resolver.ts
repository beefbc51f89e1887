import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { type CostMoversNode, CostOverviewNode } from './cost-overview.graphql.js';
import { CostOverviews, type Movers } from './cost-overviews.service.js';
import { monthsBack } from './domain/overview.js';

/** Finds nothing. */
const NOBODY = '-';

/** 费用概览. Whoever reads budgets of a department reads what its use costs. */
@Resolver()
export class CostOverviewResolver {
  constructor(
    private readonly overviews: CostOverviews,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => CostOverviewNode)
  async costOverview(
    @Context() ctx: RequestContext,
    @Args('departmentId', {
      type: () => ID,
      nullable: true,
      description: 'With all below it; null = all that the viewer sees, of the province its own side.',
    })
    departmentId: string | null,
  ): Promise<CostOverviewNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const id = departmentId ? (uuidOf('Department', departmentId) ?? NOBODY) : null;
    const [found, department] = await Promise.all([
      this.overviews.of(scope, id === null ? null : await this.departments.wholeTreeIds(id)),
      id === null ? null : this.departments.department(scope, id),
    ]);
    const { departments, figures, months, systems, ...rest } = found;
    const { beforeMonth, lastMonth, ...sums } = figures;
    return {
      ...{ ...rest, ...sums, lastMonthAmount: lastMonth, beforeMonthAmount: beforeMonth, months: [...months] },
      ...{ lastMonth: monthsBack(rest.month, 1), beforeMonth: monthsBack(rest.month, 2) },
      departmentName: department?.name ?? null,
      departments: await named(departments, 'Department', (key) => ctx.loader(this.departments.departments).load(key)),
      systems: await named(systems, 'System', (key) => ctx.loader(this.systems.systems).load(key)),
    };
  }
}

async function named(
  { change, movers, rest }: Movers,
  type: string,
  find: (key: string) => Promise<{ readonly name: string } | null>,
): Promise<CostMoversNode> {
  return {
    change,
    movers: await Promise.all(
      movers.map(async ({ key, ...mover }) => ({
        ...mover,
        key: key === null ? null : toNodeId(type, key),
        label: key === null ? null : ((await find(key))?.name ?? null),
      })),
    ),
    restCount: rest?.count ?? 0,
    restChange: rest?.change ?? 0n,
  };
}
