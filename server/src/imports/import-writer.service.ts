import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { type ImportRun, PROBLEMS_KEPT_MAX } from './domain/import-run.js';
import type { RowProblem } from './domain/import-table.js';
import type { ImportContext, ImportKind } from './import-kind.types.js';
import type { PreparedImport, SourceFile } from './import-planner.service.js';
import { ImportsRepository } from './imports.repository.js';
import { changedSince, illegal, invalid } from './refusals.js';

export interface ApplyWish {
  readonly run: ImportRun;
  readonly kind: ImportKind;
  readonly actor: Actor;
  readonly expectedVersion: number;
  /** Commands go without. */
  readonly idempotencyKey?: string;
}

type Answer = Result<{ id: string }, readonly Refusal[]>;

/** The rows that stood in the way are told in the words of the file; `result` is then a refusal. */
export interface Written {
  readonly result: Answer;
  readonly problems?: PreparedImport;
}

/** Writes a prepared import: all rows, the run's end and one audit row in one transaction. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly repository: ImportsRepository,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async write(
    wish: ApplyWish,
    prepared: PreparedImport,
    files: readonly SourceFile[],
    context: ImportContext,
  ): Promise<Written> {
    let inTheWay: readonly RowProblem[] = [];
    try {
      const result = await this.acts.perform<{ id: string }>(actOf(wish), async (tx) => {
        const applied = await wish.kind.apply(tx, prepared.additions, context);
        inTheWay = applied.ok ? [] : applied.error;
        if (!applied.ok) return refuse([rowsInTheWay()]);
        if (!(await this.finish(tx, wish.run, prepared))) return refuse([illegal(wish.run.state, 'APPLY')]);
        return ok({
          value: { id: wish.run.id },
          audit: this.auditOf(wish, prepared, files),
          ...(applied.value.last ? { last: applied.value.last } : {}),
        });
      });
      return inTheWay.length === 0 ? { result } : { result, problems: withProblems(prepared, inTheWay) };
    } catch (error) {
      // Somebody wrote one of the same between the plan and the transaction, which has been rolled back.
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      return { result: refuse([rowsInTheWay()]) };
    }
  }

  /** For a press that found the run taken: the kept answer of the same key, or that the state does not allow it. */
  answerOf(wish: ApplyWish): Promise<Answer> {
    const { run, expectedVersion } = wish;
    return this.acts.perform<{ id: string }>(actOf(wish), async (tx) => {
      const current = await this.repository.within(tx, run.id);
      if (current && current.state === 'PREVIEWED' && current.version !== expectedVersion)
        return refuse([changedSince(expectedVersion, current.version)]);
      return refuse([illegal(current?.state ?? run.state, 'APPLY')]);
    });
  }

  /** A page's run has been moved to APPLYING before; a command's begins and ends here. */
  private async finish(tx: Tx, run: ImportRun, prepared: PreparedImport): Promise<boolean> {
    const done = {
      state: 'DONE' as const,
      percent: 100,
      appliedAt: tx.now,
      failure: null,
      ...prepared.counts,
      problemList: [],
      sample: prepared.sample,
    };
    if (run.startedBy !== null) return this.repository.move(tx, run.id, ['APPLYING'], done);
    await this.repository.insert(tx, { ...run, ...done, changedAt: tx.now });
    return true;
  }

  private auditOf({ run, kind, actor }: ApplyWish, { counts }: PreparedImport, files: readonly SourceFile[]) {
    return {
      objectType: 'ImportRun',
      objectId: run.id,
      departmentId: actor.departmentId,
      summary: say(
        `导入${kind.title.zh}：新增 ${counts.added} 条，已有 ${counts.unchanged} 条`,
        `Imported ${kind.title.en}: ${counts.added} added, ${counts.unchanged} there already`,
      ),
      after: {
        kind: kind.name,
        added: counts.added,
        unchanged: counts.unchanged,
        files: files.map(({ name, bytes }) => ({ name, sm3: this.crypto.sm3(bytes).toString('hex') })),
      },
    };
  }
}

function actOf({ run, actor, idempotencyKey, expectedVersion }: ApplyWish) {
  const input = { id: run.id, expectedVersion };
  return { name: 'import.apply', actor, input, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
}

function rowsInTheWay(): Refusal {
  return invalid(
    '',
    'changed',
    say(
      '预览之后数据已被他人更改，未写入任何数据',
      'Somebody has changed the data since the preview; nothing was imported',
    ),
  );
}

function withProblems(prepared: PreparedImport, inTheWay: readonly RowProblem[]): PreparedImport {
  return {
    ...prepared,
    counts: { ...prepared.counts, problems: inTheWay.length },
    problems: inTheWay.slice(0, PROBLEMS_KEPT_MAX).map(prepared.locate),
  };
}
