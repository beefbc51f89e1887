import { Inject, Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { Turns } from '../platform/concurrency/turns.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { isConnectionLost } from '../platform/database/connection-errors.js';
import { newId } from '../platform/database/ids.js';
import { DatabaseReadOnly } from '../platform/database/quorum/database-quorum.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { AuditRepository } from './audit.repository.js';
import type { Act, AuditFact, Done, Json, Work } from './audit.types.js';
import { type AuditRecord, recordText } from './domain/audit-record.js';
import { canonicalJson } from './domain/canonical-json.js';
import { IdempotencyRepository, type KeyOwner } from './idempotency.repository.js';

/** A browser that was closed asks again at most a day later. */
const VALUE_LIFE_MS = 24 * 60 * 60_000;
/** Long enough for every retry of one press; short enough that the reason may be cured and the same form sent again. */
const REFUSAL_LIFE_MS = 10 * 60_000;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,100}$/;
/** More callers than that with one key are no impatient person. */
const CALLERS_PER_KEY_MAX = 256;
const LOST_CONNECTION_ATTEMPTS_MAX = 5;
const LOST_CONNECTION_BACKOFF_MS = 100;
/** Owner of the keys of system acts. */
const SYSTEM_USER_ID = '00000000-0000-0000-0000-000000000000';

type Outcome<T> = Result<T, readonly Refusal[]>;

/**
 * The one way in which anything is changed: idempotency key, savepoint, the work, its audit row and its feed rows in
 * one transaction. Whatever fails takes everything else with it; there is no act without its audit row.
 */
@Injectable()
export class Acts {
  private readonly turns = new Turns(CALLERS_PER_KEY_MAX);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditRepository,
    private readonly keys: IdempotencyRepository,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /**
   * Performs the act once and answers the same again under the same key, value or refusal alike. `work` may run several
   * times (deadlocks) and must keep nothing outside the database; it must not ask the pool for a second connection.
   */
  async perform<T extends Json>(act: Act, work: Work<T>): Promise<Outcome<T>> {
    try {
      return await this.performed(act, work);
    } catch (error) {
      if (error instanceof DatabaseReadOnly) return refuse([databaseIsReadOnly(error)]);
      throw error;
    }
  }

  private async performed<T extends Json>(act: Act, work: Work<T>): Promise<Outcome<T>> {
    const key = act.idempotencyKey;
    if (key === undefined) return this.unitOfWork.run((tx) => this.attempt(tx, act, work));
    if (!IDEMPOTENCY_KEY.test(key)) return refuse([badKey()]);
    const owner: KeyOwner = { userId: act.actor.userId ?? SYSTEM_USER_ID, key };
    const inputHash = this.crypto.sm3(canonicalJson({ act: act.name, input: act.input })).toString('hex');
    return this.turns.take(`${owner.userId} ${key}`, () => this.performOnce(act, owner, inputHash, work));
  }

