import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  PageArgs,
  pageRequest,
  toConnection,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { findingsOf } from './domain/usage-notice.js';
import { SelfEvaluations } from './self-evaluations.service.js';
import {
  AcknowledgeUsageNoticeInput,
  HandInSelfEvaluationInput,
  SelfEvaluationConnection,
  SelfEvaluationFilterInput,
  SelfEvaluationNode,
  SelfEvaluationPayload,
  SelfEvaluationRowNode,
  UsageNoticeConnection,
  UsageNoticeFilterInput,
  UsageNoticeNode,
  UsageNoticePayload,
} from './usage.graphql.js';
import { UsageNotices } from './usage-notices.service.js';

/** Day and id. */
const TASK_CURSOR_PARTS = 2;

@Resolver(() => UsageNoticeNode)
export class UsageNoticesResolver implements OnModuleInit {
  constructor(
    private readonly notices: UsageNotices,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('UsageNotice', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'PERFORMANCE', 'READ');
      const row = scope && (await this.notices.inScope(scope, id));
      return row ? new UsageNoticeNode(row) : null;
    });
  }

  @Query(() => UsageNoticeConnection, { description: '资源使用通报, the newest first.' })
  async usageNotices(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => UsageNoticeFilterInput, nullable: true }) filter: UsageNoticeFilterInput | null,
  ): Promise<Connection<UsageNoticeNode>> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const wanted = {
      ...{ month: filter?.month ?? null, unread: filter?.unread ?? false },
      search: searchText(filter?.search),
    };
    const page = await this.notices.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new UsageNoticeNode(row),
      (row) => [row.month, row.id],
    );
  }

  @Query(() => UsageNoticeNode)
  async usageNotice(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<UsageNoticeNode> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const uuid = uuidOf('UsageNotice', id);
    const row = uuid === undefined ? null : await this.notices.inScope(scope, uuid);
    if (!row) throw notFound(ctx.locale);
    return new UsageNoticeNode(row);
  }

  @ResolveField(() => [String], { description: 'What wants something done, the most urgent first.' })
  findings(@Context() ctx: RequestContext, @Parent() { row }: UsageNoticeNode): string[] {
    return findingsOf(row.content).map((finding) => ctx.say(finding));
  }

  @Mutation(() => UsageNoticePayload, { description: '阅知, by the head of the department.' })
  async acknowledgeUsageNotice(
    @Context() ctx: RequestContext,
    @Args('input') { id, idempotencyKey }: AcknowledgeUsageNoticeInput,
  ): Promise<UsageNoticePayload> {
    const scope = ctx.require('PERFORMANCE', 'SIGN_OFF');
    const wish = { id: uuidOf('UsageNotice', id), idempotencyKey };
    const done = await this.notices.acknowledge(ctx.requireViewer(), scope, wish);
    if (!done.ok) return { notice: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.notices.inScope(scope, done.value.id);
    return { notice: row && new UsageNoticeNode(row), errors: [] };
  }
}

@Resolver(() => SelfEvaluationNode)
export class SelfEvaluationsResolver implements OnModuleInit {
  constructor(
    private readonly tasks: SelfEvaluations,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('SelfEvaluation', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'PERFORMANCE', 'READ');
      const row = scope && (await this.tasks.inScope(scope, id));
      return row ? new SelfEvaluationNode(row, this.tasks.today()) : null;
    });
  }

  @Query(() => SelfEvaluationConnection, { description: '自评价, the soonest due first.' })
  async selfEvaluations(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => SelfEvaluationFilterInput, nullable: true }) filter: SelfEvaluationFilterInput | null,
  ): Promise<Connection<SelfEvaluationNode>> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const wanted = {
      ...{ state: filter?.state ?? null, overdue: filter?.overdue ?? false },
      search: searchText(filter?.search),
    };
    const page = await this.tasks.page(scope, wanted, pageRequest(args, TASK_CURSOR_PARTS));
    const today = this.tasks.today();
    return toConnection(
      page,
      (row) => new SelfEvaluationNode(row, today),
      (row) => [row.dueTo, row.id],
    );
  }

  @Query(() => SelfEvaluationNode)
  async selfEvaluation(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SelfEvaluationNode> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const uuid = uuidOf('SelfEvaluation', id);
    const row = uuid === undefined ? null : await this.tasks.inScope(scope, uuid);
    if (!row) throw notFound(ctx.locale);
    return new SelfEvaluationNode(row, this.tasks.today());
  }

  @ResolveField(() => String)
  async departmentName(@Context() ctx: RequestContext, @Parent() { row }: SelfEvaluationNode): Promise<string> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department?.name ?? '';
  }

  @ResolveField(() => [SelfEvaluationRowNode], {
    description: 'Of what was handed in; until then as the records are now. Ask for one at a time.',
  })
  async rows(@Context() ctx: RequestContext, @Parent() { row }: SelfEvaluationNode): Promise<SelfEvaluationRowNode[]> {
    const { rows, evidence } = await this.tasks.contentOf(row);
    return rows.flatMap(({ title, target, actual, gap, source }, at) => {
      const indicator = evidence[at]?.indicator;
      if (!indicator) return [];
      const said = { title: ctx.say(title), target: ctx.say(target), actual: ctx.say(actual) };
      return [{ indicator, ...said, gap: ctx.say(gap), source: ctx.say(source) }];
    });
  }

  @Mutation(() => SelfEvaluationPayload, {
    description: 'By the head of the department; its figures are frozen with it.',
  })
  async handInSelfEvaluation(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: HandInSelfEvaluationInput,
  ): Promise<SelfEvaluationPayload> {
    const scope = ctx.require('PERFORMANCE', 'SIGN_OFF');
    const done = await this.tasks.handIn(ctx.requireViewer(), scope, { ...wish, id: uuidOf('SelfEvaluation', id) });
    if (!done.ok) return { selfEvaluation: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.tasks.inScope(scope, done.value.id);
    return { selfEvaluation: row && new SelfEvaluationNode(row, this.tasks.today()), errors: [] };
  }
}
