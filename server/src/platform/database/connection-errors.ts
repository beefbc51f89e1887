import { QueryFailedError } from 'typeorm';

/** Session killed, server going down, gone away, lost in the query, idle too long; of a cluster's node that goes: not prepared, failed at commit. */
const LOST_ERRNOS = new Set([1927, 1053, 1152, 2006, 2013, 4031, 1047, 1180]);
const LOST_CODES = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/**
 * Whether the connection broke, so that nobody knows what became of the transaction: the server may have committed
 * and only the answer was lost.
 */
export function isConnectionLost(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return false;
  const { fatal, code, errno } = cause as { fatal?: boolean; code?: string; errno?: number };
  return fatal === true || LOST_CODES.has(code ?? '') || LOST_ERRNOS.has(errno ?? 0);
}
