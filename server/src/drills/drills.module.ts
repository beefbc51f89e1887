import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { DrillActsResolver } from './drill-acts.resolver.js';
import { DrillCalendar } from './drill-calendar.service.js';
import { DrillClosing } from './drill-closing.service.js';
import { DrillDriver } from './drill-driver.service.js';
import { DrillGrounds } from './drill-grounds.service.js';
import { DrillPapersController } from './drill-papers.controller.js';
import { DrillPlanning } from './drill-planning.service.js';
import { DrillProgress } from './drill-progress.service.js';
import { DrillRecord } from './drill-record.service.js';
import { DrillRulesRepository } from './drill-rules.repository.js';
import { DrillRulesResolver } from './drill-rules.resolver.js';
import { DrillRules } from './drill-rules.service.js';
import { DrillRunning } from './drill-running.service.js';
import { DrillSweep } from './drill-sweep.service.js';
import { DrillTicketsRepository } from './drill-tickets.repository.js';
import { DrillTickets } from './drill-tickets.service.js';
import { DrillViews } from './drill-views.service.js';
import { DrillsRepository } from './drills.repository.js';
import { DrillsResolver, TicketsResolver } from './drills.resolver.js';
import { FrozenDrills } from './frozen-drills.service.js';
import { PastDrills } from './past-drills.service.js';

@Module({
  imports: [
    AuditModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    FreezesModule,
    AllocationModule,
    ResourcesModule,
    DocumentsModule,
    ResilienceModule,
  ],
  controllers: [DrillPapersController],
  providers: [
    DrillsRepository,
    DrillTicketsRepository,
    DrillRulesRepository,
    DrillRules,
    DrillGrounds,
    FrozenDrills,
    DrillPlanning,
    DrillProgress,
    DrillClosing,
    DrillRunning,
    DrillRecord,
    DrillDriver,
    DrillSweep,
    DrillCalendar,
    DrillTickets,
    PastDrills,
    DrillViews,
    DrillsResolver,
    TicketsResolver,
    DrillActsResolver,
    DrillRulesResolver,
  ],
  exports: [
    DrillGrounds,
    FrozenDrills,
    DrillSweep,
    DrillCalendar,
    DrillPlanning,
    DrillRunning,
    DrillViews,
    DrillTickets,
    PastDrills,
  ],
})
export class DrillsModule {}
