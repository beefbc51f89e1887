import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DriftModule } from '../drift/drift.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AlertActs } from './alert-acts.service.js';
import { AlertCalls } from './alert-calls.service.js';
import { AlertKeeping } from './alert-keeping.service.js';
import { AlertRounds } from './alert-rounds.service.js';
import { AlertViews } from './alert-views.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsResolver } from './alerts.resolver.js';
import { HandOvers } from './hand-overs.service.js';
import { RosterRepository } from './roster.repository.js';
import { RosterResolver } from './roster.resolver.js';
import { Roster } from './roster.service.js';
import { ShiftLogRepository } from './shift-log.repository.js';
import { ShiftLogResolver } from './shift-log.resolver.js';
import { ShiftLog } from './shift-log.service.js';

/** 告警与值班表: what is wrong, who is called for it, and who is on duty. */
@Module({
  imports: [
    AuditModule,
    DriftModule,
    IdentityModule,
    FacilitiesModule,
    ResilienceModule,
    NotificationsModule,
    FreezesModule,
    SystemsModule,
    RequestsModule,
    ResourcesModule,
  ],
  providers: [
    AlertsRepository,
    RosterRepository,
    AlertKeeping,
    AlertCalls,
    AlertRounds,
    AlertActs,
    AlertViews,
    ShiftLogRepository,
    ShiftLog,
    Roster,
    HandOvers,
    AlertsResolver,
    RosterResolver,
    ShiftLogResolver,
  ],
  exports: [AlertRounds, AlertActs, AlertViews, Roster, HandOvers, ShiftLog],
})
export class AlertsModule {}
