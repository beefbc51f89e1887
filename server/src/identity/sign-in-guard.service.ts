import { Inject, Injectable } from '@nestjs/common';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { ACCOUNT_LOCKOUT, ADDRESS_LOCKOUT, lockOf, withOneMore } from './domain/lockout.js';
import { type FailureSubject, IdentityRepository } from './identity.repository.js';

/** A try that was let through. It counts as a failure until `passed` says otherwise. */
export interface SignInTry {
  readonly account: FailureSubject;
  readonly address: FailureSubject | null;
  /** The account's lock, should this try fail. */
  readonly lockedUntil: Date | null;
}

export type Admission =
  | { readonly admitted: true; readonly attempt: SignInTry }
  | { readonly admitted: false; readonly lockedUntil: Date };

/**
 * Counts tries by the name as typed, whether there is such a user or not: known and unknown names lock alike, so the
 * answer tells nothing. A try is counted before its password is looked at; so many at once cannot be more than the limit.
 */
@Injectable()
export class SignInGuard {
  constructor(
    private readonly repository: IdentityRepository,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async admit(username: string, address: string | null): Promise<Admission> {
    const account = this.subject('ACCOUNT', username);
    const place = address === null ? null : this.subject('ADDRESS', address);
    return this.unitOfWork.run(async (tx) => {
      const placeLock = place && lockOf(await this.repository.failures(tx, place), tx.now);
      if (placeLock) return { admitted: false, lockedUntil: placeLock };
      const failures = await this.repository.failuresForUpdate(tx, account);
      const lock = lockOf(failures, tx.now);
      if (lock) return { admitted: false, lockedUntil: lock };
      const counted = withOneMore(failures, tx.now, ACCOUNT_LOCKOUT);
      await this.repository.keepFailures(tx, account, counted);
      return { admitted: true, attempt: { account, address: place, lockedUntil: counted.lockedUntil } };
    });
  }

  async passed(tx: Tx, attempt: SignInTry): Promise<void> {
    await this.repository.forgetFailures(tx, attempt.account);
  }

  async failed(tx: Tx, attempt: SignInTry): Promise<void> {
    if (!attempt.address) return;
    const failures = await this.repository.failuresForUpdate(tx, attempt.address);
    if (lockOf(failures, tx.now) === null)
      await this.repository.keepFailures(tx, attempt.address, withOneMore(failures, tx.now, ADDRESS_LOCKOUT));
  }

  private subject(kind: FailureSubject['kind'], text: string): FailureSubject {
    return { kind, subject: this.crypto.sm3(text).toString('hex') };
  }
}
