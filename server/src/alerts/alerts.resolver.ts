import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserNames } from '../identity/user-names.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertViews } from './alert-views.service.js';
import {
  AcknowledgeDrAlertInput,
  AlertAnswersNode,
  AlertCallNode,
  AlertConnection,
  AlertCountNode,
  AlertEventNode,
  AlertFilterInput,
  AlertNode,
  DrAlertPayload,
} from './alerts.graphql.js';
import type { AlertRow } from './alerts.types.js';
import { fourAnswers } from './domain/four-answers.js';

@Resolver(() => AlertNode)
export class AlertsResolver implements OnModuleInit {
  constructor(
    private readonly views: AlertViews,
    private readonly acts: AlertActs,
    private readonly names: UserNames,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrAlert', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
      const row = scope && (await this.views.inScope(scope, id));
      return row ? new AlertNode(row) : null;
    });
  }

  @Query(() => AlertConnection, { description: '告警, the newest first.' })
  async drAlerts(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => AlertFilterInput, nullable: true }) filter: AlertFilterInput | null,
  ) {
    const scope = ctx.require('DR_GROUP', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      severities: filter?.severities ?? [],
      groupId: filter?.groupId ? (uuidOf('DrGroup', filter.groupId) ?? '-') : null,
      headsOnly: filter?.headsOnly ?? false,
      search: searchText(filter?.search),
    };
    const page = await this.views.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new AlertNode(row),
      ({ openedAt, seenAt }) => openedAt ?? seenAt,
    );
  }

  @Query(() => [AlertCountNode], { description: 'Of those that are not over.' })
  async drAlertCounts(@Context() ctx: RequestContext): Promise<AlertCountNode[]> {
    const counts = await this.views.counts(ctx.require('DR_GROUP', 'READ'));
    return counts.map(({ n, severity, state }) => ({ severity, state, alerts: n }));
  }

  @Query(() => AlertNode, { nullable: true })
  async drAlert(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<AlertNode | null> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const uuid = uuidOf('DrAlert', id);
    const row = uuid === undefined ? null : await this.views.inScope(scope, uuid);
    return row && new AlertNode(row);
  }

  @ResolveField(() => AlertAnswersNode)
  async answers(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): Promise<AlertAnswersNode> {
    const group = row.groupId === null ? null : await ctx.loader(this.views.groups).load(row.groupId);
    const about = { name: row.name, tier: row.tierName, ofCenter: row.subjectKind === 'CENTER' };
    const { broken, next, nextText, promise } = fourAnswers(row.reason, about, group);
    const { locale } = ctx;
    return { broken: broken[locale], promise: promise[locale], next, nextText: nextText[locale] };
  }

  @ResolveField(() => [AlertEventNode], { description: 'In their order.' })
  events(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): Promise<AlertEventNode[]> {
    return ctx.loader(this.views.events).load(row.id);
  }

  @ResolveField(() => [AlertCallNode], { description: 'In their order; told to those who see the roster.' })
  async calls(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): Promise<AlertCallNode[]> {
    if (!scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return [];
    const calls = await ctx.loader(this.views.calls).load(row.id);
    const names = ctx.loader(this.names.named);
    const deliveries = ctx.loader(this.views.deliveries);
    return Promise.all(
      calls.map(async ({ calledAt, deadlineAt, id, role, round, userId }) => ({
        ...{ calledAt, deadlineAt, role, round },
        person: (await names.load(userId))?.displayName ?? null,
        deliveries: await deliveries.load(id),
      })),
    );
  }

  @ResolveField(() => Int, { description: 'How many of the same cause are called for with it, and taken on with it.' })
  async behind(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): Promise<number> {
    const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
    const behind = await ctx.loader(this.views.behind).load(row.id);
    const own = ({ departmentId, systemId }: AlertRow) =>
      reaches(scope, { departmentId: departmentId ?? '', systemId: systemId ?? '' });
    return scope?.kind === 'PROVINCE' ? behind.length : behind.filter(own).length;
  }

  @ResolveField(() => Boolean)
  mayAcknowledge(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): boolean {
    return row.state === 'OPEN' && scopeFor(ctx.requireViewer(), 'DUTY', 'OPERATE') !== undefined;
  }

  @Mutation(() => DrAlertPayload, { description: 'Somebody takes it on: nobody else is called any more.' })
  async acknowledgeDrAlert(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: AcknowledgeDrAlertInput,
  ): Promise<DrAlertPayload> {
    ctx.require('DUTY', 'OPERATE');
    const done = await this.acts.acknowledge(ctx.requireViewer(), { ...input, alertId: uuidOf('DrAlert', id) });
    if (!done.ok) return { alert: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.views.inScope(ctx.require('DR_GROUP', 'READ'), done.value.id);
    return { alert: row && new AlertNode(row), errors: [] };
  }
}
