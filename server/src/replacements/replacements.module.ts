import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { ReplaceSweep } from './replace-sweep.service.js';
import { ReplacementsRepository } from './replacements.repository.js';
import { ReplacementsResolver, ResourceReplaceTaskResolver } from './replacements.resolver.js';
import { Replacements } from './replacements.service.js';
import { Replacing } from './replacing.service.js';
import { ReplacingGround } from './replacing-ground.service.js';

@Module({
  imports: [
    AuditModule,
    SystemsModule,
    FacilitiesModule,
    FreezesModule,
    NetworksModule,
    CatalogModule,
    PricingModule,
    AllocationModule,
    ResourcesModule,
    RequestsModule,
  ],
  providers: [
    ReplacementsRepository,
    ReplacingGround,
    Replacements,
    Replacing,
    ReplaceSweep,
    ReplacementsResolver,
    ResourceReplaceTaskResolver,
  ],
  exports: [Replacements, Replacing, ReplaceSweep],
})
export class ReplacementsModule {}
