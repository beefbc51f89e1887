import { Args, ArgsType, Context, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { checkMonths } from '../costs/cost-months.graphql.js';
import { CostNames } from '../costs/cost-names.service.js';
import { type CostAxisKey, CostNarrowArgs } from '../costs/costs.graphql.js';
import { badInput } from '../platform/graphql/errors.js';
import { type Connection, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import {
  ChangeDimensionEnum,
  ChangePartEnum,
  CostChangeGroup,
  CostChangeNode,
  CostChangeSum,
  CostChangeUseConnection,
  CostChangeUseNode,
} from './cost-changes.graphql.js';
import { CostChanges } from './cost-changes.service.js';
import type { ChangeDimension } from './cost-changes.types.js';
import type { ChangePart } from './domain/change.js';

/** By how much it moved, and its id. */
const CURSOR_PARTS = 2;

@ArgsType()
class ChangeArgs extends CostNarrowArgs {
  @Field(() => String, { description: 'YYYY-MM, the earlier month.' })
  from!: string;
  @Field(() => String, { description: 'YYYY-MM, the later month.' })
  to!: string;
}

@ArgsType()
class CostChangeArgs extends ChangeArgs {
  @Field(() => ChangeDimensionEnum, { defaultValue: 'DEPARTMENT' })
  by!: ChangeDimension;
  @Field(() => Int, { nullable: true, description: 'Groups that moved most; 200 at most.' })
  limit?: number | null;
}

@ArgsType()
class CostChangeUsesArgs extends ChangeArgs {
  @Field(() => ChangePartEnum, { nullable: true, description: 'null = whatever moved.' })
  part?: ChangePart | null;
  @Field(() => Int, { defaultValue: 20, description: '1 to 100' })
  first!: number;
  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** 费用变动. Whoever reads budgets of a department reads why its use costs more. */
@Resolver()
export class CostChangesResolver {
  constructor(
    private readonly changes: CostChanges,
    private readonly names: CostNames,
  ) {}

  @Query(() => CostChangeNode, { description: 'Why one month costs other than another, by one side of the pivot.' })
  async costChange(@Context() ctx: RequestContext, @Args() args: CostChangeArgs): Promise<CostChangeNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const { by, from, limit = null, to } = args;
    checkPair(from, to);
    if (limit !== null && limit < 1) throw badInput('limit is at least 1');
    const answer = await this.changes.between(scope, { ...(await this.names.narrowOf(args)), from, to, by, limit });
    const keys = await this.names.all(
      ctx,
      answer.groups.map(({ key }) => key),
      by,
    );
    return Object.assign(new CostChangeNode(answer), {
      groups: answer.groups.map((group, at) => new CostChangeGroup(group, keys[at] as CostAxisKey)),
      beyond: answer.beyond && new CostChangeSum(answer.beyond),
      groupsBeyond: answer.beyond?.groups ?? 0,
      narrowedTo: await this.names.narrowedTo(ctx, scope, args),
      madeAt: answer.madeAt,
    });
  }

  @Query(() => CostChangeUseConnection, { description: 'What moved, use by use, the most first.' })
  async costChangeUses(
    @Context() ctx: RequestContext,
    @Args() args: CostChangeUsesArgs,
  ): Promise<Connection<CostChangeUseNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    const { from, part = null, to } = args;
    checkPair(from, to);
    const question = { ...(await this.names.narrowOf(args)), from, to, part };
    const page = await this.changes.uses(scope, question, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new CostChangeUseNode(row),
      (row) => [row.moved.toString(), row.resourceId],
    );
  }
}

function checkPair(from: string, to: string): void {
  checkMonths(from, to);
  if (from === to) throw badInput('from is before to');
}
