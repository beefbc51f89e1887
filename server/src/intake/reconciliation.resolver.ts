import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import type { Match } from '../resources/domain/management.js';
import { ResourcesService } from '../resources/resources.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { machineKey } from './domain/intake-item.js';
import {
  IntakeBatchNode,
  IntakeItemNode,
  ReconciliationNode,
  UnrecordedMachineConnection,
  UnrecordedMachineNode,
} from './intake.graphql.js';
import { IntakeService } from './intake.service.js';

/** 账 / 实 / 差异: what the books say, what the clusters have. */
@Resolver(() => UnrecordedMachineNode)
export class ReconciliationResolver implements OnModuleInit {
  constructor(
    private readonly resources: ResourcesService,
    private readonly unrecorded: UnrecordedMachinesService,
    private readonly facilities: FacilitiesService,
    private readonly intake: IntakeService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('UnrecordedMachine', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'INTAKE', 'READ')) return null;
      const row = await ctx.loader(this.unrecorded.machines).load(id);
      return row && new UnrecordedMachineNode(row);
    });
  }

  @Query(() => [ReconciliationNode], {
    description: 'By center, in the order of their codes; what stands in no center comes last, if there is any.',
  })
  async reconciliation(@Context() ctx: RequestContext): Promise<ReconciliationNode[]> {
    ctx.require('INTAKE', 'READ');
    const [centers, counts, unrecorded] = await Promise.all([
      this.facilities.centers(),
      this.resources.matchCounts(),
      this.unrecorded.countsByCenter(),
    ]);
    const nowhere = counts.some((row) => row.centerId === null) ? [null] : [];
    return [...centers, ...nowhere].map((center) => {
      const own = counts.filter((row) => row.centerId === (center?.id ?? null));
      const of = (match: Match) => own.find((row) => row.match === match)?.count ?? 0;
      return {
        center: center && new CenterNode(center),
        recorded: own.reduce((sum, row) => sum + row.count, 0),
        matched: of('MATCHED'),
        different: of('DIFFERENT'),
        missing: of('MISSING'),
        notChecked: of('NOT_CHECKED'),
        unrecorded: center ? (unrecorded.get(center.id) ?? 0) : 0,
      };
    });
  }

  @Query(() => UnrecordedMachineConnection, { description: 'The longest known first.' })
  async unrecordedMachines(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('centerId', { type: () => ID, nullable: true }) centerId?: string | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ): Promise<Connection<UnrecordedMachineNode>> {
    ctx.require('INTAKE', 'READ');
    const center = centerId ? (uuidOf('Center', centerId) ?? '-') : null;
    const found = await this.unrecorded.page({ centerId: center, search: searchText(search) }, pageRequest(page, 1));
    return toConnection(
      found,
      (row) => new UnrecordedMachineNode(row),
      (row) => [row.id],
    );
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() machine: UnrecordedMachineNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(machine.centerUuid);
    return center && new CenterNode(center);
  }

  @ResolveField(() => IntakeBatchNode, {
    nullable: true,
    description: 'It was handed in and waits for approval in this batch; null = it may be taken in.',
  })
  async waitingBatch(
    @Context() ctx: RequestContext,
    @Parent() machine: UnrecordedMachineNode,
  ): Promise<IntakeBatchNode | null> {
    const batch = await ctx.loader(this.intake.waitingByKeys).load(machineKey(machine.centerUuid, machine));
    return batch && new IntakeBatchNode(batch);
  }
}

/** From an entry to whom it belongs; each edge is one batch a page. */
@Resolver(() => IntakeItemNode)
export class IntakeItemEdgesResolver {
  constructor(
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
  ) {}

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: IntakeItemNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: IntakeItemNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }
}
