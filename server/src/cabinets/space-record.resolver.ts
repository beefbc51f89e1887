import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { isCalendarDate } from '../kernel/calendar.js';
import { toNodeId } from '../kernel/node-id.js';
import { covers } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CabinetInsides } from './cabinet-insides.service.js';
import { CabinetView } from './cabinet-view.service.js';
import { CabinetHolderNode, CabinetNode } from './cabinets.types.js';
import type { Cabinet } from './domain/cabinet.js';
import { unitsOf } from './domain/units.js';
import {
  CabinetDepartmentNode,
  HolderEntryNode,
  HolderSpotNode,
  PastHolderNode,
  PlannedMoveNode,
  SpaceUseNode,
  startUnitOf,
} from './space-record.graphql.js';
import { SpaceRecord } from './space-record.service.js';
import type { SpaceUse } from './space-record.types.js';

/** A year and a day; a report over more is made of several. */
const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

@Resolver(() => CabinetHolderNode)
export class HolderRecordResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly insides: CabinetInsides,
    private readonly record: SpaceRecord,
  ) {}

  @ResolveField(() => PlannedMoveNode, { nullable: true, description: 'Told at both ends of it.' })
  async plannedMove(
    @Context() ctx: RequestContext,
    @Parent() node: CabinetHolderNode,
  ): Promise<PlannedMoveNode | null> {
    if (!node.shown) return null;
    const plan = await ctx.loader(this.insides.plannedMoves).load(node.row.id);
    return (
      plan && {
        planId: toNodeId('CabinetHolder', plan.planId),
        planVersion: plan.planVersion,
        from: HolderSpotNode.of(plan.from),
        to: HolderSpotNode.of(plan.to),
      }
    );
  }

  @ResolveField(() => [HolderEntryNode], { description: 'The oldest first; of a department, what was its own.' })
  async entries(@Context() ctx: RequestContext, @Parent() node: CabinetHolderNode): Promise<HolderEntryNode[]> {
    if (!node.shown) return [];
    const scope = this.view.scope(ctx);
    const entries = await ctx.loader(this.record.entries).load(node.row.id);
    return entries
      .filter(
        (entry) => scope.kind === 'PROVINCE' || (entry.departmentId !== null && covers(scope, entry.departmentId)),
      )
      .map(HolderEntryNode.of);
  }
}

@Resolver(() => CabinetNode)
export class CabinetRecordResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly insides: CabinetInsides,
    private readonly departments: DepartmentsService,
    private readonly record: SpaceRecord,
  ) {}

  @ResolveField(() => [PastHolderNode], { description: 'What was in it at that moment, from the bottom up.' })
  async holdersAsOf(
    @Context() ctx: RequestContext,
    @Parent() { row }: CabinetNode,
    @Args('at', { type: () => Date }) at: Date,
  ): Promise<PastHolderNode[]> {
    const entries = await ctx.loader(this.record.looks).load({ cabinetId: row.id, at });
    // Whose it was as a whole then is not in the record: who has it today sees of the past what was its own.
    return this.view
      .seenOf(await this.view.sight(ctx), entries, { departmentId: null })
      .map(({ one, whole }) => PastHolderNode.of(one, row, whole));
  }

  @ResolveField(() => [CabinetDepartmentNode], {
    description: 'Departments with something in it, who has the most first; a department is told of itself only.',
  })
  async holderDepartments(
    @Context() ctx: RequestContext,
    @Parent() { row }: CabinetNode,
  ): Promise<CabinetDepartmentNode[]> {
    const scope = this.view.scope(ctx);
    const inside = await ctx.loader(this.insides.departmentsIn).load(row.id);
    const told = inside.filter(({ departmentId }) => covers(scope, departmentId));
    const departments = await ctx
      .loader(this.departments.departments)
      .loadMany(told.map(({ departmentId }) => departmentId));
    return told.flatMap(({ halfUnits }, at) => {
      const department = departments[at];
      return department && !(department instanceof Error)
        ? [{ department: new DepartmentNode(department), units: unitsOf(halfUnits) }]
        : [];
    });
  }
}

