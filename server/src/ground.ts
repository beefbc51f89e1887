import { join } from 'node:path';
import { entities } from './entities.js';
import { systemClock } from './kernel/clock.js';
import type { Configuration } from './platform/config/configuration.js';
import { openSoftwareCrypto, type SoftwareCrypto } from './platform/crypto/software-crypto.js';
import { type DatabaseAddress, openDataSource } from './platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from './platform/database/database-url.js';
import { DATABASE_NAME, type EmbeddedMariaDb, startEmbeddedMariaDb } from './platform/database/embedded-mariadb.js';
import { MigrationError, migrate, refuseUnmigrated } from './platform/database/migration.js';
import { migrations } from './platform/database/migrations/index.js';
import { DatabaseNodes } from './platform/database/quorum/database-nodes.js';
import { type DatabaseQuorum, SingleServer } from './platform/database/quorum/database-quorum.js';
import { RememberedEpoch } from './platform/database/quorum/remembered-epoch.js';
import type { Ground } from './platform/platform.module.js';

export interface OpenGround extends Ground {
  readonly crypto: SoftwareCrypto;
  readonly quorum: DatabaseQuorum;
  /** Whether the private database was found alive from an earlier run. */
  readonly adopted: boolean;
  /** Closes the pool and stops the private database. */
  close(): Promise<void>;
}

const APPLICATION_USER = 'jiyun_app';
const OWNER_USER = 'jiyun_owner';

/** Database started or reached, migrated, keys read: everything that may fail before Nest, in one place. */
export async function openGround(configuration: Configuration): Promise<OpenGround> {
  const embedded = configuration.database
    ? null
    : await startEmbeddedMariaDb({ directory: join(configuration.dataDirectory, 'mariadb'), durable: true });
  let quorum: DatabaseQuorum = new SingleServer();
  try {
    const nodes = await clusterOf(configuration);
    if (nodes) quorum = nodes;
    const { owner, application, applicationUser } = addresses(configuration, embedded, nodes);
    // A minority may be read, and by the version that it was migrated for.
    if (quorum.state().mode === 'WRITABLE') await migrate(owner, applicationUser, migrations);
    else await refuseUnmigrated(owner, migrations);
    const db = await openDataSource(application, entities);
    const crypto = await openSoftwareCrypto({
      dataDirectory: configuration.dataDirectory,
      passwordIterations: configuration.passwordIterations,
    });
    return {
      configuration,
      db,
      crypto,
      quorum,
      clock: systemClock,
      adopted: embedded?.adopted ?? false,
      close: async () => {
        if (db.isInitialized) await db.destroy();
        await crypto.onApplicationShutdown();
        await quorum.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await quorum.close();
    await embedded?.stop();
    throw error;
  }
}

/** null = one server. */
async function clusterOf({ database, dataDirectory }: Configuration): Promise<DatabaseNodes | null> {
  const target = database && parseDatabaseUrl(database.applicationUrl);
  if (!target || target.nodes.length === 1) return null;
  return DatabaseNodes.open(target, await RememberedEpoch.in(dataDirectory));
}

function addresses(
  configuration: Configuration,
  embedded: EmbeddedMariaDb | null,
  nodes: DatabaseNodes | null,
): { owner: DatabaseAddress; application: DatabaseAddress; applicationUser: string | null } {
  if (embedded) {
    const { socketPath } = embedded;
    return {
      owner: { socketPath, user: OWNER_USER, password: embedded.ownerPassword, database: DATABASE_NAME },
      application: {
        socketPath,
        user: APPLICATION_USER,
        password: embedded.applicationPassword,
        database: DATABASE_NAME,
      },
      applicationUser: APPLICATION_USER,
    };
  }
  const given = configuration.database;
  if (!given) throw new Error('neither a private nor a given database');
  // Accounts of a given database are its administrator's: deploy/ says which grants they need.
  const accounts = { applicationUser: null };
  const application = targetOf(given.applicationUrl);
  const owner = targetOf(given.ownerUrl);
  if (!nodes)
    return {
      owner: { url: given.ownerUrl, database: owner.database },
      application: { url: given.applicationUrl, database: application.database },
      ...accounts,
    };
  return {
    // One connection, once: to the node through which is written.
    owner: { url: urlOf(owner, nodes), database: owner.database },
    application: { ...application, nodes },
    ...accounts,
  };
}

function targetOf(url: string): DatabaseTarget {
  const target = parseDatabaseUrl(url);
  if (!target) throw new Error('a database address that was read as one');
  return target;
}

function urlOf({ user, password, database }: DatabaseTarget, nodes: DatabaseNodes): string {
  const { lead } = nodes;
  if (!lead) throw new MigrationError('No node of the database answers: check DATABASE_URL and that the nodes run.');
  const host = lead.host.includes(':') ? `[${lead.host}]` : lead.host;
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${lead.port}/${encodeURIComponent(database)}`;
}
