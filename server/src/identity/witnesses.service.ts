import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { PASSWORD_LENGTH_MAX } from './domain/password-policy.js';
import { usernameOf } from './domain/username.js';
import { IdentityRepository } from './identity.repository.js';
import { PeopleRights } from './people-rights.service.js';

export interface Witness {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly departmentId: string | null;
  readonly roles: readonly Role[];
}

/** A wrong password costs so long: tries cannot be counted where nothing is written. */
const WRONG_WAIT_MS = 3_000;

/** People who vouch for something with their password at the server's own terminal, where nobody can sign in. It writes nothing. */
@Injectable()
export class Witnesses {
  constructor(
    private readonly repository: IdentityRepository,
    private readonly people: PeopleRights,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** null = unknown, disabled, a password that is still to be changed, or a wrong one: all the same, after the same time. */
  async vouch(username: string, password: string): Promise<Witness | null> {
    const user = await this.repository.userByName(usernameOf(username));
    const verdict = await this.crypto.verifyPassword(
      password.slice(0, PASSWORD_LENGTH_MAX + 1),
      user?.passwordHash ?? '',
    );
    const [person] = user ? await this.people.of([user.id]) : [];
    if (!user?.active || user.mustChangePassword || !verdict.matches || !person) {
      await sleep(WRONG_WAIT_MS);
      return null;
    }
    return {
      ...{ userId: user.id, username: user.username, name: user.displayName },
      departmentId: user.departmentId,
      roles: person.roles,
    };
  }
}
