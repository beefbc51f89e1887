import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { MeteringModule } from '../metering/metering.module.js';
import { CostChangePasses } from './cost-change-passes.service.js';
import { CostChangesRepository } from './cost-changes.repository.js';
import { CostChangesResolver } from './cost-changes.resolver.js';
import { CostChanges } from './cost-changes.service.js';

/** 费用变动: why a month costs other than another, down to the uses that moved. */
@Module({
  imports: [AccountingModule, CostsModule, MeteringModule],
  providers: [CostChangePasses, CostChanges, CostChangesRepository, CostChangesResolver],
  exports: [CostChangePasses, CostChanges],
})
export class CostChangesModule {}
