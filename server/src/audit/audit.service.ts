import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { AuditRepository } from './audit.repository.js';
import type { AuditEntry, AuditListFilter } from './audit.types.js';
import { IdempotencyRepository } from './idempotency.repository.js';

@Injectable()
export class AuditService {
  constructor(
    private readonly repository: AuditRepository,
    private readonly keys: IdempotencyRepository,
  ) {}

  /** Newest first. */
  list(scope: TenantScope, filter: AuditListFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    return this.repository.page(scope, filter, page);
  }

  /** null = not there, or outside the scope. */
  entry(scope: TenantScope, id: string): Promise<AuditEntry | null> {
    return this.repository.byId(scope, id);
  }

  /** Where the act on an object at that moment stands in the chain; null = it is not chained yet, or there was none. */
  linkOf(objectId: string, at: Date): Promise<{ readonly sequence: number; readonly hash: string } | null> {
    return this.repository.linkOf(objectId, at);
  }

  /** Deletes answers kept under idempotency keys when their life is over. Called by the worker's housekeeping. */
  async pruneKeys(now: Date): Promise<void> {
    await this.keys.prune(now);
  }
}
