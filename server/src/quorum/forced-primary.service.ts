import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actsOver } from '../audit/acts-over.service.js';
import { Witnesses } from '../identity/witnesses.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { auditSchemaOf, openDataSource } from '../platform/database/data-source.js';
import { newId } from '../platform/database/ids.js';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { leapFeed } from '../platform/feed/feed-leap.js';
import {
  type FencedCenter,
  type FenceStatement,
  forcingProblems,
  type Signature,
  type SignedStatement,
  signedText,
  signingProblem,
  statementProblems,
  statementText,
} from './domain/fence-statement.js';
import { QuorumAccount } from './quorum-account.js';
import { StatementFile } from './statement-file.js';

type Outcome<T> = Result<T, readonly Bilingual[]>;

export interface Forced {
  readonly epoch: number;
  readonly clusterName: string;
}

/**
 * Both centers of the city are lost: two named people say how they were made harmless, and the recovery center's node goes
 * on alone, as another history (epoch + 1). The statement is made and signed while nothing can be written; what it led to is
 * the first thing that the new history keeps.
 */
@Injectable()
export class ForcedPrimary {
  private readonly file: StatementFile;

  constructor(
    private readonly db: DataSource,
    private readonly quorum: DatabaseQuorum,
    private readonly witnesses: Witnesses,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.file = new StatementFile(configuration.dataDirectory);
  }

  /** What stands to be signed; null = nothing was drawn up. */
  drawn(): Promise<SignedStatement | null> {
    return this.file.read();
  }

  /** Draws it up by what the node has. Whatever was drawn up before is void. */
  async draw(
    quorumUrl: string,
    said: { readonly center: string; readonly reason: string; readonly fenced: readonly FencedCenter[] },
  ): Promise<Outcome<FenceStatement>> {
    const alone = this.aloneProblems(said.center);
    if (alone.length > 0) return refuse(alone);
    const account = await QuorumAccount.open(quorumUrl);
    try {
      const { lastCommitted } = await account.status();
      const statement: FenceStatement = {
        ...{ center: said.center, reason: said.reason, fenced: said.fenced, lastCommitted },
        epoch: this.quorum.state().epoch + 1,
        newestActAt: await this.newestActAt(),
        drawnAt: this.clock.now().toISOString(),
      };
      const problems = statementProblems(statement, this.centers());
      if (problems.length > 0) return refuse(problems);
      await this.file.write({ statement, signatures: [] });
      return ok(statement);
    } finally {
      account.close();
    }
  }

  /** By one who is at the terminal with the own password; it is looked up in what the node still tells. */
  async sign(username: string, password: string): Promise<Outcome<SignedStatement>> {
    const signed = await this.file.read();
    if (!signed) return refuse([NOTHING_DRAWN]);
    const person = await this.witnesses.vouch(username, password);
    if (!person) return refuse([say('用户名或口令不正确', 'The user name or password is wrong')]);
    const problem = signingProblem(person, signed);
    if (problem) return refuse([problem]);
    const signature = {
      ...{ userId: person.userId, username: person.username, name: person.name, departmentId: person.departmentId },
      roles: person.roles,
      signedAt: this.clock.now().toISOString(),
    };
    const seal = await this.crypto.mac(signedText(signed.statement, signature));
    const more = { ...signed, signatures: [...signed.signatures, { ...signature, ...seal }] };
    await this.file.write(more);
    return ok(more);
  }

  /**
   * Forces it. May be run again after it was interrupted: the node stays locked until what was done is recorded, and a node
   * that is locked is written to by nobody else.
   */
  async force(quorumUrl: string): Promise<Outcome<Forced>> {
    const signed = await this.file.read();
    if (!signed) return refuse([NOTHING_DRAWN]);
    const problems = [
      ...forcingProblems(signed, this.clock.now()),
      ...(await this.sealProblems(signed)),
      ...this.aloneProblems(signed.statement.center),
    ];
    if (problems.length > 0) return refuse(problems);
    const account = await QuorumAccount.open(quorumUrl);
    try {
      const { epoch, lastCommitted } = signed.statement;
      const status = await account.status();
      const clusterName = nameOfEpoch(status.clusterName, epoch);
      const isBegun = status.status === 'Primary' || status.clusterName === clusterName;
      if (!isBegun && status.lastCommitted !== lastCommitted)
        return refuse([
          say('节点状态已变化，须重新起草', 'The node has moved on since it was drawn up: draw it up and sign it anew'),
        ]);
      await account.lock();
      await account.bootstrap(clusterName);
      await this.record(account, signed);
      await account.unlock();
      await this.file.close(epoch);
      return ok({ epoch, clusterName });
    } finally {
      account.close();
    }
  }

