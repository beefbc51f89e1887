import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { QueueFull, Turns } from '../platform/concurrency/turns.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { DEPARTMENT_TREE, type DepartmentTree } from './domain/department-tree.js';
import { PASSWORD_LENGTH_MAX } from './domain/password-policy.js';
import { SeenLately } from './domain/seen-lately.js';
import { SESSION_TOKEN_BYTES, tokenOfCookies } from './domain/session-cookie.js';
import { isLive, isSeenAgain, SESSION_LIFE_MS } from './domain/session-life.js';
import { USERNAME_LENGTH_MAX, usernameOf } from './domain/username.js';
import { IdentityRepository } from './identity.repository.js';
import type { HeldRoles, Origin, Session, SignedInViewer, User, UserWithPassword } from './identity.types.js';
import { rightsOf } from './rights.js';
import { SignInGuard, type SignInTry } from './sign-in-guard.service.js';
import { busy, locked, wrongCredentials } from './sign-in-refusals.js';
import { BOUND_SYSTEMS, type BoundSystems } from './users.types.js';

export interface SignedIn {
  readonly viewer: SignedInViewer;
  /** The secret of the session, for the cookie; it is kept nowhere. */
  readonly token: string;
}

/** More than that waiting for one account is no person. */
const TRIES_WAITING_PER_ACCOUNT_MAX = 20;

@Injectable()
export class IdentityService {
  private readonly turns = new Turns(TRIES_WAITING_PER_ACCOUNT_MAX);
  private readonly seenLately = new SeenLately();

  constructor(
    private readonly repository: IdentityRepository,
    private readonly guard: SignInGuard,
    private readonly acts: Acts,
    @Inject(DEPARTMENT_TREE) private readonly departments: DepartmentTree,
    @Inject(BOUND_SYSTEMS) private readonly bound: BoundSystems,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly quorum: DatabaseQuorum,
  ) {}

  /**
   * Opens a new session, and ends the one that the request came with. Unknown names, wrong passwords and disabled users
   * get the same answer after the same work. Refused: SIGN_IN_REFUSED.
   */
  async signIn(
    input: { readonly username: string; readonly password: string },
    origin: Origin,
    current: Viewer | undefined,
  ): Promise<Result<SignedIn, readonly Refusal[]>> {
    const username = usernameOf(input.username);
    if (username.length > USERNAME_LENGTH_MAX || input.password.length > PASSWORD_LENGTH_MAX)
      return refuse([wrongCredentials(null)]);
    try {
      return await this.turns.take(username, () => this.tryToSignIn(username, input.password, origin, current));
    } catch (error) {
      if (error instanceof QueueFull) return refuse([busy()]);
      throw error;
    }
  }

  private async tryToSignIn(
    username: string,
    password: string,
    origin: Origin,
    current: Viewer | undefined,
  ): Promise<Result<SignedIn, readonly Refusal[]>> {
    const admission = await this.guard.admit(username, origin.address);
    // The lock itself is in the audit rows; every knock on a locked door would only fill them.
    if (!admission.admitted) return refuse([locked(admission.lockedUntil)]);
    const user = await this.repository.userByName(username);
    const verdict = await this.crypto.verifyPassword(password, user?.passwordHash ?? '');
    if (!user?.active || !verdict.matches) return this.refuseSignIn(user, admission.attempt, origin);
    const newHash = verdict.needsRehash ? await this.crypto.hashPassword(password) : null;
    return this.openSession(user, admission.attempt, newHash, origin, current);
  }

  private async refuseSignIn(
    user: User | null,
    attempt: SignInTry,
    origin: Origin,
  ): Promise<Result<never, readonly Refusal[]>> {
    const actor: Actor = {
      userId: user?.id ?? null,
      name: user?.displayName ?? '（未知用户）',
      departmentId: user?.departmentId ?? null,
      ...origin,
    };
    const until = attempt.lockedUntil?.toISOString() ?? null;
    const recorded = await this.acts.perform({ name: 'identity.signIn', actor, input: null }, async (tx) => {
      await this.guard.failed(tx, attempt);
      return ok({
        value: null,
        audit: {
          objectType: 'Viewer',
          objectId: user?.id ?? attempt.account.subject,
          departmentId: user?.departmentId ?? null,
          summary:
            until === null
              ? say('登录失败：用户名或口令不正确', 'Sign-in refused: wrong user name or password')
              : say(`登录失败，账号锁定至 ${until}`, `Sign-in refused; the account is locked until ${until}`),
          outcome: 'REFUSED',
        },
      });
    });
    return recorded.ok ? refuse([wrongCredentials(attempt.lockedUntil)]) : recorded;
  }

