import type { DataSource } from 'typeorm';
import type { CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { auditVerifyCommand } from './verify-command.js';

/** The audit of another database, a restored one: whether it is whole, and what its verifier says. */
export async function verifyAuditOf(
  db: DataSource,
  crypto: CryptoProvider,
  now: Date,
): Promise<{ readonly isWhole: boolean; readonly said: readonly string[] }> {
  const said: string[] = [];
  const code = await auditVerifyCommand(db, crypto, (line) => said.push(line), { now });
  return { isWhole: code === 0, said };
}
