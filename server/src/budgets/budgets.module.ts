import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BudgetsRepository } from './budgets.repository.js';
import { BudgetEntriesResolver, BudgetsResolver } from './budgets.resolver.js';
import { BudgetsService } from './budgets.service.js';
import { BudgetsInDepartment } from './budgets-in-department.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { BudgetLedger } from './ledger.service.js';
import { PastBudgets } from './past-budgets.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, SystemsModule],
  providers: [
    BudgetsInDepartment,
    BudgetsRepository,
    LedgerRepository,
    BudgetsService,
    BudgetLedger,
    PastBudgets,
    BudgetsResolver,
    BudgetEntriesResolver,
  ],
  exports: [BudgetsService, BudgetLedger, PastBudgets],
})
export class BudgetsModule {}
