import type { CombinedError } from '@urql/core';

/** What a page can say about a request that brought no data. Expected refusals of a mutation are not failures: they are payload. */
export type Failure =
  | { kind: 'signed-out' }
  | { kind: 'forbidden'; message: string; traceId: string | null }
  | { kind: 'not-found'; message: string; traceId: string | null }
  | { kind: 'offline' }
  | { kind: 'error'; message: string; traceId: string | null };

const kinds: Record<string, 'signed-out' | 'forbidden' | 'not-found'> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
};

export function failureOf(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  if (!first) return { kind: 'offline' };
  const kind = kinds[String(first.extensions.code)] ?? 'error';
  if (kind === 'signed-out') return { kind };
  const traceId = first.extensions.traceId;
  return { kind, message: first.message, traceId: typeof traceId === 'string' ? traceId : null };
}
