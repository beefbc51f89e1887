import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { type CenterRole } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { LocalModeEnum, RemoteModeEnum, SystemNode } from '../systems/systems.types.js';
import { DR_ELEMENTS, levelOf } from './domain/dr-level.js';
import { isSettling, shownLevel } from './domain/dr-signal.js';
import type { GroupGrade, TierFacts } from './domain/dr-words.js';
import { reasonText } from './domain/reason-text.js';
import { type GroupPicture, GroupViews } from './group-views.service.js';
import { GroupOccupations } from './occupations.service.js';
import {
  DrGroupNode,
  DrLevelNode,
  DrOccupationNode,
  DrReasonNode,
  DrSignalNode,
  DrTierNode,
  GroupGradeEnum,
} from './resilience.graphql.js';

const ROLES: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];

/** Judged when it is asked for: what a page shows is never older than its signals. */
@Resolver(() => DrGroupNode)
export class GroupEdgesResolver {
  constructor(
    private readonly views: GroupViews,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly facilities: FacilitiesService,
    private readonly occupations: GroupOccupations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => GroupGradeEnum)
  async grade(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<GroupGrade> {
    return (await this.picture(ctx, node)).judgement.grade;
  }

  @ResolveField(() => LocalModeEnum, { nullable: true, description: 'As it is; null = signals are too old to say.' })
  async localReached(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<LocalMode | null> {
    return (await this.picture(ctx, node)).judgement.local;
  }

  @ResolveField(() => RemoteModeEnum, { nullable: true, description: 'As it is; null = signals are too old to say.' })
  async remoteReached(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<RemoteMode | null> {
    return (await this.picture(ctx, node)).judgement.remote;
  }

  @ResolveField(() => [DrReasonNode], { description: 'The worst first; none where all is as promised.' })
  async reasons(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<DrReasonNode[]> {
    const { facts, judgement } = await this.picture(ctx, node);
    const nameOf = new Map(facts.tiers.map(({ id, name }) => [id, name]));
    const order: readonly GroupGrade[] = ['BROKEN', 'UNKNOWN', 'AT_RISK', 'KEPT'];
    return judgement.reasons
      .toSorted((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade))
      .map((reason) => ({
        ...{ code: reason.code, grade: reason.grade, signal: reason.signal, text: reasonText(reason)[ctx.locale] },
        tierName: reason.tierId === null ? null : (nameOf.get(reason.tierId) ?? null),
        resourceIds: reason.resourceIds.map((id) => toNodeId('Resource', id)),
      }));
  }

  @ResolveField(() => [DrTierNode])
  async tiers(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<DrTierNode[]> {
    const { dataSets, facts, tiers } = await this.picture(ctx, node);
    const load = ctx.loader(this.facilities.centersByIds);
    return Promise.all(
      tiers.map(async (tier): Promise<DrTierNode> => {
        const own = facts.tiers.find(({ id }) => id === tier.id);
        const { dataKind, layer, localMode, name, origin, party, partyName, remoteMode, source, version } = tier;
        const sets = dataSets.filter(({ tierId }) => tierId === tier.id);
        return {
          ...{ id: toNodeId('DrTier', tier.id), name, origin, layer, dataKind, source, party, partyName },
          ...{ localMode, remoteMode, version },
          centers: own ? centersOf(own) : [],
          dataSets: await Promise.all(
            sets.map(async (set) => ({
              name: set.name,
              places: (
                await Promise.all(
                  set.places.map(async ({ centerId, role }) => ({ role, center: await load.load(centerId) })),
                )
              ).flatMap(({ center, role }) => (center ? [{ role, center: new CenterNode(center) }] : [])),
            })),
          ),
        };
      }),
    );
  }

  @ResolveField(() => [DrSignalNode], { description: 'Of the group, its tiers, and the centers that it stands in.' })
  async signals(@Context() ctx: RequestContext, @Parent() node: DrGroupNode): Promise<DrSignalNode[]> {
    const { facts, signals } = await this.picture(ctx, node);
    const centers = await this.facilities.centers();
    const nameOf = new Map([...facts.tiers, ...centers, ...(facts.probes ?? [])].map(({ id, name }) => [id, name]));
    const now = this.clock.now();
    return signals.map((signal) => ({
      signalId: toNodeId('DrSignal', signal.id),
      ...{ name: signal.name, source: signal.source, value: signal.value, levelSince: signal.levelSince },
      ...{ observedAt: signal.observedAt, maxAgeSeconds: signal.maxAgeSeconds },
      subject: nameOf.get(signal.subjectId) ?? null,
      towards: signal.towards === '' ? null : (signal.towards as CenterRole),
      level: shownLevel(signal, now),
      settling: isSettling(signal, now),
    }));
  }

  @ResolveField(() => DrLevelNode)
  async level(@Context() ctx: RequestContext, @Parent() { row }: DrGroupNode): Promise<DrLevelNode> {
    const edition = await ctx.loader(this.views.editions).load(row.editionNumber);
    const { level, shortest } = levelOf(row.elements, row.targetLevel);
    return {
      standard: edition ? `${edition.standard}-${edition.edition}` : 'GB/T 20988',
      level,
      name: edition?.levels.find((one) => one.level === level)?.name ?? null,
      elements: DR_ELEMENTS.map((element) => ({ element, level: row.elements[element] ?? null })),
      shortest: [...shortest],
    };
  }

  @ResolveField(() => SystemNode, { nullable: true })
  async system(@Context() ctx: RequestContext, @Parent() { row }: DrGroupNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() { row }: DrGroupNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => DrOccupationNode, { nullable: true, description: 'What has it to itself now; null = nothing.' })
  async occupiedBy(@Context() ctx: RequestContext, @Parent() { row }: DrGroupNode): Promise<DrOccupationNode | null> {
    const taken = await ctx.loader(this.occupations.of).load(row.id);
    if (!taken) return null;
    const { blockedSince, byCode, byId, byKind, since } = taken;
    const type = byKind === 'DRILL' ? 'DrDrill' : 'DrExecution';
    return { kind: byKind, byId: toNodeId(type, byId), code: byCode, since, blockedSince };
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer says what its tiers and targets are.' })
  mayEdit(@Context() ctx: RequestContext): boolean {
    return scopeFor(ctx.requireViewer(), 'DR_GROUP', 'EDIT') !== undefined;
  }

  private async picture(ctx: RequestContext, { row }: DrGroupNode): Promise<GroupPicture> {
    const picture = await ctx.loader(this.views.pictures).load(row.id);
    if (!picture) throw new Error(`the DR group ${row.id} went while it was read`);
    return picture;
  }
}

function centersOf({ members }: TierFacts) {
  return ROLES.map((role) => {
    const here = members.filter((member) => member.role === role);
    return {
      role,
      running: here.filter(({ standby }) => !standby).length,
      standby: here.filter(({ standby }) => standby).length,
      coming: here.filter(({ there }) => !there).length,
    };
  });
}
