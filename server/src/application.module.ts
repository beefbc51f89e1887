import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountingModule } from './accounting/accounting.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { AllocationModule } from './allocation/allocation.module.js';
import { HeldClaims } from './allocation/held-claims.service.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BackupsModule } from './backups/backups.module.js';
import { BatchesModule } from './batches/batches.module.js';
import { BudgetsModule } from './budgets/budgets.module.js';
import { BudgetYearsModule } from './budgetyears/budget-years.module.js';
import { CabinetsModule } from './cabinets/cabinets.module.js';
import { SPACE_CONTENTS } from './cabinets/space-contents.types.js';
import { THINGS_IN_CABINETS } from './cabinets/things-in-cabinets.types.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import { CapacityModule } from './capacity/capacity.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ServerImages } from './catalog/server-images.service.js';
import { ClusterHealthModule } from './clusterhealth/cluster-health.module.js';
import { CostChangesModule } from './costchanges/cost-changes.module.js';
import { CostsModule } from './costs/costs.module.js';
import { DepartmentsModule } from './departments/departments.module.js';
import { DepartmentsService } from './departments/departments.service.js';
import { DeliveriesService } from './documents/deliveries.service.js';
import { DocumentsModule } from './documents/documents.module.js';
import { ELECTRONIC_SEAL, noElectronicSeal, noOfdReader, OFD_READER } from './documents/domain/ports.js';
import { ScansService } from './documents/scans.service.js';
import { DrDebtsModule } from './drdebts/drdebts.module.js';
import { DriftModule } from './drift/drift.module.js';
import { DrillsModule } from './drills/drills.module.js';
import { DutyModule } from './duty/duty.module.js';
import { EnergyModule } from './energy/energy.module.js';
import { ExecutionsModule } from './executions/executions.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { FacilitiesModule } from './facilities/facilities.module.js';
import { FilesModule } from './files/files.module.js';
import { FreezesModule } from './freezes/freezes.module.js';
import { GatesModule } from './gates/gates.module.js';
import { GoLiveModule } from './golive/go-live.module.js';
import { GradesModule } from './grades/grades.module.js';
import { DEMONSTRATION, type Demonstration } from './identity/domain/demonstration.js';
import { DEPARTMENT_TREE } from './identity/domain/department-tree.js';
import { IdentityModule } from './identity/identity.module.js';
import { BOUND_SYSTEMS, DEPARTMENTS_OF_PEOPLE } from './identity/users.types.js';
import { ImportsModule } from './imports/imports.module.js';
import { InsightModule } from './insight/insight.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { MeteringModule } from './metering/metering.module.js';
import { NetworksModule } from './networks/networks.module.js';
import { RESOURCES_AS_HOLDERS } from './networks/resources-as-holders.types.js';
import { ServerAddresses } from './networks/server-addresses.service.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OutagesModule } from './outages/outages.module.js';
import { PackagesModule } from './packages/packages.module.js';
import { PerformanceModule } from './performance/performance.module.js';
import { PlansModule } from './plans/plans.module.js';
import { ExpectedErrors } from './platform/graphql/error-format.js';
import { HealthController } from './platform/http/health.controller.js';
import { type Ground, PlatformModule } from './platform/platform.module.js';
import { PricingModule } from './pricing/pricing.module.js';
import { LiveObjectsModule } from './provisioning/live-objects.module.js';
import { QuarantineModule } from './quarantine/quarantine.module.js';
import { QuorumModule } from './quorum/quorum.module.js';
import { HELD_IN_QUOTAS } from './quotas/domain/held-in-quotas.js';
import { QuotasModule } from './quotas/quotas.module.js';
import { ReclaimModule } from './reclaim/reclaim.module.js';
import { ReplacementsModule } from './replacements/replacements.module.js';
import { ReplicationModule } from './replication/replication.module.js';
import { LINE_FULFILMENT } from './requests/fulfilment.types.js';
import { HAND_OVERS } from './requests/hand-overs.types.js';
import { RequestsModule } from './requests/requests.module.js';
import { SEALED_PAPERS } from './requests/sealed-papers.types.js';
import { SERVICE_ENDINGS } from './requests/service-endings.types.js';
import { ResilienceModule } from './resilience/resilience.module.js';
import { RECORDED_RELEASES } from './resources/recorded-releases.types.js';
import { ResourceHolders } from './resources/resource-holders.service.js';
import { ResourcesModule } from './resources/resources.module.js';
import { SealsModule } from './seals/seals.module.js';
import { SelfBuildModule } from './selfbuild/self-build.module.js';
import { ADDRESSES_OF_SERVERS } from './servers/server-addresses.types.js';
import { IMAGES_OF_SERVERS } from './servers/server-images.types.js';
import { ServerMoves } from './servers/server-moves.service.js';
import { ServersModule } from './servers/servers.module.js';
import { SharedCostsModule } from './sharedcosts/shared-costs.module.js';
import { SimulatorModule } from './simulator/simulator.module.js';
import { SpendModule } from './spend/spend.module.js';
import { SystemsModule } from './systems/systems.module.js';
import { SystemsService } from './systems/systems.service.js';
import { TakeOversModule } from './takeovers/take-overs.module.js';
import { TermsModule } from './terms/terms.module.js';
import { ViewsModule } from './views/views.module.js';
import { GivenBackWork } from './workorders/given-back-work.service.js';
import { GrantedWork } from './workorders/granted-work.service.js';
import { HostedContents } from './workorders/hosted-contents.service.js';
import { ReleaseWork } from './workorders/release-work.service.js';
import { WorkOrdersModule } from './workorders/workorders.module.js';

