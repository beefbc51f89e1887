import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { QuotaLimitsService } from './quota-limits.service.js';
import { QuotaSettings } from './quota-settings.service.js';
import { QuotaTakings } from './quota-takings.service.js';
import { QuotasRepository } from './quotas.repository.js';
import {
  DepartmentQuotaResolver,
  ProjectQuotaResolver,
  QuotasResolver,
  SystemQuotaResolver,
} from './quotas.resolver.js';
import { QuotasService } from './quotas.service.js';

/** HELD_IN_QUOTAS comes from a global module of the root. */
@Module({
  imports: [AuditModule, DepartmentsModule, SystemsModule],
  providers: [
    QuotasRepository,
    QuotasService,
    QuotaLimitsService,
    QuotaSettings,
    QuotaTakings,
    QuotasResolver,
    DepartmentQuotaResolver,
    SystemQuotaResolver,
    ProjectQuotaResolver,
  ],
  exports: [QuotasService, QuotaLimitsService, QuotaSettings, QuotaTakings],
})
export class QuotasModule {}
