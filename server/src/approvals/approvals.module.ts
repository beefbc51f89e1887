import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ChainEditionsResolver } from './chain-editions.resolver.js';
import { DelegationsRepository } from './delegations.repository.js';
import { DelegationsResolver } from './delegations.resolver.js';
import { DelegationsService } from './delegations.service.js';
import { EditionsRepository } from './editions.repository.js';
import { EditionsService } from './editions.service.js';
import { RoundsRepository } from './rounds.repository.js';
import { RoundsService } from './rounds.service.js';

@Module({
  imports: [AuditModule, IdentityModule, CalendarsModule, DepartmentsModule],
  providers: [
    EditionsRepository,
    EditionsService,
    RoundsRepository,
    RoundsService,
    DelegationsRepository,
    DelegationsService,
    ChainEditionsResolver,
    DelegationsResolver,
  ],
  exports: [EditionsService, RoundsService, DelegationsService],
})
export class ApprovalsModule {}
