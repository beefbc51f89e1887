import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { covers, scopeFor, type TenantScope } from '../kernel/viewer.js';
import { badInput, forbidden } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { CabinetView, type Sight } from './cabinet-view.service.js';
import { CabinetFilterInput } from './cabinets.graphql.js';
import { sortKey } from './cabinets.repository.js';
import { CabinetsService } from './cabinets.service.js';
import {
  CabinetConnection,
  type CabinetFilter,
  CabinetNode,
  type CabinetOrder,
  CabinetOrderEnum,
  CabinetRowNode,
  RoomNode,
} from './cabinets.types.js';
import { toHalfUnits } from './domain/units.js';

/** Parts of the sort key in a cursor: the sorted figure and the id. */
const CURSOR_PARTS = 2;

@Resolver(() => CabinetNode)
export class CabinetsResolver implements OnModuleInit {
  constructor(
    private readonly cabinets: CabinetsService,
    private readonly view: CabinetView,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    const register = <T>(
      type: string,
      load: (ctx: RequestContext, id: string) => Promise<T | null>,
      toNode: (sight: Sight, row: T) => object,
    ): void =>
      this.nodes.register(type, async (ctx, id) => {
        const row = scopeFor(ctx.requireViewer(), 'CABINET', 'READ') ? await load(ctx, id) : null;
        return row && toNode(await this.view.sight(ctx), row);
      });
    register(
      'Room',
      (ctx, id) => ctx.loader(this.view.batchesOf(ctx).rooms).load(id),
      (_sight, room) => new RoomNode(room),
    );
    register(
      'CabinetRow',
      (ctx, id) => ctx.loader(this.view.batchesOf(ctx).rows).load(id),
      (sight, row) => this.view.rowNode(sight, row),
    );
    register(
      'Cabinet',
      (ctx, id) => ctx.loader(this.view.batchesOf(ctx).byIds).load(id),
      (sight, cabinet) => this.view.cabinetNode(sight, cabinet),
    );
  }

  @Query(() => [RoomNode], { description: 'In the order of their codes.' })
  async rooms(
    @Context() ctx: RequestContext,
    @Args('centerId', { type: () => ID }) centerId: string,
  ): Promise<RoomNode[]> {
    const scope = this.view.scope(ctx);
    const rooms = await this.cabinets.rooms(scope, uuidOf('Center', centerId) ?? '-');
    return rooms.map((room) => new RoomNode(room));
  }

  @Query(() => RoomNode)
  async room(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<RoomNode> {
    return this.view.room(ctx, id);
  }

  @Query(() => CabinetRowNode)
  async cabinetRow(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<CabinetRowNode> {
    return this.view.row(ctx, id);
  }

  @Query(() => CabinetNode)
  async cabinet(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<CabinetNode> {
    return this.view.cabinet(ctx, id);
  }

  @Query(() => CabinetConnection, { name: 'cabinets' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => CabinetFilterInput, nullable: true }) filter: CabinetFilterInput | null,
    @Args('orderBy', { type: () => CabinetOrderEnum, defaultValue: 'CODE' }) orderBy: CabinetOrder,
  ) {
    const scope = this.view.scope(ctx);
    const asked = toFilter(filter, scope);
    // Sums over a cabinet would tell a department what its neighbour draws.
    const bySums =
      orderBy === 'FREE_POWER' || orderBy === 'FREE_WEIGHT' || asked.minimumFreeWatts || asked.minimumFreeGrams;
    if (bySums && scope.kind !== 'PROVINCE') throw forbidden(ctx.locale, 'CAPACITY', 'READ');
    const sight = await this.view.sight(ctx);
    // Nor may a city find by trying what it is not shown.
    if (!sight.figures && (orderBy !== 'CODE' || asked.minimumFreeHalfUnits))
      throw forbidden(ctx.locale, 'CAPACITY', 'READ');
    const page = await this.cabinets.page(scope, asked, orderBy, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => this.view.cabinetNode(sight, row),
      (row) => [sortKey(orderBy, row), row.id],
    );
  }
}

function toFilter(filter: CabinetFilterInput | null, scope: TenantScope): CabinetFilter {
  const units = filter?.minimumFreeUnits ?? null;
  const halfUnits = units === null ? null : toHalfUnits(units);
  if (halfUnits === undefined) throw badInput('minimumFreeUnits is a multiple of 0.5');
  const departmentId = idOf('Department', filter?.departmentId);
  return {
    centerId: idOf('Center', filter?.centerId),
    roomId: idOf('Room', filter?.roomId),
    rowId: idOf('CabinetRow', filter?.rowId),
    zone: filter?.zone ?? null,
    statuses: filter?.statuses ?? null,
    // Who else is in a cabinet of one's own is nobody's question.
    departmentId: departmentId === null || covers(scope, departmentId) ? departmentId : '-',
    minimumFreeHalfUnits: halfUnits,
    minimumFreeWatts: filter?.minimumFreeWatts ?? null,
    minimumFreeGrams: filter?.minimumFreeGrams ?? null,
    search: searchText(filter?.search),
  };
}

/** The uuid for a filter; an id of another kind matches nothing instead of everything. */
function idOf(type: string, nodeId: string | null | undefined): string | null {
  return nodeId ? (uuidOf(type, nodeId) ?? '-') : null;
}
