import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { DebtPolicies } from './debt-policies.service.js';
import { DrDebtsRepository } from './drdebts.repository.js';
import { DrDebtEdgesResolver, DrDebtsResolver } from './drdebts.resolver.js';
import { DrDebts } from './drdebts.service.js';
import { PastDebts } from './past-debts.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, SystemsModule, FacilitiesModule],
  providers: [DrDebtsRepository, DrDebts, PastDebts, DebtPolicies, DrDebtsResolver, DrDebtEdgesResolver],
  exports: [DrDebts, DebtPolicies, PastDebts],
})
export class DrDebtsModule {}
