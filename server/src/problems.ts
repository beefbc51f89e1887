import { DemonstrationRefused } from './demonstration/demonstration-loader.js';
import { ConfigurationError } from './platform/config/configuration.js';
import { KeyFileError } from './platform/crypto/key-file.js';
import { EmbeddedDatabaseError } from './platform/database/embedded-mariadb.js';
import { MigrationError } from './platform/database/migration.js';
import { PortError } from './server.js';

/** What a person can put right, said in one line without a stack. */
export class CommandLineProblem extends Error {
  override name = 'CommandLineProblem';
}

const CLEAR = [
  ConfigurationError,
  KeyFileError,
  EmbeddedDatabaseError,
  MigrationError,
  PortError,
  DemonstrationRefused,
  CommandLineProblem,
];

/** mysql2's and the system's codes for what an operator meets. */
const SENTENCES: { readonly [code: string]: string } = {
  ECONNREFUSED: 'The database does not answer: check DATABASE_URL and that the server runs.',
  ENOTFOUND: "The database's host name is unknown: check DATABASE_URL.",
  ER_ACCESS_DENIED_ERROR:
    'The database refuses the account: check user and password in DATABASE_URL and DATABASE_OWNER_URL.',
  ER_BAD_DB_ERROR: 'The database named in DATABASE_URL does not exist: create it first.',
  ENOSPC: 'The disk is full: nothing was started.',
};

export function reportProblem(error: unknown): void {
  const code = (error as { code?: string } | null)?.code ?? '';
  const sentence = CLEAR.some((type) => error instanceof type) ? (error as Error).message : SENTENCES[code];
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
}
