import { Injectable } from '@nestjs/common';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Locale } from '../kernel/bilingual.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { LINES_PER_EDIT_MAX } from '../requests/domain/line-edits.js';
import { DraftLines } from '../requests/draft-lines.service.js';
import { type PlacedLine, RequestLinePages } from '../requests/request-line-pages.service.js';
import { RequestsService } from '../requests/requests.service.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { invalid } from './batch-refusals.js';
import { type BatchRow, CELLS_PER_EDIT_MAX, type CellProblem } from './domain/batch.js';
import type { AskedService, BatchChoices } from './domain/batch-choices.js';
import { type BatchColumn, columnsOf } from './domain/batch-columns.js';
import { cellsOf, keepingRest } from './domain/line-cells.js';
import { problemOf, readLines } from './domain/read-lines.js';

/** Lines of one kind, and of services of one service: they have the same columns. */
export interface TableOf {
  readonly kind: LineKind;
  readonly serviceId: string | null;
}

export interface LineTable {
  readonly choices: BatchChoices;
  readonly service: AskedService | null;
  readonly columns: readonly BatchColumn[];
}

export interface LineCell {
  readonly lineId: string | undefined;
  readonly column: string;
  readonly value: string;
}

export interface LineProblem extends CellProblem {
  readonly lineId: string;
}

export interface CellsWish extends TableOf {
  readonly requestId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly cells: readonly LineCell[];
}

/** What an edit of cells came to. With problems nothing of it was written: a draft's lines are right at every moment. */
export interface CellsAnswer {
  readonly requestId: string;
  readonly lineIds: readonly string[];
  readonly problems: readonly LineProblem[];
}

/** The lines of a draft as a table, in the columns of the templates: typed over cell by cell, whatever their number. */
@Injectable()
export class LineTables {
  constructor(
    private readonly choices: BatchChoicesService,
    private readonly pages: RequestLinePages,
    private readonly requests: RequestsService,
    private readonly draftLines: DraftLines,
  ) {}

  async table({ kind, serviceId }: TableOf): Promise<LineTable> {
    const choices = await this.choices.of(kind);
    const service = serviceId === null ? null : (choices.services.get(serviceId) ?? null);
    return { choices, service, columns: columnsOf(kind, service) };
  }

  async edit(
    viewer: Viewer,
    scope: TenantScope,
    locale: Locale,
    wish: CellsWish,
  ): Promise<Result<CellsAnswer, readonly Refusal[]>> {
    const request = wish.requestId === undefined ? null : await this.requests.inScope(scope, wish.requestId);
    if (!request) return refuse([unknownDraft()]);
    const table = await this.table(wish);
    const byLine = Map.groupBy(wish.cells, ({ lineId }) => lineId ?? '-');
    const lines = await this.pages.linesOf(request.id, [...byLine.keys()]);
    const wrong = wrongWish(wish, table, byLine, lines);
    if (wrong) return refuse([wrong]);
    const rows = lines.map(({ id, position, content }): BatchRow => {
      const typed = (byLine.get(id) ?? []).map(({ column, value }) => [column, value.trim()] as const);
      const cells = { ...cellsOf(content, table.choices, table.service, locale), ...Object.fromEntries(typed) };
      return { id, number: position + 1, cells, unread: {} };
    });
    const read = readLines(wish.kind, rows, table.choices, table.service);
    const lineIds = lines.map(({ id }) => id);
    const problems = read.flatMap((row) => row.problems.map((problem) => ({ ...problem, lineId: row.row.id })));
    if (problems.length > 0) return ok({ requestId: request.id, lineIds, problems });
    const changed = read.flatMap(({ line }, at) => {
      const before = lines[at];
      return line && before ? [{ lineId: before.id, line: keepingRest(before.content, line) }] : [];
    });
    const { requestId, expectedVersion, idempotencyKey } = wish;
    const answer = await this.draftLines.edit(
      viewer,
      scope,
      { kind: 'CHANGE_SOME', lines: changed },
      { requestId, expectedVersion, idempotencyKey },
      // The press is known by what was typed: what the cells mean may have changed since.
      { input: { requestId, expectedVersion, cells: wish.cells } },
    );
    if (answer.ok) return ok({ requestId: request.id, lineIds, problems: [] });
    const ofCells = answer.error.map((refusal) => atCell(refusal, changed, table.service));
    return ofCells.every((problem) => problem !== null)
      ? ok({ requestId: request.id, lineIds, problems: ofCells })
      : answer;
  }
}

/** What is refused of a line that was typed into stands at its cell; null = it is of the whole edit. */
function atCell(
  refusal: Refusal,
  lines: readonly { readonly lineId: string }[],
  service: AskedService | null,
): LineProblem | null {
  const [part, at, , ...rest] = refusal.path;
  const line = part === 'lines' ? lines[Number(at)] : undefined;
  return line ? { ...problemOf({ ...refusal, path: rest }, service), lineId: line.lineId } : null;
}

function wrongWish(
  { kind, serviceId, cells }: CellsWish,
  { service, columns }: LineTable,
  byLine: ReadonlyMap<string, readonly LineCell[]>,
  lines: readonly PlacedLine[],
): Refusal | null {
  if (cells.length === 0 || cells.length > CELLS_PER_EDIT_MAX)
    return invalid(
      ['cells'],
      'range',
      say(`一次 1 至 ${CELLS_PER_EDIT_MAX} 个单元格`, `1 to ${CELLS_PER_EDIT_MAX} cells at once`),
    );
  if (byLine.size > LINES_PER_EDIT_MAX)
    return invalid(['cells'], 'lines', say(`一次最多 ${LINES_PER_EDIT_MAX} 行`, `${LINES_PER_EDIT_MAX} lines at most`));
  if (serviceId !== null && !service)
    return invalid(['serviceId'], 'unknownService', say('没有这项服务', 'There is no such service'));
  const keys = new Set(columns.map(({ key }) => key));
  const known = new Map(lines.map((line) => [line.id, line]));
  const strange = cells.findIndex(({ lineId, column }) => {
    const line = known.get(lineId ?? '-');
    const same =
      line?.content.kind === kind && (serviceId ?? line.content.service?.offerId) === line.content.service?.offerId;
    return !same || !keys.has(column);
  });
  if (strange < 0) return null;
  return invalid(
    ['cells', String(strange)],
    'unknownCell',
    say('这张申请单没有这一格', 'The request has no such cell'),
  );
}

function unknownDraft(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这张申请单', 'There is no such request'),
  };
}
