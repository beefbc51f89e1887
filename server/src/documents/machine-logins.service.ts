import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { FIRST_USER } from '../kernel/first-user.js';
import { SharedRead } from '../platform/concurrency/shared-read.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { drawnPassword } from '../platform/crypto/drawn-password.js';
import { unixPasswordHash } from '../platform/crypto/unix-password.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { LoginRow } from './documents.types.js';
import { FirstLoginsRepository, GIVEN_TODAY, type NewLogin } from './first-logins.repository.js';
import { HandOverRepository } from './hand-over.repository.js';
import { LoginResetsRepository, type NewestResets } from './login-resets.repository.js';

const DAY_MS = 24 * 60 * 60_000;
/** Machines that are asked for by the hundred share statements and transactions; each takes minutes to be made. */
const MADE_EVERY_MS = 100;

/** What a machine is started with, which is never the password itself; and one that its guest is to be given, once it was lost. */
export interface MachineLogin {
  readonly username: string;
  readonly passwordHash: string;
  readonly withCards: boolean;
  /** null = it has no place where its guest agent could find one. */
  readonly access: { readonly password: string | null; readonly resetId: string | null } | null;
}

interface Known {
  readonly login: Pick<LoginRow, 'resourceId' | 'username' | 'passwordHash' | 'withAccess' | 'withCards'>;
  readonly resets: NewestResets | undefined;
}

/**
 * The first password of each machine: drawn when the machine is first sent to a cluster, sealed by SM4 from then on. A
 * worker asks for many machines at once, one by one: they share statements and transactions.
 */
@Injectable()
export class MachineLogins {
  private readonly known = new SharedRead((ids) => this.read(ids), resourceIdOf);
  private readonly knownOrMade = new SharedRead((ids) => this.readOrMake(ids), resourceIdOf, {
    everyMs: MADE_EVERY_MS,
  });

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
    const known = await (mayMake ? this.knownOrMade : this.known).get(resourceId);
    return known ? this.asItIs(known) : null;
  }

  /** The cluster has what a reset set; from now on its guest may take it up. */
  async applied(resourceId: string, resetId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.resets.applied(tx, resetId)) tx.changed('resource', resourceId);
    });
  }

  private async readOrMake(resourceIds: readonly string[]): Promise<Known[]> {
    const known = await this.read(resourceIds);
    const has = new Set(known.map(resourceIdOf));
    const missing = resourceIds.filter((id) => !has.has(id));
    return missing.length === 0 ? known : [...known, ...(await this.make(missing))];
  }

  private async make(resourceIds: readonly string[]): Promise<Known[]> {
    const logins: NewLogin[] = [];
    for (const resourceId of resourceIds) {
      logins.push(await this.drawn(resourceId));
      // Half a millisecond of computing each: a hundred in a row would keep everyone else waiting.
      await othersTurn();
    }
    const { loginDays } = await this.handOver.policy();
    const all = await this.unitOfWork.run((tx) =>
      this.repository.insertAll(tx, logins, new Date(tx.now.getTime() + loginDays * DAY_MS)),
    );
    if (all) return logins.map((login) => ({ login: { ...login, ...GIVEN_TODAY }, resets: undefined }));
    const made = await this.read(resourceIds);
    // Never taken for one that was made before the console set passwords.
    if (made.length < resourceIds.length) throw new Error('first logins were written and are not there');
    return made;
  }

  private async drawn(resourceId: string): Promise<NewLogin> {
    const password = drawnPassword();
    const sealed = await this.crypto.seal(Buffer.from(password), contextOf(resourceId));
    return { resourceId, username: FIRST_USER, passwordHash: unixPasswordHash(password), sealed };
  }

  private async read(resourceIds: readonly string[]): Promise<Known[]> {
    const logins = await this.repository.byResources(resourceIds);
    // Only what has a first login can have been given another.
    const resets = logins.length === 0 ? new Map() : await this.resets.newestOf(logins.map((each) => each.resourceId));
    return logins.map((login) => ({ login, resets: resets.get(login.resourceId) }));
  }

  private async asItIs({ login, resets }: Known): Promise<MachineLogin> {
    const { passwordHash, resourceId, username, withAccess, withCards } = login;
    const waiting = resets?.waiting ?? null;
    const opened = waiting && (await this.crypto.open(waiting.sealed, resetContextOf(resourceId, waiting.number)));
    if (waiting && !opened) throw new Error(`the new password of resource ${resourceId} cannot be opened`);
    // One that was started without the place gets it with its first reset, and is to be started anew.
    const has = withAccess || resets !== undefined;
    const access = has ? { password: opened?.toString() ?? null, resetId: waiting?.id ?? null } : null;
    return { username, passwordHash, withCards, access };
  }
}

function resourceIdOf({ login }: Known): string {
  return login.resourceId;
}

export function resetContextOf(resourceId: string, number: number): string {
  return `login_reset/${resourceId}/${number}`;
}

/** Bound to its machine: a sealed password that is put into another row does not open. */
export function contextOf(resourceId: string): string {
  return `first_login/${resourceId}`;
}
