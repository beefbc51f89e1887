import type { Bilingual } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { AuditOutcome, SealedAuditRecord } from './domain/audit-record.js';

/** What an act may answer: it is kept as text under its idempotency key and must come back as it was. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What the audit row says about an act, besides who, when and from where. */
export interface AuditFact {
  /** The GraphQL type of the object, e.g. "Request". */
  readonly objectType: string;
  /** Its id, or its code where it has none. */
  readonly objectId: string;
  /** Whose business it is; null = nobody's in particular. */
  readonly departmentId: string | null;
  readonly summary: Bilingual;
  /** Plain data; never passwords, keys or session ids. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** DONE unless said otherwise. */
  readonly outcome?: AuditOutcome;
}

export interface Done<T> {
  readonly value: T;
  readonly audit: AuditFact;
  /** The same act for others whose business it is: a row each. */
  readonly auditToo?: readonly AuditFact[];
  /** Takes hot counters, as the last statements before commit. A refusal undoes the whole act. */
  readonly last?: (tx: Tx) => Promise<Result<void, readonly Refusal[]>>;
}

export interface Act {
  /** "<feature>.<verb>", e.g. "request.submit". */
  readonly name: string;
  readonly actor: Actor;
  /** Made by the caller per press of the button, scoped to the user. Acts of the system may go without. */
  readonly idempotencyKey?: string;
  /** What was asked: the same key with other input is refused. */
  readonly input: unknown;
}

export type Work<T> = (tx: Tx) => Promise<Result<Done<T>, readonly Refusal[]>>;

/** A row of the audit list. */
export interface AuditEntry extends SealedAuditRecord {
  /** null = not yet in the chain. */
  readonly sequence: number | null;
}

export interface AuditListFilter {
  readonly action?: string | null;
  readonly actorName?: string | null;
  readonly objectType?: string | null;
}
