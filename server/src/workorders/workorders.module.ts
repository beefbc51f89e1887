import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { EnergyModule } from '../energy/energy.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BackupEdgesResolver, WorkOrderBackupResolver } from './backup-edges.resolver.js';
import { BackupNews } from './backup-news.service.js';
import { BackupOrders } from './backup-orders.service.js';
import { BackupRestores } from './backup-restores.service.js';
import { BackupRuns } from './backup-runs.service.js';
import { BackupSignalsController } from './backup-signals.controller.js';
import { BackupSweep } from './backup-sweep.service.js';
import { BackupsRepository } from './backups.repository.js';
import { BackupsResolver } from './backups.resolver.js';
import { Backups } from './backups.service.js';
import { CompaniesRepository } from './companies.repository.js';
import { Companies } from './companies.service.js';
import { GivenBackWork } from './given-back-work.service.js';
import { GrantedWork } from './granted-work.service.js';
import { HostedContents } from './hosted-contents.service.js';
import { HostingRepository } from './hosting.repository.js';
import { HostingService } from './hosting.service.js';
import { MadeOrders } from './made-orders.service.js';
import { NetworkPoliciesRepository } from './network-policies.repository.js';
import { NetworkPoliciesResolver, NetworkPolicySiteResolver } from './network-policies.resolver.js';
import { NetworkPolicies } from './network-policies.service.js';
import { OrderActs } from './order-acts.service.js';
import { OrderEffects } from './order-effects.service.js';
import { OrderEnds } from './order-ends.service.js';
import { OrderLoaders } from './order-loaders.service.js';
import { OrderNews } from './order-news.service.js';
import { OrderSights } from './order-sights.service.js';
import { OrderThings } from './order-things.service.js';
import { PastOrders } from './past-orders.service.js';
import { PolicyClosing } from './policy-closing.service.js';
import { PolicyOpening } from './policy-opening.service.js';
import { PolicyOrders } from './policy-orders.service.js';
import { PolicySites } from './policy-sites.service.js';
import { PortClaims } from './port-claims.service.js';
import { PortSets } from './port-sets.service.js';
import { PortsRepository } from './ports.repository.js';
import { ReleaseWork } from './release-work.service.js';
import { OrderReminders } from './reminders.service.js';
import { RoomWindows } from './room-windows.service.js';
import { WorkOrderActsResolver } from './workorder-acts.resolver.js';
import { ProviderCompanyResolver, WorkOrderEdgesResolver, WorkOrderStepResolver } from './workorder-edges.resolver.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { WorkOrdersResolver } from './workorders.resolver.js';
import { WorkOrdersService } from './workorders.service.js';

@Module({
  imports: [
    AuditModule,
    AllocationModule,
    IdentityModule,
    FilesModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    FreezesModule,
    CabinetsModule,
    CatalogModule,
    ResourcesModule,
    RequestsModule,
    EnergyModule,
    ServersModule,
  ],
  controllers: [BackupSignalsController],
  providers: [
    BackupsRepository,
    Backups,
    BackupOrders,
    BackupNews,
    BackupRuns,
    BackupRestores,
    BackupSweep,
    BackupsResolver,
    BackupEdgesResolver,
    WorkOrderBackupResolver,
    CompaniesRepository,
    Companies,
    WorkOrdersRepository,
    HostingRepository,
    HostingService,
    HostedContents,
    PortsRepository,
    PortSets,
    PortClaims,
    OrderSights,
    OrderThings,
    OrderEffects,
    OrderEnds,
    OrderNews,
    OrderLoaders,
    OrderReminders,
    PastOrders,
    RoomWindows,
    WorkOrdersService,
    OrderActs,
    WorkOrdersResolver,
    WorkOrderActsResolver,
    WorkOrderEdgesResolver,
    WorkOrderStepResolver,
    ProviderCompanyResolver,
    NetworkPoliciesRepository,
    NetworkPolicies,
    PolicyOrders,
    PolicyOpening,
    PolicyClosing,
    MadeOrders,
    GrantedWork,
    GivenBackWork,
    ReleaseWork,
    PolicySites,
    NetworkPoliciesResolver,
    NetworkPolicySiteResolver,
  ],
  exports: [
    HostedContents,
    OrderActs,
    OrderLoaders,
    OrderSights,
    Backups,
    BackupSweep,
    GrantedWork,
    GivenBackWork,
    ReleaseWork,
    WorkOrdersService,
    PastOrders,
    PolicySites,
    OrderReminders,
    Companies,
    PortSets,
  ],
})
export class WorkOrdersModule {}
