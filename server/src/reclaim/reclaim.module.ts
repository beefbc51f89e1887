import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FilesModule } from '../files/files.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { LineCaseOpening } from './line-case-opening.service.js';
import { LineCases } from './line-cases.service.js';
import { LineCaseFields, LineReclaimResolver, LineTermReclaimResolver } from './line-reclaim.resolver.js';
import { ReclaimRepository } from './reclaim.repository.js';
import { ReclaimEdgesResolver, ReclaimResolver, ResourceReclaimResolver } from './reclaim.resolver.js';
import { ReclaimService } from './reclaim.service.js';
import { ReclaimActs } from './reclaim-acts.service.js';
import { ReclaimSweep } from './reclaim-sweep.service.js';

@Module({
  imports: [
    AuditModule,
    CalendarsModule,
    DepartmentsModule,
    FilesModule,
    FreezesModule,
    RequestsModule,
    ResourcesModule,
  ],
  providers: [
    ReclaimRepository,
    ReclaimService,
    ReclaimActs,
    ReclaimSweep,
    LineCases,
    LineCaseOpening,
    ReclaimResolver,
    ReclaimEdgesResolver,
    ResourceReclaimResolver,
    LineCaseFields,
    LineReclaimResolver,
    LineTermReclaimResolver,
  ],
  exports: [ReclaimService, ReclaimActs, ReclaimSweep, LineCaseOpening],
})
export class ReclaimModule {}
