import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { CLOCK, type Clock } from '../../kernel/clock.js';
import { type Change, ChangeFeed } from '../feed/change-feed.js';
import { holdingAConnection } from './one-connection.js';
import { DatabaseQuorum, DatabaseReadOnly } from './quorum/database-quorum.js';
import { errnoIn } from './quorum/error-number.js';

/**
 * An open transaction. Every write of a repository takes one, so that nothing can be written outside by forgetting it.
 * `now` is one moment for the whole unit of work.
 */
export class Tx {
  readonly changes: Change[] = [];
  private written = 0;

  constructor(
    readonly manager: EntityManager,
    readonly now: Date,
  ) {}

  /** Says that something changed; the feed row is written before commit, subscribers hear of it after. */
  changed(topic: Change['topic'], subjectId: string): void {
    if (!this.changes.some((c) => c.topic === topic && c.subjectId === subjectId))
      this.changes.push({ topic, subjectId });
  }

  /** Writes the feed rows said so far. Called before hot rows are touched, so that those are held for the shortest time. */
  async writeChanges(): Promise<void> {
    const rows = this.changes.slice(this.written);
    this.written = this.changes.length;
    if (rows.length > 0)
      await this.manager.query('insert into change_feed (topic, subject_id, created_at) values ?', [
        rows.map((c) => [c.topic, c.subjectId, this.now]),
      ]);
  }
}

/** Where something is read: within a transaction, or beside any. Whoever writes or locks asks for a `Tx`. */
export type Reading = Pick<Tx, 'manager'>;

/** Deadlock, lock wait timeout, write conflict (MariaDB snapshot isolation, Galera, TiDB). */
const TRANSIENT_ERRNOS = new Set([1213, 1205, 1020, 9007, 8002]);
/** Enough for 64 clients on one row to find their turn; beyond that the caller is told. */
const ATTEMPTS_MAX = 8;
const BACKOFF_BASE_MS = 4;
/** Attempts of one unit of work then last longer than it takes to see that a node is silent. */
const NODE_BACKOFF_MS = 250;

/** Thrown inside a unit of work that decided on facts which others have changed since: it runs again with fresh ones. */
export class WriteConflict extends Error {
  override name = 'WriteConflict';
}

function isTransient(error: unknown): boolean {
  return error instanceof WriteConflict || TRANSIENT_ERRNOS.has(errnoOf(error) ?? 0);
}

export function errnoOf(error: unknown): number | undefined {
  return error instanceof QueryFailedError ? errnoIn(error) : undefined;
}

/** MySQL's duplicate key. */
export const DUPLICATE_KEY_ERRNO = 1062;

@Injectable()
export class UnitOfWork {
  constructor(
    private readonly db: DataSource,
    private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly quorum: DatabaseQuorum,
  ) {}

  /**
   * Runs `work` in one READ COMMITTED transaction and commits. On a deadlock or write conflict the whole of `work` runs
   * again in a new transaction (the server has rolled the old one back), bounded and jittered; `work` must therefore
   * keep nothing outside the database between attempts, and read and write through `tx` only: asking for a second
   * connection throws. Any other error is thrown on after rollback.
   *
   * Over a cluster it waits while the writer changes, and what had not yet come to its COMMIT when the node went is done
   * anew on the next one. At COMMIT nobody knows what became of it: that error is thrown on, and the idempotency key knows.
   * @throws DatabaseReadOnly where no majority takes writes.
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let outcomeUnknown = false;
    for (let attempt = 1; ; attempt += 1) {
      await this.ready(outcomeUnknown);
      let committing = false;
      try {
        const { result, changes } = await this.db.transaction(async (manager) => {
          const tx = new Tx(manager, this.clock.now());
          return holdingAConnection(async () => {
            const result = await work(tx);
            await tx.writeChanges();
            committing = true;
            return { result, changes: tx.changes };
          });
        });
        this.feed.poke(changes);
        return result;
      } catch (error) {
        // Of a node that goes also "deadlock" at COMMIT may hide that the others have it.
        outcomeUnknown ||= committing && !(error instanceof WriteConflict);
        const went = this.quorum.nodeWent(error);
        const again = isTransient(error) || (went && !committing);
        if (!again || attempt === ATTEMPTS_MAX) throw error;
        const waitMs = went ? NODE_BACKOFF_MS * attempt : Math.random() * BACKOFF_BASE_MS * 2 ** attempt;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  private async ready(outcomeUnknown: boolean): Promise<void> {
    try {
      await this.quorum.writable();
    } catch (error) {
      if (outcomeUnknown && error instanceof DatabaseReadOnly)
        throw new DatabaseReadOnly(error.reason, error.since, true);
      throw error;
    }
  }
}

/** `in (?)` of mysql2 wants a non-empty list; an empty one means "no row", never "every row". */
export function inList(ids: readonly string[]): readonly string[] {
  return ids.length > 0 ? ids : [''];
}

const ASCII = /^\p{ASCII}*$/u;

/**
 * The same of what a person wrote, for a column of ascii: MariaDB refuses to compare one with Chinese, and what cannot
 * stand there is not found there.
 */
export function inAsciiList(written: readonly string[]): readonly string[] {
  return inList(written.filter((text) => ASCII.test(text)));
}
