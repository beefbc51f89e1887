import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionActs } from './execution-acts.service.js';
import { ExecutionEngine } from './execution-engine.service.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionPlays } from './execution-plays.service.js';
import { ExecutionRequests } from './execution-requests.service.js';
import { ApprovalEdgesResolver, ExecutionEdgesResolver } from './execution-edges.resolver.js';
import { ExecutionViews } from './execution-views.service.js';
import { ExecutionsResolver } from './executions.resolver.js';
import { ExecutionsRepository } from './executions.repository.js';
import { Fences } from './fences.service.js';
import { RunbooksResolver } from './runbooks.resolver.js';
import { Runbooks } from './runbooks.service.js';
import { RunbooksRepository } from './runbooks.repository.js';
import { StandingOrders } from './standing-orders.service.js';
import { StepHandlers } from './step-handlers.service.js';

@Module({
  imports: [AuditModule, IdentityModule, DepartmentsModule, FacilitiesModule, FilesModule, ResourcesModule, ResilienceModule],
  providers: [
    ExecutionsRepository,
    RunbooksRepository,
    EvidenceRepository,
    ExecutionGrounds,
    ExecutionPlays,
    ExecutionRequests,
    ExecutionActs,
    ExecutionEngine,
    Fences,
    Runbooks,
    StandingOrders,
    StepHandlers,
    ExecutionViews,
    RunbooksResolver,
    ExecutionsResolver,
    ExecutionEdgesResolver,
    ApprovalEdgesResolver,
  ],
  exports: [
    ExecutionsRepository,
    EvidenceRepository,
    ExecutionGrounds,
    ExecutionRequests,
    ExecutionActs,
    ExecutionEngine,
    ExecutionPlays,
    Fences,
    RunbooksRepository,
    Runbooks,
    StandingOrders,
    StepHandlers,
  ],
})
export class ExecutionsModule {}
