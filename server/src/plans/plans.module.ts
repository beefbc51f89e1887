import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { PastPlans } from './past-plans.service.js';
import { PlanActsResolver } from './plan-acts.resolver.js';
import { PlanActs } from './plan-acts.service.js';
import { PlanCatalog } from './plan-catalog.service.js';
import { PlanDemand } from './plan-demand.service.js';
import { PlanDesk } from './plan-desk.service.js';
import { PlanFiguresResolver } from './plan-figures.resolver.js';
import { PlanImport } from './plan-import.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlanLines } from './plan-lines.service.js';
import { PlanQuotas } from './plan-quotas.service.js';
import { PlanReductions } from './plan-reductions.service.js';
import { PlanStarts } from './plan-starts.service.js';
import { PlanUse } from './plan-use.service.js';
import { PlanYears } from './plan-years.service.js';
import { PlansRepository } from './plans.repository.js';
import { PlanLineEdgesResolver, PlansResolver } from './plans.resolver.js';

@Module({
  imports: [
    AuditModule,
    ImportsModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    CabinetsModule,
    ServersModule,
    CatalogModule,
    PricingModule,
    AllocationModule,
    ResourcesModule,
  ],
  providers: [
    PlansRepository,
    PlanLinesRepository,
    PlanDesk,
    PlanCatalog,
    PlanYears,
    PlanStarts,
    PlanLines,
    PlanReductions,
    PlanQuotas,
    PlanActs,
    PlanUse,
    PlanDemand,
    PlanImport,
    PastPlans,
    PlansResolver,
    PlanLineEdgesResolver,
    PlanActsResolver,
    PlanFiguresResolver,
  ],
  exports: [PlanUse, PlanQuotas, PastPlans],
})
export class PlansModule {}
