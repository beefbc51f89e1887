import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { GatesRepository } from './gates.repository.js';
import { GatesResolver } from './gates.resolver.js';
import { GatesService } from './gates.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule],
  providers: [GatesRepository, GatesService, GatesResolver],
  exports: [GatesService],
})
export class GatesModule {}
