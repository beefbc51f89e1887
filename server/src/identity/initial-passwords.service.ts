import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { accountOf, type Refused, unknownUser } from './account-acts.service.js';
import { beyond } from './domain/role-giving.js';
import { madePassword } from './made-password.js';
import { UsersRepository } from './users.repository.js';
import type { FullUser } from './users.types.js';

/** One page of the list. */
export const ACCOUNTS_PER_ISSUE_MAX = 100;

export interface IssuedPassword {
  readonly username: string;
  readonly displayName: string;
  readonly initialPassword: string;
}

export interface IssueWish {
  readonly viewer: Viewer;
  readonly scope: TenantScope;
  readonly userIds: readonly (string | undefined)[];
  readonly idempotencyKey: string;
}

/** First passwords for many accounts at once, as an import makes them: given once, for a download, and kept nowhere. */
@Injectable()
export class InitialPasswords {
  constructor(
    private readonly acts: Acts,
    private readonly repository: UsersRepository,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** All of them or none. Refused: unknown accounts, and those that somebody has signed in with. */
  async issue(wish: IssueWish): Promise<Result<readonly IssuedPassword[], Refused>> {
    const { viewer, scope, userIds, idempotencyKey } = wish;
    const ids = [...new Set(userIds)];
    if (ids.length === 0 || ids.length > ACCOUNTS_PER_ISSUE_MAX) return refuse([wrongNumber()]);
    const made = new Map<string, { password: string; hash: string }>();
    for (const id of ids) {
      const password = madePassword();
      made.set(id ?? '', { password, hash: await this.crypto.hashMadePassword(password) });
    }
    let issued: IssuedPassword[] = [];
    const done = await this.acts.perform(
      {
        name: 'user.issueInitialPasswords',
        actor: viewer,
        idempotencyKey,
        input: { userIds: ids.map((id) => id ?? null) },
      },
      async (tx) => {
        issued = [];
        const users = await this.locked(tx, viewer, scope, ids);
        if (!users.ok) return users;
        for (const user of users.value) {
          const { password, hash } = made.get(user.id) as { password: string; hash: string };
          await this.repository.update(tx, user, { passwordHash: hash, mustChangePassword: true });
          issued.push({ username: user.username, displayName: user.displayName, initialPassword: password });
        }
        return ok({
          value: null,
          audit: {
            objectType: 'User',
            objectId: String(issued.length),
            departmentId: viewer.departmentId,
            summary: say(`发放初始口令 ${issued.length} 个`, `Issued ${issued.length} initial passwords`),
            after: { usernames: issued.map((one) => one.username) },
          },
        });
      },
    );
    return done.ok ? ok(issued) : done;
  }

  private async locked(
    tx: Tx,
    viewer: Viewer,
    scope: TenantScope,
    ids: readonly (string | undefined)[],
  ): Promise<Result<FullUser[], Refused>> {
    const users: FullUser[] = [];
    const wrong: Refusal[] = [];
    for (const id of ids.toSorted()) {
      const user = await this.repository.locked(tx, scope, id);
      const path = ['userIds', String(ids.indexOf(id))];
      if (!user) wrong.push(unknownUser(path));
      else if (beyond({ userId: viewer.userId, scope }, accountOf(user)) ?? isUsed(user)) wrong.push(inUse(path, user));
      else users.push(user);
    }
    return wrong.length > 0 ? refuse(wrong) : ok(users);
  }
}

function isUsed(user: FullUser): boolean {
  return user.lastSignInAt !== null || user.kind !== 'ORDINARY' || user.state !== 'ACTIVE' || !user.mustChangePassword;
}

function inUse(path: readonly string[], user: FullUser): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'IN_USE',
    message: say(
      `账号 ${user.username} 已在使用，请用“重置口令”`,
      `The account ${user.username} is in use; reset its password instead`,
    ),
  };
}

function wrongNumber(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['userIds'],
    rule: 'range',
    message: say(`一次 1 至 ${ACCOUNTS_PER_ISSUE_MAX} 个账号`, `1 to ${ACCOUNTS_PER_ISSUE_MAX} accounts at a time`),
  };
}
