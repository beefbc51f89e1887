import { Inject, Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { LINES_MAX, type LineContent } from '../requests/domain/content.js';
import { DraftLines } from '../requests/draft-lines.service.js';
import { RequestsService } from '../requests/requests.service.js';
import type { LineSource } from '../requests/requests.types.js';
import type { BatchWish } from './batch-acts.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { invalid, notNow, unknownBatch } from './batch-refusals.js';
import { BatchesRepository } from './batches.repository.js';
import type { Batch } from './domain/batch.js';
import { type JudgedRow, judgeRows, readable } from './domain/judge-batch.js';
import { readLines } from './domain/read-lines.js';

/** ALL: only when every row is right. RIGHT: those that are; the rest waits to be mended. */
export const TAKE_WISHES = ['ALL', 'RIGHT'] as const;
export type TakeWish = (typeof TAKE_WISHES)[number];

interface Taking {
  readonly batch: Batch;
  readonly right: readonly JudgedRow[];
  readonly left: number;
}

/** Judges the rows of a table by the rules of a request's lines, and takes them into the draft: one act, all lines of it or none. */
@Injectable()
export class BatchTaking {
  constructor(
    private readonly repository: BatchesRepository,
    private readonly choices: BatchChoicesService,
    private readonly requests: RequestsService,
    private readonly draftLines: DraftLines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Batch for loaders; callers have already been let see the batches. */
  readonly judgedOf = async (batches: readonly Batch[]): Promise<JudgedRow[][]> =>
    Promise.all(batches.map((batch) => this.judge(batch)));

  /** Every row with what is wrong with it now: what is offered may have changed since the file came. */
  async judge(batch: Batch): Promise<JudgedRow[]> {
    const [rows, choices, present] = await Promise.all([
      this.repository.rows(batch.id),
      this.choices.of(batch.kind),
      batch.requestId === null ? [] : this.requests.lineContents(batch.requestId),
    ]);
    const service = batch.serviceId === null ? null : (choices.services.get(batch.serviceId) ?? null);
    const read = readLines(batch.kind, rows, choices, service);
    const lines = readable(read);
    if (lines.length === 0) return judgeRows(read, []);
    const content = { systemId: batch.systemId, projectId: batch.projectId, purpose: batch.purpose };
    const refused = await this.draftLines.refusalsOf({ ...content, lines: [...present, ...lines] });
    return judgeRows(
      read,
      refused.flatMap(({ line, refusal }) =>
        line >= present.length ? [{ line: line - present.length, refusal }] : [],
      ),
      service,
    );
  }

  /** @returns the id of the draft. */
  async take(
    viewer: Viewer,
    wish: BatchWish & { readonly requestVersion: number | null; readonly take: TakeWish },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'REQUEST', 'CREATE');
    const batch = scope && (await this.repository.inScope(scope, wish.id));
    if (!scope || !batch) return refuse([unknownBatch()]);
    const judged = batch.state === 'OPEN' ? await this.judge(batch) : [];
    const right = judged.filter((row) => row.right);
    const taking: Taking = { batch, right, left: judged.length - right.length };
    const lines = right.flatMap(({ line }) => line ?? []);
    const refused = refusedOf(batch, wish, taking);
    const alongside = {
      input: wish,
      ...(refused ? { refused: [refused] } : {}),
      source: sourceOf(batch, lines.length, this.clock.now()),
      within: (tx: Tx, requestId: string) => this.close(tx, scope, taking, wish, requestId),
    };
    return batch.requestId === null
      ? this.begin(viewer, scope, batch, lines, wish, alongside)
      : this.draftLines.edit(
          viewer,
          scope,
          { kind: 'ADD', lines, at: null },
          {
            requestId: batch.requestId,
            expectedVersion: wish.requestVersion ?? 0,
            idempotencyKey: wish.idempotencyKey,
          },
          alongside,
          LINES_MAX,
        );
  }

  private begin(
    viewer: Viewer,
    scope: TenantScope,
    { systemId, projectId, purpose }: Batch,
    lines: readonly LineContent[],
    wish: BatchWish,
    alongside: Parameters<RequestsService['createDraft']>[5],
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const content = { systemId, projectId, purpose, lines };
    return this.requests.createDraft(viewer, scope, content, wish.idempotencyKey, LINES_MAX, alongside);
  }

  /** In the transaction that writes the lines: the taken rows leave the table. */
  private async close(
    tx: Tx,
    scope: TenantScope,
    { batch: seen, right, left }: Taking,
    wish: BatchWish,
    requestId: string,
  ): Promise<Result<void, readonly Refusal[]>> {
    const batch = await this.repository.locked(tx, scope, wish.id);
    if (!batch) return refuse([unknownBatch()]);
    const wrong = notNow(batch, wish.expectedVersion, 'TAKE') ?? notNow(batch, seen.version, 'TAKE');
    if (wrong) return refuse([wrong]);
    await this.repository.removeRows(
      tx,
      right.map(({ row }) => row.id),
    );
    await this.repository.update(tx, batch.id, {
      state: left === 0 ? 'TAKEN' : 'OPEN',
      version: batch.version + 1,
      takenCount: batch.takenCount + right.length,
      requestId,
    });
    return ok(undefined);
  }
}

const NONE_RIGHT = say('没有一行是正确的，请先改好', 'No row is right yet; mend them first');

function refusedOf(
  batch: Batch,
  { expectedVersion, take }: { readonly expectedVersion: number; readonly take: TakeWish },
  { right, left }: Taking,
): Refusal | null {
  const wrong = notNow(batch, expectedVersion, 'TAKE');
  if (wrong) return wrong;
  if (take === 'ALL' && left > 0) return invalid(['take'], 'rowsWrong', stillWrong(left));
  return right.length === 0 ? invalid(['take'], 'noneRight', NONE_RIGHT) : null;
}

function sourceOf({ fileName, sm3, kind }: Batch, lines: number, now: Date): LineSource {
  return { fileName, sm3, kind, lines, takenAt: now.toISOString() };
}

function stillWrong(rows: number): Bilingual {
  return say(
    `还有 ${rows} 行有错，什么都没有写入：请先改好，或选择“取入正确的行”`,
    `${rows} rows are wrong still; nothing was written. Mend them, or take the right ones`,
  );
}
