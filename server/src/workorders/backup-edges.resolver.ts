import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { BackupActionEnum, BackupMachineNode, BackupNode, BackupRunNode } from './backups.graphql.js';
import { Backups } from './backups.service.js';
import type { BackupRow } from './backups.types.js';
import type { BackupAction } from './domain/backup.js';
import { OrderSights } from './order-sights.service.js';
import { WorkOrderNode } from './workorders.graphql.js';
import { WorkOrdersService } from './workorders.service.js';
import type { WorkOrderRow } from './workorders.types.js';

@Resolver(() => BackupNode)
export class BackupEdgesResolver {
  constructor(
    private readonly backups: Backups,
    private readonly workOrders: WorkOrdersService,
    private readonly sights: OrderSights,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly resources: ResourcesService,
  ) {}

  @ResolveField(() => [BackupActionEnum], { description: 'What the viewer may do to it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<BackupAction[]> {
    return this.backups.actionsOf(ctx.requireViewer(), row);
  }

  @ResolveField(() => DepartmentNode, { nullable: true, description: 'null for whoever only works its order.' })
  async department(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<DepartmentNode | null> {
    if (!seesBusiness(ctx, row)) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode, { nullable: true, description: 'null for whoever only works its order.' })
  async system(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<SystemNode | null> {
    if (!seesBusiness(ctx, row)) return null;
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Where the copies are kept; null = not set up yet.' })
  async targetCenter(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<CenterNode | null> {
    if (row.targetCenterId === null) return null;
    const center = await ctx.loader(this.facilities.centersByIds).load(row.targetCenterId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [BackupMachineNode])
  async machines(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<BackupMachineNode[]> {
    const ids = await ctx.loader(this.backups.resourceIdsOf).load(row.id);
    const rows = await ctx.loader(this.resources.rows).loadMany(ids);
    return rows.flatMap((each) =>
      each && !(each instanceof Error)
        ? [{ id: toNodeId('Resource', each.id), code: each.code, name: each.name, released: each.state === 'RELEASED' }]
        : [],
    );
  }

  @ResolveField(() => [BackupMachineNode], { description: 'Machines of the system that could be copied, by code.' })
  async candidates(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<BackupMachineNode[]> {
    const rows = await ctx.loader(this.backups.machinesOfSystems).load(row.systemId);
    return rows.map(({ id, code, name }) => ({ id: toNodeId('Resource', id), code, name, released: false }));
  }

  @ResolveField(() => [BackupRunNode], { description: 'The newest first; the last month of a nightly one.' })
  async runs(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<BackupRunNode[]> {
    const runs = await ctx.loader(this.backups.runsOf).load(row.id);
    return runs.map((run) => new BackupRunNode(run));
  }

  @ResolveField(() => [WorkOrderNode], {
    description: 'Orders that set it up or restored from it, in sight; newest first.',
  })
  async orders(@Context() ctx: RequestContext, @Parent() { row }: BackupNode): Promise<WorkOrderNode[]> {
    const orders = await ctx.loader(this.ordersOf(ctx)).load(row.id);
    return orders.map((order) => new WorkOrderNode(order));
  }

  /** Once an operation: the viewer's sight is the same for every backup of it. */
  private readonly loadersOf = new WeakMap<RequestContext, (ids: readonly string[]) => Promise<WorkOrderRow[][]>>();

  private ordersOf(ctx: RequestContext): (ids: readonly string[]) => Promise<WorkOrderRow[][]> {
    const known = this.loadersOf.get(ctx);
    if (known) return known;
    const made = async (ids: readonly string[]) => {
      const sight = await this.sights.of(ctx.requireViewer());
      const rows = Map.groupBy(sight ? await this.workOrders.ofBackups(sight, ids) : [], (order) => order.backupId);
      return ids.map((id) => rows.get(id) ?? []);
    };
    this.loadersOf.set(ctx, made);
    return made;
  }
}

@Resolver(() => WorkOrderNode)
export class WorkOrderBackupResolver {
  constructor(private readonly backups: Backups) {}

  @ResolveField(() => BackupNode, { nullable: true, description: 'The backup that it sets up, or restores from.' })
  async backup(@Context() ctx: RequestContext, @Parent() { row }: WorkOrderNode): Promise<BackupNode | null> {
    if (row.backupId === null) return null;
    const backup = await ctx.loader(this.backups.backups).load(row.backupId);
    return backup && new BackupNode(backup);
  }
}

function seesBusiness(ctx: RequestContext, row: BackupRow): boolean {
  return reaches(scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ'), row);
}
