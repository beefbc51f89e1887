import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  newestConnection,
  PageArgs,
  pageRequest,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { minutesOf } from './domain/down-time.js';
import {
  CorrectOutageInput,
  OutageConnection,
  OutageFilterInput,
  OutageNode,
  OutagePayload,
  RecordOutageInput,
  WithdrawOutageInput,
} from './outages.graphql.js';
import { Outages } from './outages.service.js';

/** Names nothing: an id of another kind finds nothing. */
const NOTHING = '-';

/** Outages are the house's: who reads them at all sees all of them, and no provider or department does. */
@Resolver(() => OutageNode)
export class OutagesResolver implements OnModuleInit {
  constructor(
    private readonly outages: Outages,
    private readonly facilities: FacilitiesService,
    private readonly systemRecords: SystemsService,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Outage', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'OUTAGE', 'READ')) return null;
      const [row] = await this.outages.byIds([id]);
      return row ? new OutageNode(row) : null;
    });
  }

  @Query(() => OutageConnection, { name: 'outages', description: 'The latest first.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => OutageFilterInput, nullable: true }) filter?: OutageFilterInput | null,
  ): Promise<Connection<OutageNode>> {
    ctx.require('OUTAGE', 'READ');
    const asked = {
      ...{ search: searchText(filter?.search), layers: filter?.layers ?? [] },
      centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? NOTHING) : null,
      systemId: filter?.systemId ? (uuidOf('System', filter.systemId) ?? NOTHING) : null,
      ...{ lastingOnly: filter?.lastingOnly ?? false, withdrawn: filter?.withdrawn ?? false },
    };
    const found = await this.outages.page(asked, pageRequest(page, NEWEST_CURSOR_PARTS));
    return newestConnection(
      found,
      (row) => new OutageNode(row),
      (row) => row.fromAt,
    );
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: OutageNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => PoolNode, { nullable: true })
  async pool(@Context() ctx: RequestContext, @Parent() { row }: OutageNode): Promise<PoolNode | null> {
    const pool = row.poolId === null ? null : await ctx.loader(this.facilities.pools).load(row.poolId);
    return pool && new PoolNode(pool);
  }

  @ResolveField(() => [SystemNode])
  async systems(@Context() ctx: RequestContext, @Parent() { row }: OutageNode): Promise<SystemNode[]> {
    const ids = await ctx.loader(this.outages.systemIdsOf).load(row.id);
    const found = await ctx.loader(this.systemRecords.systems).loadMany(ids);
    return found.flatMap((system) => (system && !(system instanceof Error) ? new SystemNode(system) : []));
  }

  @ResolveField(() => [StoredFileNode], { description: '依据' })
  async files(@Context() ctx: RequestContext, @Parent() { row }: OutageNode): Promise<StoredFileNode[]> {
    return (await ctx.loader(this.outages.filesOf).load(row.id)).map((file) => new StoredFileNode(file));
  }

  @ResolveField(() => Int, { description: 'From its beginning to its end, or until now.' })
  minutes(@Parent() { row }: OutageNode): number {
    return minutesOf([{ from: row.fromAt.getTime(), to: (row.toAt ?? this.clock.now()).getTime() }]);
  }

  @Mutation(() => OutagePayload)
  recordOutage(@Context() ctx: RequestContext, @Args('input') input: RecordOutageInput): Promise<OutagePayload> {
    ctx.require('OUTAGE', 'EDIT');
    return this.payload(ctx, this.outages.record(ctx.requireViewer(), wishOf(input)));
  }

  @Mutation(() => OutagePayload, { description: 'All of it anew, with its end where it has one now.' })
  correctOutage(@Context() ctx: RequestContext, @Args('input') input: CorrectOutageInput): Promise<OutagePayload> {
    ctx.require('OUTAGE', 'EDIT');
    const { id, expectedVersion } = input;
    const wish = { ...wishOf(input), id: uuidOf('Outage', id), expectedVersion };
    return this.payload(ctx, this.outages.correct(ctx.requireViewer(), wish));
  }

  @Mutation(() => OutagePayload, { description: 'It never was; it stays in the record and counts for nothing.' })
  withdrawOutage(@Context() ctx: RequestContext, @Args('input') input: WithdrawOutageInput): Promise<OutagePayload> {
    ctx.require('OUTAGE', 'EDIT');
    const wish = { ...input, id: uuidOf('Outage', input.id) };
    return this.payload(ctx, this.outages.withdraw(ctx.requireViewer(), wish));
  }

  private async payload(ctx: RequestContext, answer: ReturnType<Outages['record']>): Promise<OutagePayload> {
    const done = await answer;
    if (!done.ok) return { outage: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.outages.byIds([done.value.id]);
    return { outage: row ? new OutageNode(row) : null, errors: [] };
  }
}

function wishOf({ from, to, ...input }: RecordOutageInput) {
  const { poolId, excuse, orderCode, windowCode } = input;
  return {
    ...{ idempotencyKey: input.idempotencyKey, layer: input.layer, title: input.title, liability: input.liability },
    ...{ source: input.source, fromAt: from, toAt: to ?? null, excuse: excuse ?? null },
    centerId: uuidOf('Center', input.centerId),
    poolId: poolId ? uuidOf('Pool', poolId) : null,
    orderCode: orderCode?.trim() || null,
    windowCode: windowCode?.trim() || null,
    systemIds: [...new Set(input.systemIds)].map((id) => uuidOf('System', id) ?? NOTHING),
    fileIds: input.fileIds.map((id) => uuidOf('StoredFile', id) ?? NOTHING),
  };
}
