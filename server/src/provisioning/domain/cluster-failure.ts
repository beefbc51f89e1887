/** Decides what a failed call to a cluster means for the one who called. */

/**
 * RETRYABLE    the cluster is busy or unwell: the same call may work later, not before `retryAfterMs`.
 * CONFLICT     someone was faster: read again, decide again.
 * PERMANENT    the same call will be refused again until the desired state or the cluster's rules change.
 * NOT_FOUND    the object, or the namespace it should go into, is not there.
 * GONE         the history asked for is forgotten: list again.
 * UNREACHABLE  no answer; whether the call had an effect is unknown.
 */
export type FailureClass = 'RETRYABLE' | 'CONFLICT' | 'PERMANENT' | 'NOT_FOUND' | 'GONE' | 'UNREACHABLE';

/** Why a call is refused for good, as far as it changes what a person must do. */
export type PermanentReason = 'QUOTA' | 'FORBIDDEN' | 'SCHEMA' | 'INVALID' | 'NO_MULTUS';

export class ClusterFailure extends Error {
  override readonly name = 'ClusterFailure';

  constructor(
    readonly failureClass: FailureClass,
    message: string,
    readonly details: {
      /** HTTP status; absent when there was no answer. */
      readonly status?: number;
      readonly reason?: PermanentReason;
      readonly retryAfterMs?: number;
      /** Whose fields an apply without force would have taken over. */
      readonly conflicts?: readonly { readonly manager: string; readonly field: string }[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}

export function isFailure(error: unknown, failureClass: FailureClass): error is ClusterFailure {
  return error instanceof ClusterFailure && error.failureClass === failureClass;
}
