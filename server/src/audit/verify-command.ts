import type { DataSource } from 'typeorm';
import type { CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { ChainRepository } from './chain.repository.js';
import { checkpointHash } from './domain/chain.js';
import { type Anchor, FINDINGS, type Finding, isNotice, verifyTrail } from './domain/verify.js';

export interface AuditVerifyOptions {
  readonly now?: Date;
  readonly anchor?: Anchor;
}

/** A trail computed anew is wrong in every row; the first ones say where it begins. */
const FINDINGS_SHOWN_MAX = 100;

/**
 * `jiyun audit verify`: reads everything, changes nothing.
 * @returns the process's exit code: 0 = whole; 1 = findings.
 */
export async function auditVerifyCommand(
  db: DataSource,
  crypto: CryptoProvider,
  print: (line: string) => void,
  { now = new Date(), anchor }: AuditVerifyOptions = {},
): Promise<number> {
  const trail = await new ChainRepository(db).trail();
  const findings = verifyTrail(trail, crypto, { now, ...(anchor && { anchor }) });
  let found = 0;
  let notices = 0;
  for (;;) {
    const { done, value } = await findings.next();
    if (done) {
      print(
        `${value.records} records in the chain, ${value.waiting} waiting for their place, ${value.checkpoints} checkpoints; ${found} findings, ${notices} notices.`,
      );
      const last = value.lastCheckpoint;
      if (last)
        print(
          `Last checkpoint: ${last.toSeq}:${checkpointHash(crypto, last)}, signed ${last.signedAt.toISOString()} with ${last.keyId}. Note it outside: --anchor compares with it.`,
        );
      else print('No checkpoint yet.');
      if (!crypto.certified) print(`Cryptography: ${crypto.name}, not a certified module.`);
      return found === 0 ? 0 : 1;
    }
    if (isNotice(value)) notices += 1;
    else found += 1;
    if (found + notices <= FINDINGS_SHOWN_MAX) print(lineOf(value));
  }
}

function lineOf(finding: Finding): string {
  const { kind, seq, toSeq, auditId } = finding;
  const place = seq === null ? 'outside the chain' : toSeq && toSeq !== seq ? `seq ${seq} to ${toSeq}` : `seq ${seq}`;
  return `${isNotice(finding) ? 'notice' : 'FINDING'} ${kind} ${place}${auditId ? ` (${auditId})` : ''}: ${FINDINGS[kind]}`;
}

/** "<seq>:<hash>", as the command prints it; undefined = it is not one. */
export function parseAnchor(text: string): Anchor | undefined {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq && hash ? { toSeq: Number(seq), hash } : undefined;
}
