import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CenterRemains } from '../facilities/center-remains.service.js';
import { isPlaceExtent } from '../facilities/domain/maintenance.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import type { ServerState } from '../servers/domain/server-state.js';
import type { AcceleratorTotals, ServerTotals } from '../servers/servers.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { CapacityService } from './capacity.service.js';
import {
  type AcceleratorCapacityNode,
  CapacityGroupNode,
  CapacityReportNode,
  CenterRemainNode,
  DisplacedClaimNode,
  LossVerdictNode,
  MaintenanceImpactInput,
  MaintenanceImpactNode,
  type ServerCapacityNode,
  SpaceCapacityNode,
} from './capacity.types.js';
import { TREND_POINTS_MIN } from './domain/trend.js';
import { MaintenanceImpactService } from './maintenance-impact.service.js';
import { PlaceTrends } from './place-trends.service.js';

/** Five years of history; beyond that the prices of hardware have changed more than its use. */
const MONTHS_MAX = 60;
const BASED_ON_MAX = 24;

@Resolver(() => LossVerdictNode)
export class CapacityResolver {
  constructor(
    private readonly capacity: CapacityService,
    private readonly trends: PlaceTrends,
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
    const { groups, space, servers, accelerators, losses } = await this.capacity.report(months, basedOn);
    const trends = await this.trends.of(months, basedOn);
    const centers = new Map((await this.facilities.centers()).map((center) => [center.id, new CenterNode(center)]));
    const at = <T extends { readonly centerId: string }>(row: T): { center: CenterNode; row: T }[] => {
      const center = centers.get(row.centerId);
      return center ? [{ center, row }] : [];
    };
    return {
      groups: groups.map(CapacityGroupNode.of),
      space: space
        .flatMap(at)
        .map(({ center, row }) => SpaceCapacityNode.of(row, center, (resource) => trends.space(row, resource))),
      servers: serverRows(servers)
        .flatMap(at)
        .map(({ center, row }) => ({ ...row, center, trend: trends.servers(row) })),
      accelerators: acceleratorRows(accelerators)
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

/** What is in the way of stopping a center. */
@Resolver(() => CenterNode)
export class CenterRemainsResolver {
  constructor(private readonly remains: CenterRemains) {}

  @ResolveField(() => [CenterRemainNode], {
    name: 'remains',
    description:
      'What is still somebody’s there; while there is any it is not stopped. Empty for whoever does not read capacity.',
  })
  async remaining(@Context() ctx: RequestContext, @Parent() center: CenterNode): Promise<CenterRemainNode[]> {
    if (!scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return [];
    return (await this.remains.of(center.uuid)).map((remain) => ({ ...remain }));
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
    const { extent } = input;
    const impact =
      poolId === undefined || isPlaceExtent(extent)
        ? null
        : await this.impacts.impact(poolId, {
            extent,
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

/** What is free, held and in use, of rows that say how much there is in which state of a server. */
function byUse<R extends { readonly state: ServerState }>(rows: readonly R[], amountOf: (row: R) => number) {
  const sum = (...states: ServerState[]): number =>
    rows.filter((row) => states.includes(row.state)).reduce((total, row) => total + amountOf(row), 0);
  const of = {
    free: sum('FREE'),
    held: sum('HELD'),
    inUse: sum('IN_USE'),
    other: sum('PLANNED', 'ONBOARDING', 'CLEANING', 'MAINTENANCE'),
  };
  return { total: of.free + of.held + of.inUse + of.other, ...of };
}

function serverRows(
  totals: readonly ServerTotals[],
): (Omit<ServerCapacityNode, 'center' | 'trend'> & { centerId: string })[] {
  const groups = Map.groupBy(
    totals.filter((row) => row.state !== 'RETIRED'),
    (row) => `${row.centerId} ${row.architecture}`,
  );
  return [...groups.values()].flatMap((rows) =>
    rows.slice(0, 1).map(({ centerId, architecture }) => ({ centerId, architecture, ...byUse(rows, (r) => r.count) })),
  );
}

function acceleratorRows(
  totals: readonly AcceleratorTotals[],
): (Omit<AcceleratorCapacityNode, 'center'> & { centerId: string })[] {
  const groups = Map.groupBy(
    totals.filter((row) => row.state !== 'RETIRED'),
    (row) => `${row.centerId} ${row.kind} ${row.name}`,
  );
  return [...groups.values()].flatMap((rows) =>
    rows.slice(0, 1).map(({ centerId, kind, name }) => ({ centerId, kind, name, ...byUse(rows, (r) => r.amount) })),
  );
}
