import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { DemonstrationLoader } from './demonstration-loader.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    CabinetsModule,
    CatalogModule,
    PricingModule,
    AllocationModule,
  ],
  providers: [DemonstrationLoader],
  exports: [DemonstrationLoader],
})
export class DemonstrationModule {}
