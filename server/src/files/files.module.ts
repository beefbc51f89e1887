import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { FileStore } from './file-store.js';
import { FilesController } from './files.controller.js';
import { FilesRepository } from './files.repository.js';
import { FilesResolver } from './files.resolver.js';
import { FilesService } from './files.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [FilesController],
  providers: [FilesRepository, FilesResolver, FilesService, FileStore],
  exports: [FilesService],
})
export class FilesModule {}
