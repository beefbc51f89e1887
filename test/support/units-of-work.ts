import type { DataSource } from 'typeorm';
import { type Clock, systemClock } from '../../server/src/kernel/clock.js';
import { SingleServer } from '../../server/src/platform/database/quorum/database-quorum.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../server/src/platform/feed/change-feed.js';

/** Units of work without the application around them. The feed is not polling: own commits are told at once. */
export function unitsOfWork(db: DataSource, clock: Clock = systemClock): { work: UnitOfWork; feed: ChangeFeed } {
  const feed = new ChangeFeed(db);
  return { work: new UnitOfWork(db, feed, clock, new SingleServer()), feed };
}
