import { ClusterFailure, type FailureClass, type PermanentReason } from '../provisioning/domain/cluster-failure.js';
import { listAt, textAt } from '../provisioning/domain/cluster-object.js';

/** An answer that is no success: a metav1.Status, or whatever a proxy in between had to say. */
export interface RefusedAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The header as sent: seconds or an HTTP date. */
  readonly retryAfter?: string | undefined;
}

/** API servers ask for a second or a few; a longer wish is a proxy's, and must not outlast its fault by much (ADR 0046). */
const RETRY_AFTER_MAX_MS = 30_000;
/** Enough to understand a refusal; a proxy's whole error page is not. */
const MESSAGE_LENGTH_MAX = 500;

/**
 * How server-side apply refuses a manifest that does not fit the schema: as HTTP 500, although no repetition will help.
 * Measured on kube-apiserver 1.36; the texts come from its managedfields package.
 */
const SCHEMA_REFUSALS = [/failed to create typed patch object/, /field not declared in schema/, /\.spec: expected/];

interface Verdict {
  readonly failureClass: FailureClass;
  readonly reason?: PermanentReason;
}

/** One row per status code that means something of its own; the rest is decided by its hundred. */
const BY_STATUS: Readonly<Record<number, Verdict | ((message: string, body: unknown) => Verdict)>> = {
  // Expired credentials are a fault of the cluster's access, not of the object.
  401: { failureClass: 'RETRYABLE' },
  403: forbidden,
  404: { failureClass: 'NOT_FOUND' },
  408: { failureClass: 'RETRYABLE' },
  409: { failureClass: 'CONFLICT' },
  410: { failureClass: 'GONE' },
  422: { failureClass: 'PERMANENT', reason: 'INVALID' },
  429: { failureClass: 'RETRYABLE' },
  500: (message) =>
    SCHEMA_REFUSALS.some((text) => text.test(message))
      ? { failureClass: 'PERMANENT', reason: 'SCHEMA' }
      : { failureClass: 'RETRYABLE' },
};

function forbidden(message: string, body: unknown): Verdict {
  const causes = listAt(body, 'details', 'causes').map((cause) => textAt(cause, 'reason'));
  if (causes.includes('NamespaceTerminating') || /because it is being terminated/.test(message))
    return { failureClass: 'RETRYABLE' };
  return { failureClass: 'PERMANENT', reason: /exceeded quota|failed quota/.test(message) ? 'QUOTA' : 'FORBIDDEN' };
}

/** `what`: the call as a person would name it, e.g. "apply VirtualMachine dept-fin/vm-1". */
export function refusalOf(what: string, answer: RefusedAnswer, now: Date): ClusterFailure {
  const message = messageOf(answer.body);
  const row = BY_STATUS[answer.status];
  const verdict =
    (typeof row === 'function' ? row(message, answer.body) : row) ??
    (answer.status >= 500 ? { failureClass: 'RETRYABLE' } : { failureClass: 'PERMANENT', reason: 'INVALID' });
  const retryAfterMs = verdict.failureClass === 'RETRYABLE' ? retryAfterOf(answer, now) : undefined;
  const conflicts = verdict.failureClass === 'CONFLICT' ? conflictsOf(answer.body) : [];
  return new ClusterFailure(verdict.failureClass, `${what}: ${answer.status} ${message}`.trimEnd(), {
    status: answer.status,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(conflicts.length === 0 ? {} : { conflicts }),
  });
}

/** Of server-side apply without force: `conflict with "helm" using v1` at `.spec.replicas`. */
function conflictsOf(body: unknown): { manager: string; field: string }[] {
  return listAt(body, 'details', 'causes').flatMap((cause) => {
    if (textAt(cause, 'reason') !== 'FieldManagerConflict') return [];
    const message = textAt(cause, 'message') ?? '';
    return { manager: /"([^"]+)"/.exec(message)?.[1] ?? message, field: textAt(cause, 'field') ?? '' };
  });
}

/** No answer at all: refused connection, broken line, TLS, deadline. */
export function unreachable(what: string, cause: unknown): ClusterFailure {
  return new ClusterFailure('UNREACHABLE', `${what}: ${causeText(cause)}`, { cause });
}

function messageOf(body: unknown): string {
  const text = textAt(body, 'message') ?? (typeof body === 'string' ? body : '');
  return text.length > MESSAGE_LENGTH_MAX ? `${text.slice(0, MESSAGE_LENGTH_MAX)}…` : text;
}

function retryAfterOf(answer: RefusedAnswer, now: Date): number | undefined {
  const header = answer.retryAfter?.trim();
  if (header === undefined || header === '') return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), RETRY_AFTER_MAX_MS) : undefined;
}

/** undici wraps what happened; the innermost text says it. */
function causeText(cause: unknown): string {
  let inner = cause;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (!(inner instanceof Error)) return String(inner);
  const { code } = inner as NodeJS.ErrnoException;
  return code === undefined || inner.message.includes(code) ? inner.message : `${code} ${inner.message}`.trimEnd();
}