  private async openSession(
    user: UserWithPassword,
    attempt: SignInTry,
    newPasswordHash: string | null,
    origin: Origin,
    current: Viewer | undefined,
  ): Promise<Result<SignedIn, readonly Refusal[]>> {
    const token = randomBytes(SESSION_TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const session: Session = {
      id: newId(now.getTime()),
      tokenHash: this.tokenHash(token),
      userId: user.id,
      address: origin.address,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_LIFE_MS),
      endedAt: null,
      previousSignInAt: user.lastSignInAt,
      previousSignInAddress: user.lastSignInAddress,
    };
    const actor: Actor = { userId: user.id, name: user.displayName, departmentId: user.departmentId, ...origin };
    const opened = await this.acts.perform({ name: 'identity.signIn', actor, input: null }, async (tx) => {
      await this.guard.passed(tx, attempt);
      await this.repository.signedIn(tx, user.id, origin.address, newPasswordHash);
      await this.repository.insertSession(tx, session);
      if (current && (await this.repository.endSession(tx, current.sessionId)))
        tx.changed('session', current.sessionId);
      return ok({
        value: null,
        audit: {
          objectType: 'Viewer',
          objectId: user.id,
          departmentId: user.departmentId,
          summary: say('登录', 'Signed in'),
          after: { sessionId: session.id },
        },
      });
    });
    if (!opened.ok) return opened;
    const held = await this.repository.heldBy(user.id, now);
    return ok({ token, viewer: await this.viewerOf(user, held, session, origin) });
  }

  /** Ends the session at once, everywhere: its WebSockets are closed through the change feed. */
  async signOut(viewer: Viewer): Promise<boolean> {
    const ended = await this.acts.perform({ name: 'identity.signOut', actor: viewer, input: null }, async (tx) => {
      const value = await this.repository.endSession(tx, viewer.sessionId);
      if (value) tx.changed('session', viewer.sessionId);
      return ok({
        value,
        audit: {
          objectType: 'Viewer',
          objectId: viewer.userId,
          departmentId: viewer.departmentId,
          summary: say('退出登录', 'Signed out'),
          before: { sessionId: viewer.sessionId },
        },
      });
    });
    return ended.ok && ended.value;
  }

  /**
   * Who makes this request, by its Cookie header; roles and departments as they are now. undefined = nobody signed in.
   * Someone who must change his password first is nobody, except to callers that say they hold him to that.
   */
  async viewerOfCookie(
    cookies: string | undefined,
    origin: Origin,
    { evenBeforePasswordChange = false } = {},
  ): Promise<SignedInViewer | undefined> {
    const token = tokenOfCookies(cookies);
    const now = this.clock.now();
    const found = token && (await this.repository.sessionByToken(this.tokenHash(token), now));
    if (!found) return undefined;
    const { user, held } = found;
    const session = this.seenLately.of(found.session);
    if (!user.active || !isLive(session, now)) return undefined;
    if (user.mustChangePassword && !evenBeforePasswordChange) return undefined;
    if (isSeenAgain(session, now)) await this.noteUse(session, now);
    return this.viewerOf(user, held, session, origin);
  }

  /** Where nothing is written it is noted in this process: who only reads is not signed out for it, and could not come back. */
  private async noteUse(session: Session, now: Date): Promise<void> {
    if (this.quorum.state().mode === 'WRITABLE') await this.repository.seen(session.id, now, session.lastSeenAt);
    else this.seenLately.note(session.id, now);
  }

  /** For connections that outlive a request: asked again from time to time, because an idle session ends without a word. */
  async isSignedIn(sessionId: string): Promise<boolean> {
    const session = await this.repository.sessionById(sessionId);
    return session?.userActive === true && isLive(this.seenLately.of(session), this.clock.now());
  }

  private async viewerOf(
    user: User,
    { roles, memberships }: HeldRoles,
    session: Session,
    origin: Origin,
  ): Promise<SignedInViewer> {
    return {
      userId: user.id,
      username: user.username,
      name: user.displayName,
      ...(await rightsOf({ tree: this.departments, bound: this.bound }, user, roles, memberships)),
      sessionId: session.id,
      roles: [...new Set([...roles, ...memberships.map((membership) => membership.role)])],
      mustChangePassword: user.mustChangePassword,
      locale: user.locale,
      address: origin.address,
      traceId: origin.traceId,
      previousSignInAt: session.previousSignInAt,
      previousSignInAddress: session.previousSignInAddress,
    };
  }

  private tokenHash(token: string): string {
    return this.crypto.sm3(token).toString('hex');
  }
}
