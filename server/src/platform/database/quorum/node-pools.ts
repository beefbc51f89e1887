import type { EventEmitter } from 'node:events';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2';
import type { DatabaseNode } from '../database-url.js';

type Taken = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;

/** A transaction that began on the node before is given the time to end; none lives longer. */
const FAREWELL_MS = 6_000;

interface NodePool {
  readonly key: string;
  readonly pool: Pool;
  readonly connections: Set<PoolConnection>;
}

/** To which node callers are led now; `writes` is false where they may only read. */
export interface Lead {
  readonly node: DatabaseNode;
  readonly writes: boolean;
}

/**
 * What TypeORM takes for its pool: a pool of the node that is led to now. A change of node leaves the old pool to those who
 * are still in it, or breaks their connections where the node answers no more: a statement to a silent node would wait for ever.
 */
export class NodePools {
  private current: NodePool | null = null;
  private readonly leaving = new Set<NodeJS.Timeout>();
  private ended = false;

  constructor(
    private readonly options: PoolOptions,
    private readonly open: (options: PoolOptions, lead: Lead) => Pool,
  ) {}

  /** @param nodeAnswers of the node until now. */
  lead(to: Lead | null, nodeAnswers: boolean): void {
    const key = to === null ? '' : `${to.node.name} ${to.writes}`;
    if (this.ended || key === (this.current?.key ?? '')) return;
    const before = this.current;
    this.current = to === null ? null : this.openFor(key, to);
    if (before) this.leave(before, nodeAnswers);
  }

  /** Breaks what waits for an answer of the node that is led to. */
  breakCurrent(): void {
    if (this.current) breakAll(this.current);
  }

  /** The pool's part that TypeORM uses. */
  facade(): Pick<Pool, 'getConnection' | 'end' | 'on'> {
    return {
      getConnection: ((taken: Taken) => {
        if (this.current) this.current.pool.getConnection(taken as never);
        else taken(noNode(), undefined as unknown as PoolConnection);
      }) as Pool['getConnection'],
      end: ((done?: (error: Error | null) => void) => this.end(done)) as Pool['end'],
      // Listeners of TypeORM only log.
      on: (() => undefined) as unknown as Pool['on'],
    };
  }

  private openFor(key: string, lead: Lead): NodePool {
    const { host, port } = lead.node;
    const pool = this.open({ ...this.options, host, port }, lead);
    const connections = new Set<PoolConnection>();
    (pool as unknown as EventEmitter).on('connection', (connection: PoolConnection) => {
      connections.add(connection);
      (connection as unknown as EventEmitter).once('end', () => connections.delete(connection));
      (connection as unknown as EventEmitter).once('error', () => connections.delete(connection));
    });
    return { key, pool, connections };
  }

  private leave(pool: NodePool, nodeAnswers: boolean): void {
    if (!nodeAnswers) {
      breakAll(pool);
      pool.pool.end(() => undefined);
      return;
    }
    const timer = setTimeout(() => {
      this.leaving.delete(timer);
      breakAll(pool);
      pool.pool.end(() => undefined);
    }, FAREWELL_MS);
    this.leaving.add(timer);
    timer.unref();
  }

  private end(done?: (error: Error | null) => void): void {
    this.ended = true;
    for (const timer of this.leaving) clearTimeout(timer);
    const { current } = this;
    this.current = null;
    if (current) current.pool.end((error) => done?.(error as Error | null));
    else done?.(null);
  }
}

/** By its socket: `destroy` of the connection would leave whoever waits for an answer waiting. */
function breakAll({ connections }: NodePool): void {
  for (const connection of connections)
    (connection as unknown as { stream: { destroy(error: Error): void } }).stream.destroy(
      Object.assign(new Error('the database node was given up'), { code: 'ECONNRESET' }),
    );
  connections.clear();
}

function noNode(): NodeJS.ErrnoException {
  return Object.assign(new Error('no node of the database answers'), { code: 'ECONNREFUSED' });
}
