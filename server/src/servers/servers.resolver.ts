import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { BmcService } from './bmc.service.js';
import { CPU_MAKER_FACTS, CPU_MAKERS } from './domain/processor.js';
import type { ServerFacts } from './domain/server.js';
import { HardwareModelsService } from './hardware-models.service.js';
import {
  ChangeServerLifeInput,
  EditServerInput,
  MountServerInput,
  RegisterServerInput,
  type ServerFactsInput,
  SetBmcCredentialInput,
  UnmountServerInput,
} from './server-inputs.graphql.js';
import { ServerLifeService } from './server-life.service.js';
import { ServerPlaceService } from './server-place.service.js';
import {
  CpuMakerNode,
  HardwareModelConnection,
  HardwareModelNode,
  ServerConnection,
  ServerCountsNode,
  ServerFilterInput,
  ServerNode,
  ServerOrderEnum,
  ServerPayload,
} from './servers.graphql.js';
import { ServersService } from './servers.service.js';
import type { ServerFilter, ServerOrder } from './servers.types.js';

/** Parts of the sort key in a cursor: the sorted column and the id. */
const CURSOR_PARTS = 2;

@Resolver(() => ServerNode)
export class ServersResolver implements OnModuleInit {
  constructor(
    private readonly servers: ServersService,
    private readonly life: ServerLifeService,
    private readonly places: ServerPlaceService,
    private readonly bmc: BmcService,
    private readonly models: HardwareModelsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Server', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'SERVER', 'READ');
      const row = scope && (await this.servers.inScope(scope, id));
      return row ? new ServerNode(row) : null;
    });
    this.nodes.register('HardwareModel', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SERVER', 'READ')) return null;
      const model = await ctx.loader(this.models.models).load(id);
      return model && new HardwareModelNode(model);
    });
  }

  @Query(() => ServerConnection, { name: 'servers' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ServerFilterInput, nullable: true }) filter: ServerFilterInput | null,
    @Args('orderBy', { type: () => ServerOrderEnum, defaultValue: 'ASSET_NUMBER' }) orderBy: ServerOrder,
  ) {
    const scope = ctx.require('SERVER', 'READ');
    const page = await this.servers.page(scope, toFilter(filter), orderBy, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new ServerNode(row),
      (row) => [orderBy === 'NEWEST' ? row.createdAt.toISOString() : row.assetNumber, row.id],
    );
  }

  @Query(() => ServerNode)
  async server(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<ServerNode> {
    return this.find(ctx, id);
  }

  @Query(() => ServerCountsNode, {
    description:
      'Of the servers that the filter leaves, by what they are. Each group leaves its own part of the filter aside, so that a page may offer the others beside what is chosen.',
  })
  async serverCounts(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => ServerFilterInput, nullable: true }) filter: ServerFilterInput | null,
  ): Promise<ServerCountsNode> {
    const scope = ctx.require('SERVER', 'READ');
    const counts = await this.servers.counts(scope, toFilter(filter));
    return {
      ...counts,
      byMaker: counts.byMaker.map((of) => ({ ...of, domestic: CPU_MAKER_FACTS[of.maker].domestic })),
    };
  }

  @Query(() => [CpuMakerNode], { description: 'The makers that are known, and what they build.' })
  cpuMakers(@Context() ctx: RequestContext): CpuMakerNode[] {
    ctx.require('SERVER', 'READ');
    return CPU_MAKERS.map((maker) => ({
      ...CPU_MAKER_FACTS[maker],
      maker,
      name: ctx.say(CPU_MAKER_FACTS[maker].name),
    }));
  }

  @Query(() => HardwareModelConnection)
  async hardwareModels(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ) {
    ctx.require('SERVER', 'READ');
    const page = await this.models.list(searchText(search), pageRequest(args, 1));
    return toConnection(
      page,
      (model) => new HardwareModelNode(model),
      (model) => [model.slug],
    );
  }

  @Mutation(() => ServerPayload)
  async registerServer(
    @Context() ctx: RequestContext,
    @Args('input') input: RegisterServerInput,
  ): Promise<ServerPayload> {
    ctx.require('SERVER', 'CREATE');
    return this.payload(ctx, this.servers.register(ctx.requireViewer(), toFacts(input.facts), input.idempotencyKey));
  }

  @Mutation(() => ServerPayload)
  async editServer(@Context() ctx: RequestContext, @Args('input') input: EditServerInput): Promise<ServerPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    const wish = { ...toWish(input) };
    return this.payload(ctx, this.servers.edit(ctx.requireViewer(), scope, wish, toFacts(input.facts)));
  }

  @Mutation(() => ServerPayload, { description: 'One step of its life; which are open now says availableActions.' })
  async changeServerLife(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeServerLifeInput,
  ): Promise<ServerPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    const wish = {
      ...toWish(input),
      action: input.action,
      reason: input.reason ?? null,
      poolId: input.poolId ? uuidOf('Pool', input.poolId) : null,
    };
    return this.payload(ctx, this.life.change(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ServerPayload, { description: 'Its height, weight and power are checked by the cabinet.' })
  async mountServer(@Context() ctx: RequestContext, @Args('input') input: MountServerInput): Promise<ServerPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    const wish = {
      ...toWish(input),
      cabinetId: uuidOf('Cabinet', input.cabinetId),
      startUnit: input.startUnit ?? null,
    };
    return this.payload(ctx, this.places.mount(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ServerPayload)
  async unmountServer(
    @Context() ctx: RequestContext,
    @Args('input') input: UnmountServerInput,
  ): Promise<ServerPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    return this.payload(ctx, this.places.unmount(ctx.requireViewer(), scope, toWish(input)));
  }

  @Mutation(() => ServerPayload, { description: 'Kept under SM4; it is never read out again.' })
  async setBmcCredential(
    @Context() ctx: RequestContext,
    @Args('input') input: SetBmcCredentialInput,
  ): Promise<ServerPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    const { username, password } = input;
    const wish = { ...toWish(input), credential: { username, password } };
    return this.payload(ctx, this.bmc.setCredential(ctx.requireViewer(), scope, wish));
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<ServerPayload> {
    const result = await answer;
    if (!result.ok) return { server: null, errors: toUserErrors(result.error, ctx.locale) };
    return { server: await this.find(ctx, toNodeId('Server', result.value.id)), errors: [] };
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<ServerNode> {
    const scope = ctx.require('SERVER', 'READ');
    const id = uuidOf('Server', nodeId);
    const row = id === undefined ? null : await this.servers.inScope(scope, id);
    if (!row) throw notFound(ctx.locale);
    return new ServerNode(row);
  }
}

function toWish(input: { id: string; expectedVersion: number; idempotencyKey: string }) {
  const { expectedVersion, idempotencyKey } = input;
  return { id: uuidOf('Server', input.id), expectedVersion, idempotencyKey };
}

/** The uuid for a filter; an id of another kind matches nothing instead of everything. */
function idOf(type: string, nodeId: string | null | undefined): string | null {
  return nodeId ? (uuidOf(type, nodeId) ?? '-') : null;
}

function toFilter(filter: ServerFilterInput | null): ServerFilter {
  return {
    ...filter,
    centerId: idOf('Center', filter?.centerId),
    departmentId: idOf('Department', filter?.departmentId),
    systemId: idOf('System', filter?.systemId),
    modelId: idOf('HardwareModel', filter?.modelId),
    search: searchText(filter?.search),
  };
}

/** An id of another kind names nothing here, which the service says. */
function toFacts(input: ServerFactsInput): ServerFacts {
  return {
    ...input,
    modelId: uuidOf('HardwareModel', input.modelId) ?? '-',
    centerId: uuidOf('Center', input.centerId) ?? '-',
    powerW: input.powerW ?? null,
    weightGrams: input.weightGrams ?? null,
    bmcAddress: input.bmcAddress ?? null,
    purchasedOn: input.purchasedOn ?? null,
    warrantyUntil: input.warrantyUntil ?? null,
  };
}
