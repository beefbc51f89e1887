import { join } from 'node:path';
import { entities } from './entities.js';
import { systemClock } from './kernel/clock.js';
import type { Configuration } from './platform/config/configuration.js';
import { openSoftwareCrypto, type SoftwareCrypto } from './platform/crypto/software-crypto.js';
import { type DatabaseAddress, openDataSource } from './platform/database/data-source.js';
import { DATABASE_NAME, type EmbeddedMariaDb, startEmbeddedMariaDb } from './platform/database/embedded-mariadb.js';
import { migrate } from './platform/database/migration.js';
import { migrations } from './platform/database/migrations/index.js';
import type { Ground } from './platform/platform.module.js';

export interface OpenGround extends Ground {
  readonly crypto: SoftwareCrypto;
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
  try {
    const { owner, application, applicationUser } = addresses(configuration, embedded);
    await migrate(owner, applicationUser, migrations);
    const db = await openDataSource(application, entities);
    const crypto = await openSoftwareCrypto({
      dataDirectory: configuration.dataDirectory,
      passwordIterations: configuration.passwordIterations,
    });
    return {
      configuration,
      db,
      crypto,
      clock: systemClock,
      adopted: embedded?.adopted ?? false,
      close: async () => {
        if (db.isInitialized) await db.destroy();
        await crypto.onApplicationShutdown();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function addresses(
  configuration: Configuration,
  embedded: EmbeddedMariaDb | null,
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
  const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
  return {
    owner: { url: given.ownerUrl, database: databaseOf(given.ownerUrl) },
    application: { url: given.applicationUrl, database: databaseOf(given.applicationUrl) },
    // Accounts of a given database are its administrator's: deploy/ says which grants they need.
    applicationUser: null,
  };
}
