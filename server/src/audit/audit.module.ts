import { Module } from '@nestjs/common';
import { Acts } from './acts.service.js';
import { AuditRepository } from './audit.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';

@Module({ providers: [Acts, AuditRepository, IdempotencyRepository], exports: [Acts] })
export class AuditModule {}
