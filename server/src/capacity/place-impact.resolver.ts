import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { CabinetNode } from '../cabinets/cabinets.types.js';
import { unitsOf } from '../cabinets/domain/units.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { isPlaceExtent } from '../facilities/domain/maintenance.js';
import { MaintenanceWindowNode, PLACE_NODES } from '../facilities/facilities.graphql.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PoolNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { PlaceImpactService } from './place-impact.service.js';
import { PlaceImpactInput, PlaceImpactNode } from './place-impact.types.js';

/** Who comes through sees all of a cabinet. */
const WHOLE_SIGHT = { whole: true, figures: true };

/** It names departments, systems and every cabinet of a room: only for those who see all of each. */
@Resolver(() => PlaceImpactNode)
export class PlaceImpactResolver {
  constructor(
    private readonly impacts: PlaceImpactService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
  ) {}

  @Query(() => PlaceImpactNode)
  async placeImpact(@Context() ctx: RequestContext, @Args('input') input: PlaceImpactInput): Promise<PlaceImpactNode> {
    ctx.require('CAPACITY', 'READ');
    const scopes = [ctx.require('CABINET', 'READ'), ctx.require('SYSTEM', 'READ'), ctx.require('DEPARTMENT', 'READ')];
    const { extent } = input;
    const placeId = isPlaceExtent(extent) ? uuidOf(PLACE_NODES[extent], input.placeId) : undefined;
    if (!isPlaceExtent(extent) || placeId === undefined || scopes.some((scope) => scope.kind !== 'PROVINCE'))
      throw notFound(ctx.locale);
    const impact = await this.impacts.impact({
      extent,
      placeId,
      feed: input.feed ?? null,
      fromAt: input.fromAt,
      toAt: input.toAt,
      windowId: input.windowId ? (uuidOf('MaintenanceWindow', input.windowId) ?? null) : null,
    });
    if (!impact) throw notFound(ctx.locale);
    const [departments, systems, pools] = await Promise.all([
      this.departments.departments(impact.departments.map((row) => row.departmentId)),
      this.systems.systems(impact.systems),
      this.facilities.pools(impact.pools.map((row) => row.poolId)),
    ]);
    const nodes = systems.flatMap((system) => (system ? [system] : []));
    return {
      cabinets: impact.cabinets,
      dark: impact.dark.map((cabinet) => new CabinetNode(cabinet, WHOLE_SIGHT)),
      atRisk: impact.atRisk.map((cabinet) => new CabinetNode(cabinet, WHOLE_SIGHT)),
      departments: impact.departments.flatMap(({ things, halfUnits, powerW }, at) => {
        const department = departments[at];
        return department
          ? [{ department: new DepartmentNode(department), things, units: unitsOf(halfUnits), powerW }]
          : [];
      }),
      systems: nodes.map((system) => new SystemNode(system)),
      dualActive: nodes.filter(({ id }) => impact.dualActive.includes(id)).map((system) => new SystemNode(system)),
      pools: impact.pools.flatMap(({ hosts }, at) => {
        const pool = pools[at];
        return pool ? [{ pool: new PoolNode(pool), hosts }] : [];
      }),
      own: impact.own,
      overlapping: impact.overlapping.map((window) => new MaintenanceWindowNode(window)),
    };
  }
}
