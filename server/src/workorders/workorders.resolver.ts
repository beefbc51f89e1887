import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { unitAt, unitsOf } from '../cabinets/domain/units.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { badInput, forbidden, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { Companies } from './companies.service.js';
import { HostingService, type SpaceWithThings } from './hosting.service.js';
import { OrderSights } from './order-sights.service.js';
import { PortSets } from './port-sets.service.js';
import { RoomWindows } from './room-windows.service.js';
import { GivenSpaceNode, WorkWindowNode } from './workorder-answers.graphql.js';
import { HostedEquipmentFilterInput, WorkOrderFilterInput } from './workorder-inputs.graphql.js';
import {
  HostedEquipmentConnection,
  HostedEquipmentNode,
  PortSetNode,
  ProviderCompanyNode,
  WorkOrderConnection,
  WorkOrderNode,
  WorkRoomNode,
} from './workorders.graphql.js';
import { WorkOrdersService } from './workorders.service.js';
import type { OrderFilter, OrderSight } from './workorders.types.js';

/** A calendar shows a day or a week, not a year. */
const WINDOW_DAYS_MAX = 31;
const ROOMS_ASKED_MAX = 100;
const CABINETS_ASKED_MAX = 100;
const DAY_MS = 86_400_000;

@Resolver(() => WorkOrderNode)
export class WorkOrdersResolver implements OnModuleInit {
  constructor(
    private readonly orders: WorkOrdersService,
    private readonly sights: OrderSights,
    private readonly windows: RoomWindows,
    private readonly hosting: HostingService,
    private readonly sets: PortSets,
    private readonly companies: Companies,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('WorkOrder', async (ctx, id) => {
      const sight = await this.sights.of(ctx.requireViewer());
      const row = sight && (await this.orders.inSight(sight, id));
      return row ? new WorkOrderNode(row) : null;
    });
    this.nodes.register('HostedEquipment', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ');
      const row = scope && (await this.hosting.inScope(scope, id));
      return row ? new HostedEquipmentNode(row) : null;
    });
    this.nodes.register('PortSet', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'CABINET', 'READ');
      const [row] = scope ? await this.sets.sets([id]) : [];
      const seen = scope && row ? await this.sets.ofCabinets(scope, [row.cabinetId]) : [];
      return row && seen.some((each) => each.id === row.id) ? new PortSetNode(row) : null;
    });
    this.nodes.register('ProviderCompany', async (ctx, id) => {
      if (scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'REVIEW') === undefined) return null;
      const [row] = await this.companies.companies([id]);
      return row ? new ProviderCompanyNode(row) : null;
    });
  }

  @Query(() => WorkOrderConnection, { description: 'The newest first.' })
  async workOrders(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => WorkOrderFilterInput, nullable: true }) filter: WorkOrderFilterInput | null,
  ): Promise<Connection<WorkOrderNode>> {
    const sight = await this.sight(ctx);
    const found = await this.orders.page(sight, await this.toFilter(ctx, filter), pageRequest(page, 2));
    return toConnection(
      found,
      (row) => new WorkOrderNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @Query(() => WorkOrderNode)
  async workOrder(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<WorkOrderNode> {
    const sight = await this.sight(ctx);
    const uuid = uuidOf('WorkOrder', id);
    const row = uuid ? await this.orders.inSight(sight, uuid) : null;
    if (!row) throw notFound(ctx.locale);
    return new WorkOrderNode(row);
  }

  @Query(() => [WorkRoomNode], { description: 'Rooms of a center whose windows the viewer may see, by code.' })
  async workRooms(
    @Context() ctx: RequestContext,
    @Args('centerId', { type: () => ID }) centerId: string,
  ): Promise<WorkRoomNode[]> {
    const sight = await this.sight(ctx);
    const scope = scopeFor(ctx.requireViewer(), 'CABINET', 'READ');
    const rooms = await this.windows.roomsOf(scope, sight, uuidOf('Center', centerId) ?? '-');
    return rooms.map(({ id, code, name }) => ({ id: toNodeId('Room', id), code, name }));
  }

  @Query(() => [WorkWindowNode], { description: 'Kept windows of these rooms that touch the time, in their order.' })
  async workWindows(
    @Context() ctx: RequestContext,
    @Args('roomIds', { type: () => [ID] }) roomIds: string[],
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date }) to: Date,
  ): Promise<WorkWindowNode[]> {
    const sight = await this.sight(ctx);
    if (!(from < to) || to.getTime() - from.getTime() > WINDOW_DAYS_MAX * DAY_MS)
      throw badInput(`from is before to, at most ${WINDOW_DAYS_MAX} days`);
    if (roomIds.length > ROOMS_ASKED_MAX) throw badInput(`at most ${ROOMS_ASKED_MAX} rooms`);
    const asked = roomIds.flatMap((id) => uuidOf('Room', id) ?? []);
    const scope = scopeFor(ctx.requireViewer(), 'CABINET', 'READ');
    const rooms = await this.windows.seenAmong(scope, sight, asked);
    const kept = await this.windows.windows(rooms, from, to);
    const seen = new Map(
      (await this.orders.byIds(sight, [...new Set(kept.map((window) => window.orderId))])).map((row) => [row.id, row]),
    );
    return kept.map((window) => {
      const row = seen.get(window.orderId);
      return {
        roomId: toNodeId('Room', window.roomId),
        from: window.from,
        to: window.to,
        kind: window.kind,
        order: row ? new WorkOrderNode(row) : null,
      };
    });
  }

  @Query(() => HostedEquipmentConnection, { description: '托管设备, the newest first.' })
  async hostedEquipment(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => HostedEquipmentFilterInput, nullable: true })
    filter: HostedEquipmentFilterInput | null,
  ): Promise<Connection<HostedEquipmentNode>> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const departmentId = idOf('Department', filter?.departmentId);
    const found = await this.hosting.page(
      scope,
      { departmentId, states: filter?.states ?? null, search: searchText(filter?.search) },
      pageRequest(page, 2),
    );
    return toConnection(
      found,
      (row) => new HostedEquipmentNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @Query(() => [GivenSpaceNode], { description: 'Space in cabinets that this department may put things into.' })
  async givenSpaces(
    @Context() ctx: RequestContext,
    @Args('departmentId', { type: () => ID }) departmentId: string,
  ): Promise<GivenSpaceNode[]> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const uuid = uuidOf('Department', departmentId);
    return uuid ? (await this.hosting.spacesOf(scope, uuid)).map(spaceNode) : [];
  }

  @Query(() => [PortSetNode], { description: 'Ports and sockets of these cabinets, by cabinet and name.' })
  async portSets(
    @Context() ctx: RequestContext,
    @Args('cabinetIds', { type: () => [ID] }) cabinetIds: string[],
  ): Promise<PortSetNode[]> {
    const scope: TenantScope = ctx.require('CABINET', 'READ');
    if (cabinetIds.length > CABINETS_ASKED_MAX) throw badInput(`at most ${CABINETS_ASKED_MAX} cabinets`);
    const ids = cabinetIds.flatMap((id) => uuidOf('Cabinet', id) ?? []);
    return (await this.sets.ofCabinets(scope, ids)).map((row) => new PortSetNode(row));
  }

  @Query(() => [ProviderCompanyNode], { description: 'Open ones first, each by name.' })
  async providerCompanies(@Context() ctx: RequestContext): Promise<ProviderCompanyNode[]> {
    ctx.require('WORK_ORDER', 'REVIEW');
    return (await this.companies.list()).map((row) => new ProviderCompanyNode(row));
  }

  private async sight(ctx: RequestContext): Promise<OrderSight> {
    const sight = await this.sights.of(ctx.requireViewer());
    if (!sight) throw forbidden(ctx.locale, 'WORK_ORDER', 'READ');
    return sight;
  }

  private async toFilter(ctx: RequestContext, filter: WorkOrderFilterInput | null): Promise<OrderFilter> {
    const viewer = ctx.requireViewer();
    return {
      states: filter?.states ?? null,
      kinds: filter?.kinds ?? null,
      departmentId: idOf('Department', filter?.departmentId),
      systemId: idOf('System', filter?.systemId),
      requestId: idOf('Request', filter?.requestId),
      roomId: idOf('Room', filter?.roomId),
      applicantId: filter?.mine ? viewer.userId : null,
      assigned: filter?.assignedToMe ? await this.sights.worker(viewer) : null,
      overdueAt: filter?.overdue ? this.clock.now() : null,
      windowFrom: filter?.windowFrom ?? null,
      windowTo: filter?.windowTo ?? null,
      search: searchText(filter?.search),
    };
  }
}

/** null = not asked; '-' = an id of another kind, which names nothing. */
function idOf(type: string, id: string | null | undefined): string | null {
  return id ? (uuidOf(type, id) ?? '-') : null;
}

function spaceNode({ place: { holder, cabinet }, things }: SpaceWithThings): GivenSpaceNode {
  const used = (of: 'heightHalfUnits' | 'powerW' | 'weightGrams') => things.reduce((sum, thing) => sum + thing[of], 0);
  return {
    id: toNodeId('CabinetHolder', holder.id),
    cabinetId: toNodeId('Cabinet', cabinet.id),
    cabinetCode: cabinet.code,
    label: holder.label,
    startUnit: unitAt(cabinet, holder.startHalfUnit, holder.heightHalfUnits),
    heightUnits: unitsOf(holder.heightHalfUnits),
    freeUnits: unitsOf(holder.heightHalfUnits - used('heightHalfUnits')),
    powerW: holder.powerW,
    freePowerW: holder.powerW - used('powerW'),
    weightGrams: holder.weightGrams,
    freeWeightGrams: holder.weightGrams - used('weightGrams'),
    equipment: things.map((row) => new HostedEquipmentNode(row)),
  };
}
