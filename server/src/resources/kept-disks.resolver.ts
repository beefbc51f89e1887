import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { PricingService } from '../pricing/pricing.service.js';
import { type KeptDiskState, targetRefusal } from './domain/kept-disks.js';
import {
  AttachKeptDiskInput,
  DetachKeptDiskInput,
  GiveUpKeptDiskInput,
  KeptDiskConnection,
  KeptDiskNode,
  KeptDiskPayload,
  KeptDiskStateEnum,
  KeptDiskTarget,
} from './kept-disks.graphql.js';
import { KeptDisks } from './kept-disks.service.js';
import { ResourcesService } from './resources.service.js';
import { ResourceNode } from './resources.types.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;

@Resolver(() => KeptDiskNode)
export class KeptDisksResolver implements OnModuleInit {
  constructor(
    private readonly disks: KeptDisks,
    private readonly resources: ResourcesService,
    private readonly pricing: PricingService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('KeptDisk', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.disks.inScope(scope, id));
      return row ? new KeptDiskNode(row) : null;
    });
  }

  @Query(() => KeptDiskConnection, { description: 'Disks that outlived their machines, the newest first.' })
  async keptDisks(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('states', { type: () => [KeptDiskStateEnum], nullable: true }) states: KeptDiskState[] | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const filter = { states: states ?? [], search: searchText(search) };
    const page = await this.disks.page(scope, filter, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new KeptDiskNode(row),
      (row) => [row.keptAt.toISOString(), row.id],
    );
  }

  @Mutation(() => KeptDiskPayload, {
    description: 'A machine of the same system and center has it from its next start on.',
  })
  async attachKeptDisk(
    @Context() ctx: RequestContext,
    @Args('input') input: AttachKeptDiskInput,
  ): Promise<KeptDiskPayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, diskId: uuidOf('KeptDisk', input.id), resourceId: uuidOf('Resource', input.resourceId) };
    return this.payload(ctx, await this.disks.attach(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => KeptDiskPayload, { description: 'Its machine, which must stand still, has it no longer.' })
  async detachKeptDisk(
    @Context() ctx: RequestContext,
    @Args('input') input: DetachKeptDiskInput,
  ): Promise<KeptDiskPayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, diskId: uuidOf('KeptDisk', input.id) };
    return this.payload(ctx, await this.disks.detach(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => KeptDiskPayload, { description: 'It is deleted at once, and its storage goes back.' })
  async giveUpKeptDisk(
    @Context() ctx: RequestContext,
    @Args('input') input: GiveUpKeptDiskInput,
  ): Promise<KeptDiskPayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const wish = { ...input, diskId: uuidOf('KeptDisk', input.id) };
    return this.payload(ctx, await this.disks.giveUp(ctx.requireViewer(), scope, wish));
  }

  @ResolveField(() => ResourceNode, { description: 'The machine that it was the disk of.' })
  resource(@Context() ctx: RequestContext, @Parent() { row }: KeptDiskNode): Promise<ResourceNode | null> {
    return this.node(ctx, row.resourceId);
  }

  @ResolveField(() => ResourceNode, { nullable: true, description: 'The machine that has it now.' })
  attachedTo(@Context() ctx: RequestContext, @Parent() { row }: KeptDiskNode): Promise<ResourceNode | null> {
    return row.attachedToId === null ? Promise.resolve(null) : this.node(ctx, row.attachedToId);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer decides about it.' })
  mayDecide(@Context() ctx: RequestContext, @Parent() { row }: KeptDiskNode): boolean {
    return reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', 'RELEASE'), row);
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'Its storage at today’s prices, a month; null = no price, or the viewer reads none.',
  })
  async monthlyCost(@Context() ctx: RequestContext, @Parent() { row }: KeptDiskNode): Promise<bigint | null> {
    if (!scopeFor(ctx.requireViewer(), 'PRICE', 'READ') || row.state === 'GONE') return null;
    const fen = await ctx.loader(this.pricing.unitMonthly).load(`STORAGE_GIB_${row.storageTier}`);
    return fen === null ? null : fen * BigInt(row.diskGib);
  }

  @ResolveField(() => [KeptDiskTarget], { description: 'Machines in use of its own system and center, by name.' })
  async targets(@Context() ctx: RequestContext, @Parent() { row }: KeptDiskNode): Promise<KeptDiskTarget[]> {
    if (row.state !== 'KEPT') return [];
    const machines = await this.disks.targets(row);
    return machines.map((machine) => {
      const why = targetRefusal(row, machine)?.message ?? null;
      return { resource: new ResourceNode(machine), disabledReason: why && ctx.say(why) };
    });
  }

  private async node(ctx: RequestContext, resourceId: string): Promise<ResourceNode | null> {
    const row = await ctx.loader(this.resources.rows).load(resourceId);
    return row && new ResourceNode(row);
  }

  private async payload(
    ctx: RequestContext,
    answer: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<KeptDiskPayload> {
    if (!answer.ok) return { disk: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.disks.inScope(ctx.require('RESOURCE', 'READ'), answer.value.id);
    return { disk: row && new KeptDiskNode(row), errors: [] };
  }
}

/** A machine's own page tells of the disks around it. */
@Resolver(() => ResourceNode)
export class ResourceDisksResolver {
  constructor(private readonly disks: KeptDisks) {}

  @ResolveField(() => [KeptDiskNode], {
    description: 'Disks of other machines that it has, and the one of its own that outlived it.',
  })
  async keptDisks(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<KeptDiskNode[]> {
    return (await ctx.loader(this.disks.around).load(row.id)).map((disk) => new KeptDiskNode(disk));
  }
}
