import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ClusterSilence } from './cluster-silence.service.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionActs } from './execution-acts.service.js';
import { ExecutionApprovals } from './execution-approvals.service.js';
import { ExecutionConfirmations } from './execution-confirmations.service.js';
import { ApprovalEdgesResolver, ExecutionEdgesResolver } from './execution-edges.resolver.js';
import { ExecutionEngine } from './execution-engine.service.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionPlays } from './execution-plays.service.js';
import { ExecutionRequests } from './execution-requests.service.js';
import { ExecutionSteering } from './execution-steering.service.js';
import { ExecutionViews } from './execution-views.service.js';
import { ExecutionWaits } from './execution-waits.service.js';
import { ExecutionsRepository } from './executions.repository.js';
import { ExecutionsResolver } from './executions.resolver.js';
import { Fences } from './fences.service.js';
import { FrozenExecutions } from './frozen-executions.service.js';
import { PastExecutions } from './past-executions.service.js';
import { ReturningSidesRepository } from './returning-sides.repository.js';
import { ReturningSides } from './returning-sides.service.js';
import { RunbooksRepository } from './runbooks.repository.js';
import { RunbooksResolver } from './runbooks.resolver.js';
import { Runbooks } from './runbooks.service.js';
import { StandingOrders } from './standing-orders.service.js';
import { StepHandlers } from './step-handlers.service.js';
import { StepProofs } from './step-proofs.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    DepartmentsModule,
    FacilitiesModule,
    FilesModule,
    FreezesModule,
    ResourcesModule,
    ResilienceModule,
  ],
  providers: [
    ExecutionsRepository,
    RunbooksRepository,
    EvidenceRepository,
    ExecutionGrounds,
    ExecutionPlays,
    ExecutionRequests,
    ExecutionApprovals,
    ExecutionActs,
    ExecutionSteering,
    StepProofs,
    ClusterSilence,
    ExecutionEngine,
    ExecutionConfirmations,
    ExecutionWaits,
    Fences,
    ReturningSidesRepository,
    ReturningSides,
    FrozenExecutions,
    Runbooks,
    StandingOrders,
    PastExecutions,
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
    ExecutionApprovals,
    ExecutionActs,
    ExecutionSteering,
    ExecutionViews,
    ExecutionEngine,
    ExecutionConfirmations,
    ExecutionWaits,
    ExecutionPlays,
    Fences,
    ReturningSidesRepository,
    ReturningSides,
    RunbooksRepository,
    Runbooks,
    StandingOrders,
    PastExecutions,
    StepHandlers,
    ClusterSilence,
  ],
})
export class ExecutionsModule {}
