import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { unixPasswordHash } from '../platform/crypto/unix-password.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { LoginRow } from './documents.types.js';
import { FIRST_USER } from './domain/first-login.js';
import { FirstLoginsRepository } from './first-logins.repository.js';
import { HandOverRepository } from './hand-over.repository.js';

/** Without letters that are taken for each other when they are copied by hand. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
/** log2(56) × 20 = 116 bits. */
const PASSWORD_LENGTH = 20;
const DAY_MS = 24 * 60 * 60_000;
/** What a machine is started with: never the password itself. */
export interface MachineLogin {
  readonly username: string;
  readonly passwordHash: string;
}

/** The first password of each machine: drawn when the machine is first sent to a cluster, sealed by SM4 from then on. */
@Injectable()
export class MachineLogins {
  constructor(
    private readonly repository: FirstLoginsRepository,
    private readonly handOver: HandOverRepository,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Batch for loaders. */
  readonly loginsOf = async (resourceIds: readonly string[]): Promise<(LoginRow | null)[]> =>
    inOrderOf(resourceIds, await this.repository.byResources(resourceIds), (row) => row.resourceId);

  /**
   * What the machine is started with; made where it may be. null = it was made before the console set passwords. Asked
   * by provisioning at each application: the same machine gets the same answer for ever.
   */
  async loginOf(resourceId: string, mayMake: boolean): Promise<MachineLogin | null> {
    const [known] = await this.loginsOf([resourceId]);
    if (known || !mayMake) return known ?? null;
    const password = Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const sealed = await this.crypto.seal(Buffer.from(password), contextOf(resourceId));
    const passwordHash = unixPasswordHash(password);
    const { loginDays } = await this.handOver.policy();
    await this.unitOfWork.run((tx) =>
      this.repository.insert(tx, {
        resourceId,
        username: FIRST_USER,
        passwordHash,
        sealed,
        expiresAt: new Date(tx.now.getTime() + loginDays * DAY_MS),
      }),
    );
    const [made] = await this.loginsOf([resourceId]);
    return made ?? null;
  }
}

/** Bound to its machine: a sealed password that is put into another row does not open. */
export function contextOf(resourceId: string): string {
  return `first_login/${resourceId}`;
}
