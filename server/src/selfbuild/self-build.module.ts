import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { SelfBuildComparisons } from './comparisons.service.js';
import { SelfBuildRepository } from './self-build.repository.js';
import { SelfBuildResolver } from './self-build.resolver.js';
import { SelfBuildEditions } from './self-build-editions.service.js';

/** 自建成本对比: what departments save beside building for themselves, by assumptions that two people answer for. */
@Module({
  imports: [AccountingModule, AuditModule, CostsModule, DepartmentsModule, FacilitiesModule, SystemsModule],
  providers: [SelfBuildComparisons, SelfBuildEditions, SelfBuildRepository, SelfBuildResolver],
  exports: [SelfBuildComparisons, SelfBuildEditions],
})
export class SelfBuildModule {}
