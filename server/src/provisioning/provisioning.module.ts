import { type DynamicModule, Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { MachineLogins } from '../documents/machine-logins.service.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { ChangeFollowUp } from '../requests/change-follow-up.service.js';
import { FollowUpService } from '../requests/follow-up.service.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourceTasks } from '../resources/resource-tasks.service.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ResourcesService } from '../resources/resources.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { PolicySites } from '../workorders/policy-sites.service.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { CLUSTERS, type Clusters } from './domain/ports.js';
import { ProvisioningWorker } from './provisioning.worker.js';

/** The worker's part; a process that only answers the API does not need it. The root binds the clusters. */
@Module({})
export class ProvisioningModule {
  static on(clusters: Clusters): DynamicModule {
    return {
      module: ProvisioningModule,
      imports: [ResourcesModule, AllocationModule, RequestsModule, DocumentsModule, FacilitiesModule, WorkOrdersModule],
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
                tasks,
                unitOfWork,
                leases,
                clock,
              },
              feed,
            ),
        },
      ],
      exports: [ProvisioningWorker],
    };
  }
}