@Resolver(() => HolderSpotNode)
export class HolderSpotResolver {
  constructor(private readonly view: CabinetView) {}

  @ResolveField(() => CabinetNode, { nullable: true, description: 'Null where the viewer may not see it.' })
  async cabinet(@Context() ctx: RequestContext, @Parent() { place }: HolderSpotNode): Promise<CabinetNode | null> {
    const cabinet = await this.cabinetOf(ctx, place.cabinetId);
    return cabinet && this.view.cabinetNode(await this.view.sight(ctx), cabinet);
  }

  @ResolveField(() => Number, {
    nullable: true,
    description: "By today's numbers; null also for a strip beside the units.",
  })
  async startUnit(@Context() ctx: RequestContext, @Parent() { place }: HolderSpotNode): Promise<number | null> {
    const cabinet = await this.cabinetOf(ctx, place.cabinetId);
    return cabinet && startUnitOf(cabinet, place);
  }

  private cabinetOf(ctx: RequestContext, id: string): Promise<Cabinet | null> {
    return ctx.loader(this.view.batchesOf(ctx).byIds).load(id);
  }
}

@Resolver(() => HolderEntryNode)
export class HolderEntryResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() { row }: HolderEntryNode): Promise<DepartmentNode | null> {
    return departmentNode(ctx, this.departments, row.departmentId);
  }
}

@Resolver(() => PastHolderNode)
export class PastHolderResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() node: PastHolderNode): Promise<DepartmentNode | null> {
    return node.shown ? departmentNode(ctx, this.departments, node.row.departmentId) : null;
  }
}

@Resolver(() => SpaceUseNode)
export class SpaceUseResolver {
  constructor(
    private readonly view: CabinetView,
    private readonly departments: DepartmentsService,
    private readonly record: SpaceRecord,
  ) {}

  @Query(() => [SpaceUseNode], {
    description:
      'U位·天 by department over the days from `from` until before `until`, who uses the most first; a department is told of itself only.',
  })
  async spaceUse(
    @Context() ctx: RequestContext,
    @Args('from', { type: () => String, description: 'YYYY-MM-DD' }) from: string,
    @Args('until', { type: () => String, description: 'YYYY-MM-DD, not itself' }) until: string,
  ): Promise<SpaceUseNode[]> {
    const scope = this.view.scope(ctx);
    if (!isCalendarDate(from) || !isCalendarDate(until)) throw badInput('from and until are days, YYYY-MM-DD');
    const days = (Date.parse(until) - Date.parse(from)) / DAY_MS;
    if (days <= 0 || days > DAYS_MAX) throw badInput(`until is 1 to ${DAYS_MAX} days after from`);
    const use = (await this.record.use(from, until)).filter(
      ({ departmentId }) => scope.kind === 'PROVINCE' || (departmentId !== null && covers(scope, departmentId)),
    );
    return [...Map.groupBy(use, (row) => row.departmentId)]
      .map(([departmentId, rows]) => ({ departmentId, ...sumsOf(rows) }))
      .toSorted((a, b) => b.usedUnitDays - a.usedUnitDays);
  }

  @ResolveField(() => DepartmentNode, {
    nullable: true,
    description: "Null = the place's own (switches, strips, blocks).",
  })
  async department(
    @Context() ctx: RequestContext,
    @Parent() { departmentId }: SpaceUseNode,
  ): Promise<DepartmentNode | null> {
    return departmentNode(ctx, this.departments, departmentId);
  }
}

function sumsOf(rows: readonly SpaceUse[]): Omit<SpaceUseNode, 'departmentId'> {
  const days = (kind: SpaceUse['kind']): number =>
    unitsOf(rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.halfUnitDays, 0));
  return {
    cabinets: new Set(rows.map((row) => row.cabinetId)).size,
    usedUnitDays: days('USED'),
    heldUnitDays: days('HELD'),
    blockedUnitDays: days('BLOCKED'),
  };
}

async function departmentNode(
  ctx: RequestContext,
  departments: DepartmentsService,
  id: string | null,
): Promise<DepartmentNode | null> {
  const department = id === null ? null : await ctx.loader(departments.departments).load(id);
  return department && new DepartmentNode(department);
}
