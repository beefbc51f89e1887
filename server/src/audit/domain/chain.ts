/** Decides how audit records are chained, and in which exact bytes a stretch of the chain is signed. */
import { type AuditRecord, recordText, type SealedAuditRecord } from './audit-record.js';
import { canonicalJson } from './canonical-json.js';

/** SM3, whoever computes it. */
export interface Hasher {
  sm3(data: string | Uint8Array): Uint8Array;
}

/** The place of one record. Hashes are lower-case hexadecimal. */
export interface ChainLink {
  /** From 1, without gap. */
  readonly seq: number;
  readonly auditId: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** What the next link or checkpoint is tied to. */
export type ChainEnd = Pick<ChainLink, 'seq' | 'hash'>;

/** A signed statement: the records from `fromSeq` to `toSeq` led to `chainHash`. */
export interface Checkpoint {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly chainHash: string;
  /** `checkpointHash` of the checkpoint before it. */
  readonly previousHash: string;
  readonly signedAt: Date;
}

export interface SignedCheckpoint extends Checkpoint {
  readonly keyId: string;
  /** SM2 over `checkpointText`, hexadecimal. */
  readonly signature: string;
}

/** Before the first link and before the first checkpoint. */
export const NO_HASH = '0'.repeat(64);
export const CHAIN_BEGINNING: ChainEnd = { seq: 0, hash: NO_HASH };

/** Keeps the hash of a link from ever being the hash of something else (RFC 6962's leaf prefix). */
const LINK_PREFIX = Buffer.from([0x00]);
const SEQ_BYTES = 8;

/** SM3(0x00 ‖ previous hash ‖ seq, 8 bytes, big end first ‖ SM3(record text)). */
export function linkHash(hasher: Hasher, prevHash: string, seq: number, record: AuditRecord): string {
  const place = Buffer.alloc(SEQ_BYTES);
  place.writeBigInt64BE(BigInt(seq));
  const bytes = Buffer.concat([LINK_PREFIX, Buffer.from(prevHash, 'hex'), place, hasher.sm3(recordText(record))]);
  return hex(hasher.sm3(bytes));
}

/** The links of these records behind the end of the chain, in the records' order. */
export function chainBehind(hasher: Hasher, end: ChainEnd, records: readonly SealedAuditRecord[]): ChainLink[] {
  let { seq, hash } = end;
  return records.map((record) => {
    const prevHash = hash;
    seq += 1;
    hash = linkHash(hasher, prevHash, seq, record);
    return { seq, auditId: record.id, prevHash, hash };
  });
}

/** The text that is signed. Fields are named one by one: a further property of the object cannot slip in. */
export function checkpointText(checkpoint: Checkpoint): string {
  return canonicalJson({
    fromSeq: checkpoint.fromSeq,
    toSeq: checkpoint.toSeq,
    chainHash: checkpoint.chainHash,
    previousHash: checkpoint.previousHash,
    signedAt: checkpoint.signedAt,
  });
}

export function checkpointHash(hasher: Hasher, checkpoint: Checkpoint): string {
  return hex(hasher.sm3(checkpointText(checkpoint)));
}

/** The statement still to be signed about everything behind the last checkpoint. */
export function nextCheckpoint(hasher: Hasher, last: Checkpoint | null, end: ChainEnd, now: Date): Checkpoint {
  return {
    fromSeq: (last?.toSeq ?? 0) + 1,
    toSeq: end.seq,
    chainHash: end.hash,
    previousHash: last ? checkpointHash(hasher, last) : NO_HASH,
    signedAt: now,
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
