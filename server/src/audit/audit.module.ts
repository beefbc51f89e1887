import { Module } from '@nestjs/common';
import { Acts } from './acts.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { IdempotencyRepository } from './idempotency.repository.js';

@Module({
  providers: [Acts, AuditRepository, AuditResolver, AuditService, IdempotencyRepository],
  exports: [Acts, AuditService],
})
export class AuditModule {}
