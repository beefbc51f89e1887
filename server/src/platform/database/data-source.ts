import mysql2 from 'mysql2';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import { withOneConnectionEach } from './one-connection.js';
import type { DatabaseNodes } from './quorum/database-nodes.js';
import { type Lead, NodePools } from './quorum/node-pools.js';
import { SnakeNames } from './snake-names.js';

/** How to reach a database: a private one by socket, a given one by URL. */
export interface DatabaseAddress {
  readonly socketPath?: string;
  readonly url?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  /** The cluster that is behind it: connections go to whichever node it leads to, with `user` and `password`. */
  readonly nodes?: DatabaseNodes;
}

/** 16 connections saturate two cores; a bigger pool only queues inside the database instead of outside it. */
const POOL_SIZE = 16;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * A process that is stopped in the middle of a transaction (SIGSTOP, a frozen virtual machine) keeps its locks, a lease's row among
 * them, and its kernel answers for it: no keepalive ever ends that. None works for so long between two statements.
 */
const IDLE_TRANSACTION_S = 20;

/** The audit tables live in their own schema, where the application may only insert and select. */
export function auditSchemaOf(database: string): string {
  return `${database}_audit`;
}

// biome-ignore lint/complexity/noBannedTypes: TypeORM's own type of an entity list.
export type EntityList = (Function | EntitySchema)[];

export function dataSourceOptions(address: DatabaseAddress, entities: EntityList): DataSourceOptions {
  return {
    type: 'mariadb',
    ...(address.url && !address.nodes
      ? { url: address.url }
      : { socketPath: address.socketPath, username: address.user, password: address.password }),
    database: address.database,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    entities,
    namingStrategy: new SnakeNames(),
    synchronize: false,
    migrationsRun: false,
    poolSize: POOL_SIZE,
    // mysql2 takes a stack trace for every statement, in case it fails: an eighth of the time of a submit.
    extra: { trace: false },
    driver: address.nodes ? driverOverNodes(address.nodes) : driverWithSession,
  } as DataSourceOptions;
}

/**
 * mysql2 with two session settings that TypeORM cannot make: UTC (its `timezone` speaks only of parsing) and READ
 * COMMITTED, without which even conditional updates lose rows to an old snapshot.
 */
const driverWithSession = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions) {
    return withOneConnectionEach(poolWithSession(options));
  },
};

function poolWithSession(options: mysql2.PoolOptions): mysql2.Pool {
  const pool = mysql2.createPool(options);
  pool.on('connection', (connection) => {
    connection.query('set session transaction isolation level read committed');
    connection.query("set session time_zone = '+00:00'");
    // MariaDB's own; elsewhere it is not known, and the server's own setting holds (TiDB: tidb_idle_transaction_timeout).
    connection.query(`set session idle_transaction_timeout = ${IDLE_TRANSACTION_S}`, () => {});
  });
  return pool;
}

/** The same over the nodes of a cluster: TypeORM keeps what it takes for one pool, whichever node is behind it. */
function driverOverNodes(nodes: DatabaseNodes) {
  return {
    ...mysql2,
    createPool(options: mysql2.PoolOptions) {
      const pools = new NodePools(options, poolOfNode);
      nodes.attach(pools);
      return withOneConnectionEach(pools.facade() as mysql2.Pool);
    },
  };
}

function poolOfNode(options: mysql2.PoolOptions, { writes }: Lead): mysql2.Pool {
  const pool = poolWithSession(options);
  pool.on('connection', (connection) => {
    // What was acknowledged on another node is here before the first question is answered: one round to the others for each
    // connection, not for each question, for from now on everybody writes here.
    if (writes)
      connection.query('set session wsrep_sync_wait = 1', () =>
        connection.query('select count(*) from database_epoch', () =>
          connection.query('set session wsrep_sync_wait = 0', () => {}),
        ),
      );
    else {
      connection.query('set session wsrep_dirty_reads = 1', () => {});
      connection.query('set session transaction read only', () => {});
    }
  });
  return pool;
}

export async function openDataSource(address: DatabaseAddress, entities: EntityList): Promise<DataSource> {
  const db = new DataSource(dataSourceOptions(address, entities));
  await db.initialize();
  return db;
}
