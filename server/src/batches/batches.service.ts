import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { LINES_MAX } from '../requests/domain/content.js';
import { type Answer, auditOf, type BatchWish, OWNER, scopeOf } from './batch-acts.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { fullTable, invalid, notNow, unknownBatch, unknownRow } from './batch-refusals.js';
import { BatchesRepository } from './batches.repository.js';
import { addedRow, type Batch, type BatchRow, CELLS_PER_EDIT_MAX, withCells } from './domain/batch.js';
import { type BatchColumn, columnsOf } from './domain/batch-columns.js';

const CELL_CHARS_MAX = 2_000;

export interface TypedCell {
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

/** Tables of lines on their way into a draft: looked at, mended cell by cell, thrown away. */
@Injectable()
export class BatchesService implements OnModuleInit {
  constructor(
    private readonly repository: BatchesRepository,
    private readonly choices: BatchChoicesService,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  onModuleInit(): void {
    this.files.registerOwner(OWNER, async (viewer, id) => (await this.batch(viewer, id)) !== null);
  }

  /** null = no such batch, or not for this viewer. */
  async batch(viewer: Viewer, id: string): Promise<Batch | null> {
    const scope = scopeOf(viewer);
    return scope ? this.repository.inScope(scope, id) : null;
  }

  /** Open ones of a draft; without one, those that the viewer began. */
  async open(viewer: Viewer, requestId: string | null): Promise<Batch[]> {
    const scope = scopeOf(viewer);
    if (!scope) return [];
    return this.repository.open(scope, requestId === null ? { createdById: viewer.userId } : { requestId });
  }

  /** Of a table of one service those of its present questions. */
  async columnsOf({ kind, serviceId }: Pick<Batch, 'kind' | 'serviceId'>): Promise<readonly BatchColumn[]> {
    return columnsOf(kind, await this.choices.service(serviceId));
  }

  async edit(viewer: Viewer, scope: TenantScope, wish: BatchWish, cells: readonly TypedCell[]): Answer {
    const { idempotencyKey, ...input } = { ...wish, cells };
    const seen = await this.repository.inScope(scope, wish.id);
    const columns = seen ? await this.columnsOf(seen) : [];
    return this.acts.perform({ name: 'batch.edit', actor: viewer, idempotencyKey, input }, async (tx) => {
      const batch = await this.repository.locked(tx, scope, wish.id);
      if (!batch) return refuse([unknownBatch()]);
      const wrong = notNow(batch, wish.expectedVersion, 'EDIT');
      if (wrong) return refuse([wrong]);
      const rows = new Map((await this.repository.rows(batch.id, tx)).map((row) => [row.number, row]));
      const refusals = wrongCells(columns, cells, rows);
      if (refusals.length > 0) return refuse(refusals);
      const byRow = Map.groupBy(cells, ({ row }) => row);
      const changed = [...byRow].flatMap(([number, typed]) => {
        const row = rows.get(number);
        return row ? [withCells(row, new Map(typed.map(({ column, value }) => [column, value.trim()])))] : [];
      });
      await this.repository.saveCells(tx, changed);
      await this.repository.update(tx, batch.id, { version: batch.version + 1 });
      return ok({
        value: { id: batch.id },
        audit: auditOf(
          batch,
          `修改批量明细 ${batch.fileName} 的 ${cells.length} 个单元格`,
          `Changed ${cells.length} cells of ${batch.fileName}`,
          { cells },
        ),
      });
    });
  }

  async removeRows(viewer: Viewer, scope: TenantScope, wish: BatchWish, numbers: readonly number[]): Answer {
    const { idempotencyKey, ...input } = { ...wish, numbers };
    return this.acts.perform({ name: 'batch.remove-rows', actor: viewer, idempotencyKey, input }, async (tx) => {
      const batch = await this.repository.locked(tx, scope, wish.id);
      if (!batch) return refuse([unknownBatch()]);
      const wrong = notNow(batch, wish.expectedVersion, 'EDIT');
      if (wrong) return refuse([wrong]);
      const rows = await this.repository.rows(batch.id, tx);
      const gone = rows.filter(({ number }) => numbers.includes(number));
      if (gone.length === 0 || gone.length < new Set(numbers).size) return refuse([unknownRow(['rows'])]);
      if (gone.length === rows.length)
        return refuse([
          invalid(
            ['rows'],
            'lastRow',
            say('不能删光所有行；不要这张表请放弃它', 'Not all rows; discard the table instead'),
          ),
        ]);
      await this.repository.removeRows(
        tx,
        gone.map(({ id }) => id),
      );
      await this.repository.update(tx, batch.id, { version: batch.version + 1 });
      const removed = gone.map(({ number, cells }) => ({ number, cells }));
      return ok({
        value: { id: batch.id },
        audit: auditOf(
          batch,
          `删除批量明细 ${batch.fileName} 的 ${gone.length} 行`,
          `Took ${gone.length} rows out of ${batch.fileName}`,
          { removed },
        ),
      });
    });
  }

  /** @param like the row that it begins as, without its name; null = an empty one. */
  async addRow(
    viewer: Viewer,
    scope: TenantScope,
    wish: BatchWish,
    like: number | null,
  ): Promise<Result<{ id: string; number: number }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = { ...wish, like };
    return this.acts.perform({ name: 'batch.add-row', actor: viewer, idempotencyKey, input }, async (tx) => {
      const batch = await this.repository.locked(tx, scope, wish.id);
      if (!batch) return refuse([unknownBatch()]);
      const wrong = notNow(batch, wish.expectedVersion, 'EDIT');
      if (wrong) return refuse([wrong]);
      const rows = await this.repository.rows(batch.id, tx);
      const model = like === null ? null : rows.find(({ number }) => number === like);
      if (model === undefined) return refuse([unknownRow(['like'])]);
      if (rows.length >= LINES_MAX) return refuse([fullTable()]);
      const number = batch.lastNumber + 1;
      await this.repository.insertRows(tx, batch.id, [addedRow(newId(tx.now.getTime()), number, model)]);
      await this.repository.update(tx, batch.id, { version: batch.version + 1, lastNumber: number });
      return ok({
        value: { id: batch.id, number },
        audit: auditOf(
          batch,
          `在批量明细 ${batch.fileName} 中新增第 ${number} 行`,
          `Added row ${number} to ${batch.fileName}`,
          { number, like },
        ),
      });
    });
  }