/** Binds the ports that earlier features declare to the later ones, or the roots, that implement them. */
@Global()
@Module({})
class PortsModule {
  static with(demonstration: Demonstration | null): DynamicModule {
    return {
      module: PortsModule,
      imports: [
        DepartmentsModule,
        SystemsModule,
        AllocationModule,
        ResourcesModule,
        CatalogModule,
        ServersModule,
        NetworksModule,
        DocumentsModule,
        WorkOrdersModule,
      ],
      providers: [
        { provide: BOUND_SYSTEMS, useExisting: SystemsService },
        { provide: DEPARTMENT_TREE, useExisting: DepartmentsService },
        { provide: HELD_IN_QUOTAS, useExisting: HeldClaims },
        { provide: THINGS_IN_CABINETS, useExisting: ServerMoves },
        { provide: SPACE_CONTENTS, useExisting: HostedContents },
        { provide: ADDRESSES_OF_SERVERS, useExisting: ServerAddresses },
        { provide: IMAGES_OF_SERVERS, useExisting: ServerImages },
        { provide: RESOURCES_AS_HOLDERS, useExisting: ResourceHolders },
        { provide: SEALED_PAPERS, useExisting: ScansService },
        { provide: HAND_OVERS, useExisting: DeliveriesService },
        // Until a province connects its seal platform and a reader of OFD.
        { provide: ELECTRONIC_SEAL, useValue: noElectronicSeal },
        { provide: OFD_READER, useValue: noOfdReader },
        { provide: DEPARTMENTS_OF_PEOPLE, useExisting: DepartmentsService },
        { provide: LINE_FULFILMENT, useExisting: GrantedWork },
        { provide: RECORDED_RELEASES, useExisting: ReleaseWork },
        { provide: SERVICE_ENDINGS, useExisting: GivenBackWork },
        ...(demonstration ? [{ provide: DEMONSTRATION, useValue: demonstration }] : []),
      ],
      exports: [
        BOUND_SYSTEMS,
        DEPARTMENT_TREE,
        DEPARTMENTS_OF_PEOPLE,
        LINE_FULFILMENT,
        RECORDED_RELEASES,
        SERVICE_ENDINGS,
        HELD_IN_QUOTAS,
        RESOURCES_AS_HOLDERS,
        THINGS_IN_CABINETS,
        SPACE_CONTENTS,
        SEALED_PAPERS,
        HAND_OVERS,
        ELECTRONIC_SEAL,
        OFD_READER,
        ADDRESSES_OF_SERVERS,
        IMAGES_OF_SERVERS,
        ...(demonstration ? [DEMONSTRATION] : []),
      ],
    };
  }
}

export interface ApplicationParts {
  readonly ground: Ground;
  readonly demonstration: Demonstration | null;
  /** The API over HTTP, the worker's module: what this process does beside knowing the features. */
  readonly parts: readonly DynamicModule[];
}

/** All features on their ground. Which of the process's parts stand on them is the root's choice. */
@Module({})
export class ApplicationModule {
  static of({ ground, demonstration, parts }: ApplicationParts): DynamicModule {
    return {
      module: ApplicationModule,
      imports: [
        PlatformModule.on(ground),
        PortsModule.with(demonstration),
        AuditModule,
        IdentityModule,
        QuorumModule,
        BackupsModule,
        ViewsModule,
        CalendarsModule,
        FilesModule,
        ImportsModule,
        DepartmentsModule,
        SystemsModule,
        GradesModule,
        QuotasModule,
        FacilitiesModule,
        ServersModule,
        NetworksModule,
        CabinetsModule,
        EnergyModule,
        CatalogModule,
        PricingModule,
        SharedCostsModule,
        BudgetsModule,
        AllocationModule,
        DrDebtsModule,
        ResourcesModule,
        DriftModule,
        QuarantineModule,
        ReplacementsModule,
        ClusterHealthModule,
        ApprovalsModule,
        GatesModule,
        PlansModule,
        RequestsModule,
        BatchesModule,
        PackagesModule,
        TermsModule,
        ReclaimModule,
        WorkOrdersModule,
        OutagesModule,
        GoLiveModule,
        SealsModule,
        DocumentsModule,
        CapacityModule,
        SimulatorModule,
        LiveObjectsModule,
        IntakeModule,
        TakeOversModule,
        MeteringModule,
        AccountingModule,
        CostsModule,
        CostChangesModule,
        SelfBuildModule,
        BudgetYearsModule,
        SpendModule,
        PerformanceModule,
        ExportsModule,
        ReplicationModule,
        ResilienceModule,
        FreezesModule,
        DrillsModule,
        ExecutionsModule,
        NotificationsModule,
        AlertsModule,
        DutyModule,
        InsightModule,
        ...parts,
      ],
      controllers: [HealthController],
      providers: [{ provide: APP_FILTER, useClass: ExpectedErrors }],
    };
  }
}
