import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { keepDaysMost } from './domain/kept-disks.js';
import { LIFE_POLICY_BOUNDS } from './domain/life-policy.js';
import { reviewDueAt } from './domain/review.js';
import { binsAt, offReasonOf, stopsAt } from './domain/term.js';
import { LifePolicies } from './life-policies.service.js';
import { ReleaseResourceInput, ResourcePayload } from './resource-acts.graphql.js';
import {
  ChangeLifePoliciesInput,
  LifeListEnum,
  LifePoliciesPayload,
  LifePolicyNode,
  ProtectResourceInput,
  PurgeResourceInput,
  ReleaseResourcesInput,
  ResourceActInput,
  ResourceBatchPayload,
  ResourceLifeNode,
} from './resource-life.graphql.js';
import { ResourceLife } from './resource-life.service.js';
import { type LifeList, ResourceLists } from './resource-lists.service.js';
import { ResourcesService } from './resources.service.js';
import { ResourceConnection, ResourceNode } from './resources.types.js';

/** Parts of the sort key in a cursor: the sorted column and the id. */
const CURSOR_PARTS = 2;

/** What becomes of a resource after its delivery: lists, acts, and the rules by which the calendar acts. */
@Resolver(() => ResourceNode)
export class ResourceLifeResolver {
  constructor(
    private readonly resources: ResourcesService,
    private readonly life: ResourceLife,
    private readonly lists: ResourceLists,
    private readonly policies: LifePolicies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => ResourceConnection, { description: 'What waits for its owner, or for the calendar.' })
  async resourcesDue(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('list', { type: () => LifeListEnum }) list: LifeList,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const now = this.clock.now();
    const policy = await this.policies.policy();
    const request = pageRequest(args, CURSOR_PARTS);
    const page = await this.lists.page(scope, list, searchText(search), request, { now, policy });
    return toConnection(
      page,
      (row) => new ResourceNode(row),
      (row) => this.lists.keyOf(list, row),
    );
  }

  @Query(() => [LifePolicyNode], { description: 'The rules of terms, reviews, bin and reclaim.' })
  async lifePolicies(@Context() ctx: RequestContext): Promise<LifePolicyNode[]> {
    ctx.require('RESOURCE', 'READ');
    return this.policyNodes();
  }

  @Mutation(() => LifePoliciesPayload)
  async changeLifePolicies(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeLifePoliciesInput,
  ): Promise<LifePoliciesPayload> {
    ctx.require('LIFE_POLICY', 'EDIT');
    const { idempotencyKey } = input;
    const changes = input.changes.map((change) => ({ ...change }));
    const changed = await this.policies.change(ctx.requireViewer(), { idempotencyKey, changes });
    return {
      policies: await this.policyNodes(),
      errors: changed.ok ? [] : toUserErrors(changed.error, ctx.locale),
    };
  }

  @Mutation(() => ResourcePayload, { description: 'Into the recycle bin; what was never delivered goes at once.' })
  async releaseResource(
    @Context() ctx: RequestContext,
    @Args('input') input: ReleaseResourceInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.life.release(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourceBatchPayload, { description: 'Each stands alone: the answer says which, and why not.' })
  async releaseResources(
    @Context() ctx: RequestContext,
    @Args('input') input: ReleaseResourcesInput,
  ): Promise<ResourceBatchPayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const items = input.items.map(({ id, expectedVersion }) => ({
      resourceId: uuidOf('Resource', id),
      expectedVersion,
    }));
    const wish = { items, reason: input.reason, idempotencyKey: input.idempotencyKey };
    const answers = await this.life.releaseMany(ctx.requireViewer(), scope, wish);
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const results = answers.value.map(async (answer, index) => ({
      resourceId: input.items[index]?.id ?? '',
      ...(await this.payload(ctx, answer)),
    }));
    return { results: await Promise.all(results), errors: [] };
  }

  @Mutation(() => ResourcePayload, { description: 'Out of the recycle bin, into use again.' })
  async restoreResource(
    @Context() ctx: RequestContext,
    @Args('input') input: ResourceActInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.life.restore(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourcePayload, { description: 'Out of the recycle bin for good, before its time.' })
  async purgeResource(
    @Context() ctx: RequestContext,
    @Args('input') input: PurgeResourceInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.life.purge(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourcePayload, { description: '删除保护: while it is on, nobody of the department releases it.' })
  async protectResource(
    @Context() ctx: RequestContext,
    @Args('input') input: ProtectResourceInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.life.protect(ctx.requireViewer(), scope, wish));
  }

  @ResolveField(() => ResourceLifeNode, { name: 'life' })
  async lifeOf(@Parent() { row }: ResourceNode): Promise<ResourceLifeNode> {
    const policy = await this.policies.policy();
    const until = row.temporaryUntil;
    return {
      temporaryUntil: until,
      stopsAt: until === null ? null : stopsAt(until),
      binsAt: until === null || row.management !== 'DRIVEN' ? null : binsAt(until, policy),
      extensionsUsed: row.extensionsUsed,
      reviewDueAt: row.reviewFrom === null || until !== null ? null : reviewDueAt(row.reviewFrom, policy),
      reviewStage: row.reviewStage,
      off: offReasonOf(row),
      binUntil: row.binUntil,
      binCause: row.binCause,
      deletionProtected: row.deletionProtected,
      keepDiskDays: row.keepDiskDays,
      keepDiskDaysMost: keepDaysMost(row, policy),
    };
  }

  private async policyNodes(): Promise<LifePolicyNode[]> {
    const rows = await this.policies.rows();
    return rows.map(({ name, value, version, changedAt, changedBy }) => {
      const { least, most } = LIFE_POLICY_BOUNDS[name];
      return { name, value, least, most, version, changedAt, changedBy };
    });
  }

  private async payload(
    ctx: RequestContext,
    answer: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ResourcePayload> {
    if (!answer.ok) return { resource: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.resources.inScope(ctx.require('RESOURCE', 'READ'), answer.value.id);
    return { resource: row && new ResourceNode(row), errors: [] };
  }
}
