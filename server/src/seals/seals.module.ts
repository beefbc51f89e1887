import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { GoLiveModule } from '../golive/go-live.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { SealsResolver } from './seals.resolver.js';
import { SealsService } from './seals.service.js';

@Module({
  imports: [DepartmentsModule, SystemsModule, ApprovalsModule, RequestsModule, DocumentsModule, GoLiveModule],
  providers: [SealsService, SealsResolver],
  exports: [SealsService],
})
export class SealsModule {}
