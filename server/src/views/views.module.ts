import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ViewsRepository } from './views.repository.js';
import { ViewsResolver } from './views.resolver.js';
import { ViewsService } from './views.service.js';

@Module({
  imports: [AuditModule],
  providers: [ViewsRepository, ViewsService, ViewsResolver],
})
export class ViewsModule {}
