import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { DraftHead } from './domain/draft-head.js';
import { RepeatRequestInput, RequestHeadInput, UpdateRequestHeadInput } from './draft-heads.graphql.js';
import { DraftHeads } from './draft-heads.service.js';
import { type Answer, toWish } from './request-acts.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

/** What a draft of any number of lines says beside them. */
@Resolver(() => RequestNode)
export class DraftHeadsResolver {
  constructor(
    private readonly heads: DraftHeads,
    private readonly requests: RequestsService,
  ) {}

  @Mutation(() => RequestPayload, { description: 'What it is for; its lines stay as they are.' })
  updateRequestHead(
    @Context() ctx: RequestContext,
    @Args('input') input: UpdateRequestHeadInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    return this.payload(ctx, this.heads.change(ctx.requireViewer(), scope, toHead(input.head), toWish(input)));
  }

  @Mutation(() => RequestPayload, {
    description: '再次申请: a new draft of what an old request asked for, of any number of lines.',
  })
  repeatRequest(@Context() ctx: RequestContext, @Args('input') input: RepeatRequestInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const { idempotencyKey, withoutRefused } = input;
    return this.payload(
      ctx,
      this.heads.repeat(ctx.requireViewer(), scope, {
        ...toHead(input.head),
        likeId: uuidOf('Request', input.likeId),
        withoutRefused,
        idempotencyKey,
      }),
    );
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<RequestPayload> {
    const result = await answer;
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.requests.seenBy(ctx.requireViewer(), result.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}

export function toHead(head: RequestHeadInput): DraftHead {
  return {
    systemId: uuidOf('System', head.systemId),
    projectId: uuidOf('Project', head.projectId),
    purpose: head.purpose,
    temporaryUntil: head.temporaryUntil ?? null,
    localMode: head.localMode ?? null,
    remoteMode: head.remoteMode ?? null,
  };
}
