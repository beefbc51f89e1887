import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EnergyModule } from '../energy/energy.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { OpenMonths } from './open-months.service.js';
import { SharedCostsRepository } from './shared-costs.repository.js';
import { SharedPoolResolver, SharedPoolVersionResolver } from './shared-costs.resolver.js';
import { SharedPoolEditor } from './shared-pool-editor.service.js';
import { SharedPools } from './shared-pools.service.js';

/** 公共费用: what a center costs in common, and by what it is spread. Accounting spreads it over the lines of its months. */
@Module({
  imports: [AuditModule, EnergyModule, FacilitiesModule, PricingModule],
  providers: [
    OpenMonths,
    SharedCostsRepository,
    SharedPools,
    SharedPoolEditor,
    SharedPoolResolver,
    SharedPoolVersionResolver,
  ],
  exports: [OpenMonths, SharedPools],
})
export class SharedCostsModule {}
