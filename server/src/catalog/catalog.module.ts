import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogRepository } from './catalog.repository.js';
import { CatalogResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { CatalogImportService } from './catalog-import.service.js';

@Module({
  imports: [AuditModule],
  providers: [CatalogRepository, CatalogService, CatalogImportService, CatalogResolver],
  exports: [CatalogService, CatalogImportService],
})
export class CatalogModule {}
