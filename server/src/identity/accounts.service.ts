import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ADMINISTRATOR_ROLES, type AdministratorRole } from './domain/administrators.js';
import { weaknessOf } from './domain/password-policy.js';
import { usernameOf } from './domain/username.js';
import { IdentityRepository } from './identity.repository.js';
import type { NewUser } from './identity.types.js';
import { madePassword } from './made-password.js';

const FIRST_ADMINISTRATORS: { readonly [R in AdministratorRole]: { username: string; displayName: string } } = {
  SYSTEM_ADMINISTRATOR: { username: 'sysadmin', displayName: '系统管理员' },
  SECURITY_ADMINISTRATOR: { username: 'secadmin', displayName: '安全管理员' },
  AUDIT_ADMINISTRATOR: { username: 'auditadmin', displayName: '审计管理员' },
};

export interface FirstAdministrator {
  readonly role: AdministratorRole;
  readonly username: string;
  /** The password made here, to be shown once; null when the caller brought his own. */
  readonly madePassword: string | null;
}

@Injectable()
export class Accounts {
  constructor(
    private readonly repository: IdentityRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Takes in users within a larger unit of work, as the demonstration does. Names are kept as they are looked up. */
  async add(tx: Tx, users: readonly NewUser[]): Promise<void> {
    await this.repository.insertUsers(
      tx,
      users.map((user) => ({ ...user, username: usernameOf(user.username) })),
    );
  }

  /**
   * First run of a real installation: the three administrators (三员), and no other account. A password that is not
   * brought is made and given back once.
   * Refused: NOT_PERMITTED once any user exists, INVALID_INPUT for a weak password.
   */
  async createFirstAdministrators(
    passwords: { readonly [R in AdministratorRole]?: string },
    actor: Actor,
  ): Promise<Result<readonly FirstAdministrator[], readonly Refusal[]>> {
    const weak = ADMINISTRATOR_ROLES.flatMap((role): Refusal[] => {
      const given = passwords[role];
      const message = given === undefined ? null : weaknessOf(given, FIRST_ADMINISTRATORS[role].username);
      return message ? [{ code: 'INVALID_INPUT', path: [role], rule: 'password', message }] : [];
    });
    if (weak.length > 0) return refuse(weak);
    const made = await Promise.all(
      ADMINISTRATOR_ROLES.map(async (role) => {
        const password = passwords[role] ?? madePassword(FIRST_ADMINISTRATORS[role].username);
        const user: NewUser = {
          ...FIRST_ADMINISTRATORS[role],
          id: newId(),
          departmentId: null,
          roles: [role],
          passwordHash: await this.crypto.hashPassword(password),
        };
        return { role, user, madePassword: passwords[role] === undefined ? password : null };
      }),
    );
    const created = await this.acts.perform(
      { name: 'identity.createFirstAdministrators', actor, input: null },
      async (tx) => {
        if (await this.repository.anyUser(tx)) return refuse([usersExist()]);
        const users = made.map(({ user }) => user);
        await this.repository.insertUsers(tx, users);
        return ok({
          value: null,
          audit: {
            objectType: 'Viewer',
            objectId: users.map((user) => user.username).join(','),
            departmentId: null,
            summary: say('首次运行：建立三员账号', 'First run: created the three administrators'),
            after: users.map(({ id, username, roles }) => ({ id, username, roles })),
          },
        });
      },
    );
    if (!created.ok) return created;
    return ok(made.map(({ role, user, madePassword }) => ({ role, username: user.username, madePassword })));
  }

  /** Deletes what is over. Called by the worker's housekeeping. */
  async prune(now: Date): Promise<void> {
    await this.repository.prune(now);
  }
}

function usersExist(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'USERS_EXIST',
    message: say(
      '系统中已有用户，首次建立三员账号只能进行一次；新账号由系统管理员建立',
      'There are users already; the first administrators are created only once, further accounts by the system administrator',
    ),
  };
}
