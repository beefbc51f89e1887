import { Module } from '@nestjs/common';
import { Acts } from './acts.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { ChainRepository } from './chain.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { AuditSequencer } from './sequencer.js';

@Module({
  providers: [
    Acts,
    AuditRepository,
    AuditResolver,
    AuditSequencer,
    AuditService,
    ChainRepository,
    IdempotencyRepository,
  ],
  exports: [Acts, AuditSequencer, AuditService],
})
export class AuditModule {}
