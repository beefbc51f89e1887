import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor, type TenantScope } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourceBatchPayload } from '../resources/resource-life.graphql.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import type { ExtensionMove, ExtensionState } from './domain/extension.js';
import { Extensions } from './extensions.service.js';
import { Reviews } from './reviews.service.js';
import {
  AnswerExtensionInput,
  ExtendTermInput,
  ExtensionPayload,
  ExtensionStateEnum,
  ResourceReviewNode,
  ReviewResourcesInput,
  TermExtensionConnection,
  TermExtensionNode,
} from './terms.graphql.js';
import { TermsService } from './terms.service.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;

@Resolver(() => TermExtensionNode)
export class TermsResolver implements OnModuleInit {
  constructor(
    private readonly terms: TermsService,
    private readonly extensions: Extensions,
    private readonly reviews: Reviews,
    private readonly resources: ResourcesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('TermExtension', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.terms.extensionInScope(scope, id));
      return row ? new TermExtensionNode(row) : null;
    });
  }

  @Query(() => TermExtensionConnection, { description: 'Wishes to lengthen terms, the newest first.' })
  async termExtensions(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('states', { type: () => [ExtensionStateEnum], nullable: true }) states: ExtensionState[] | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const page = await this.terms.extensionPage(scope, states ?? [], pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new TermExtensionNode(row),
      (row) => [row.askedAt.toISOString(), row.id],
    );
  }

  @Mutation(() => ExtensionPayload, { description: 'Granted at once within the rule; beyond it the center is asked.' })
  async extendTerm(@Context() ctx: RequestContext, @Args('input') input: ExtendTermInput): Promise<ExtensionPayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, this.extensions.extend(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ExtensionPayload)
  async grantExtension(
    @Context() ctx: RequestContext,
    @Args('input') input: AnswerExtensionInput,
  ): Promise<ExtensionPayload> {
    return this.answer(ctx, ctx.require('RESOURCE', 'REVIEW'), 'GRANT', input);
  }

  @Mutation(() => ExtensionPayload)
  async refuseExtension(
    @Context() ctx: RequestContext,
    @Args('input') input: AnswerExtensionInput,
  ): Promise<ExtensionPayload> {
    return this.answer(ctx, ctx.require('RESOURCE', 'REVIEW'), 'REFUSE', input);
  }

  @Mutation(() => ExtensionPayload)
  async withdrawExtension(
    @Context() ctx: RequestContext,
    @Args('input') input: AnswerExtensionInput,
  ): Promise<ExtensionPayload> {
    return this.answer(ctx, ctx.require('RESOURCE', 'EDIT'), 'WITHDRAW', input);
  }

  @Mutation(() => ResourceBatchPayload, { description: 'The yearly review. Each stands alone: the answer says which.' })
  async reviewResources(
    @Context() ctx: RequestContext,
    @Args('input') input: ReviewResourcesInput,
  ): Promise<ResourceBatchPayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const items = input.items.map(({ id, expectedVersion }) => ({
      resourceId: uuidOf('Resource', id),
      expectedVersion,
    }));
    const answers = await this.reviews.review(ctx.requireViewer(), scope, { ...input, items });
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const results = answers.value.map(async (answer, index) => {
      const resourceId = input.items[index]?.id ?? '';
      if (!answer.ok) return { resourceId, resource: null, errors: toUserErrors(answer.error, ctx.locale) };
      const row = await this.resources.inScope(ctx.require('RESOURCE', 'READ'), answer.value.id);
      return { resourceId, resource: row && new ResourceNode(row), errors: [] };
    });
    return { results: await Promise.all(results), errors: [] };
  }

  /** Whoever reads the extension reads its resource: both go by the same department and system. */
  @ResolveField(() => ResourceNode, { nullable: true })
  async resource(@Context() ctx: RequestContext, @Parent() { row }: TermExtensionNode): Promise<ResourceNode | null> {
    const resource = row.resourceId === null ? null : await ctx.loader(this.resources.rows).load(row.resourceId);
    return resource && new ResourceNode(resource);
  }

  private answer(
    ctx: RequestContext,
    scope: TenantScope,
    move: ExtensionMove,
    { id, ...input }: AnswerExtensionInput,
  ): Promise<ExtensionPayload> {
    const wish = { ...input, extensionId: uuidOf('TermExtension', id) };
    return this.payload(ctx, this.extensions.answer(ctx.requireViewer(), scope, move, wish));
  }

  private async payload(ctx: RequestContext, answer: ReturnType<Extensions['extend']>): Promise<ExtensionPayload> {
    const result = await answer;
    if (!result.ok) return { extension: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.terms.extensionInScope(ctx.require('RESOURCE', 'READ'), result.value.id);
    return { extension: row && new TermExtensionNode(row), errors: [] };
  }
}

/** A resource is an earlier feature and knows nothing of what was asked and said about it here. */
@Resolver(() => ResourceNode)
export class ResourceTermsResolver {
  constructor(private readonly terms: TermsService) {}

  @ResolveField(() => [TermExtensionNode], { description: 'The newest first.' })
  async extensions(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<TermExtensionNode[]> {
    const rows = await ctx.loader(this.terms.extensionsOf).load(row.id);
    return rows.map((one) => new TermExtensionNode(one));
  }

  @ResolveField(() => [ResourceReviewNode], { description: 'The newest first.' })
  async reviews(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ResourceReviewNode[]> {
    const rows = await ctx.loader(this.terms.reviewsOf).load(row.id);
    return rows.map((one) => new ResourceReviewNode(one));
  }
}

@Resolver(() => ResourceReviewNode)
export class ReviewChangeResolver {
  constructor(private readonly requests: RequestsService) {}

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: 'SHRINK: the change request that was begun for it. Null where the viewer may not read it.',
  })
  async change(@Context() ctx: RequestContext, @Parent() { row }: ResourceReviewNode): Promise<RequestNode | null> {
    if (row.changeId === null) return null;
    const request = await ctx.loader(this.requests.requestsOf).load(row.changeId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }
}
