import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolConnection } from 'mysql2';

/**
 * A unit of work has one connection. If it asked for a second, as many of them at once as the pool has connections would
 * each wait for another's for ever: the console stands still with an idle database. It never shows with few callers, so
 * it is refused always.
 */
const inside = new AsyncLocalStorage<true>();

export function holdingAConnection<T>(work: () => Promise<T>): Promise<T> {
  return inside.run(true, work);
}

export class SecondConnection extends Error {
  override name = 'SecondConnection';
  constructor() {
    super('a unit of work asked the pool for a second connection; read before it begins, or through its transaction');
  }
}

type Taken = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;

/** The pool, refusing a second connection to whoever holds one. */
export function withOneConnectionEach(pool: Pool): Pool {
  const take = pool.getConnection.bind(pool) as (taken: Taken) => void;
  pool.getConnection = ((taken: Taken) => {
    if (inside.getStore()) taken(new SecondConnection(), undefined as unknown as PoolConnection);
    else take(taken);
  }) as Pool['getConnection'];
  return pool;
}
