import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { FORM_LINES_MAX, LINES_MAX } from './domain/content.js';
import type { RequestAction } from './domain/request-state.js';
import type { RepeatedContentInput } from './draft-heads.graphql.js';
import { toHead } from './draft-heads.resolver.js';
import { DraftHeads } from './draft-heads.service.js';
import { toWish } from './request-acts.js';
import { toContent } from './request-inputs.js';
import { NO_PREVIEW, toPreview } from './request-preview.js';
import {
  CreateRequestDraftInput,
  PreviewRequestInput,
  RequestActInput,
  RequestChange,
  RequestConnection,
  RequestFilterInput,
  RequestNode,
  RequestOrderEnum,
  RequestPayload,
  RequestPreviewNode,
  UpdateRequestDraftInput,
} from './requests.graphql.js';
import { sortTime } from './requests.repository.js';
import { RequestsService } from './requests.service.js';
import type { RequestOrder } from './requests.types.js';
import { ReviewService } from './review.service.js';
import { type Preview, SubmissionService } from './submission.service.js';
import { UnfinishedForms } from './unfinished-forms.service.js';

/** Parts of the sort key in a cursor: the time and the id. */
const CURSOR_PARTS = 2;

@Resolver(() => RequestNode)
export class RequestsResolver implements OnModuleInit {
  constructor(
    private readonly requests: RequestsService,
    private readonly submission: SubmissionService,
    private readonly review: ReviewService,
    private readonly forms: UnfinishedForms,
    private readonly heads: DraftHeads,
    private readonly figures: CapacityFigures,
    private readonly nodes: NodeRegistry,
    private readonly feed: ChangeFeed,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Request', async (ctx, id) => {
      const row = await this.requests.seenBy(ctx.requireViewer(), id);
      return row ? new RequestNode(row) : null;
    });
  }

  @Query(() => RequestConnection, { name: 'requests' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => RequestFilterInput, nullable: true }) filter: RequestFilterInput | null,
    @Args('orderBy', { type: () => RequestOrderEnum, defaultValue: 'NEWEST' }) orderBy: RequestOrder,
  ) {
    const scope = ctx.require('REQUEST', 'READ');
    const page = await this.requests.page(
      ctx.requireViewer(),
      scope,
      {
        states: filter?.states ?? null,
        natures: filter?.natures ?? null,
        search: searchText(filter?.search),
        departmentId: filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null,
        systemId: filter?.systemId ? (uuidOf('System', filter.systemId) ?? '-') : null,
        applicantId: filter?.mine ? ctx.requireViewer().userId : null,
        awaitingMe: filter?.awaitingMe ?? false,
        overdue: filter?.overdue ?? false,
        escalatedToMe: filter?.escalatedToMe ?? false,
      },
      orderBy,
      pageRequest(args, CURSOR_PARTS),
    );
    return toConnection(
      page,
      (row) => new RequestNode(row),
      (row) => [sortTime(orderBy, row).toISOString(), row.id],
    );
  }

  @Query(() => RequestNode)
  async request(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<RequestNode> {
    return this.find(ctx, id);
  }

  @Query(() => RequestPreviewNode)
  async previewRequest(
    @Context() ctx: RequestContext,
    @Args('input') input: PreviewRequestInput,
  ): Promise<RequestPreviewNode> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const requestId = input.requestId ? (uuidOf('Request', input.requestId) ?? null) : null;
    const content = input.content ? toContent(input.content) : null;
    const preview = input.like
      ? await this.previewAgain(ctx, scope, input.like)
      : await this.submission.preview(scope, content, requestId);
    if (!preview.ok) return { ...NO_PREVIEW, errors: toUserErrors(preview.error, ctx.locale) };
    return toPreview(ctx, scope, preview.value, await this.figures.shownTo(ctx));
  }

  @Mutation(() => RequestPayload)
  async createRequestDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateRequestDraftInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const viewer = ctx.requireViewer();
    const formId = input.formId ? uuidOf('UnfinishedForm', input.formId) : undefined;
    const within = async (tx: Tx) => {
      if (formId) await this.forms.becomeDraft(tx, viewer, formId);
      return ok(undefined);
    };
    return this.payload(
      ctx,
      this.requests.createDraft(viewer, scope, toContent(input.content), input.idempotencyKey, FORM_LINES_MAX, {
        within,
      }),
    );
  }

  @Mutation(() => RequestPayload)
  async updateRequestDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: UpdateRequestDraftInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    return this.payload(
      ctx,
      this.requests.updateDraft(ctx.requireViewer(), scope, toContent(input.content), toWish(input), FORM_LINES_MAX),
    );
  }

  @Mutation(() => RequestPayload, { description: "The applicant sends it to the department's head." })
  async sendRequestForSignOff(
    @Context() ctx: RequestContext,
    @Args('input') input: RequestActInput,
  ): Promise<RequestPayload> {
    return this.move(ctx, 'SEND_FOR_SIGN_OFF', input);
  }

  @Mutation(() => RequestPayload, { description: 'The head signs off; capacity is held for all lines or none.' })
  async submitRequest(@Context() ctx: RequestContext, @Args('input') input: RequestActInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    return this.payload(ctx, this.submission.submit(ctx.requireViewer(), scope, toWish(input)));
  }

  @Mutation(() => RequestPayload)
  async approveRequest(@Context() ctx: RequestContext, @Args('input') input: RequestActInput): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    return this.payload(ctx, this.review.approve(ctx.requireViewer(), scope, toWish(input)));
  }

  @Mutation(() => RequestPayload)
  async returnRequest(@Context() ctx: RequestContext, @Args('input') input: RequestActInput): Promise<RequestPayload> {
    return this.move(ctx, 'RETURN', input);
  }

  @Mutation(() => RequestPayload)
  async rejectRequest(@Context() ctx: RequestContext, @Args('input') input: RequestActInput): Promise<RequestPayload> {
    return this.move(ctx, 'REJECT', input);
  }

  @Mutation(() => RequestPayload)
  async withdrawRequest(
    @Context() ctx: RequestContext,
    @Args('input') input: RequestActInput,
  ): Promise<RequestPayload> {
    return this.move(ctx, 'WITHDRAW', input);
  }

  @Subscription(() => RequestChange, {
    description: "The request's node, at once and again after each change of it or of one of its resources.",
    resolve(this: RequestsResolver, hint: { subjectId: string }, _args: unknown, ctx: RequestContext) {
      return this.find(ctx, toNodeId('Request', hint.subjectId)).then((request) => ({ request }));
    },
  })
  async requestChanged(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const { row } = await this.find(ctx, id);
    return changesOf(this.feed, 'request', row.id);
  }

  /** Whoever may see a request may try an act on it; what is theirs to do is decided with its state (domain/decide.ts). */
  private async move(
    ctx: RequestContext,
    action: Extract<RequestAction, 'SEND_FOR_SIGN_OFF' | 'RETURN' | 'REJECT' | 'WITHDRAW'>,
    input: RequestActInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    return this.payload(ctx, this.review.move(ctx.requireViewer(), scope, action, toWish(input)));
  }

  private async previewAgain(
    ctx: RequestContext,
    scope: TenantScope,
    like: RepeatedContentInput,
  ): Promise<Result<Preview, readonly Refusal[]>> {
    const likeId = uuidOf('Request', like.likeId);
    const again = await this.heads.again(ctx.requireViewer(), { ...toHead(like.head), likeId });
    return again.ok ? this.submission.preview(scope, again.value, null, LINES_MAX) : again;
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<RequestPayload> {
    const result = await answer;
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    return { request: await this.find(ctx, toNodeId('Request', result.value.id)), errors: [] };
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<RequestNode> {
    ctx.require('REQUEST', 'READ');
    const id = uuidOf('Request', nodeId);
    const row = id === undefined ? null : await this.requests.seenBy(ctx.requireViewer(), id);
    if (!row) throw notFound(ctx.locale);
    return new RequestNode(row);
  }
}
