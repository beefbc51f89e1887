import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { SpendModule } from '../spend/spend.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BudgetReports } from './budget-report.service.js';
import { CostReports } from './cost-report.service.js';
import { DownloadLog } from './download-log.service.js';
import { ExportCallers } from './export-callers.service.js';
import { ExportsResolver } from './exports.resolver.js';
import { FocusController } from './focus.controller.js';
import { FocusExport } from './focus-export.service.js';
import { ReportsController } from './reports.controller.js';
import { SpendReports } from './spend-reports.service.js';
import { StatementReports } from './statement-report.service.js';
import { TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';

/** 导出: what finance takes out of the console, in person or by a token of a machine. */
@Module({
  imports: [
    AccountingModule,
    AuditModule,
    BudgetsModule,
    CostsModule,
    DepartmentsModule,
    FacilitiesModule,
    IdentityModule,
    PricingModule,
    SpendModule,
    SystemsModule,
  ],
  controllers: [FocusController, ReportsController],
  providers: [
    BudgetReports,
    CostReports,
    DownloadLog,
    ExportCallers,
    ExportsResolver,
    FocusExport,
    SpendReports,
    StatementReports,
    TokensRepository,
    TokensService,
  ],
  exports: [TokensService],
})
export class ExportsModule {}
