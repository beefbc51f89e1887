import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { ROLES, type Role, type TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { UserKind } from './domain/administrators.js';
import type { Membership, MembershipRole, RoleGrant } from './domain/role-giving.js';
import { MembershipEntity, UserEntity, UserRoleEntity } from './identity.entity.js';
import type { FullUser, UserFilter, UserRow } from './users.types.js';

export interface NewAccount extends UserRow {
  readonly passwordHash: string;
}

/** Everything but the hash of the password, which is nobody's to look at. */
const SHOWN = (
  [
    'id',
    'username',
    'displayName',
    'departmentId',
    'kind',
    'phone',
    'state',
    'mustChangePassword',
    'version',
    'locale',
    'lastSignInAt',
    'createdAt',
  ] as const satisfies readonly (keyof UserRow)[]
).map((column) => `user.${column}`);

/** Accounts as administrators see them. Signing in has its own repository. */
@Injectable()
export class UsersRepository {
  constructor(private readonly db: DataSource) {}

  /** In the order of user names. */
  list(scope: TenantScope, filter: UserFilter, now: Date, page: PageRequest): Promise<Page<UserRow>> {
    const query = matching(this.within(scope), ['user.username', 'user.displayName'], filter.search ?? null);
    if (filter.departmentId) query.andWhere('user.departmentId = :departmentId', { departmentId: filter.departmentId });
    if (filter.neverSignedIn) query.andWhere('user.lastSignInAt is null');
    if (filter.state) query.andWhere('user.state = :state', { state: filter.state });
    if (filter.role)
      query.andWhere(
        `exists (select 1 from user_role held where held.user_id = user.id and held.role = :role
                 and (held.until is null or held.until > :now))`,
        { role: filter.role, now },
      );
    return pageOf(query, 'user.username', page);
  }

  byIds(scope: TenantScope, ids: readonly string[], manager: EntityManager = this.db.manager): Promise<UserRow[]> {
    return this.within(scope, manager)
      .andWhere('user.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** People by name, for whoever must choose one. `departmentIds` null = of the whole province. */
  people(departmentIds: readonly string[] | null, search: string | null, limit: number): Promise<UserRow[]> {
    const query = matching(this.within({ kind: 'PROVINCE' }), ['user.displayName'], search)
      .andWhere("user.state = 'ACTIVE' and user.kind = 'ORDINARY'")
      .orderBy('user.displayName')
      .addOrderBy('user.id')
      .limit(limit);
    if (departmentIds) query.andWhere('user.departmentId in (:...within)', { within: inList(departmentIds) });
    return query.getMany();
  }

  /** Locks the account, so that changes of it pass one after the other. null = unknown or outside the scope. */
  async locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<FullUser | null> {
    const row = await this.within(scope, tx.manager)
      .andWhere('user.id = :id', { id: id ?? '' })
      .setLock('pessimistic_write')
      .getOne();
    if (!row) return null;
    const grants = (await this.grants([id as string], tx.now, tx.manager)).get(row.id) ?? [];
    const memberships = (await this.memberships([id as string], tx.now, tx.manager)).get(row.id) ?? [];
    return { ...row, grants, memberships };
  }

  /** Roles held now, by user, in the order of ROLES. */
  async grants(
    userIds: readonly string[],
    now: Date,
    manager: EntityManager = this.db.manager,
  ): Promise<Map<string, RoleGrant[]>> {
    const rows = await manager
      .createQueryBuilder(UserRoleEntity, 'held')
      .where('held.userId in (:...ids) and (held.until is null or held.until > :now)', { ids: inList(userIds), now })
      .getMany();
    const byUser = Map.groupBy(rows, (row) => row.userId);
    return new Map(
      [...byUser].map(([userId, held]) => [
        userId,
        held
          .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
          .map(({ role, until }) => ({ role, until })),
      ]),
    );
  }

  /** Memberships that last or begin later, by user. */
  async memberships(
    userIds: readonly string[],
    now: Date,
    manager: EntityManager = this.db.manager,
  ): Promise<Map<string, Membership[]>> {
    const rows = await manager
      .createQueryBuilder(MembershipEntity, 'm')
      .where('m.userId in (:...ids) and (m.until is null or m.until > :now)', { ids: inList(userIds), now })
      .orderBy('m.departmentId')
      .addOrderBy('m.role')
      .getMany();
    return Map.groupBy(rows, (row) => row.userId);
  }

  /** Names of those who hold the role in their own department, by department. */
  async holdersOf(role: Role, departmentIds: readonly string[], now: Date): Promise<Map<string, string[]>> {
    const rows = await this.db
      .createQueryBuilder(UserEntity, 'user')
      .innerJoin(UserRoleEntity, 'held', 'held.userId = user.id and held.role = :role', { role })
      .where("user.state = 'ACTIVE' and user.departmentId in (:...ids)", { ids: inList(departmentIds) })
      .andWhere('(held.until is null or held.until > :now)', { now })
      .orderBy('user.displayName')
      .getMany();
    return new Map(
      [...Map.groupBy(rows, (row) => row.departmentId as string)].map(([id, users]) => [
        id,
        users.map((user) => user.displayName),
      ]),
    );
  }

  /** People with an account that is open, by department. */
  async countActive(
    departmentIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<Map<string, number>> {
    const rows = await manager.query(
      `select department_id as id, count(*) as people from app_user
       where state = 'ACTIVE' and department_id in (?) group by department_id`,
      [inList(departmentIds)],
    );
    return new Map(rows.map((row: { id: string; people: string }) => [row.id, Number(row.people)]));
  }

  /** Locks the active accounts of a kind and counts them: two cannot each find the other and go together. */
  async countOfKindForUpdate(tx: Tx, kind: UserKind): Promise<number> {
    const rows = await tx.manager.query(
      "select id from app_user where kind = ? and state = 'ACTIVE' order by id for update",
      [kind],
    );
    return rows.length;
  }

  /** false = one of the user names is taken. */
  async insert(tx: Tx, accounts: readonly NewAccount[]): Promise<boolean> {
    try {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(UserEntity)
        .values([...accounts])
        .updateEntity(false)
        .execute();
      return true;
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return false;
      throw error;
    }
  }

  /** Which of the user names are taken, whoever has them. */
  async byNames(
    usernames: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<ReadonlyMap<string, UserRow>> {
    const rows = await this.within({ kind: 'PROVINCE' }, manager)
      .where('user.username in (:...names)', { names: inList(usernames) })
      .getMany();
    return new Map(rows.map((row) => [row.username, row]));
  }

  async update(tx: Tx, user: UserRow, change: Partial<Omit<NewAccount, 'id' | 'version'>>): Promise<void> {
    await tx.manager.update(UserEntity, user.id, { ...change, version: user.version + 1 });
  }

  async passwordHash(id: string): Promise<string | null> {
    const [row] = await this.db.query('select password_hash from app_user where id = ?', [id]);
    return row?.password_hash ?? null;
  }

  /** false = it was changed by another since `before` was read. */
  async replacePassword(tx: Tx, id: string, before: string, after: string): Promise<boolean> {
    const { affectedRows } = await tx.manager.query(
      'update app_user set password_hash = ?, must_change_password = 0, version = version + 1 where id = ? and password_hash = ?',
      [after, id, before],
    );
    return affectedRows > 0;
  }

  /** The roles are these and no others from now on; the kind of the account follows them. */
  async replaceRoles(tx: Tx, user: UserRow, kind: UserKind, grants: readonly RoleGrant[], by: string): Promise<void> {
    await tx.manager.delete(UserRoleEntity, { userId: user.id });
    if (kind !== 'ORDINARY') await tx.manager.delete(MembershipEntity, { userId: user.id });
    await this.update(tx, user, { kind });
    if (grants.length > 0)
      await tx.manager.insert(
        UserRoleEntity,
        grants.map((grant) => ({ ...grant, userId: user.id, userKind: kind, grantedBy: by })),
      );
  }

  /** A membership of the same department and role takes the place of the one before. */
  async putMembership(tx: Tx, userId: string, membership: Membership, by: string): Promise<void> {
    const key = { userId, departmentId: membership.departmentId, role: membership.role };
    await tx.manager.delete(MembershipEntity, key);
    await tx.manager.insert(MembershipEntity, {
      ...key,
      userKind: 'ORDINARY',
      since: membership.since,
      until: membership.until,
      grantedBy: by,
    });
  }

  async endMembership(tx: Tx, userId: string, departmentId: string, role: MembershipRole): Promise<void> {
    await tx.manager.query(
      'update membership set until = greatest(?, since) where user_id = ? and department_id = ? and role = ?',
      [tx.now, userId, departmentId, role],
    );
  }

  /** Ends all that the user has open, but for `except`, and tells every process: open pages close at once. */
  async endSessions(tx: Tx, userId: string, except: string | null = null): Promise<number> {
    const rows: { id: string }[] = await tx.manager.query(
      'select id from session where user_id = ? and ended_at is null and id <> ? for update',
      [userId, except ?? ''],
    );
    if (rows.length === 0) return 0;
    await tx.manager.query('update session set ended_at = ? where id in (?)', [tx.now, rows.map((row) => row.id)]);
    for (const { id } of rows) tx.changed('session', id);
    return rows.length;
  }

  /** Ends of locks that stand now, by the SM3 of the name. */
  async locks(subjects: readonly string[], now: Date): Promise<Map<string, Date>> {
    const rows = await this.db.query(
      "select subject, locked_until from sign_in_failure where kind = 'ACCOUNT' and subject in (?) and locked_until > ?",
      [inList(subjects), now],
    );
    return new Map(rows.map((row: { subject: string; locked_until: Date }) => [row.subject, row.locked_until]));
  }

  async forgetFailures(tx: Tx, subject: string): Promise<void> {
    await tx.manager.query("delete from sign_in_failure where kind = 'ACCOUNT' and subject = ?", [subject]);
  }

  private within(scope: TenantScope, manager: EntityManager = this.db.manager): SelectQueryBuilder<UserEntity> {
    return withinScope(manager.createQueryBuilder(UserEntity, 'user').select(SHOWN), 'user.departmentId', scope);
  }
}
