import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { MeteringModule } from '../metering/metering.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AccountedCosts } from './accounted-costs.service.js';
import { CostCells } from './cost-cells.service.js';
import { CostNames } from './cost-names.service.js';
import { CostOverviewResolver } from './cost-overview.resolver.js';
import { CostOverviews } from './cost-overviews.service.js';
import { CostPivots } from './cost-pivots.service.js';
import { CostSums } from './cost-sums.service.js';
import { CostsRepository } from './costs.repository.js';
import { CostsResolver } from './costs.resolver.js';
import { IdleCostsResolver } from './idle-costs.resolver.js';
import { IdleCosts } from './idle-costs.service.js';

/** 费用总览: accounted costs of the whole province by any of their sides, month by month and year by year. */
@Module({
  imports: [AccountingModule, DepartmentsModule, FacilitiesModule, MeteringModule, ResourcesModule, SystemsModule],
  providers: [
    AccountedCosts,
    CostCells,
    CostNames,
    CostOverviewResolver,
    CostOverviews,
    CostPivots,
    CostSums,
    CostsRepository,
    CostsResolver,
    IdleCosts,
    IdleCostsResolver,
  ],
  exports: [AccountedCosts, CostCells, CostNames, CostOverviews, CostPivots, CostSums],
})
export class CostsModule {}
