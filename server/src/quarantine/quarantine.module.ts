import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { QuarantineResolver } from './quarantine.resolver.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantineActs } from './quarantine-acts.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, FacilitiesModule],
  providers: [QuarantineRepository, Quarantine, QuarantineActs, QuarantineResolver],
  exports: [Quarantine, QuarantineActs],
})
export class QuarantineModule {}
