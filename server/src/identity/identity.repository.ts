import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ROLES, type Role } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { kindFor } from './domain/administrators.js';
import type { Failures } from './domain/lockout.js';
import { SessionEntity, SignInFailureEntity, UserEntity, UserRoleEntity } from './identity.entity.js';
import type { HeldRoles, NewUser, Session, User, UserWithPassword } from './identity.types.js';

export interface SessionOfUser {
  readonly session: Session;
  readonly user: User & { readonly active: boolean };
  readonly held: HeldRoles;
}

export interface FailureSubject {
  readonly kind: 'ACCOUNT' | 'ADDRESS';
  /** SM3, hexadecimal. */
  readonly subject: string;
}

const ROWS_PER_PRUNE = 10_000;
/** A session that is over is kept a while for the question who was signed in; the audit rows stay for ever. */
const ENDED_SESSION_LIFE_MS = 30 * 24 * 60 * 60_000;
const FAILURE_LIFE_MS = 24 * 60 * 60_000;

/** Grants that last at the moment asked, half-open; `u` is the user. */
const HELD_ROLES = `(select group_concat(r.role) from user_role r
  where r.user_id = u.id and (r.until is null or r.until > ?))`;
const HELD_MEMBERSHIPS = `(select group_concat(concat(m.department_id, ':', m.role) order by m.department_id, m.role)
  from membership m where m.user_id = u.id and m.since <= ? and (m.until is null or m.until > ?))`;

@Injectable()
export class IdentityRepository {
  constructor(private readonly db: DataSource) {}

  async anyUser(tx: Tx): Promise<boolean> {
    return tx.manager.existsBy(UserEntity, {});
  }

  /** Throws RangeError when no user may hold these roles together; the database would refuse them too. */
  async insertUsers(tx: Tx, users: readonly NewUser[]): Promise<void> {
    if (users.length === 0) return;
    const rows = users.map((user) => {
      const kind = kindFor(user.roles);
      if (!kind) throw new RangeError(`nobody may hold the roles ${user.roles.join(', ') || '(none)'} together`);
      return { user, kind };
    });
    await tx.manager.insert(
      UserEntity,
      rows.map(({ user, kind }) => ({
        id: user.id,
        username: user.username,
        displayName: user.displayName,
        departmentId: user.departmentId,
        kind,
        passwordHash: user.passwordHash,
        phone: user.phone ?? null,
        state: 'ACTIVE' as const,
        mustChangePassword: false,
        version: 1,
        locale: user.locale ?? 'zh',
        lastSignInAt: null,
        lastSignInAddress: null,
        createdAt: tx.now,
      })),
    );
    await tx.manager.insert(
      UserRoleEntity,
      rows.flatMap(({ user, kind }) =>
        user.roles.map((role) => ({ userId: user.id, role, userKind: kind, until: null, grantedBy: null })),
      ),
    );
  }

  async userByName(username: string): Promise<UserWithPassword | null> {
    const user = await this.db.manager.findOneBy(UserEntity, { username });
    return user && { ...user, active: user.state === 'ACTIVE' };
  }

  async heldBy(userId: string, now: Date): Promise<HeldRoles> {
    const [row] = await this.db.query(
      `select ${HELD_ROLES} as roles, ${HELD_MEMBERSHIPS} as memberships from app_user u where u.id = ?`,
      [now, now, now, userId],
    );
    return heldOf(row ?? {});
  }

  async signedIn(tx: Tx, userId: string, address: string | null, newPasswordHash: string | null): Promise<void> {
    await tx.manager.update(UserEntity, userId, {
      lastSignInAt: tx.now,
      lastSignInAddress: address,
      ...(newPasswordHash === null ? {} : { passwordHash: newPasswordHash }),
    });
  }

  async insertSession(tx: Tx, session: Session): Promise<void> {
    await tx.manager.insert(SessionEntity, session);
  }

