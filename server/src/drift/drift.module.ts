import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { DriftRepository } from './drift.repository.js';
import { DriftEdgesResolver, DriftResolver } from './drift.resolver.js';
import { DriftActs } from './drift-acts.service.js';
import { DriftPolicies } from './drift-policies.service.js';
import { Drifts } from './drifts.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, FacilitiesModule, FreezesModule, ResourcesModule],
  providers: [DriftRepository, Drifts, DriftActs, DriftPolicies, DriftResolver, DriftEdgesResolver],
  exports: [Drifts, DriftActs, DriftPolicies],
})
export class DriftModule {}
