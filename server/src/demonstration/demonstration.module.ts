import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { DrDebtsModule } from '../drdebts/drdebts.module.js';
import { DriftModule } from '../drift/drift.module.js';
import { DrillsModule } from '../drills/drills.module.js';
import { DutyModule } from '../duty/duty.module.js';
import { EnergyModule } from '../energy/energy.module.js';
import { ExecutionsModule } from '../executions/executions.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { GoLiveModule } from '../golive/go-live.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { OutagesModule } from '../outages/outages.module.js';
import { PackagesModule } from '../packages/packages.module.js';
import { PerformanceModule } from '../performance/performance.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuarantineModule } from '../quarantine/quarantine.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ReclaimModule } from '../reclaim/reclaim.module.js';
import { ReplacementsModule } from '../replacements/replacements.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SelfBuildModule } from '../selfbuild/self-build.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SharedCostsModule } from '../sharedcosts/shared-costs.module.js';
import { SpendModule } from '../spend/spend.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { TakeOversModule } from '../takeovers/take-overs.module.js';
import { UtilisationModule } from '../utilisation/utilisation.module.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { DemonstrationBudgets } from './demonstration-budgets.js';
import { DemonstrationCarriers } from './demonstration-carriers.js';
import { DemonstrationChains } from './demonstration-chains.js';
import { DemonstrationChanges } from './demonstration-changes.js';
import { DemonstrationClosings } from './demonstration-closings.js';
import { DemonstrationContractLife } from './demonstration-contract-life.js';
import { DemonstrationDrift } from './demonstration-drift.js';
import { DemonstrationDrills } from './demonstration-drills.js';
import { DemonstrationDuty } from './demonstration-duty.js';
import { DemonstrationExecutions } from './demonstration-executions.js';
import { DemonstrationHosts } from './demonstration-hosts.js';
import { DemonstrationJourneys } from './demonstration-journeys.js';
import { DemonstrationLoader } from './demonstration-loader.js';
import { DemonstrationOperations } from './demonstration-operations.js';
import { DemonstrationPastDrills } from './demonstration-past-drills.js';
import { DemonstrationPerformance } from './demonstration-performance.js';
import { DemonstrationReplaced } from './demonstration-replaced.js';
import { DemonstrationResilience } from './demonstration-resilience.js';
import { DemonstrationSelfBuild } from './demonstration-self-build.js';
import { DemonstrationShared } from './demonstration-shared.js';
import { DemonstrationSpend } from './demonstration-spend.js';
import { DemonstrationStandards } from './demonstration-standards.js';
import { DemonstrationTickets } from './demonstration-tickets.js';
import { DemonstrationUnrecorded } from './demonstration-unrecorded.js';
import { DemonstrationUnused } from './demonstration-unused.js';
import { HistoryLoader } from './history/history-loader.js';
import { InstalledServers } from './installed-servers.js';
import { JourneyLines } from './journey-lines.js';
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
    SharedCostsModule,
    AccountingModule,
    CostsModule,
    SelfBuildModule,
    SpendModule,
    CostsModule,
    OutagesModule,
    PerformanceModule,
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
    DriftModule,
    QuarantineModule,
    ReplacementsModule,
    ResilienceModule,
    AlertsModule,
    DutyModule,
    FreezesModule,
    DrillsModule,
    ExecutionsModule,
    IntakeModule,
    TakeOversModule,
    ExportsModule,
  ],
  providers: [
    DemonstrationLoader,
    HistoryLoader,
    RequestWays,
    DemonstrationBudgets,
    DemonstrationCarriers,
    DemonstrationChains,
    DemonstrationChanges,
    DemonstrationClosings,
    DemonstrationShared,
    DemonstrationOperations,
    DemonstrationDrift,
    DemonstrationDrills,
    DemonstrationPastDrills,
    DemonstrationResilience,
    DemonstrationDuty,
    DemonstrationStandards,
    DemonstrationTickets,
    DemonstrationExecutions,
    DemonstrationHosts,
    DemonstrationUnrecorded,
    DemonstrationUnused,
    JourneyLines,
    DemonstrationReplaced,
    DemonstrationSelfBuild,
    DemonstrationContractLife,
    DemonstrationSpend,
    DemonstrationPerformance,
    RecordedWork,
    InstalledServers,
    DemonstrationJourneys,
    MadeUpUse,
  ],
  exports: [DemonstrationClosings, DemonstrationLoader, HistoryLoader, DemonstrationJourneys, MadeUpUse],
})
export class DemonstrationModule {}
