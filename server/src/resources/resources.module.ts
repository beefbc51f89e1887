import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { UtilisationModule } from '../utilisation/utilisation.module.js';

import { DepartmentUseResolver } from './department-use.resolver.js';
import { KeptDiskRecord } from './kept-disk-record.service.js';
import { KeptDiskTime } from './kept-disk-time.service.js';
import { KeptDisksRepository } from './kept-disks.repository.js';
import { KeptDisksResolver, ResourceDisksResolver } from './kept-disks.resolver.js';
import { KeptDisks } from './kept-disks.service.js';
import { LifePolicies } from './life-policies.service.js';
import { LineMachines } from './line-machines.service.js';
import { MeasuredMachines } from './measured-machines.service.js';
import { MeteredDisks } from './metered-disks.service.js';
import { MeteredMachines } from './metered-machines.service.js';
import { PlacementGroundService } from './placement-ground.service.js';

import { RecordedMachines } from './recorded-machines.service.js';
import { ResourceChanges } from './resource-changes.service.js';
import { ResourceConcerns } from './resource-concerns.service.js';
import { ResourceEdgesResolver } from './resource-edges.resolver.js';
import { ResourceHolders } from './resource-holders.service.js';
import { ResourceLifeResolver } from './resource-life.resolver.js';
import { ResourceLife } from './resource-life.service.js';
import { ResourceLists } from './resource-lists.service.js';
import { ResourceMoves } from './resource-moves.service.js';
import { ResourceOperating } from './resource-operating.service.js';
import { ResourceOperationsResolver } from './resource-operations.resolver.js';
import { ResourcePlacing } from './resource-placing.service.js';
import { ResourcePower } from './resource-power.service.js';
import { ResourceSnapshotsRepository } from './resource-snapshots.repository.js';
import { ResourceSnapshots } from './resource-snapshots.service.js';
import { ResourceStanding } from './resource-standing.service.js';
import { ResourceTasksResolver } from './resource-tasks.resolver.js';
import { ResourceTasks } from './resource-tasks.service.js';
import { ResourceUseResolver } from './resource-use.resolver.js';
import { ResourceUse } from './resource-use.service.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesResolver } from './resources.resolver.js';
import { ResourcesService } from './resources.service.js';
import { ResourcesOfRequests } from './resources-of-requests.service.js';
import { SeenAddresses } from './seen-addresses.service.js';
import { SnapshotRecord } from './snapshot-record.service.js';
import { SystemSites } from './system-sites.service.js';
import { UnrecordedMachinesService } from './unrecorded-machines.service.js';
import { UsageHistory } from './usage-history.service.js';
import { UseWindowRepository } from './use-window.repository.js';
import { UseWindows } from './use-windows.service.js';

@Module({
  imports: [
    AuditModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    FreezesModule,
    NetworksModule,
    CatalogModule,
    AllocationModule,
    PricingModule,
    UtilisationModule,
  ],
  providers: [
    ResourceConcerns,
    SystemSites,
    RecordedMachines,
    LineMachines,
    ResourcesRepository,
    ResourcesService,
    ResourcesOfRequests,
    UnrecordedMachinesService,
    UsageHistory,
    PlacementGroundService,
    ResourceHolders,
    SeenAddresses,
    ResourcesResolver,
    ResourceEdgesResolver,
    LifePolicies,
    ResourceMoves,
    ResourceStanding,
    ResourcePlacing,
    ResourceChanges,
    ResourceLife,
    ResourceLists,
    ResourceLifeResolver,
    ResourceOperating,
    ResourcePower,
    ResourceSnapshotsRepository,
    ResourceSnapshots,
    SnapshotRecord,
    KeptDisksRepository,
    KeptDisks,
    KeptDiskTime,
    KeptDiskRecord,
    KeptDisksResolver,
    ResourceDisksResolver,
    ResourceOperationsResolver,
    MeasuredMachines,
    MeteredDisks,
    MeteredMachines,
    ResourceUse,
    ResourceUseResolver,
    DepartmentUseResolver,
    UseWindowRepository,
    UseWindows,
    ResourceTasks,
    ResourceTasksResolver,
  ],
  exports: [
    ResourceConcerns,
    SystemSites,
    RecordedMachines,
    LineMachines,
    ResourcesService,
    ResourcesOfRequests,
    UnrecordedMachinesService,
    UsageHistory,
    PlacementGroundService,
    ResourceHolders,
    SeenAddresses,
    LifePolicies,
    ResourceMoves,
    ResourceStanding,
    ResourcePlacing,
    ResourceChanges,
    ResourceLife,
    ResourceLists,
    SnapshotRecord,
    KeptDisks,
    KeptDiskTime,
    KeptDiskRecord,
    ResourcePower,
    ResourceSnapshots,
    MeasuredMachines,
    MeteredDisks,
    MeteredMachines,
    ResourceUse,
    UseWindows,
    ResourceTasks,
  ],
})
export class ResourcesModule {}