  /** A lost connection may hide a commit: the next attempt begins by asking for the key and finds the answer if so. */
  private async performOnce<T extends Json>(
    act: Act,
    owner: KeyOwner,
    inputHash: string,
    work: Work<T>,
  ): Promise<Outcome<T>> {
    let lost = false;
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.unitOfWork.run((tx) => this.underKey(tx, act, owner, inputHash, work));
      } catch (error) {
        if (lost && error instanceof DatabaseReadOnly) throw new DatabaseReadOnly(error.reason, error.since, true);
        lost ||= isConnectionLost(error);
        if (!isConnectionLost(error) || attempt === LOST_CONNECTION_ATTEMPTS_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOST_CONNECTION_BACKOFF_MS * 2 ** attempt * Math.random()));
      }
  }

  private async underKey<T extends Json>(
    tx: Tx,
    act: Act,
    owner: KeyOwner,
    inputHash: string,
    work: Work<T>,
  ): Promise<Outcome<T>> {
    const kept = await this.keys.take(tx, owner, inputHash, after(tx.now, VALUE_LIFE_MS));
    if (kept && kept.inputHash !== inputHash) return refuse([keyReused()]);
    if (kept?.outcome) return JSON.parse(kept.outcome) as Outcome<T>;
    const outcome = await this.attempt(tx, act, work, (value) =>
      this.keys.keep(tx, owner, JSON.stringify(ok(value)), after(tx.now, VALUE_LIFE_MS)),
    );
    if (!outcome.ok) await this.keys.keep(tx, owner, JSON.stringify(outcome), after(tx.now, REFUSAL_LIFE_MS));
    return outcome;
  }

  /** The act itself, between savepoint and commit; `keep` writes the answer before hot rows are touched. */
  private async attempt<T extends Json>(
    tx: Tx,
    act: Act,
    work: Work<T>,
    keep?: (value: T) => Promise<void>,
  ): Promise<Outcome<T>> {
    await tx.manager.query('savepoint act');
    const outcome = await this.carryOut(tx, act, work, keep);
    if (!outcome.ok) {
      await tx.manager.query('rollback to savepoint act');
      // What was rolled back is no news.
      tx.changes.length = 0;
    }
    return outcome;
  }

  private async carryOut<T extends Json>(
    tx: Tx,
    act: Act,
    work: Work<T>,
    keep?: (value: T) => Promise<void>,
  ): Promise<Outcome<T>> {
    const done: Result<Done<T>, readonly Refusal[]> = await work(tx);
    if (!done.ok) return done;
    const { value, audit, auditToo = [], last } = done.value;
    for (const fact of [audit, ...auditToo]) await this.record(tx, act, fact);
    await tx.writeChanges();
    await keep?.(value);
    if (last) {
      const taken = await last(tx);
      if (!taken.ok) return taken;
    }
    return ok(value);
  }

  private async record(tx: Tx, act: Act, fact: AuditFact): Promise<void> {
    const record: AuditRecord = {
      id: newId(tx.now.getTime()),
      occurredAt: tx.now,
      actorUserId: act.actor.userId,
      actorName: asStored(act.actor.name),
      actorDepartmentId: act.actor.departmentId,
      address: act.actor.address,
      traceId: act.actor.traceId,
      action: act.name,
      outcome: fact.outcome ?? 'DONE',
      objectType: fact.objectType,
      objectId: asStored(fact.objectId),
      departmentId: fact.departmentId,
      summaryZh: asStored(fact.summary.zh),
      summaryEn: asStored(fact.summary.en),
      beforeJson: textOf(fact.before),
      afterJson: textOf(fact.after),
    };
    const { keyId, mac } = await this.crypto.mac(recordText(record));
    await this.audit.insert(tx, { ...record, macKeyId: keyId, mac });
  }
}

/** Half a character of UTF-16 cannot be stored; sealed as it came it would be read back as another text. */
function asStored(text: string): string {
  return text.toWellFormed();
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : canonicalJson(value);
}

function after(now: Date, lifeMs: number): Date {
  return new Date(now.getTime() + lifeMs);
}

function badKey(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['idempotencyKey'],
    rule: 'idempotencyKey',
    message: say('幂等键须为 1 至 100 个可见 ASCII 字符', 'An idempotency key is 1 to 100 visible ASCII characters'),
  };
}

function keyReused(): Refusal {
  return {
    code: 'IDEMPOTENCY_KEY_REUSED',
    path: ['idempotencyKey'],
    message: say(
      '同一幂等键已用于内容不同的操作，本次未作任何更改',
      'This idempotency key was used for another input; nothing was changed',
    ),
  };
}

function databaseIsReadOnly({ since, outcomeUnknown }: DatabaseReadOnly): Refusal {
  const what = outcomeUnknown
    ? say(
        '数据库连接在保存时中断，本次操作是否已保存尚不确定',
        'The database was lost while this was being kept; whether it was is not known',
      )
    : say(
        '数据库在此处处于少数方，只能查看，本次未作任何更改',
        'The database stands in a minority here and can only be read; nothing was changed',
      );
  const next = outcomeUnknown
    ? say(
        '恢复后请再次按下同一按钮：已保存的不会重复。',
        'Press the same button again when it is back: what was kept is not done twice.',
      )
    : say(
        '请从多数方所在中心的控制台操作，或等待恢复后重试。',
        'Work from the console of a center with the majority, or try again when it is back.',
      );
  return {
    code: 'DATABASE_READ_ONLY',
    path: [],
    since: since.toISOString(),
    outcomeUnknown,
    message: say(`${what.zh}。${next.zh}`, `${what.en}. ${next.en}`),
  };
}
