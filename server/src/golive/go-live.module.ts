import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AcceptanceSheets } from './acceptance-sheets.service.js';
import { GoLiveRepository } from './go-live.repository.js';
import { GoLiveResolver, SystemGoLiveResolver } from './go-live.resolver.js';
import { GoLiveAcceptance } from './go-live-acceptance.service.js';
import { GoLiveActsResolver } from './go-live-acts.resolver.js';
import { GoLiveBegin } from './go-live-begin.service.js';
import { GoLiveCases } from './go-live-cases.service.js';
import { GoLiveEdgesResolver } from './go-live-edges.resolver.js';
import { GoLiveFacts } from './go-live-facts.service.js';
import { GoLivePapersController } from './go-live-papers.controller.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { GoLiveSigning } from './go-live-signing.service.js';
import { GoLiveSweep } from './go-live-sweep.service.js';
import { GoLiveTrial } from './go-live-trial.service.js';
import { PastGoLives } from './past-go-lives.service.js';

@Module({
  imports: [
    AuditModule,
    CalendarsModule,
    FilesModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    ServersModule,
    ResourcesModule,
    RequestsModule,
    DocumentsModule,
  ],
  controllers: [GoLivePapersController],
  providers: [
    GoLiveRepository,
    GoLivePolicies,
    GoLiveFacts,
    GoLiveCases,
    GoLiveBegin,
    GoLiveTrial,
    GoLiveAcceptance,
    GoLiveSigning,
    GoLiveSweep,
    AcceptanceSheets,
    PastGoLives,
    GoLiveResolver,
    GoLiveEdgesResolver,
    SystemGoLiveResolver,
    GoLiveActsResolver,
  ],
  exports: [GoLiveBegin, GoLiveTrial, GoLiveAcceptance, GoLiveSigning, GoLiveSweep, GoLiveCases, PastGoLives],
})
export class GoLiveModule {}
