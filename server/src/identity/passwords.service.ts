import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { UnitOfWork, WriteConflict } from '../platform/database/unit-of-work.js';
import type { Refused } from './account-acts.service.js';
import { PASSWORD_LENGTH_MAX, weaknessOf } from './domain/password-policy.js';
import { madePassword } from './made-password.js';
import { SignInGuard } from './sign-in-guard.service.js';
import { locked } from './sign-in-refusals.js';
import { UsersRepository } from './users.repository.js';

export interface PasswordWish {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** People's own passwords. */
@Injectable()
export class Passwords {
  constructor(
    private readonly repository: UsersRepository,
    private readonly acts: Acts,
    private readonly guard: SignInGuard,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /**
   * The viewer's own password. Every other session of his ends. Wrong tries count as failed sign-ins: an open page must
   * not be a place to guess. Refused: INVALID_INPUT (current or new password), SIGN_IN_REFUSED while locked.
   */
  async change(viewer: Viewer, wish: PasswordWish): Promise<Result<null, Refused>> {
    const { currentPassword, newPassword } = wish;
    if (currentPassword.length > PASSWORD_LENGTH_MAX) return refuse([wrongCurrent()]);
    const weakness = weaknessOf(newPassword, viewer.username) ?? sameAsBefore(currentPassword, newPassword);
    if (weakness)
      return refuse([{ code: 'INVALID_INPUT', path: ['newPassword'], rule: 'password', message: weakness }]);
    const admission = await this.guard.admit(viewer.username, viewer.address);
    if (!admission.admitted) return refuse([locked(admission.lockedUntil)]);
    const before = (await this.repository.passwordHash(viewer.userId)) ?? '';
    const { matches } = await this.crypto.verifyPassword(currentPassword, before);
    if (!matches) {
      await this.unitOfWork.run((tx) => this.guard.failed(tx, admission.attempt));
      return refuse([wrongCurrent()]);
    }
    const after = await this.crypto.hashPassword(newPassword);
    // Without a key: passwords are nothing to keep a hash of beside a text, and a second press is refused as "wrong current".
    return this.acts.perform({ name: 'identity.changePassword', actor: viewer, input: null }, async (tx) => {
      await this.guard.passed(tx, admission.attempt);
      if (!(await this.repository.replacePassword(tx, viewer.userId, before, after))) return refuse([wrongCurrent()]);
      const sessionsEnded = await this.repository.endSessions(tx, viewer.userId, viewer.sessionId);
      return ok({
        value: null,
        audit: {
          objectType: 'User',
          objectId: viewer.userId,
          departmentId: viewer.departmentId,
          summary: say('修改本人口令', 'Changed their own password'),
          after: { sessionsEnded },
        },
      });
    });
  }

  /**
   * For the command line on the server: one of the three administrators has lost the password. undefined = there is no
   * such administrator. The password is given back once and must be changed at the next sign-in.
   */
  async resetAdministrator(
    username: string,
    actor: Parameters<Acts['perform']>[0]['actor'],
  ): Promise<string | undefined> {
    const password = madePassword(username);
    const passwordHash = await this.crypto.hashMadePassword(password);
    const done = await this.acts.perform(
      { name: 'identity.resetAdministrator', actor, input: { username } },
      async (tx) => {
        const found = (await this.repository.byNames([username], tx.manager)).get(username);
        const user = found && (await this.repository.locked(tx, { kind: 'PROVINCE' }, found.id));
        if (!user || user.kind === 'ORDINARY') return refuse<Refused>([]);
        if (user.version !== found.version) throw new WriteConflict('the account was changed meanwhile');
        await this.repository.update(tx, user, { passwordHash, mustChangePassword: true });
        await this.repository.endSessions(tx, user.id);
        await this.repository.forgetFailures(tx, this.crypto.sm3(username).toString('hex'));
        return ok({
          value: null,
          audit: {
            objectType: 'User',
            objectId: user.id,
            departmentId: user.departmentId,
            summary: say(`命令行重置 ${username} 的口令`, `Reset the password of ${username} at the command line`),
          },
        });
      },
    );
    return done.ok ? password : undefined;
  }
}

function sameAsBefore(before: string, after: string): Bilingual | null {
  return before.normalize('NFKC') === after.normalize('NFKC')
    ? say('新口令不能与当前口令相同', 'The new password differs from the current one')
    : null;
}

function wrongCurrent(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['currentPassword'],
    rule: 'currentPassword',
    message: say('当前口令不正确', 'The current password is wrong'),
  };
}
