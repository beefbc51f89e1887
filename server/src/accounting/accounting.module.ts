import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { MeteringModule } from '../metering/metering.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { SharedCostsModule } from '../sharedcosts/shared-costs.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AccountingRepository } from './accounting.repository.js';
import { AccountingSweep } from './accounting-sweep.service.js';
import { BooksService } from './books.service.js';
import { ChargedLines } from './charged-lines.service.js';
import { ClosedRepository } from './closed.repository.js';
import { ClosedAmounts } from './closed-amounts.service.js';
import { ClosedDocuments } from './closed-documents.service.js';
import { ClosedLines } from './closed-lines.service.js';
import { ClosedVerification } from './closed-verification.service.js';
import { ClosingFacts } from './closing-facts.service.js';
import { ClosingsRepository } from './closings.repository.js';
import { ClosingsResolver } from './closings.resolver.js';
import { ClosingsService } from './closings.service.js';
import { CorrectionsRepository } from './corrections.repository.js';
import { CorrectionsService } from './corrections.service.js';
import { DraftAmounts } from './draft-amounts.service.js';
import { FiguresRepository } from './figures.repository.js';
import { Freezer } from './freezer.service.js';
import { LineDisputesRepository } from './line-disputes.repository.js';
import { LineDisputesResolver } from './line-disputes.resolver.js';
import { LineDisputes } from './line-disputes.service.js';
import { MonthToCloseResolver } from './month-to-close.resolver.js';
import { MonthsToClose } from './month-to-close.service.js';
import { ProrationRules } from './proration-rules.service.js';
import { RatingService } from './rating.service.js';
import { SharedLinesRepository } from './shared-lines.repository.js';
import { SharedLines } from './shared-lines.service.js';
import { SharedSpreadsResolver } from './shared-spreads.resolver.js';
import { StatementConfirmations } from './statement-confirmations.service.js';
import { StatementIssuesRepository } from './statement-issues.repository.js';
import { StatementLinesRepository } from './statement-lines.repository.js';
import { StatementNarrowings } from './statement-narrowings.service.js';
import { StatementsRepository } from './statements.repository.js';
import {
  DepartmentStatementResolver,
  DraftStatementResolver,
  StatementCorrectionResolver,
  StatementLineResolver,
  StatementResourceResolver,
} from './statements.resolver.js';
import { StatementsService } from './statements.service.js';
import { UsedUnitsService } from './used-units.service.js';

/** 核算费用: use becomes money, on drafts that anybody concerned may read any day, and is closed month by month. */
@Module({
  imports: [
    AuditModule,
    BudgetsModule,
    CalendarsModule,
    DepartmentsModule,
    FacilitiesModule,
    MeteringModule,
    PricingModule,
    SharedCostsModule,
    SystemsModule,
  ],
  providers: [
    AccountingRepository,
    AccountingSweep,
    BooksService,
    ChargedLines,
    ClosedAmounts,
    ClosedDocuments,
    ClosedLines,
    ClosedRepository,
    ClosedVerification,
    ClosingFacts,
    ClosingsRepository,
    ClosingsResolver,
    ClosingsService,
    CorrectionsRepository,
    CorrectionsService,
    DraftAmounts,
    FiguresRepository,
    Freezer,
    LineDisputes,
    LineDisputesRepository,
    LineDisputesResolver,
    MonthsToClose,
    MonthToCloseResolver,
    ProrationRules,
    RatingService,
    SharedLines,
    SharedLinesRepository,
    SharedSpreadsResolver,
    StatementConfirmations,
    StatementIssuesRepository,
    StatementLinesRepository,
    StatementsRepository,
    StatementsService,
    UsedUnitsService,
    StatementNarrowings,
    DraftStatementResolver,
    DepartmentStatementResolver,
    StatementCorrectionResolver,
    StatementResourceResolver,
    StatementLineResolver,
  ],
  exports: [
    AccountingSweep,
    ChargedLines,
    ClosedAmounts,
    ClosedLines,
    ClosedVerification,
    ClosingFacts,
    ClosingsService,
    DraftAmounts,
    Freezer,
    LineDisputes,
    ProrationRules,
    RatingService,
    SharedLines,
    StatementConfirmations,
    StatementsService,
    UsedUnitsService,
  ],
})
export class AccountingModule {}
