import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PaymentUse } from './payment-use.service.js';
import { ProjectFunding } from './project-funding.service.js';
import { ProjectRecords } from './project-records.service.js';
import { SignedStatements } from './signed-statements.service.js';
import { SystemActsResolver } from './system-acts.resolver.js';
import { ProjectEdgesResolver, ProjectPeriodResolver, SystemEdgesResolver } from './system-edges.resolver.js';
import { SystemLinks } from './system-links.service.js';
import { SystemRecords } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsRepository } from './systems.repository.js';
import { SystemsResolver } from './systems.resolver.js';
import { SystemsService } from './systems.service.js';
import { SystemsCustody } from './systems-custody.service.js';
import { VendorBindings } from './vendor-bindings.service.js';

@Module({
  imports: [AuditModule, IdentityModule, FilesModule, DepartmentsModule],
  providers: [
    SystemsRepository,
    SystemWrites,
    SystemsService,
    SystemsCustody,
    SystemRecords,
    SignedStatements,
    ProjectFunding,
    ProjectRecords,
    PaymentUse,
    SystemLinks,
    VendorBindings,
    SystemsResolver,
    SystemEdgesResolver,
    ProjectEdgesResolver,
    ProjectPeriodResolver,
    SystemActsResolver,
  ],
  exports: [PaymentUse, ProjectFunding, SystemsService],
})
export class SystemsModule {}
