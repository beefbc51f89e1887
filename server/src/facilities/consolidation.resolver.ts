import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type ConsolidationCount, ConsolidationService } from './consolidation.service.js';
import { CLOUD_KINDS, sumCounts } from './domain/consolidation.js';
import {
  CloudCountNode,
  ConsolidationCountNode,
  ConsolidationCountPayload,
  TakeConsolidationCountInput,
} from './facilities.graphql.js';

@Resolver(() => CloudCountNode)
export class ConsolidationResolver {
  constructor(
    private readonly consolidation: ConsolidationService,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => ConsolidationCountNode, { nullable: true, description: 'Null = a year that nobody counted.' })
  async consolidationCount(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
  ): Promise<ConsolidationCountNode | null> {
    ctx.require('CAPACITY', 'READ');
    const count = await this.consolidation.count(year);
    return count && toNode(count);
  }

  @Mutation(() => ConsolidationCountPayload, { description: "Keeps the running year's count for good." })
  async takeConsolidationCount(
    @Context() ctx: RequestContext,
    @Args('input') input: TakeConsolidationCountInput,
  ): Promise<ConsolidationCountPayload> {
    ctx.require('CENTER', 'EDIT');
    const taken = await this.consolidation.take(ctx.requireViewer(), { ...input });
    if (!taken.ok) return { count: null, errors: toUserErrors(taken.error, ctx.locale) };
    const count = await this.consolidation.count(taken.value.year);
    return { count: count && toNode(count), errors: [] };
  }

  @ResolveField(() => DepartmentNode, { nullable: true })
  async owner(@Context() ctx: RequestContext, @Parent() row: CloudCountNode): Promise<DepartmentNode | null> {
    const owner = await ctx.loader(this.departments.departments).load(row.ownerDepartmentId);
    return owner && new DepartmentNode(owner);
  }
}

function toNode({ year, takenAt, takenBy, clouds }: ConsolidationCount): ConsolidationCountNode {
  return {
    year,
    takenAt,
    takenBy,
    clouds: clouds.map(CloudCountNode.of),
    byKind: CLOUD_KINDS.flatMap((kind) => {
      const rows = clouds.filter((row) => row.cloudKind === kind);
      return rows.length > 0 ? { kind, sums: sumCounts(rows) } : [];
    }),
    total: sumCounts(clouds),
  };
}
