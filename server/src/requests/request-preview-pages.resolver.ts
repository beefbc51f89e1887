import { Args, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toCursor } from '../kernel/page.js';
import { badInput } from '../platform/graphql/errors.js';
import { PageArgs, PageInfo, pageRequest } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { LinePreviewNode } from './request-lines.graphql.js';
import { RequestPreviewNode } from './requests.graphql.js';

@ObjectType('RefusalPage')
export class RefusalPage {
  @Field(() => [UserError])
  nodes!: UserError[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

@ObjectType('LinePreviewPage')
export class LinePreviewPage {
  @Field(() => [LinePreviewNode])
  nodes!: LinePreviewNode[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

/** Of a thousand lines nobody reads what is right with each: what stands in the way comes page by page. */
@Resolver(() => RequestPreviewNode)
export class RequestPreviewPagesResolver {
  @ResolveField(() => RefusalPage, { description: 'Its errors, page by page.' })
  refusals(@Parent() { errors }: RequestPreviewNode, @Args() args: PageArgs): RefusalPage {
    return pageOf(errors, args);
  }

  @ResolveField(() => LinePreviewPage, {
    description: 'Its lines that find no place, with the criteria that refuse them.',
  })
  refusedLines(@Parent() { lines }: RequestPreviewNode, @Args() args: PageArgs): LinePreviewPage {
    return pageOf(
      lines.filter(({ feasible }) => !feasible),
      args,
    );
  }
}

/** A preview is reckoned anew at each look: the place in it is all that tells one from another. */
function pageOf<T>(all: readonly T[], args: PageArgs) {
  const { first, after } = pageRequest(args, 1);
  const from = after ? Number(after[0]) + 1 : 0;
  if (!Number.isSafeInteger(from) || from < 0) throw badInput('after is not a cursor of this list');
  const nodes = all.slice(from, from + first);
  const hasNextPage = from + first < all.length;
  const endCursor = nodes.length > 0 ? toCursor([String(from + nodes.length - 1)]) : null;
  return { nodes, totalCount: all.length, pageInfo: { hasNextPage, endCursor } };
}
