import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { PackagesRepository } from './packages.repository.js';
import { PackagesResolver } from './packages.resolver.js';
import { PackagesService } from './packages.service.js';

@Module({
  imports: [AuditModule, RequestsModule],
  providers: [PackagesRepository, PackagesService, PackagesResolver],
  exports: [PackagesService],
})
export class PackagesModule {}
