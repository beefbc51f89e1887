import { Inject, Injectable } from '@nestjs/common';
import { FIRST_USER } from '../kernel/first-user.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { drawnPassword } from '../platform/crypto/drawn-password.js';
import { unixPasswordHash } from '../platform/crypto/unix-password.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import type { DesiredHost } from './domain/host-record.js';
import { ServerLoginsRepository } from './server-logins.repository.js';
import type { ServerLoginRow } from './server-logins.types.js';

/**
 * The first password of each installation of a server: drawn when its host is first told to install, sealed by SM4 from
 * then on, and gone when the installation is. How it is handed over is documents' part.
 */
@Injectable()
export class ServerLogins {
  constructor(
    private readonly repository: ServerLoginsRepository,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Batch for loaders: of what each server has installed, or is being given, now. */
  readonly presentOf = async (serverIds: readonly string[]): Promise<(ServerLoginRow | null)[]> => {
    const rows = new Map((await this.repository.present(serverIds)).map((row) => [row.serverId, row]));
    return serverIds.map((id) => rows.get(id) ?? null);
  };

  /** What an installation starts with, made where there is none yet: the same installation gets the same answer for ever. */
  async ofInstallation(desired: DesiredHost): Promise<ServerLoginRow | null> {
    const { imageAskedById: askedById, imageRound, requestCode, serverId, useId } = desired;
    if (useId === null) return null;
    const known = await this.repository.ofInstallation(useId, imageRound);
    if (known) return known;
    const password = drawnPassword();
    const sealed = await this.crypto.seal(Buffer.from(password), contextOf({ imageRound, useId }));
    const made = { username: FIRST_USER, passwordHash: unixPasswordHash(password), sealed };
    await this.unitOfWork.run(async (tx) => {
      await this.repository.insert(tx, { useId, imageRound, serverId, requestCode, askedById, ...made });
      // Its disks are cleaned: what opened the installation before opens nothing.
      await this.repository.end(tx, useId, imageRound);
    });
    // Of two who made one at the same moment, one's stands.
    return this.repository.ofInstallation(useId, imageRound);
  }

  ready(tx: Tx, useId: string, imageRound: number): Promise<void> {
    return this.repository.ready(tx, useId, imageRound);
  }

  /** The use is over, and nothing of it is left to get into. */
  end(tx: Tx, useId: string): Promise<void> {
    return this.repository.end(tx, useId, null);
  }

  /** Installations of a center that were begun since then, and have booted or never will. */
  over(...given: Parameters<ServerLoginsRepository['over']>) {
    return this.repository.over(...given);
  }

  take(tx: Tx, login: ServerLoginRow, by: string): Promise<Buffer | null> {
    return this.repository.take(tx, login, by);
  }

  async open(login: ServerLoginRow, sealed: Buffer): Promise<string> {
    const password = await this.crypto.open(sealed, contextOf(login));
    if (!password) throw new Error(`the first password of server ${login.serverId} cannot be opened: its key is gone`);
    return password.toString();
  }

  unfetched(readyBefore: Date, limit: number): Promise<ServerLoginRow[]> {
    return this.repository.unfetched(readyBefore, limit);
  }

  destroy(tx: Tx, login: ServerLoginRow): Promise<boolean> {
    return this.repository.destroy(tx, login);
  }
}

/** Bound to its installation: a sealed password that is put into another row does not open. */
function contextOf({ imageRound, useId }: Pick<ServerLoginRow, 'imageRound' | 'useId'>): string {
  return `server_login/${useId}/${imageRound}`;
}
