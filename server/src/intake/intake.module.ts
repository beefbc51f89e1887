import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AddressIntake } from './address-intake.service.js';
import { AddressReconciliationResolver } from './address-reconciliation.resolver.js';
import { AddressReconciliation } from './address-reconciliation.service.js';
import { IntakeApproval } from './approval.service.js';
import { ClusterIntake } from './cluster-intake.service.js';
import { IntakeRepository } from './intake.repository.js';
import { IntakeResolver } from './intake.resolver.js';
import { IntakeService } from './intake.service.js';
import { IntakeCustody } from './intake-custody.service.js';
import { IntakeImports } from './intake-imports.js';
import { IntakeKeys } from './intake-keys.service.js';
import { IntakePreview } from './intake-preview.service.js';
import { IntakeQuotas } from './intake-quotas.service.js';
import { MachineAddresses } from './machine-addresses.service.js';
import { MachineIntake } from './machine-intake.service.js';
import { OpenDepartments } from './open-departments.service.js';
import { IntakeItemEdgesResolver, ReconciliationResolver } from './reconciliation.resolver.js';
import { SeenAddressIntake } from './seen-address-intake.service.js';
import { ServerEntries } from './server-entries.service.js';
import { SpaceIntake } from './space-intake.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    ImportsModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    CabinetsModule,
    ServersModule,
    NetworksModule,
    AllocationModule,
    ResourcesModule,
    RequestsModule,
    PricingModule,
  ],
  providers: [
    IntakeRepository,
    IntakeCustody,
    IntakeService,
    MachineIntake,
    AddressIntake,
    AddressReconciliation,
    SeenAddressIntake,
    AddressReconciliationResolver,
    IntakeQuotas,
    IntakeKeys,
    MachineAddresses,
    ServerEntries,
    SpaceIntake,
    OpenDepartments,
    IntakeApproval,
    IntakePreview,
    ClusterIntake,
    IntakeImports,
    IntakeResolver,
    ReconciliationResolver,
    IntakeItemEdgesResolver,
  ],
  exports: [IntakeService, IntakeApproval, ClusterIntake],
})
export class IntakeModule {}
