import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { CANNOT_BE_MET } from '../departments/domain/capacity-figures.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SpaceShortageError } from '../platform/graphql/user-error.js';
import { CabinetView } from './cabinet-view.service.js';
import { CabinetHolderNode, CabinetNode, CabinetRowNode, RoomNode } from './cabinets.types.js';

@Resolver(() => RoomNode)
export class RoomEdgesResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly facilities: FacilitiesService,
  ) {}

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: RoomNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [CabinetRowNode])
  async rows(@Context() ctx: RequestContext, @Parent() { row }: RoomNode): Promise<CabinetRowNode[]> {
    const rows = await ctx.loader(this.view.batchesOf(ctx).rowsOfRooms).load(row.id);
    const sight = await this.view.sight(ctx);
    return rows.map((one) => this.view.rowNode(sight, one));
  }

  @ResolveField(() => [CabinetNode], { description: 'All of the room, row by row in the order in which they stand.' })
  async cabinets(@Context() ctx: RequestContext, @Parent() { row }: RoomNode): Promise<CabinetNode[]> {
    const cabinets = await ctx.loader(this.view.batchesOf(ctx).ofRooms).load(row.id);
    const sight = await this.view.sight(ctx);
    return cabinets.map((cabinet) => this.view.cabinetNode(sight, cabinet));
  }
}

@Resolver(() => CabinetRowNode)
export class CabinetRowEdgesResolver {
  constructor(private readonly view: CabinetView) {}

  @ResolveField(() => RoomNode)
  async room(@Context() ctx: RequestContext, @Parent() { row }: CabinetRowNode): Promise<RoomNode | null> {
    const room = await ctx.loader(this.view.batchesOf(ctx).rooms).load(row.roomId);
    return room && new RoomNode(room);
  }

  @ResolveField(() => [CabinetNode], { description: 'In the order in which they stand.' })
  async cabinets(@Context() ctx: RequestContext, @Parent() { row }: CabinetRowNode): Promise<CabinetNode[]> {
    const cabinets = await ctx.loader(this.view.batchesOf(ctx).ofRows).load(row.id);
    const sight = await this.view.sight(ctx);
    return cabinets.map((cabinet) => this.view.cabinetNode(sight, cabinet));
  }
}

@Resolver(() => CabinetNode)
export class CabinetEdgesResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
  ) {}

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: CabinetNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => RoomNode)
  async room(@Context() ctx: RequestContext, @Parent() { row }: CabinetNode): Promise<RoomNode | null> {
    const room = await ctx.loader(this.view.batchesOf(ctx).rooms).load(row.roomId);
    return room && new RoomNode(room);
  }

  @ResolveField(() => CabinetRowNode)
  async row(@Context() ctx: RequestContext, @Parent() cabinet: CabinetNode): Promise<CabinetRowNode | null> {
    const row = await ctx.loader(this.view.batchesOf(ctx).rows).load(cabinet.row.rowId);
    return row && this.view.rowNode(await this.view.sight(ctx), row);
  }

  @ResolveField(() => DepartmentNode, {
    nullable: true,
    description: "The whole cabinet is this department's; null also where the viewer may not know it.",
  })
  async department(@Context() ctx: RequestContext, @Parent() { row }: CabinetNode): Promise<DepartmentNode | null> {
    if (row.departmentId === null || !covers(this.view.scope(ctx), row.departmentId)) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => [CabinetHolderNode], { description: 'The elevation: what is in it now, from the bottom up.' })
  async holders(@Context() ctx: RequestContext, @Parent() { row }: CabinetNode): Promise<CabinetHolderNode[]> {
    const holders = await ctx.loader(this.view.batchesOf(ctx).holders).load(row.id);
    return this.view.holderNodes(await this.view.sight(ctx), holders, row);
  }
}

@Resolver(() => CabinetHolderNode)
export class CabinetHolderEdgesResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() node: CabinetHolderNode): Promise<DepartmentNode | null> {
    if (!node.shown || node.row.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(node.row.departmentId);
    return department && new DepartmentNode(department);
  }
}

/** The refusal names an id; here it becomes a node, so that a form can show and link it. */
@Resolver(() => SpaceShortageError)
export class SpaceShortageResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly figures: CapacityFigures,
  ) {}

  @ResolveField(() => Number, { nullable: true })
  async free(@Context() ctx: RequestContext, @Parent() error: SpaceShortageError): Promise<number | null> {
    return (await this.figures.shownTo(ctx)) ? error.free : null;
  }

  @ResolveField(() => Number, { nullable: true })
  async short(@Context() ctx: RequestContext, @Parent() error: SpaceShortageError): Promise<number | null> {
    return (await this.figures.shownTo(ctx)) ? error.short : null;
  }

  /** The sentence carries the figures too. */
  @ResolveField(() => String)
  async message(@Context() ctx: RequestContext, @Parent() error: SpaceShortageError): Promise<string> {
    return (await this.figures.shownTo(ctx)) ? error.message : ctx.say(CANNOT_BE_MET);
  }

  @ResolveField(() => CabinetNode, { nullable: true })
  async cabinet(@Context() ctx: RequestContext, @Parent() error: SpaceShortageError): Promise<CabinetNode | null> {
    if (error.cabinetId === null || !scopeFor(ctx.requireViewer(), 'CABINET', 'READ')) return null;
    const cabinet = await ctx.loader(this.view.batchesOf(ctx).byIds).load(error.cabinetId);
    return cabinet && this.view.cabinetNode(await this.view.sight(ctx), cabinet);
  }
}
