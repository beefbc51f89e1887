import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CabinetView } from '../cabinets/cabinet-view.service.js';
import { CabinetNode } from '../cabinets/cabinets.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { notYetClean } from './domain/host.js';
import { needsPool, needsReason, offeredActions, takes } from './domain/life-act.js';
import { MOVE_WORDS } from './domain/server-state.js';
import { HardwareModelsService } from './hardware-models.service.js';
import { ServerHosts } from './server-hosts.service.js';
import { ServerPlaceService } from './server-place.service.js';
import {
  HardwareModelNode,
  ServerAcceleratorNode,
  ServerActionNode,
  ServerBmcNode,
  ServerEventNode,
  ServerNode,
  ServerPlaceNode,
} from './servers.graphql.js';
import { ServersService } from './servers.service.js';

/** What belongs to a server and the things of earlier features around it; each edge is one batch a page. */
@Resolver(() => ServerNode)
export class ServerEdgesResolver {
  constructor(
    private readonly servers: ServersService,
    private readonly models: HardwareModelsService,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly places: ServerPlaceService,
    private readonly hosts: ServerHosts,
  ) {}

  @ResolveField(() => HardwareModelNode)
  async model(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<HardwareModelNode | null> {
    const model = await ctx.loader(this.models.models).load(row.modelId);
    return model && new HardwareModelNode(model);
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => PoolNode, { nullable: true, description: 'The pool whose host it is.' })
  async pool(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<PoolNode | null> {
    const pool = row.poolId === null ? null : await ctx.loader(this.facilities.pools).load(row.poolId);
    return pool && new PoolNode(pool);
  }

  @ResolveField(() => DepartmentNode, { nullable: true, description: 'Who uses it.' })
  async department(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<DepartmentNode | null> {
    if (row.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode, { nullable: true })
  async system(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<SystemNode | null> {
    const system = row.systemId === null ? null : await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => ServerPlaceNode, { nullable: true, description: 'Where it stands; null = in no cabinet.' })
  async place(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerPlaceNode | null> {
    const place = row.holderId === null ? null : await ctx.loader(this.places.placesOf).load(row.id);
    return place && new ServerPlaceNode(place);
  }

  @ResolveField(() => [ServerAcceleratorNode])
  async accelerators(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerAcceleratorNode[]> {
    return ctx.loader(this.servers.acceleratorsOf).load(row.id);
  }

  @ResolveField(() => ServerBmcNode, {
    nullable: true,
    description: 'Null for those who use the server and do not run the place.',
  })
  bmc(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): ServerBmcNode | null {
    if (scopeFor(ctx.requireViewer(), 'SERVER', 'READ')?.kind !== 'PROVINCE') return null;
    return {
      address: row.bmcAddress,
      username: row.bmcUsername === null ? null : `${row.bmcUsername.slice(0, 1)}***`,
      hasCredential: row.hasCredential,
    };
  }

  @ResolveField(() => [ServerEventNode], { description: 'What happened to it, newest first.' })
  async events(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerEventNode[]> {
    const events = await ctx.loader(this.servers.eventsOf).load(row.id);
    const scope = scopeFor(ctx.requireViewer(), 'SERVER', 'READ');
    // A department reads of its own time with the server, not of those who had it before.
    return events
      .filter((event) => scope?.kind === 'PROVINCE' || covers(scope, event.departmentId ?? ''))
      .map((event) => ({ ...event, text: ctx.say(event.text) }));
  }

  @ResolveField(() => [ServerActionNode], {
    description: 'The steps of its life that the viewer may take, and those that something is in the way of.',
  })
  async availableActions(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerActionNode[]> {
    if (!scopeFor(ctx.requireViewer(), 'SERVER', 'EDIT')) return [];
    const pools = (await ctx.loader(this.facilities.poolsOfCenters).load(row.centerId)).filter((pool) =>
      takes(pool, row),
    );
    const host = await ctx.loader(this.hosts.ofServers).load(row.id);
    return offeredActions(row, pools.length > 0).map(({ action, because }) => {
      const why = because ?? notYetClean(action, row, host);
      return {
        action,
        name: ctx.say(MOVE_WORDS[action]),
        disabledReason: why && ctx.say(why),
        needsReason: needsReason(action),
        needsPool: needsPool(action),
        pools: needsPool(action) ? pools.map((pool) => new PoolNode(pool)) : [],
      };
    });
  }
}

@Resolver(() => ServerPlaceNode)
export class ServerPlaceEdgesResolver {
  constructor(private readonly view: CabinetView) {}

  @ResolveField(() => CabinetNode, { nullable: true, description: 'Null for whoever does not read cabinets.' })
  async cabinet(@Context() ctx: RequestContext, @Parent() { place }: ServerPlaceNode): Promise<CabinetNode | null> {
    if (!scopeFor(ctx.requireViewer(), 'CABINET', 'READ')) return null;
    const cabinet = await ctx.loader(this.view.batchesOf(ctx).byIds).load(place.cabinet.id);
    return cabinet && this.view.cabinetNode(await this.view.sight(ctx), cabinet);
  }
}