  /** One statement, because every request asks it: the session, its user and his roles as they are now. */
  async sessionByToken(tokenHash: string, now: Date): Promise<SessionOfUser | null> {
    const [row] = await this.db.query(
      `select s.id, s.token_hash, s.user_id, s.address, s.created_at, s.last_seen_at, s.expires_at, s.ended_at,
              s.previous_sign_in_at, s.previous_sign_in_address,
              u.username, u.display_name, u.department_id, u.kind, u.state, u.locale, u.must_change_password,
              ${HELD_ROLES} as roles, ${HELD_MEMBERSHIPS} as memberships
       from session s join app_user u on u.id = s.user_id where s.token_hash = ?`,
      [now, now, now, tokenHash],
    );
    if (!row) return null;
    return {
      session: {
        id: row.id,
        tokenHash: row.token_hash,
        userId: row.user_id,
        address: row.address,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
        expiresAt: row.expires_at,
        endedAt: row.ended_at,
        previousSignInAt: row.previous_sign_in_at,
        previousSignInAddress: row.previous_sign_in_address,
      },
      user: {
        id: row.user_id,
        username: row.username,
        displayName: row.display_name,
        departmentId: row.department_id,
        kind: row.kind,
        locale: row.locale,
        mustChangePassword: Number(row.must_change_password) === 1,
        active: row.state === 'ACTIVE',
      },
      held: heldOf(row),
    };
  }

  async sessionById(id: string): Promise<(Session & { readonly userActive: boolean }) | null> {
    const session = await this.db.manager.findOneBy(SessionEntity, { id });
    if (!session) return null;
    return {
      ...session,
      userActive: await this.db.manager.existsBy(UserEntity, { id: session.userId, state: 'ACTIVE' }),
    };
  }

  /** Outside any unit of work: losing it shortens an idle life by a minute at most. */
  async seen(sessionId: string, now: Date, before: Date): Promise<void> {
    await this.db.query('update session set last_seen_at = ? where id = ? and last_seen_at = ?', [
      now,
      sessionId,
      before,
    ]);
  }

  /** false = there was nothing to end. */
  async endSession(tx: Tx, sessionId: string): Promise<boolean> {
    const { affectedRows } = await tx.manager.query(
      'update session set ended_at = ? where id = ? and ended_at is null',
      [tx.now, sessionId],
    );
    return affectedRows > 0;
  }

  /** Locks the row, so that tries on the same account pass one after the other. */
  async failuresForUpdate(tx: Tx, { kind, subject }: FailureSubject): Promise<Failures | null> {
    await tx.manager.query(
      'insert ignore into sign_in_failure (kind, subject, failures, since, locked_until) values (?, ?, 0, ?, null)',
      [kind, subject, tx.now],
    );
    const [row] = await tx.manager.query(
      'select failures, since, locked_until from sign_in_failure where kind = ? and subject = ? for update',
      [kind, subject],
    );
    return row && { count: Number(row.failures), since: row.since, lockedUntil: row.locked_until };
  }

  async failures(tx: Tx, { kind, subject }: FailureSubject): Promise<Failures | null> {
    const row = await tx.manager.findOneBy(SignInFailureEntity, { kind, subject });
    return row && { count: row.failures, since: row.since, lockedUntil: row.lockedUntil };
  }

  async keepFailures(tx: Tx, { kind, subject }: FailureSubject, failures: Failures): Promise<void> {
    await tx.manager.update(
      SignInFailureEntity,
      { kind, subject },
      { failures: failures.count, since: failures.since, lockedUntil: failures.lockedUntil },
    );
  }

  async forgetFailures(tx: Tx, { kind, subject }: FailureSubject): Promise<void> {
    await tx.manager.delete(SignInFailureEntity, { kind, subject });
  }

  /** Called by the worker's housekeeping. */
  async prune(now: Date): Promise<void> {
    await this.db.query(`delete from session where expires_at < ? limit ${ROWS_PER_PRUNE}`, [
      new Date(now.getTime() - ENDED_SESSION_LIFE_MS),
    ]);
    await this.db.query(
      `delete from sign_in_failure where since < ? and (locked_until is null or locked_until < ?) limit ${ROWS_PER_PRUNE}`,
      [new Date(now.getTime() - FAILURE_LIFE_MS), now],
    );
  }
}

function heldOf(row: { readonly roles?: string | null; readonly memberships?: string | null }): HeldRoles {
  const roles = (row.roles ?? '').split(',');
  return {
    roles: ROLES.filter((role) => roles.includes(role)),
    memberships: (row.memberships ?? '')
      .split(',')
      .filter((text) => text !== '')
      .map((text) => {
        const [departmentId = '', role] = text.split(':');
        return { departmentId, role: role as Role };
      }),
  };
}
