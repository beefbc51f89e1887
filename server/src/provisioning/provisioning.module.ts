import { type DynamicModule, Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { ClusterHealthModule } from '../clusterhealth/cluster-health.module.js';
import { ClusterHealth } from '../clusterhealth/cluster-health.service.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { MachineLogins } from '../documents/machine-logins.service.js';
import { DriftModule } from '../drift/drift.module.js';
import { DriftPolicies } from '../drift/drift-policies.service.js';
import { Drifts } from '../drift/drifts.service.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { QuarantineModule } from '../quarantine/quarantine.module.js';
import { Quarantine } from '../quarantine/quarantine.service.js';
import { ReplicationModule } from '../replication/replication.module.js';
import { Replication } from '../replication/replication.service.js';
import { ChangeFollowUp } from '../requests/change-follow-up.service.js';
import { FollowUpService } from '../requests/follow-up.service.js';
import { RequestsModule } from '../requests/requests.module.js';
import { KeptDiskRecord } from '../resources/kept-disk-record.service.js';
import { MeasuredMachines } from '../resources/measured-machines.service.js';
import { ResourceTasks } from '../resources/resource-tasks.service.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SnapshotRecord } from '../resources/snapshot-record.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { HostRecords } from '../servers/host-records.service.js';
import { ServersModule } from '../servers/servers.module.js';
import { UtilisationModule } from '../utilisation/utilisation.module.js';
import { UtilisationService } from '../utilisation/utilisation.service.js';
import { PolicySites } from '../workorders/policy-sites.service.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { CLUSTERS, type Clusters } from './domain/ports.js';
import { PACE, type Pace } from './provisioning.types.js';
import { ProvisioningWorker } from './provisioning.worker.js';

/** The worker's part; a process that only answers the API does not need it. The root binds the clusters. */
@Module({})
export class ProvisioningModule {
  static on(clusters: Clusters, pace: Pace = PACE): DynamicModule {
    return {
      module: ProvisioningModule,
      imports: [
        ResourcesModule,
        UtilisationModule,
        AllocationModule,
        RequestsModule,
        DocumentsModule,
        FacilitiesModule,
        WorkOrdersModule,
        ServersModule,
        DriftModule,
        ClusterHealthModule,
        QuarantineModule,
        ReplicationModule,
      ],
      providers: [
        { provide: CLUSTERS, useValue: clusters },
        {
          provide: ProvisioningWorker,
          inject: [
            CLUSTERS,
            ResourcesService,
            UnrecordedMachinesService,
            AllocationService,
            FollowUpService,
            ChangeFollowUp,
            MachineLogins,
            FacilitiesService,
            PolicySites,
            SnapshotRecord,
            KeptDiskRecord,
            MeasuredMachines,
            UtilisationService,
            HostRecords,
            Drifts,
            DriftPolicies,
            ClusterHealth,
            Quarantine,
            Replication,
            ResourceTasks,
            UnitOfWork,
            Leases,
            ChangeFeed,
            CLOCK,
          ],
          useFactory: (
            bound: Clusters,
            resources: ResourcesService,
            unrecorded: UnrecordedMachinesService,
            allocation: AllocationService,
            requests: FollowUpService,
            changes: ChangeFollowUp,
            logins: MachineLogins,
            facilities: FacilitiesService,
            policies: PolicySites,
            snapshots: SnapshotRecord,
            disks: KeptDiskRecord,
            measured: MeasuredMachines,
            utilisation: UtilisationService,
            hosts: HostRecords,
            drifts: Drifts,
            driftPolicies: DriftPolicies,
            health: ClusterHealth,
            quarantine: Quarantine,
            replication: Replication,
            tasks: ResourceTasks,
            unitOfWork: UnitOfWork,
            leases: Leases,
            feed: ChangeFeed,
            clock: Clock,
          ) =>
            new ProvisioningWorker(
              bound,
              {
                resources,
                unrecorded,
                allocation,
                requests,
                changes,
                logins,
                facilities,
                policies,
                snapshots,
                disks,
                use: {
                  machines: (centerId) => measured.inCenter(centerId),
                  record: (tx, samples) => utilisation.record(tx, samples),
                },
                hosts,
                drift: { drifts, policies: driftPolicies, owners: resources },
                health,
                quarantine,
                replication,
                tasks,
                unitOfWork,
                leases,
                clock,
              },
              feed,
              pace,
            ),
        },
      ],
      exports: [ProvisioningWorker],
    };
  }
}
