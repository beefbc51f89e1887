import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { ExecutionKind } from './domain/execution-words.js';
import { ExecutionActs } from './execution-acts.service.js';
import { ExecutionApprovals } from './execution-approvals.service.js';
import { ExecutionRequests } from './execution-requests.service.js';
import { ExecutionSteering } from './execution-steering.service.js';
import { ExecutionViews } from './execution-views.service.js';
import {
  ActOnDrStepInput,
  ApproveDrExecutionInput,
  ExecutionChange,
  ExecutionConnection,
  ExecutionFilterInput,
  ExecutionNode,
  ExecutionPayload,
  ExecutionPreviewNode,
  RequestDrExecutionInput,
  ShownLossNode,
  SteerDrExecutionInput,
  type StepAct,
} from './executions.graphql.js';
import { ExecutionKindEnum } from './runbooks.graphql.js';

type Answer = Result<{ executionId: string }, readonly Refusal[]>;
/** What only those may do who carry executions out; the rest is also a department's, of its own systems. */
const OPERATORS_ACTS: readonly StepAct[] = ['ACCEPT', 'COMMIT', 'ROLL_BACK', 'RETRY'];

@Resolver(() => ExecutionNode)
export class ExecutionsResolver implements OnModuleInit {
  constructor(
    private readonly views: ExecutionViews,
    private readonly requests: ExecutionRequests,
    private readonly approvals: ExecutionApprovals,
    private readonly acts: ExecutionActs,
    private readonly steering: ExecutionSteering,
    private readonly feed: ChangeFeed,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrExecution', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
      const row = scope && (await this.views.inScope(scope, id));
      return row ? new ExecutionNode(row) : null;
    });
  }

  @Query(() => ExecutionConnection, { description: '容灾切换, the newest first.' })
  async drExecutions(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ExecutionFilterInput, nullable: true }) filter: ExecutionFilterInput | null,
  ) {
    const wanted = {
      ...{ kinds: filter?.kinds ?? [], states: filter?.states ?? [], openOnly: filter?.openOnly ?? false },
      groupId: filter?.groupId ? (uuidOf('DrGroup', filter.groupId) ?? '-') : null,
      search: searchText(filter?.search),
    };
    const scope = ctx.require('DR_GROUP', 'READ');
    const page = await this.views.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new ExecutionNode(row),
      ({ createdAt }) => createdAt,
    );
  }

  @Query(() => ExecutionNode, { nullable: true })
  drExecution(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    return this.find(ctx, uuidOf('DrExecution', id));
  }

  @Query(() => ExecutionPreviewNode, { description: 'What would be lost, measured now, and from where it would go.' })
  async drExecutionPreview(
    @Context() ctx: RequestContext,
    @Args('groupId', { type: () => ID }) groupId: string,
    @Args('kind', { type: () => ExecutionKindEnum }) kind: ExecutionKind,
    @Args('toCenterId', { type: () => ID }) toCenterId: string,
  ): Promise<ExecutionPreviewNode> {
    const wish = { groupId: uuidOf('DrGroup', groupId), kind, toCenterId: uuidOf('Center', toCenterId) };
    const seen = await this.requests.preview(ctx.require('DR_GROUP', 'READ'), wish);
    if ('refusal' in seen) return { loss: null, fromCenterId: null, errors: toUserErrors([seen.refusal], ctx.locale) };
    const fromCenterId = toNodeId('Center', seen.sides.fromCenterId);
    return { loss: new ShownLossNode(seen.loss), fromCenterId, errors: [] };
  }

  @Subscription(() => ExecutionChange, {
    description: 'The execution, at once and again after each change of it or of its steps.',
    resolve(this: ExecutionsResolver, hint: { subjectId: string }, _args: unknown, ctx: RequestContext) {
      return this.found(ctx, hint.subjectId).then((execution) => ({ execution }));
    },
  })
  async drExecutionChanged(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const { row } = await this.found(ctx, uuidOf('DrExecution', id));
    return changesOf(this.feed, 'drExecution', row.id);
  }

  @Mutation(() => ExecutionPayload)
  async requestDrExecution(@Context() ctx: RequestContext, @Args('input') input: RequestDrExecutionInput) {
    const scope = ctx.require('DR_GROUP', 'OPERATE');
    const { acceptUnverified, groupId, idempotencyKey, kind, reason } = input;
    const wish = {
      ...{ idempotencyKey, kind, reason, groupId: uuidOf('DrGroup', groupId) },
      ...{ acceptUnverified: acceptUnverified ?? false, runbookId: uuidOf('DrRunbook', input.runbookId) ?? '-' },
      ...{ toCenterId: uuidOf('Center', input.toCenterId), plannedAt: input.plannedAt ?? null },
      // An order of another kind of id covers nothing; left out is no order.
      standingOrderId: input.standingOrderId ? (uuidOf('DrStandingOrder', input.standingOrderId) ?? '-') : undefined,
    };
    return this.answer(ctx, await this.requests.request(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ExecutionPayload, { description: 'By two of different departments, neither of whom asked.' })
  async approveDrExecution(@Context() ctx: RequestContext, @Args('input') input: ApproveDrExecutionInput) {
    const scope = ctx.require('DR_GROUP', 'SIGN_OFF');
    const { expectedVersion, id, idempotencyKey, opinion } = input;
    const wish = { executionId: uuidOf('DrExecution', id), expectedVersion, idempotencyKey, opinion: opinion ?? null };
    return this.answer(ctx, await this.approvals.approve(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ExecutionPayload)
  async steerDrExecution(@Context() ctx: RequestContext, @Args('input') input: SteerDrExecutionInput) {
    const scope = ctx.require('DR_GROUP', input.steering === 'CONFIRM' ? 'SIGN_OFF' : 'OPERATE');
    const { expectedVersion, idempotencyKey, steering } = input;
    const wish = {
      ...{ executionId: uuidOf('DrExecution', input.id), expectedVersion, idempotencyKey },
      reason: input.reason ?? '',
    };
    const viewer = ctx.requireViewer();
    const steer = {
      PAUSE: () => this.steering.pause(viewer, scope, wish),
      RESUME: () => this.steering.resume(viewer, scope, wish),
      ROLL_BACK: () => this.steering.rollBack(viewer, scope, wish),
      CANCEL: () => this.approvals.cancel(viewer, scope, wish),
      CONFIRM: () => this.approvals.confirm(viewer, scope, wish),
      CONFIRM_HALTED: () => this.steering.confirmHalted(viewer, scope, wish),
    };
    return this.answer(ctx, await steer[steering]());
  }

  @Mutation(() => ExecutionPayload)
  async actOnDrStep(@Context() ctx: RequestContext, @Args('input') input: ActOnDrStepInput) {
    const scope = this.scopeOf(ctx, input.act);
    const { act, expectedVersion, idempotencyKey } = input;
    const wish = { stepId: uuidOf('DrStep', input.id), expectedVersion, idempotencyKey };
    const [viewer, text] = [ctx.requireViewer(), input.text ?? ''];
    if (act === 'HAND_IN') {
      const fileIds = (input.fileIds ?? []).map((id) => uuidOf('StoredFile', id));
      return this.answer(ctx, await this.acts.handIn(viewer, scope, { ...wish, text, fileIds }));
    }
    if (act === 'CONFIRM' || act === 'SEND_BACK')
      return this.answer(ctx, await this.acts.check(viewer, scope, { ...wish, text, agrees: act === 'CONFIRM' }));
    if (act === 'RETRY') return this.answer(ctx, await this.acts.retry(viewer, scope, wish));
    const typed = input.typed ?? '';
    return this.answer(ctx, await this.acts.decide(viewer, scope, { ...wish, choice: act, typed }));
  }

  private scopeOf(ctx: RequestContext, act: StepAct): TenantScope {
    const operates = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'OPERATE');
    if (operates || OPERATORS_ACTS.includes(act)) return ctx.require('DR_GROUP', 'OPERATE');
    return ctx.require('DR_GROUP', 'SIGN_OFF');
  }

  private async find(ctx: RequestContext, id: string | undefined): Promise<ExecutionNode | null> {
    const row = id === undefined ? null : await this.views.inScope(ctx.require('DR_GROUP', 'READ'), id);
    return row && new ExecutionNode(row);
  }

  private async found(ctx: RequestContext, id: string | undefined): Promise<ExecutionNode> {
    const node = await this.find(ctx, id);
    if (!node) throw notFound(ctx.locale);
    return node;
  }

  private async answer(ctx: RequestContext, done: Answer): Promise<ExecutionPayload> {
    if (!done.ok) return { execution: null, errors: toUserErrors(done.error, ctx.locale) };
    return { execution: await this.find(ctx, done.value.executionId), errors: [] };
  }
}