  async discard(viewer: Viewer, scope: TenantScope, wish: BatchWish): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'batch.discard', actor: viewer, idempotencyKey, input }, async (tx) => {
      const batch = await this.repository.locked(tx, scope, wish.id);
      if (!batch) return refuse([unknownBatch()]);
      const wrong = notNow(batch, wish.expectedVersion, 'DISCARD');
      if (wrong) return refuse([wrong]);
      await this.repository.removeAllRows(tx, batch.id);
      await this.repository.update(tx, batch.id, { state: 'DISCARDED', version: batch.version + 1 });
      return ok({
        value: { id: batch.id },
        audit: auditOf(batch, `放弃批量明细 ${batch.fileName}`, `Discarded the table ${batch.fileName}`, null),
      });
    });
  }
}

function wrongCells(
  of: readonly BatchColumn[],
  cells: readonly TypedCell[],
  rows: ReadonlyMap<number, BatchRow>,
): Refusal[] {
  if (cells.length === 0 || cells.length > CELLS_PER_EDIT_MAX)
    return [
      invalid(
        ['cells'],
        'range',
        say(`一次 1 至 ${CELLS_PER_EDIT_MAX} 个单元格`, `1 to ${CELLS_PER_EDIT_MAX} cells at once`),
      ),
    ];
  const columns = new Set(of.map(({ key }) => key));
  return cells.flatMap(({ row, column, value }, at) => {
    if (!rows.has(row) || !columns.has(column))
      return [invalid(['cells', String(at)], 'unknownCell', say('表中没有这一格', 'The table has no such cell'))];
    if (value.length > CELL_CHARS_MAX)
      return [
        invalid(
          ['cells', String(at), 'value'],
          'length',
          say(`最多 ${CELL_CHARS_MAX} 个字符`, `At most ${CELL_CHARS_MAX} characters`),
        ),
      ];
    return [];
  });
}
