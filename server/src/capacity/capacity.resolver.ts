import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import type { ServerTotals } from '../servers/servers.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { CapacityService } from './capacity.service.js';
import {
  CapacityGroupNode,
  CapacityReportNode,
  DisplacedClaimNode,
  LossVerdictNode,
  MaintenanceImpactInput,
  MaintenanceImpactNode,
  type ServerCapacityNode,
} from './capacity.types.js';
import { TREND_POINTS_MIN } from './domain/trend.js';
import { MaintenanceImpactService } from './maintenance-impact.service.js';

/** Five years of history; beyond that the prices of hardware have changed more than its use. */
const MONTHS_MAX = 60;
const BASED_ON_MAX = 24;

@Resolver(() => LossVerdictNode)
export class CapacityResolver {
  constructor(
    private readonly capacity: CapacityService,
    private readonly facilities: FacilitiesService,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => CapacityReportNode, { name: 'capacity', description: 'What the place can still take, and until when.' })
  async report(
    @Context() ctx: RequestContext,
    @Args('months', { type: () => Int, defaultValue: 24, description: 'Of history.' }) months: number,
    @Args('basedOn', { type: () => Int, defaultValue: 6, description: 'Months that the line goes through.' })
    basedOn: number,
  ): Promise<CapacityReportNode> {
    ctx.require('CAPACITY', 'READ');
    if (months < 1 || months > MONTHS_MAX) throw badInput(`months must be 1 to ${MONTHS_MAX}`);
    if (basedOn < TREND_POINTS_MIN || basedOn > BASED_ON_MAX)
      throw badInput(`basedOn must be ${TREND_POINTS_MIN} to ${BASED_ON_MAX}`);
    const { groups, space, servers, losses } = await this.capacity.report(months, basedOn);
    const centers = new Map((await this.facilities.centers()).map((center) => [center.id, new CenterNode(center)]));
    const at = <T extends { readonly centerId: string }>(row: T): { center: CenterNode; row: T }[] => {
      const center = centers.get(row.centerId);
      return center ? [{ center, row }] : [];
    };
    return {
      groups: groups.map(CapacityGroupNode.of),
      space: space.flatMap(at).map(({ center, row }) => ({ ...row, center })),
      servers: serverRows(servers)
        .flatMap(at)
        .map(({ center, row }) => ({ ...row, center })),
      losses: losses.map((verdict) =>
        Object.assign(new LossVerdictNode(), {
          ...verdict,
          verdict,
          systemsShortIds: verdict.systemsShort,
          lost: centers.get(verdict.lostCenterId),
          other: centers.get(verdict.otherCenterId),
        }),
      ),
    };
  }

  @ResolveField(() => [SystemNode], { description: 'Systems whose other side is smaller than what is lost.' })
  async systemsShort(@Context() ctx: RequestContext, @Parent() verdict: LossVerdictNode): Promise<SystemNode[]> {
    return systemNodes(ctx, this.systems, verdict.systemsShortIds);
  }
}

@Resolver(() => MaintenanceImpactNode)
export class MaintenanceImpactResolver {
  constructor(
    private readonly impacts: MaintenanceImpactService,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => MaintenanceImpactNode)
  async maintenanceImpact(
    @Context() ctx: RequestContext,
    @Args('input') input: MaintenanceImpactInput,
  ): Promise<MaintenanceImpactNode> {
    ctx.require('CAPACITY', 'READ');
    const poolId = uuidOf('Pool', input.poolId);
    const impact =
      poolId === undefined
        ? null
        : await this.impacts.impact(poolId, {
            extent: input.extent,
            nodes: input.nodes ?? null,
            fromAt: input.fromAt,
            toAt: input.toAt,
            windowId: input.windowId ? (uuidOf('MaintenanceWindow', input.windowId) ?? null) : null,
          });
    if (!impact) throw notFound(ctx.locale);
    return MaintenanceImpactNode.of(impact);
  }

  @ResolveField(() => [SystemNode], { description: 'Dual-active systems that would have nothing left in this center.' })
  async sidesLost(@Context() ctx: RequestContext, @Parent() impact: MaintenanceImpactNode): Promise<SystemNode[]> {
    return systemNodes(ctx, this.systems, impact.sidesLostIds);
  }
}

@Resolver(() => DisplacedClaimNode)
export class DisplacedClaimResolver {
  constructor(private readonly resources: ResourcesService) {}

  @ResolveField(() => ResourceNode, { nullable: true, description: 'Null = only held, or not yours to see.' })
  async resource(@Context() ctx: RequestContext, @Parent() { row }: DisplacedClaimNode): Promise<ResourceNode | null> {
    if (row.resourceId === null || scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ')?.kind !== 'PROVINCE') return null;
    const resource = await ctx.loader(this.resources.rows).load(row.resourceId);
    return resource && new ResourceNode(resource);
  }
}

/** Only for those who see every system: the others are told how many. */
async function systemNodes(
  ctx: RequestContext,
  systems: SystemsService,
  ids: readonly string[],
): Promise<SystemNode[]> {
  if (scopeFor(ctx.requireViewer(), 'SYSTEM', 'READ')?.kind !== 'PROVINCE') return [];
  const found = await ctx.loader(systems.systems).loadMany([...ids]);
  return found.flatMap((system) => (system && !(system instanceof Error) ? new SystemNode(system) : []));
}

function serverRows(totals: readonly ServerTotals[]): (Omit<ServerCapacityNode, 'center'> & { centerId: string })[] {
  const groups = Map.groupBy(
    totals.filter((row) => row.state !== 'RETIRED'),
    (row) => `${row.centerId} ${row.architecture}`,
  );
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const count = (...states: string[]): number =>
      rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.count, 0);
    return [
      {
        centerId: first.centerId,
        architecture: first.architecture,
        total: rows.reduce((sum, row) => sum + row.count, 0),
        free: count('FREE'),
        held: count('HELD'),
        inUse: count('IN_USE'),
        other: count('PLANNED', 'ONBOARDING', 'CLEANING', 'MAINTENANCE'),
      },
    ];
  });
}
