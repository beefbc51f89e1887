import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BackupsModule } from '../backups/backups.module.js';
import { ClusterHealthModule } from '../clusterhealth/cluster-health.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DrDebtsModule } from '../drdebts/drdebts.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ReplicationModule } from '../replication/replication.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { ArbiterRounds } from './arbiter-rounds.service.js';
import { DataCopiesResolver } from './data-copies.resolver.js';
import { DataCopies } from './data-copies.service.js';
import { DataWriters } from './data-writers.service.js';
import { DrSweep } from './dr-sweep.service.js';
import { GroupActs } from './group-acts.service.js';
import { GroupEdgesResolver } from './group-edges.resolver.js';
import { GroupForming } from './group-forming.service.js';
import { GroupGrounds } from './group-grounds.service.js';
import { GroupStanding } from './group-standing.service.js';
import { GroupViews } from './group-views.service.js';
import { GroupsRepository } from './groups.repository.js';
import { LinkActsResolver } from './link-acts.resolver.js';
import { LinkModes } from './link-modes.service.js';
import { LinksRepository } from './links.repository.js';
import { Links } from './links.service.js';
import { GroupOccupations } from './occupations.service.js';
import { PictureResolver } from './picture.resolver.js';
import { ProbeRounds } from './probe-rounds.service.js';
import { ProbesRepository } from './probes.repository.js';
import { ProbesResolver } from './probes.resolver.js';
import { Probes } from './probes.service.js';
import { ResilienceResolver } from './resilience.resolver.js';
import { SignalGrounds } from './signal-grounds.service.js';
import { SignalWriting } from './signal-writing.service.js';
import { SignalsRepository } from './signals.repository.js';

@Module({
  imports: [
    AuditModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    AllocationModule,
    DrDebtsModule,
    ResourcesModule,
    ClusterHealthModule,
    ReplicationModule,
    WorkOrdersModule,
    BackupsModule,
  ],
  providers: [
    DataCopies,
    DataCopiesResolver,
    GroupsRepository,
    LinksRepository,
    SignalsRepository,
    ProbesRepository,
    Probes,
    ProbeRounds,
    ArbiterRounds,
    GroupForming,
    GroupGrounds,
    GroupViews,
    GroupStanding,
    GroupActs,
    Links,
    GroupOccupations,
    LinkModes,
    LinkActsResolver,
    SignalWriting,
    DataWriters,
    SignalGrounds,
    DrSweep,
    ResilienceResolver,
    GroupEdgesResolver,
    PictureResolver,
    ProbesResolver,
  ],
  exports: [
    DrSweep,
    ArbiterRounds,
    ProbeRounds,
    Probes,
    GroupForming,
    GroupActs,
    GroupViews,
    GroupStanding,
    GroupOccupations,
    SignalWriting,
    DataWriters,
  ],
})
export class ResilienceModule {}
