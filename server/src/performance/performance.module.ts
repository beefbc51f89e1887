import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { FilesModule } from '../files/files.module.js';
import { GradesModule } from '../grades/grades.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { OutagesModule } from '../outages/outages.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ReclaimModule } from '../reclaim/reclaim.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { UtilisationModule } from '../utilisation/utilisation.module.js';
import { AppealPapers } from './appeal-papers.service.js';
import { AppealsRepository } from './appeals.repository.js';
import { Appeals } from './appeals.service.js';
import { AvailabilityResolver } from './availability.resolver.js';
import { AvailabilityReadings } from './availability.service.js';
import { AvailabilityImport } from './availability-import.service.js';
import { Consequences } from './consequences.service.js';
import { EvaluationsRepository } from './evaluations.repository.js';
import { Evaluations } from './evaluations.service.js';
import { EvidenceGathering } from './evidence-gathering.service.js';
import { PerformanceEvaluationsResolver, PerformanceRunsResolver } from './performance.resolver.js';
import { PerformanceEditionsRepository } from './performance-editions.repository.js';
import { PerformanceEditions } from './performance-editions.service.js';
import { PerformancePapersController } from './performance-papers.controller.js';
import { PerformanceRulesResolver } from './performance-rules.resolver.js';
import { RunsRepository } from './runs.repository.js';
import { PerformanceRuns } from './runs.service.js';
import { SelfEvaluations } from './self-evaluations.service.js';
import { UsageRepository } from './usage.repository.js';
import { SelfEvaluationsResolver, UsageNoticesResolver } from './usage.resolver.js';
import { UsageNotices } from './usage-notices.service.js';

/** 绩效: systems and departments are graded by a rule, appeal, and what follows; what heads are told of use each month. */
@Module({
  imports: [
    AuditModule,
    BudgetsModule,
    CalendarsModule,
    CostsModule,
    DepartmentsModule,
    DocumentsModule,
    FilesModule,
    GradesModule,
    ImportsModule,
    OutagesModule,
    QuotasModule,
    ReclaimModule,
    ResourcesModule,
    SystemsModule,
    UtilisationModule,
  ],
  controllers: [PerformancePapersController],
  providers: [
    PerformanceEditionsRepository,
    PerformanceEditions,
    RunsRepository,
    EvaluationsRepository,
    AppealsRepository,
    AvailabilityReadings,
    AvailabilityImport,
    AvailabilityResolver,
    EvidenceGathering,
    PerformanceRuns,
    Evaluations,
    AppealPapers,
    Appeals,
    Consequences,
    UsageRepository,
    UsageNotices,
    SelfEvaluations,
    PerformanceRulesResolver,
    PerformanceRunsResolver,
    PerformanceEvaluationsResolver,
    UsageNoticesResolver,
    SelfEvaluationsResolver,
  ],
  exports: [
    PerformanceEditions,
    PerformanceRuns,
    Evaluations,
    Appeals,
    AvailabilityReadings,
    Consequences,
    UsageNotices,
    SelfEvaluations,
  ],
})
export class PerformanceModule {}
