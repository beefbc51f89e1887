/** Decides what an audit record says and in which exact bytes it is sealed. */
import { canonicalJson } from './canonical-json.js';

/** REFUSED is for attempts that matter by themselves (a refused sign-in); a refused act of business changes nothing. */
export const AUDIT_OUTCOMES = ['DONE', 'REFUSED'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One act as it is kept. Everything here is under the MAC; changing any of it is found. */
export interface AuditRecord {
  readonly id: string;
  readonly occurredAt: Date;
  readonly actorUserId: string | null;
  readonly actorName: string;
  readonly actorDepartmentId: string | null;
  readonly address: string | null;
  readonly traceId: string;
  readonly action: string;
  readonly outcome: AuditOutcome;
  readonly objectType: string;
  readonly objectId: string;
  /** Whose business it was; null = nobody's in particular. */
  readonly departmentId: string | null;
  readonly summaryZh: string;
  readonly summaryEn: string;
  /** Canonical JSON texts, kept as they were written. */
  readonly beforeJson: string | null;
  readonly afterJson: string | null;
}

export interface SealedAuditRecord extends AuditRecord {
  readonly macKeyId: string;
  /** HMAC-SM3 over `recordText`, hexadecimal. */
  readonly mac: string;
}

/** The text under the MAC. Fields are named one by one: a further property of the object cannot slip in. */
export function recordText(record: AuditRecord): string {
  return canonicalJson({
    id: record.id,
    occurredAt: record.occurredAt,
    actorUserId: record.actorUserId,
    actorName: record.actorName,
    actorDepartmentId: record.actorDepartmentId,
    address: record.address,
    traceId: record.traceId,
    action: record.action,
    outcome: record.outcome,
    objectType: record.objectType,
    objectId: record.objectId,
    departmentId: record.departmentId,
    summaryZh: record.summaryZh,
    summaryEn: record.summaryEn,
    beforeJson: record.beforeJson,
    afterJson: record.afterJson,
  });
}
