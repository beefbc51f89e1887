import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DriftModule } from '../drift/drift.module.js';
import { DrillsModule } from '../drills/drills.module.js';
import { ExecutionsModule } from '../executions/executions.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { OutagesModule } from '../outages/outages.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { ChangeCalendarResolver } from './change-calendar.resolver.js';
import { ChangeCalendar } from './change-calendar.service.js';
import { DutyNoticeTelling } from './duty-notice-telling.service.js';
import { DutyNoticesRepository } from './duty-notices.repository.js';
import { DutyNoticesResolver } from './duty-notices.resolver.js';
import { DutyNotices } from './duty-notices.service.js';
import { FreezesResolver } from './freezes.resolver.js';
import { StandardChangesRepository } from './standard-changes.repository.js';
import { StandardChangesResolver } from './standard-changes.resolver.js';
import { StandardChanges } from './standard-changes.service.js';
import { AlertEventResolver, TicketEdgesResolver } from './ticket-edges.resolver.js';
import { TicketFaults } from './ticket-faults.service.js';
import { TicketLinks } from './ticket-links.service.js';
import { TicketMoves } from './ticket-moves.service.js';
import { TicketOpening } from './ticket-opening.service.js';
import { TicketPutting } from './ticket-putting.service.js';
import { TicketViews } from './ticket-views.service.js';
import { TicketsRepository } from './tickets.repository.js';
import { TicketsResolver } from './tickets.resolver.js';
import { Tickets } from './tickets.service.js';

/** 值班台: events, changes and problems, notices to departments, and what a leader lets through a freeze. */
@Module({
  imports: [
    AuditModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    FreezesModule,
    ServersModule,
    ResourcesModule,
    RequestsModule,
    OutagesModule,
    DriftModule,
    DrillsModule,
    ExecutionsModule,
    AlertsModule,
  ],
  providers: [
    TicketsRepository,
    DutyNoticesRepository,
    StandardChangesRepository,
    StandardChanges,
    TicketLinks,
    TicketPutting,
    TicketOpening,
    Tickets,
    TicketMoves,
    TicketFaults,
    TicketViews,
    DutyNoticeTelling,
    DutyNotices,
    ChangeCalendar,
    TicketsResolver,
    TicketEdgesResolver,
    AlertEventResolver,
    DutyNoticesResolver,
    FreezesResolver,
    StandardChangesResolver,
    ChangeCalendarResolver,
  ],
  exports: [TicketOpening, Tickets, TicketMoves, TicketFaults, TicketViews, DutyNotices, StandardChanges],
})
export class DutyModule {}
