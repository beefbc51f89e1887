import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { AccountActs, type AccountWish, isWithin, type Refused, unknownDepartment } from './account-acts.service.js';
import type { Membership, RoleGrant } from './domain/role-giving.js';
import { isNamedAfter, type UserFacts, wrongFacts } from './domain/user.js';
import { usernameOf } from './domain/username.js';
import { madePassword } from './made-password.js';
import { UsersRepository } from './users.repository.js';
import { DEPARTMENTS_OF_PEOPLE, type DepartmentsOfPeople, type UserFilter, type UserRow } from './users.types.js';

export interface NewUserWish extends UserFacts {
  /** undefined = an id that is none; null = of no department. */
  readonly departmentId: string | null | undefined;
}

export interface CreatedUser {
  readonly id: string;
  /** Shown once. null = this press was answered before, and the password with it. */
  readonly initialPassword: string | null;
}

/** Accounts: who has one, and making and editing them. What they may do is given elsewhere, by another administrator. */
@Injectable()
export class UsersService {
  constructor(
    private readonly repository: UsersRepository,
    private readonly acts: Acts,
    private readonly accountActs: AccountActs,
    @Inject(DEPARTMENTS_OF_PEOPLE) private readonly departments: DepartmentsOfPeople,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(scope: TenantScope, filter: UserFilter, page: PageRequest): Promise<Page<UserRow>> {
    return this.repository.list(scope, filter, this.clock.now(), page);
  }

  /** null = not there, or outside the scope. */
  async user(scope: TenantScope, id: string): Promise<UserRow | null> {
    const [user] = await this.repository.byIds(scope, [id]);
    return user ?? null;
  }

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  users = async (ids: readonly string[]): Promise<(UserRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (user) => user.id);

  /** Batch for loaders: roles held now. */
  grants = async (userIds: readonly string[]): Promise<RoleGrant[][]> => {
    const grants = await this.repository.grants(userIds, this.clock.now());
    return userIds.map((id) => grants.get(id) ?? []);
  };

  /** Batch for loaders: memberships of other departments that last or begin later. */
  memberships = async (userIds: readonly string[]): Promise<Membership[][]> => {
    const memberships = await this.repository.memberships(userIds, this.clock.now());
    return userIds.map((id) => memberships.get(id) ?? []);
  };

  /** Batch for loaders: until when the account is locked after too many tries, by user name. */
  locks = async (usernames: readonly string[]): Promise<(Date | null)[]> => {
    const subjects = usernames.map((name) => this.subjectOf(name));
    const locks = await this.repository.locks(subjects, this.clock.now());
    return subjects.map((subject) => locks.get(subject) ?? null);
  };

  /** Batch for loaders: how many open accounts a department has. */
  peopleCounts = async (departmentIds: readonly string[]): Promise<number[]> => {
    const counts = await this.repository.countActive(departmentIds);
    return departmentIds.map((id) => counts.get(id) ?? 0);
  };

  /** Batch for loaders: names of a department's heads. */
  headNames = async (departmentIds: readonly string[]): Promise<string[][]> => {
    const names = await this.repository.holdersOf('DEPARTMENT_HEAD', departmentIds, this.clock.now());
    return departmentIds.map((id) => names.get(id) ?? []);
  };

  /** How many accounts stand open in the department, as this unit of work sees it. */
  async openAccounts(tx: Tx, departmentId: string): Promise<number> {
    return (await this.repository.countActive([departmentId], tx.manager)).get(departmentId) ?? 0;
  }

  /**
   * An account without any role, with a password that is shown once and changed at the first sign-in.
   * Refused: INVALID_INPUT, UNKNOWN_REFERENCE (department).
   */
  async create(
    viewer: Viewer,
    scope: TenantScope,
    wish: NewUserWish,
    idempotencyKey: string,
  ): Promise<Result<CreatedUser, Refused>> {
    const username = usernameOf(wish.username);
    const password = madePassword(username);
    const passwordHash = await this.crypto.hashMadePassword(password);
    let made = false;
    const { displayName, phone, departmentId } = wish;
    const created = await this.acts.perform(
      {
        name: 'user.create',
        actor: viewer,
        idempotencyKey,
        input: { username, displayName, phone, departmentId: departmentId ?? null },
      },
      async (tx) => {
        const wrong: Refusal[] = wrongFacts({ username, displayName, phone });
        const place = await this.placeFor(tx, scope, departmentId, username);
        if (!place.ok) wrong.push(...place.error);
        if (wrong.length > 0) return refuse(wrong);
        const account = {
          ...newAccount(tx.now, { username, displayName, phone }, departmentId ?? null),
          passwordHash,
        };
        if (!(await this.repository.insert(tx, [account]))) return refuse([usernameTaken()]);
        made = true;
        return ok({
          value: { id: account.id },
          audit: {
            objectType: 'User',
            objectId: account.id,
            departmentId: account.departmentId,
            summary: say(`新建用户 ${displayName}（${username}）`, `Created user ${displayName} (${username})`),
            after: { username, displayName, departmentId: account.departmentId },
          },
        });
      },
    );
    if (!created.ok) return created;
    return ok({ id: created.value.id, initialPassword: made ? password : null });
  }

  /**
   * Name, phone and department. Whoever is moved to another department starts there without roles: who makes accounts
   * must not be able to carry a right from one department into another.
   */
  edit(
    wish: AccountWish & { readonly departmentId: string | null | undefined } & Pick<UserFacts, 'displayName' | 'phone'>,
  ): Promise<Result<{ id: string }, Refused>> {
    const { displayName, phone, departmentId, scope } = wish;
    const input = { displayName, phone, departmentId: departmentId ?? null };
    return this.accountActs.perform('user.edit', { ...wish, input }, async (tx, user) => {
      const wrong: Refusal[] = wrongFacts({ displayName, phone });
      const moves = departmentId !== user.departmentId;
      if (moves) {
        if (user.kind !== 'ORDINARY') wrong.push(administratorStays());
        const place = await this.placeFor(tx, scope, departmentId);
        if (!place.ok) wrong.push(...place.error);
      }
      if (wrong.length > 0) return refuse(wrong);
      if (moves && user.grants.length > 0) {
        await this.repository.replaceRoles(tx, user, 'ORDINARY', [], wish.viewer.userId);
        await this.repository.endSessions(tx, user.id);
      }
      await this.repository.update(tx, user, { displayName, phone, departmentId: departmentId ?? null });
      const roles = moves ? user.grants.map((grant) => grant.role) : [];
      return ok({
        summary:
          roles.length > 0
            ? say(`修改用户 ${user.username}：调离原单位，原角色收回`, `Moved user ${user.username}; roles taken back`)
            : say(`修改用户 ${user.username}`, `Edited user ${user.username}`),
        before: {
          displayName: user.displayName,
          departmentId: user.departmentId,
          phoneChanged: phone !== user.phone,
          rolesTaken: roles,
        },
        after: { displayName, departmentId: departmentId ?? null },
      });
    });
  }

  /** May somebody be put there by whoever looks after `scope`? The department stays open until the unit of work ends. */
  private async placeFor(
    tx: Tx,
    scope: TenantScope,
    departmentId: string | null | undefined,
    newUsername?: string,
  ): Promise<Result<null, Refused>> {
    if (departmentId === undefined || !isWithin(scope, departmentId))
      return refuse([unknownDepartment(['departmentId'])]);
    if (departmentId === null) return ok(null);
    const department = await this.departments.lockOpen(tx, departmentId);
    if (!department) return refuse([unknownDepartment(['departmentId'])]);
    if (newUsername !== undefined && scope.kind !== 'PROVINCE' && !isNamedAfter(newUsername, department.code))
      return refuse([namedAfter(department.code)]);
    return ok(null);
  }

  private subjectOf(username: string): string {
    return this.crypto.sm3(username).toString('hex');
  }
}

/** An account at its beginning: open, nameless in rights, with a password that must be changed. */
export function newAccount(now: Date, facts: UserFacts, departmentId: string | null): UserRow {
  return {
    ...facts,
    id: newId(now.getTime()),
    departmentId,
    kind: 'ORDINARY',
    state: 'ACTIVE',
    mustChangePassword: true,
    version: 1,
    locale: 'zh',
    lastSignInAt: null,
    createdAt: now,
  };
}

export function usernameTaken(path: readonly string[] = ['username']): Refusal {
  return { code: 'INVALID_INPUT', path, rule: 'taken', message: say('用户名已被使用', 'This user name is taken') };
}

export function namedAfter(code: string, path: readonly string[] = ['username']): Refusal {
  return {
    code: 'INVALID_INPUT',
    path,
    rule: 'namedAfter',
    message: say(`用户名须以“.${code}”结尾`, `The user name ends in ".${code}"`),
  };
}

function administratorStays(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['departmentId'],
    reason: 'ADMINISTRATOR',
    message: say('三员账号不随单位调动', 'An administrator of the three is not moved between departments'),
  };
}
