import { randomBytes, randomInt } from 'node:crypto';

/** 30 bits: one process makes a thousand million ids before the numbers begin anew. */
const SEQUENCE_END = 2 ** 30;

/** Where this process's numbers begin: two processes that make ids in one millisecond seldom share a number. */
let sequence = randomInt(SEQUENCE_END);

/**
 * A uuid of version 7 (RFC 9562 §5.7): time first, so that rows made together lie together in the primary key.
 *
 * After the time comes a number that only grows (§6.2, method 1), then 44 random bits: ids of one process and one
 * millisecond sort in the order in which they were made, so that "order by time, id" tells what came first. An id is
 * no secret.
 */
export function newId(nowMs: number = Date.now()): string {
  sequence = (sequence + 1) % SEQUENCE_END;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | (sequence >>> 18), 6);
  bytes.writeUInt16BE(0x8000 | ((sequence >>> 4) & 0x3fff), 8);
  bytes.writeUInt8(((sequence & 0xf) << 4) | ((bytes[10] as number) & 0x0f), 10);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** No id that is made then or later sorts before it. */
export function firstIdOf(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
