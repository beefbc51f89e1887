import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ImportCustody } from './import-custody.service.js';
import { ImportPlanner } from './import-planner.service.js';
import { ImportRegistry } from './import-registry.service.js';
import { ImportWork } from './import-work.service.js';
import { ImportWriter } from './import-writer.service.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsResolver } from './imports.resolver.js';
import { ImportsService } from './imports.service.js';
import { TemplatesController } from './templates.controller.js';

@Module({
  imports: [AuditModule, FilesModule, IdentityModule],
  controllers: [TemplatesController],
  providers: [
    ImportCustody,
    ImportPlanner,
    ImportRegistry,
    ImportsRepository,
    ImportsResolver,
    ImportsService,
    ImportWork,
    ImportWriter,
  ],
  exports: [ImportPlanner, ImportRegistry, ImportWork, ImportWriter],
})
export class ImportsModule {}
