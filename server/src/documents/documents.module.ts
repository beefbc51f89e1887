import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { FormContents } from './form-contents.service.js';
import { FormsService } from './forms.service.js';
import { PapersController } from './papers.controller.js';
import { PapersRepository } from './papers.repository.js';
import { PapersResolver, SealedScanResolver } from './papers.resolver.js';
import { ScansService } from './scans.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    FilesModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    CatalogModule,
    ApprovalsModule,
    RequestsModule,
  ],
  controllers: [PapersController],
  providers: [PapersRepository, FormContents, FormsService, ScansService, PapersResolver, SealedScanResolver],
  exports: [ScansService],
})
export class DocumentsModule {}
