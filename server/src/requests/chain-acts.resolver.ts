import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PersonType } from '../identity/person.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  AddApproverInput,
  ApproveRequestsInput,
  ApproveRequestsPayload,
  type CandidateAction,
  CandidateActionEnum,
  TransferRequestInput,
} from './chain-acts.graphql.js';
import { ChainActs } from './chain-acts.service.js';
import { toWish } from './request-acts.js';
import { RequestActInput, RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';
import { ReviewService } from './review.service.js';

/** Acts on the chain beside a single signature. Whoever may see a request may try; what is theirs is decided with its state. */
@Resolver(() => RequestNode)
export class ChainActsResolver {
  constructor(
    private readonly requests: RequestsService,
    private readonly review: ReviewService,
    private readonly chainActs: ChainActs,
  ) {}

  @Mutation(() => RequestPayload, { description: '转办: another who may decide the current step does so.' })
  async transferRequest(
    @Context() ctx: RequestContext,
    @Args('input') input: TransferRequestInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const wish = { ...toWish(input), personId: uuidOf('User', input.personId) };
    return this.payload(ctx, this.chainActs.transfer(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => RequestPayload, { description: '加签: another is asked too, before the current step or beside it.' })
  async addApprover(@Context() ctx: RequestContext, @Args('input') input: AddApproverInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const wish = { ...toWish(input), personId: uuidOf('User', input.personId), where: input.where };
    return this.payload(ctx, this.chainActs.add(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => RequestPayload, { description: '催办: once a working day for each step.' })
  async remindRequest(@Context() ctx: RequestContext, @Args('input') input: RequestActInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    return this.payload(ctx, this.chainActs.remind(ctx.requireViewer(), scope, toWish(input)));
  }

  @Mutation(() => ApproveRequestsPayload, { description: 'Each stands alone: the answer says which, and why not.' })
  async approveRequests(
    @Context() ctx: RequestContext,
    @Args('input') input: ApproveRequestsInput,
  ): Promise<ApproveRequestsPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const items = input.items.map(({ id, expectedVersion }) => ({ requestId: uuidOf('Request', id), expectedVersion }));
    const wish = { items, opinion: input.opinion ?? null, idempotencyKey: input.idempotencyKey };
    const answers = await this.review.approveMany(ctx.requireViewer(), scope, wish);
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const results = answers.value.map(async (answer, index) => ({
      requestId: input.items[index]?.id ?? '',
      ...(await this.payload(ctx, Promise.resolve(answer))),
      signedAs: (answer.ok && answer.value.signedAs) || null,
    }));
    return { results: await Promise.all(results), errors: [] };
  }

  @Query(() => [PersonType], {
    description:
      'People who could take the current step over, or be added to it; empty where that is not the viewer’s to do.',
  })
  async approverCandidates(
    @Context() ctx: RequestContext,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('choice', { type: () => CandidateActionEnum }) choice: CandidateAction,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ): Promise<PersonType[]> {
    const scope = ctx.require('REQUEST', 'READ');
    const id = uuidOf('Request', requestId);
    const people = id
      ? await this.chainActs.candidates(ctx.requireViewer(), scope, id, choice, searchText(search))
      : [];
    return people.map(
      ({ userId, name, departmentId }) => new PersonType({ id: userId, displayName: name, departmentId }),
    );
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<RequestPayload> {
    const result = await answer;
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.requests.inScope(ctx.require('REQUEST', 'READ'), result.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}
