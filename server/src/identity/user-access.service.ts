import { Inject, Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AccountActs, type AccountWish, type Refused } from './account-acts.service.js';
import { madePassword } from './made-password.js';
import { UsersRepository } from './users.repository.js';
import { type CreatedUser } from './users.service.js';
import type { FullUser } from './users.types.js';

type Answer = Promise<Result<{ id: string }, Refused>>;

/** Whether an account lets anybody in: disabled, enabled, unlocked, given a new password. */
@Injectable()
export class UserAccess {
  constructor(
    private readonly repository: UsersRepository,
    private readonly accountActs: AccountActs,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Every session ends in the same act. Refused: the last administrator of a kind. */
  disable(wish: AccountWish & { readonly reason: string }): Answer {
    const { reason } = wish;
    return this.accountActs.perform('user.disable', { ...wish, input: { reason } }, async (tx, user) => {
      const closed = await this.close(tx, user);
      if (!closed.ok) return closed;
      return ok({
        summary: say(`停用用户 ${user.username}`, `Disabled user ${user.username}`),
        before: { state: user.state },
        after: { state: 'DISABLED', reason, sessionsEnded: closed.value },
      });
    });
  }

  /** Within a larger act, as a hand-over is. The caller has found that the account may be looked after. */
  async close(tx: Tx, user: FullUser): Promise<Result<number, Refused>> {
    if (user.state === 'DISABLED')
      return refuse([wrongState(user, 'DISABLE', say('账号已停用', 'It is disabled already'))]);
    if (user.kind !== 'ORDINARY' && (await this.repository.countOfKindForUpdate(tx, user.kind)) <= 1)
      return refuse([lastAdministrator()]);
    await this.repository.update(tx, user, { state: 'DISABLED' });
    return ok(await this.repository.endSessions(tx, user.id));
  }

  enable(wish: AccountWish): Answer {
    return this.accountActs.perform('user.enable', wish, async (tx, user) => {
      if (user.state === 'ACTIVE') return refuse([wrongState(user, 'ENABLE', say('账号未停用', 'It is not disabled'))]);
      await this.repository.update(tx, user, { state: 'ACTIVE' });
      return ok({
        summary: say(`启用用户 ${user.username}`, `Enabled user ${user.username}`),
        before: { state: user.state },
        after: { state: 'ACTIVE' },
      });
    });
  }

  /**
   * A new password, shown once and changed at the next sign-in; the sessions of the old one end. Not for the three
   * administrators: whoever could set their passwords would hold two of the three powers. Theirs is set at the
   * machine's command line.
   */
  async resetPassword(wish: AccountWish): Promise<Result<CreatedUser, Refused>> {
    const password = madePassword();
    const passwordHash = await this.crypto.hashMadePassword(password);
    let made = false;
    const reset = await this.accountActs.perform('user.resetPassword', wish, async (tx, user) => {
      if (user.kind !== 'ORDINARY') return refuse([administratorsPassword()]);
      await this.repository.update(tx, user, { passwordHash, mustChangePassword: true });
      await this.repository.endSessions(tx, user.id);
      await this.repository.forgetFailures(tx, this.subjectOf(user));
      made = true;
      return ok({ summary: say(`重置用户 ${user.username} 的口令`, `Reset the password of user ${user.username}`) });
    });
    if (!reset.ok) return reset;
    return ok({ id: reset.value.id, initialPassword: made ? password : null });
  }

  /** Lets somebody try again at once who is locked out after too many wrong passwords. */
  unlock(wish: AccountWish): Answer {
    return this.accountActs.perform('user.unlock', wish, async (tx, user) => {
      await this.repository.forgetFailures(tx, this.subjectOf(user));
      return ok({ summary: say(`解除用户 ${user.username} 的登录锁定`, `Unlocked user ${user.username}`) });
    });
  }

  private subjectOf(user: FullUser): string {
    return this.crypto.sm3(user.username).toString('hex');
  }
}

function wrongState(user: FullUser, action: string, message: { zh: string; en: string }): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: ['id'], state: user.state, action, message };
}

export function lastAdministrator(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'LAST_ADMINISTRATOR',
    message: say(
      '三员每一员至少保留一个可用账号',
      'At least one open account of each of the three administrators must remain',
    ),
  };
}

function administratorsPassword(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'ADMINISTRATOR',
    message: say(
      '三员的口令不能由他人在此重置，请在服务器上执行 jiyun administrators reset-password',
      'Nobody resets an administrator’s password here; use jiyun administrators reset-password on the server',
    ),
  };
}
