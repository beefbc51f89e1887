import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Batch } from './domain/batch.js';

/** Type of the owner under which a batch's file is kept, and of what its audit rows are about. */
export const OWNER = 'LineBatch';

export interface BatchWish {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Whoever may ask for something in a department's name sees its tables; nobody else does, as with drafts. */
export function scopeOf(viewer: Viewer): TenantScope | undefined {
  return scopeFor(viewer, 'REQUEST', 'CREATE');
}

export function auditOf(batch: Batch, zh: string, en: string, after: unknown) {
  return {
    objectType: OWNER,
    objectId: batch.id,
    departmentId: batch.departmentId,
    summary: say(zh, en),
    before: { version: batch.version, state: batch.state },
    after,
  };
}
