import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { QuarantineResolver } from './quarantine.resolver.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantineActs } from './quarantine-acts.service.js';

@Module({
  imports: [AuditModule, FacilitiesModule],
  providers: [QuarantineRepository, Quarantine, QuarantineActs, QuarantineResolver],
  exports: [Quarantine],
})
export class QuarantineModule {}
