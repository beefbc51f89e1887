import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogRepository } from './catalog.repository.js';
import { CatalogResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { CatalogActsResolver } from './catalog-acts.resolver.js';
import { CatalogImportService } from './catalog-import.service.js';
import { CatalogKeeper } from './catalog-keeper.service.js';
import { CatalogKindsResolver, ServiceOffersResolver } from './catalog-kinds.resolver.js';
import { EntriesRepository } from './entries.repository.js';
import { PricedBy } from './priced-by.service.js';
import { ServerImagesResolver } from './server-images.resolver.js';
import { ServerImages } from './server-images.service.js';

@Module({
  imports: [AuditModule],
  providers: [
    CatalogRepository,
    EntriesRepository,
    CatalogService,
    CatalogImportService,
    CatalogKeeper,
    CatalogResolver,
    CatalogKindsResolver,
    CatalogActsResolver,
    ServiceOffersResolver,
    PricedBy,
    ServerImages,
    ServerImagesResolver,
  ],
  exports: [CatalogService, CatalogImportService, PricedBy, ServerImages],
})
export class CatalogModule {}
