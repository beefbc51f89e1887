import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { GroupStanding } from './group-standing.service.js';
import { GroupViews } from './group-views.service.js';
import {
  AskDrLinkModeInput,
  DrArbiterReachNode,
  DrLinkInput,
  DrLinkModeChangeNode,
  DrLinkModeRequestNode,
} from './link-modes.graphql.js';
import { LinkModes } from './link-modes.service.js';
import { Links } from './links.service.js';
import { DrArbiterPathNode, DrLinkNode, DrLinkPayload } from './resilience.graphql.js';
import type { LinkRow } from './resilience.types.js';
import { SetDrLinkPathsInput } from './resilience-inputs.graphql.js';

/** What people say of the links: by which ways the arbiter is reached, and, two of them together, another mode. */
@Resolver(() => DrLinkNode)
export class LinkActsResolver {
  constructor(
    private readonly links: Links,
    private readonly modes: LinkModes,
    private readonly views: GroupViews,
    private readonly facilities: FacilitiesService,
    private readonly standing: GroupStanding,
  ) {}

  @ResolveField(() => DrLinkModeRequestNode, {
    nullable: true,
    description: 'Another mode that somebody has asked for.',
  })
  async modeRequest(
    @Context() ctx: RequestContext,
    @Parent() { id }: DrLinkNode,
  ): Promise<DrLinkModeRequestNode | null> {
    const asked = await ctx.loader(this.links.requestsOf).load(uuidOf('DrLink', id) ?? '');
    if (!asked) return null;
    const viewer = ctx.requireViewer();
    const mayAgree =
      scopeFor(viewer, 'DR_GROUP', 'REVIEW') !== undefined &&
      viewer.departmentId !== null &&
      viewer.userId !== asked.askedById &&
      viewer.departmentId !== asked.askedDepartmentId;
    const { askedAt, askedBy, reason, toMode } = asked;
    return { askedAt, askedBy, mayAgree, reason, toMode };
  }

  /** Addresses of the arbiter are told to whoever sets them. */
  @ResolveField(() => [DrArbiterPathNode])
  arbiterPaths(@Context() ctx: RequestContext, @Parent() { arbiterPaths }: DrLinkNode): DrArbiterPathNode[] {
    const sets = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'EDIT') !== undefined;
    return arbiterPaths.map(({ from, target, via }) => ({ from, via, target: sets ? (target ?? null) : null }));
  }

  @ResolveField(() => [DrArbiterReachNode], { description: 'Of the ends whose ways are asked.' })
  async arbiterReach(
    @Context() ctx: RequestContext,
    @Parent() { from, to }: DrLinkNode,
  ): Promise<DrArbiterReachNode[]> {
    const reached = await ctx
      .loader(this.standing.arbiterReach)
      .loadMany([from, to].map(({ id }) => uuidOf('Center', id) ?? ''));
    return reached.flatMap((one, at) =>
      one && !(one instanceof Error) ? [{ from: (at === 0 ? from : to).role, ...one }] : [],
    );
  }

  @ResolveField(() => [DrLinkModeChangeNode], { description: 'Every change of its mode, the newest first.' })
  modeChanges(@Context() ctx: RequestContext, @Parent() { id }: DrLinkNode): Promise<DrLinkModeChangeNode[]> {
    return ctx.loader(this.links.changesOf).load(uuidOf('DrLink', id) ?? '');
  }

  @Mutation(() => DrLinkPayload, { description: 'By which ways each end of a link reaches the arbiter.' })
  setDrLinkPaths(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: SetDrLinkPathsInput,
  ): Promise<DrLinkPayload> {
    ctx.require('DR_GROUP', 'EDIT');
    return this.answer(ctx, this.links.setPaths(ctx.requireViewer(), { ...wish, linkId: uuidOf('DrLink', id) }));
  }

  @Mutation(() => DrLinkPayload, {
    description: 'Asks for another mode of a link; another, of another department, agrees.',
  })
  askDrLinkMode(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: AskDrLinkModeInput,
  ): Promise<DrLinkPayload> {
    ctx.require('DR_GROUP', 'EDIT');
    return this.answer(ctx, this.modes.ask(ctx.requireViewer(), { ...wish, linkId: uuidOf('DrLink', id) }));
  }

  @Mutation(() => DrLinkPayload, { description: 'From now on the link goes as it was asked for.' })
  agreeDrLinkMode(@Context() ctx: RequestContext, @Args('input') { id, ...wish }: DrLinkInput): Promise<DrLinkPayload> {
    ctx.require('DR_GROUP', 'REVIEW');
    return this.answer(ctx, this.modes.agree(ctx.requireViewer(), { ...wish, linkId: uuidOf('DrLink', id) }));
  }

  @Mutation(() => DrLinkPayload, { description: 'Nothing has changed, and nothing does.' })
  withdrawDrLinkMode(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: DrLinkInput,
  ): Promise<DrLinkPayload> {
    ctx.require('DR_GROUP', 'EDIT');
    return this.answer(ctx, this.modes.withdraw(ctx.requireViewer(), { ...wish, linkId: uuidOf('DrLink', id) }));
  }

  private async answer(
    ctx: RequestContext,
    acting: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<DrLinkPayload> {
    const done = await acting;
    if (!done.ok) return { link: null, errors: toUserErrors(done.error, ctx.locale) };
    const link = await this.links.one(done.value.id);
    const [state] = link ? (await this.views.links(WHOLE_PROVINCE, [link])).states : [];
    const node = link && (await linkNode(this.facilities, link));
    if (!node || !state) return { link: null, errors: [] };
    const { lagSeconds, late, tiers, unknown } = state;
    return { link: Object.assign(node, { lagSeconds, late, tiers, unknown }), errors: [] };
  }
}

/** Without what goes by it. */
export async function linkNode(facilities: FacilitiesService, link: LinkRow): Promise<DrLinkNode | null> {
  const [from, to] = await facilities.centersByIds([link.fromCenterId, link.toCenterId]);
  return from && to ? DrLinkNode.bare(link, new CenterNode(from), new CenterNode(to)) : null;
}
