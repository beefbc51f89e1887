import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { BatchStarts } from './batch-starts.service.js';
import { BatchTaking } from './batch-taking.service.js';
import { BatchTemplatesController } from './batch-templates.controller.js';
import { BatchesRepository } from './batches.repository.js';
import { BatchesResolver } from './batches.resolver.js';
import { BatchesService } from './batches.service.js';
import { LineTablesResolver } from './line-tables.resolver.js';
import { LineTables } from './line-tables.service.js';

@Module({
  imports: [AuditModule, IdentityModule, FilesModule, SystemsModule, FacilitiesModule, CatalogModule, RequestsModule],
  controllers: [BatchTemplatesController],
  providers: [
    BatchesRepository,
    BatchChoicesService,
    BatchStarts,
    BatchesService,
    BatchTaking,
    BatchesResolver,
    LineTables,
    LineTablesResolver,
  ],
})
export class BatchesModule {}
