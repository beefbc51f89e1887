import type { DataSource } from 'typeorm';
import { Acts } from '../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../server/src/audit/audit.repository.js';
import { IdempotencyRepository } from '../../server/src/audit/idempotency.repository.js';
import { newKeyRing } from '../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { unitsOfWork } from './units-of-work.ts';

/** Few rounds: these hashes guard nothing. */
const PASSWORD_ITERATIONS = 1_000;

/** Audited acts without the application around them. */
export function actsOn(db: DataSource): Acts {
  const crypto = new SoftwareCrypto(newKeyRing(), PASSWORD_ITERATIONS);
  return new Acts(unitsOfWork(db).work, new AuditRepository(db), new IdempotencyRepository(db), crypto);
}
