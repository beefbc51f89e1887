import { Module } from '@nestjs/common';
import { AccountingModule } from '../accounting/accounting.module.js';
import { ClosedAmounts } from '../accounting/closed-amounts.service.js';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { MeteringModule } from '../metering/metering.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BookMonths } from './book-months.service.js';
import { BudgetYearsResolver, ForecastResolver } from './budget-years.resolver.js';
import { BudgetYears } from './budget-years.service.js';
import { CLOSED_BOOK } from './closed-book.types.js';
import { ClosedMonths } from './closed-months.service.js';
import { ClosedPostingsRepository } from './closed-postings.repository.js';
import { Forecasts } from './forecasts.service.js';
import { FundingMoves } from './funding-moves.service.js';
import { OpeningsRepository } from './openings.repository.js';
import { YearCosting } from './year-costs.service.js';
import { YearEndService } from './year-end.service.js';
import { YearEndWork } from './year-end-work.service.js';
import { YearEndsRepository } from './year-ends.repository.js';
import { YearOpening } from './year-opening.service.js';
import { YearPlans } from './year-plans.service.js';
import { YearPreviews } from './year-previews.service.js';
import { YearReservations } from './year-reservations.service.js';

/** 预算年度: opened for what runs, spent by closed months, brought to its end. */
@Module({
  imports: [
    AccountingModule,
    AuditModule,
    BudgetsModule,
    CostsModule,
    DepartmentsModule,
    MeteringModule,
    RequestsModule,
    SystemsModule,
  ],
  providers: [
    { provide: CLOSED_BOOK, useExisting: ClosedAmounts },
    BookMonths,
    BudgetYears,
    BudgetYearsResolver,
    ClosedMonths,
    ForecastResolver,
    Forecasts,
    ClosedPostingsRepository,
    OpeningsRepository,
    FundingMoves,
    YearCosting,
    YearEndService,
    YearEndWork,
    YearEndsRepository,
    YearOpening,
    YearPlans,
    YearPreviews,
    YearReservations,
  ],
  exports: [ClosedMonths, FundingMoves, YearEndService, YearEndWork, YearOpening, YearPreviews],
})
export class BudgetYearsModule {}
