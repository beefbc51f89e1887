import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AdjustmentsRepository } from './adjustments.repository.js';
import { BudgetAdjustments } from './adjustments.service.js';
import { BudgetAmounts } from './budget-amounts.service.js';
import { BudgetImport } from './budget-import.js';
import { BudgetPolicies } from './budget-policies.service.js';
import { BudgetUseResolver } from './budget-use.resolver.js';
import { BudgetWarnings } from './budget-warnings.service.js';
import { BudgetsRepository } from './budgets.repository.js';
import { BudgetEntriesResolver, BudgetsResolver } from './budgets.resolver.js';
import { BudgetsService } from './budgets.service.js';
import { BudgetsInDepartment } from './budgets-in-department.service.js';
import { CentralPayers } from './central-payers.service.js';
import { BudgetAdjustmentsResolver, BudgetThresholdsResolver } from './control.resolver.js';
import { LedgerRepository } from './ledger.repository.js';
import { BudgetLedger } from './ledger.service.js';
import { MonthSpending } from './month-spending.service.js';
import { OverRunBudgets } from './over-run-budgets.service.js';
import { PastBudgets } from './past-budgets.service.js';
import { Payers } from './payers.service.js';
import { YearEndBooks } from './year-end-books.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, ImportsModule, SystemsModule],
  providers: [
    BudgetsInDepartment,
    BudgetsRepository,
    LedgerRepository,
    BudgetsService,
    AdjustmentsRepository,
    BudgetAdjustments,
    BudgetAmounts,
    BudgetImport,
    BudgetPolicies,
    BudgetWarnings,
    BudgetLedger,
    MonthSpending,
    CentralPayers,
    OverRunBudgets,
    PastBudgets,
    Payers,
    YearEndBooks,
    BudgetsResolver,
    BudgetAdjustmentsResolver,
    BudgetThresholdsResolver,
    BudgetEntriesResolver,
    BudgetUseResolver,
  ],
  exports: [
    BudgetAdjustments,
    BudgetPolicies,
    BudgetWarnings,
    BudgetsService,
    BudgetLedger,
    CentralPayers,
    MonthSpending,
    OverRunBudgets,
    PastBudgets,
    Payers,
    YearEndBooks,
  ],
})
export class BudgetsModule {}
