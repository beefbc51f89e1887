import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { DrDebtsModule } from '../drdebts/drdebts.module.js';
import { EnergyModule } from '../energy/energy.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { GoLiveModule } from '../golive/go-live.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PackagesModule } from '../packages/packages.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ReclaimModule } from '../reclaim/reclaim.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { UtilisationModule } from '../utilisation/utilisation.module.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { DemonstrationBudgets } from './demonstration-budgets.js';
import { DemonstrationChains } from './demonstration-chains.js';
import { DemonstrationChanges } from './demonstration-changes.js';
import { DemonstrationJourneys } from './demonstration-journeys.js';
import { DemonstrationLoader } from './demonstration-loader.js';
import { DemonstrationOperations } from './demonstration-operations.js';
import { HistoryLoader } from './history/history-loader.js';
import { InstalledServers } from './installed-servers.js';
import { MadeUpUse } from './made-up-use.js';
import { RecordedWork } from './recorded-work.js';
import { RequestWays } from './request-ways.js';

@Module({
  imports: [
    AuditModule,
    BudgetsModule,
    IdentityModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    EnergyModule,
    CabinetsModule,
    CatalogModule,
    PackagesModule,
    PlansModule,
    PricingModule,
    AllocationModule,
    ApprovalsModule,
    DrDebtsModule,
    ResourcesModule,
    UtilisationModule,
    RequestsModule,
    ServersModule,
    NetworksModule,
    WorkOrdersModule,
    GoLiveModule,
    DocumentsModule,
    FilesModule,
    ReclaimModule,
  ],
  providers: [
    DemonstrationLoader,
    HistoryLoader,
    RequestWays,
    DemonstrationBudgets,
    DemonstrationChains,
    DemonstrationChanges,
    DemonstrationOperations,
    RecordedWork,
    InstalledServers,
    DemonstrationJourneys,
    MadeUpUse,
  ],
  exports: [DemonstrationLoader, HistoryLoader, DemonstrationJourneys, MadeUpUse],
})
export class DemonstrationModule {}
