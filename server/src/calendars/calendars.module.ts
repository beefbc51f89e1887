import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CalendarsRepository } from './calendars.repository.js';
import { CalendarsResolver } from './calendars.resolver.js';
import { CalendarsService } from './calendars.service.js';

@Module({
  imports: [AuditModule],
  providers: [CalendarsRepository, CalendarsService, CalendarsResolver],
  exports: [CalendarsService],
})
export class CalendarsModule {}
