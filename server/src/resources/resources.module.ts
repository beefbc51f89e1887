import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { ResourceEdgesResolver } from './resource-edges.resolver.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesResolver } from './resources.resolver.js';
import { ResourcesService } from './resources.service.js';
import { UsageHistory } from './usage-history.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, SystemsModule, FacilitiesModule, CatalogModule],
  providers: [ResourcesRepository, ResourcesService, UsageHistory, ResourcesResolver, ResourceEdgesResolver],
  exports: [ResourcesService, UsageHistory],
})
export class ResourcesModule {}
