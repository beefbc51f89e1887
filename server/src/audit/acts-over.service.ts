import type { DataSource } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import type { CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { SingleServer } from '../platform/database/quorum/database-quorum.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { Acts } from './acts.service.js';
import { AuditRepository } from './audit.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** For a command that acts over an account of its own, where the console's may not write: the same way, with its audit row. */
export function actsOver(db: DataSource, crypto: CryptoProvider, clock: Clock): Acts {
  const unitOfWork = new UnitOfWork(db, new ChangeFeed(db), clock, new SingleServer());
  return new Acts(unitOfWork, new AuditRepository(db), new IdempotencyRepository(db), crypto);
}
