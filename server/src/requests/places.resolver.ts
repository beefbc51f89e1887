import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PlacementCandidateNode, PlacementShareNode, ShareNameEnum } from '../allocation/allocation.types.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import { uuidOf } from '../kernel/node-id.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ChoosePlacesInput, PlacementChoiceNode } from './places.graphql.js';
import { PlacesService } from './places.service.js';
import { toWish } from './request-acts.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => PlacementChoiceNode)
export class PlacesResolver {
  constructor(
    private readonly requests: RequestsService,
    private readonly places: PlacesService,
  ) {}

  @Query(() => [PlacementChoiceNode], {
    description: 'Where the machines that a request holds could be. For whoever watches capacity.',
  })
  async placementChoices(
    @Context() ctx: RequestContext,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('lineId', { type: () => ID, nullable: true, description: 'Only of this line.' }) lineId: string | null,
    @Args('share', { type: () => ShareNameEnum, nullable: true, description: 'Only this share.' })
    share: ShareName | null,
  ): Promise<PlacementChoiceNode[]> {
    ctx.require('CAPACITY', 'READ');
    const scope = ctx.require('REQUEST', 'READ');
    const id = uuidOf('Request', requestId);
    // Left out it is undefined, said to be null it is null.
    const only = lineId ? { lineId: uuidOf('RequestLine', lineId), share: share ?? null } : undefined;
    const found = id === undefined ? [] : await this.places.choices(scope, id, only);
    return found.map(({ line, share, places, candidates }) => ({
      line: new RequestLineNode(line),
      share,
      count: places.reduce((sum, { count }) => sum + count, 0),
      places: places.map((place) => Object.assign(new PlacementShareNode(), place)),
      weigh: async () => {
        if (!only?.share) throw badInput('candidates are weighed of one share: give lineId and share');
        return (await candidates()).map((candidate) => PlacementCandidateNode.of(candidate));
      },
    }));
  }

  @ResolveField(() => [PlacementCandidateNode], {
    description: 'The best first; those that a criterion leaves out come last. Ask for it of one share.',
  })
  candidates(@Parent() choice: PlacementChoiceNode): Promise<PlacementCandidateNode[]> {
    return choice.weigh();
  }

  @Mutation(() => RequestPayload, {
    description: '容量分配: whoever decides the step of allocation puts what is held elsewhere, with a reason.',
  })
  async choosePlaces(@Context() ctx: RequestContext, @Args('input') input: ChoosePlacesInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const answer = await this.places.choose(ctx.requireViewer(), scope, {
      ...toWish({ ...input, opinion: input.reason }),
      lineId: uuidOf('RequestLine', input.lineId),
      share: input.share,
      places: input.places.map(({ poolId, count }) => ({ poolId: uuidOf('Pool', poolId), count })),
    });
    if (!answer.ok) return { request: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.requests.inScope(scope, answer.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}
