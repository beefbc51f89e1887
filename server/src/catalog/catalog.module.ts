import { Module } from '@nestjs/common';
import { CatalogRepository } from './catalog.repository.js';
import { CatalogResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';

@Module({
  providers: [CatalogRepository, CatalogService, CatalogResolver],
  exports: [CatalogService],
})
export class CatalogModule {}