  async discard(): Promise<void> {
    await this.file.discard();
  }

  private async record(account: QuorumAccount, signed: SignedStatement): Promise<void> {
    const { statement, signatures } = signed;
    const last = signatures.at(-1) as Signature;
    const hash = this.crypto.sm3(statementText(statement)).toString('hex');
    const db = await openDataSource(account.address, []);
    try {
      const [known] = await db.query('select statement_hash from database_epoch where epoch = ?', [statement.epoch]);
      if (known) {
        if (known.statement_hash === hash) return;
        throw new Error(`epoch ${statement.epoch} was begun by another statement; the node stays locked`);
      }
      const names = signatures.map(({ name, username }) => `${name}（${username}）`).join('、');
      const done = await actsOver(db, this.crypto, this.clock).perform(
        {
          name: 'database.forcePrimary',
          actor: {
            ...{ userId: last.userId, name: last.name, departmentId: last.departmentId },
            ...{ address: null, traceId: newId() },
          },
          idempotencyKey: `force-primary-${statement.epoch}-${hash.slice(0, 16)}`,
          input: { hash },
        },
        async (tx) => {
          await tx.manager.query(
            'insert into database_epoch (epoch, began_at, center, statement, statement_hash) values (?, ?, ?, ?, ?)',
            [statement.epoch, tx.now, statement.center, JSON.stringify(signed), hash],
          );
          await leapFeed(tx);
          return ok({
            value: null,
            audit: {
              objectType: 'DatabaseEpoch',
              objectId: String(statement.epoch),
              departmentId: null,
              summary: say(
                `${names} 声明其他中心已隔离，在 ${statement.center} 强制主数据库，代次 ${statement.epoch}`,
                `${names} stated that the other centers are fenced and forced the primary at ${statement.center}, epoch ${statement.epoch}`,
              ),
              before: { epoch: statement.epoch - 1 },
              after: { statement, signatures, hash },
            },
          });
        },
      );
      if (!done.ok) throw new Error(done.error.map(({ message }) => message.en).join('; '));
    } finally {
      await db.destroy();
    }
  }

  /** Nothing of another center may answer: what answers is not fenced, and with it this one might yet be a majority. */
  private aloneProblems(center: string): Bilingual[] {
    const { mode, nodes } = this.quorum.state();
    if (nodes.length === 0)
      return [
        say(
          '数据库不是多节点集群：DATABASE_URL 只有一个节点',
          'The database is no cluster: DATABASE_URL names one node',
        ),
      ];
    if (mode === 'WRITABLE') return [say('数据库可写，无须强制', 'The database takes writes; nothing needs forcing')];
    const answering = nodes.filter(({ name, standing }) => name !== center && standing !== 'SILENT');
    return answering.map(({ name }) =>
      say(`${name} 的节点仍有应答：尚未隔离`, `The node of ${name} answers: it is not fenced, whatever is said of it`),
    );
  }

  private centers(): string[] {
    return this.quorum.state().nodes.map(({ name }) => name);
  }

  private async newestActAt(): Promise<string | null> {
    const [row] = await this.db.query(
      `select max(occurred_at) as newest from \`${auditSchemaOf(this.db.options.database as string)}\`.audit_event`,
    );
    return row?.newest ? new Date(row.newest).toISOString() : null;
  }

  private async sealProblems({ statement, signatures }: SignedStatement): Promise<Bilingual[]> {
    const whole = await Promise.all(
      signatures.map((signature) => this.crypto.verifyMac(signedText(statement, signature), signature)),
    );
    return signatures.flatMap(({ name }, at) =>
      whole[at] ? [] : [say(`${name} 的签署与声明不符`, `The signature of ${name} does not fit the statement`)],
    );
  }
}

/** "jiyun" and epoch 1 give "jiyun-e1", then epoch 2 "jiyun-e2": each history has a name of its own. */
function nameOfEpoch(current: string, epoch: number): string {
  return `${current.replace(/-e\d+$/, '')}-e${epoch}`;
}

const NOTHING_DRAWN: Bilingual = say(
  '尚未起草隔离声明（jiyun database statement）',
  'No fence statement was drawn up (jiyun database statement)',
);
