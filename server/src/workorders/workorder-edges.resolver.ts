import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { unitsOf } from '../cabinets/domain/units.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { UserNames } from '../identity/user-names.service.js';
import { toNodeId } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { Companies } from './companies.service.js';
import { openActions, type WorkOrderAction } from './domain/work-order.js';
import { OrderLoaders } from './order-loaders.service.js';
import { OrderSights } from './order-sights.service.js';
import {
  EquipmentPlaceNode,
  HostedEquipmentNode,
  PortClaimNode,
  ProviderCompanyNode,
  ProviderMemberNode,
  WorkEntrantNode,
  WorkOrderActionEnum,
  WorkOrderEventNode,
  WorkOrderNode,
  WorkOrderStepNode,
  WorkOrderThingNode,
  WorkRoomNode,
} from './workorders.graphql.js';
import type { WorkOrderRow } from './workorders.types.js';

@Resolver(() => WorkOrderNode)
export class WorkOrderEdgesResolver {
  constructor(
    private readonly loaders: OrderLoaders,
    private readonly sights: OrderSights,
    private readonly companies: Companies,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
  ) {}

  @ResolveField(() => [WorkOrderActionEnum], { description: 'What the viewer may do to it now.' })
  async availableActions(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkOrderAction[]> {
    const viewer = ctx.requireViewer();
    const sight = await ctx.loader(this.sightOf(ctx)).load('sight');
    return sight ? openActions(row, this.sights.sidesOf(viewer, sight, row), viewer.userId) : [];
  }

  @ResolveField(() => String, { description: 'For whom it is; a name, for whoever works it.' })
  async departmentName(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<string> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department?.name ?? '';
  }

  @ResolveField(() => DepartmentNode, { nullable: true, description: 'null for whoever only works it.' })
  async department(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<DepartmentNode | null> {
    if (!seesBusiness(ctx, row)) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode, { nullable: true, description: 'null for whoever only works it.' })
  async system(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<SystemNode | null> {
    if (row.systemId === null || !seesBusiness(ctx, row)) return null;
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<CenterNode | null> {
    if (row.centerId === null) return null;
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => String, { nullable: true, description: 'The company that it is assigned to.' })
  async companyName(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<string | null> {
    if (row.companyId === null) return null;
    return (await ctx.loader(this.companies.companies).load(row.companyId))?.name ?? null;
  }

  @ResolveField(() => [WorkRoomNode])
  async rooms(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkRoomNode[]> {
    const rooms = await ctx.loader(this.loaders.roomsOf).load(row.id);
    return rooms.map(({ id, code, name }) => ({ id: toNodeId('Room', id), code, name }));
  }

  @ResolveField(() => [WorkOrderStepNode])
  async steps(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkOrderStepNode[]> {
    const steps = await ctx.loader(this.loaders.stepsOf).load(row.id);
    return steps.map((step) => new WorkOrderStepNode(step, ctx.locale));
  }

  @ResolveField(() => [WorkOrderEventNode], { description: 'In their order.' })
  async events(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkOrderEventNode[]> {
    const events = await ctx.loader(this.loaders.eventsOf).load(row.id);
    return events.map((event) => new WorkOrderEventNode(event));
  }

  @ResolveField(() => [WorkEntrantNode])
  async entrants(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkEntrantNode[]> {
    return ctx.loader(this.loaders.entrantsOf).load(row.id);
  }

  @ResolveField(() => [WorkOrderThingNode])
  async equipment(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<WorkOrderThingNode[]> {
    const things = await ctx.loader(this.loaders.thingsOf).load(row.id);
    return Promise.all(
      things.map(async ({ equipment, targetHolderId, targetUnitHalves }) => {
        const holderId = equipment.holderId ?? targetHolderId;
        const space = holderId === null ? null : await ctx.loader(this.loaders.spacesOf).load(holderId);
        const place = space && new EquipmentPlaceNode(space, equipment.startHalfUnit, equipment.heightHalfUnits);
        if (place && equipment.holderId === null && targetUnitHalves !== null)
          place.startUnit = unitsOf(targetUnitHalves);
        return { equipment: new HostedEquipmentNode(equipment), place };
      }),
    );
  }

  @ResolveField(() => [PortClaimNode])
  async portClaims(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<PortClaimNode[]> {
    const claims = await ctx.loader(this.loaders.claimsOf).load(row.id);
    return claims.map(({ set, asked, state }) => ({
      portSetId: toNodeId('PortSet', set.id),
      label: set.label,
      kind: set.kind,
      count: asked,
      state,
    }));
  }

  /** Once an operation: the same for every order of a list. */
  private readonly sightsOf = new WeakMap<RequestContext, () => Promise<Awaited<ReturnType<OrderSights['of']>>[]>>();

  private sightOf(ctx: RequestContext) {
    const known = this.sightsOf.get(ctx);
    if (known) return known;
    const made = async () => [await this.sights.of(ctx.requireViewer())];
    this.sightsOf.set(ctx, made);
    return made;
  }
}

@Resolver(() => WorkOrderStepNode)
export class WorkOrderStepResolver {
  constructor(private readonly loaders: OrderLoaders) {}

  @ResolveField(() => [StoredFileNode])
  async files(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderStepNode): Promise<StoredFileNode[]> {
    const files = await ctx.loader(this.loaders.filesOfSteps).load(row.id);
    return files.map((file) => new StoredFileNode(file));
  }
}

@Resolver(() => ProviderCompanyNode)
export class ProviderCompanyResolver {
  constructor(
    private readonly companies: Companies,
    private readonly names: UserNames,
  ) {}

  @ResolveField(() => [ProviderMemberNode])
  async members(@Context() ctx: RequestContext, @Parent() { row }: ProviderCompanyNode): Promise<ProviderMemberNode[]> {
    const ids = await ctx.loader(this.companies.membersOf).load(row.id);
    const people = await ctx.loader(this.names.named).loadMany(ids);
    return people.flatMap((person) =>
      person && !(person instanceof Error)
        ? [{ id: toNodeId('User', person.id), username: person.username, displayName: person.displayName }]
        : [],
    );
  }
}

function seesBusiness(ctx: RequestContext, row: WorkOrderRow): boolean {
  const scope = scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ');
  return reaches(scope, { departmentId: row.departmentId, systemId: row.systemId ?? '' });
}
