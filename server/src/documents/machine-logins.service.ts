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
import { LoginResetsRepository } from './login-resets.repository.js';

/** Without letters that are taken for each other when they are copied by hand. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
/** log2(56) × 20 = 116 bits. */
const PASSWORD_LENGTH = 20;
const DAY_MS = 24 * 60 * 60_000;
/** What a machine is started with, which is never the password itself; and one that its guest is to be given, once it was lost. */
export interface MachineLogin {
  readonly username: string;
  readonly passwordHash: string;
  readonly withCards: boolean;
  /** null = it has no place where its guest agent could find one. */
  readonly access: { readonly password: string | null; readonly resetId: string | null } | null;
}

/** The first password of each machine: drawn when the machine is first sent to a cluster, sealed by SM4 from then on. */
@Injectable()
export class MachineLogins {
  constructor(
    private readonly repository: FirstLoginsRepository,
    private readonly resets: LoginResetsRepository,
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
    if (known || !mayMake) return known ? this.asItIs(known) : null;
    const password = drawnPassword();
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
    return made ? this.asItIs(made) : null;
  }

  /** The cluster has what a reset set; from now on its guest may take it up. */
  async applied(resourceId: string, resetId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.resets.applied(tx, resetId)) tx.changed('resource', resourceId);
    });
  }

  private async asItIs({ resourceId, username, passwordHash, withAccess, withCards }: LoginRow): Promise<MachineLogin> {
    const waiting = await this.resets.waiting(resourceId);
    const opened = waiting && (await this.crypto.open(waiting.sealed, resetContextOf(resourceId, waiting.number)));
    if (waiting && !opened) throw new Error(`the new password of resource ${resourceId} cannot be opened`);
    // One that was started without the place gets it with its first reset, and is to be started anew.
    const has = withAccess || waiting !== null || (await this.resets.latestOf([resourceId])).length > 0;
    const access = has ? { password: opened?.toString() ?? null, resetId: waiting?.id ?? null } : null;
    return { username, passwordHash, withCards, access };
  }
}

export function drawnPassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function resetContextOf(resourceId: string, number: number): string {
  return `login_reset/${resourceId}/${number}`;
}

/** Bound to its machine: a sealed password that is put into another row does not open. */
export function contextOf(resourceId: string): string {
  return `first_login/${resourceId}`;
}
