import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedStatement } from './domain/fence-statement.js';

const FILE = 'fence-statement.json';
const OWNER_ONLY = 0o600;

/**
 * Where the statement lies while the database takes no writes: beside the console's keys, by which each signature is
 * sealed. It is not trusted for lying there: every seal is looked at again before anything is forced.
 */
export class StatementFile {
  readonly path: string;

  constructor(private readonly directory: string) {
    this.path = join(directory, FILE);
  }

  async read(): Promise<SignedStatement | null> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : (JSON.parse(text) as SignedStatement);
  }

  async write(signed: SignedStatement): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const half = `${this.path}.${process.pid}`;
    const file = await open(half, 'w', OWNER_ONLY);
    try {
      await file.writeFile(`${JSON.stringify(signed, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, this.path);
  }

  /** Kept under another name: what was signed is evidence. */
  async close(epoch: number): Promise<void> {
    await rename(this.path, join(this.directory, `fence-statement-${epoch}.json`));
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
