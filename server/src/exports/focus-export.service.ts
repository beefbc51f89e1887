import { Injectable } from '@nestjs/common';
import {
  ClosedLines,
  type ClosedMonth,
  type DocumentOfMonth,
  type NamedClosedLine,
} from '../accounting/closed-lines.service.js';
import type { StatementSide } from '../accounting/statements.service.js';
import { StatementsService } from '../accounting/statements.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { csvCell } from '../platform/spreadsheet/write-csv.js';
import { PricingService } from '../pricing/pricing.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { COLUMN_NAMES, type FocusRow } from './domain/focus-columns.js';
import { focusRow } from './domain/focus-row.js';
import { noMonth, notClosed, unknownCenter, unknownDepartment } from './export-refusals.js';
import { FocusNaming } from './focus-names.js';

export interface FocusQuestion {
  readonly month: string;
  readonly side: StatementSide;
  /** null = all that the scope reads. */
  readonly departmentId: string | null;
  readonly centerId: string | null;
}

export interface FocusFile {
  readonly name: string;
  readonly lines: number;
  readonly amount: Fen;
  /** Piece by piece; holds one page of lines at a time, however long the file is. */
  text(): AsyncGenerator<string>;
}

/** Lines of one statement and one piece of text: half a megabyte. */
const LINES_PER_PAGE = 1_000;

/** FOCUS 1.2 of closed months. What is not closed has no invoice yet and is in none. */
@Injectable()
export class FocusExport {
  constructor(
    private readonly closedLines: ClosedLines,
    private readonly statements: StatementsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly pricing: PricingService,
  ) {}

  months(scope: TenantScope, side: StatementSide): Promise<ClosedMonth[]> {
    return this.closedLines.months(scope, side);
  }

  async of(scope: TenantScope, question: FocusQuestion): Promise<Result<FocusFile, readonly Refusal[]>> {
    const { centerId, departmentId, month, side } = question;
    if (!this.statements.isMonth(month)) return refuse([noMonth()]);
    const [department] =
      departmentId === null || !covers(scope, departmentId) ? [] : await this.departments.departments([departmentId]);
    if (departmentId !== null && !department) return refuse([unknownDepartment()]);
    const [center] = centerId === null ? [] : await this.facilities.centersByIds([centerId]);
    if (center === null) return refuse([unknownCenter()]);
    const documents = await this.closedLines.documentsOf(scope, month, { departmentId, side });
    if (documents.length === 0) return refuse([notClosed(month)]);
    const filter = { documentIds: documents.map(({ id }) => id), departmentId, centerId };
    const { amount, lines } = await this.closedLines.sum(scope, filter);
    // Files of one month that hold different rows have different names: on a disk, and in the evidence of who took what.
    const narrow = [
      ...(scope.kind === 'PROVINCE' && departmentId === null && side === 'CITIES' ? ['cities'] : []),
      ...[department?.code, center?.code].filter((code) => code !== undefined),
    ];
    return ok({
      ...{ lines, amount, name: `${['focus', month, ...narrow].join('-')}.csv` },
      text: () => this.text(scope, filter, documents),
    });
  }

  private async *text(
    scope: TenantScope,
    filter: Parameters<ClosedLines['sum']>[1],
    documents: readonly DocumentOfMonth[],
  ): AsyncGenerator<string> {
    const { departments, facilities, pricing, systems } = this;
    const naming = new FocusNaming({ departments, facilities, pricing, systems });
    const byId = new Map(documents.map((document) => [document.id, document]));
    const books = [...new Set(documents.map(({ book }) => book))];
    yield `${COLUMN_NAMES.join(',')}\r\n`;
    for (let after: NamedClosedLine | null = null; ; ) {
      const page: NamedClosedLine[] = await this.closedLines.page(scope, filter, after, LINES_PER_PAGE);
      await naming.learn(page, books);
      let piece = '';
      for (const line of page) {
        const document = byId.get(line.documentId);
        if (document) piece += rowText(focusRow(line, document, naming.of(line, document.book)));
      }
      if (piece !== '') yield piece;
      if (page.length < LINES_PER_PAGE) return;
      after = page.at(-1) ?? null;
    }
  }
}

/** RFC 4180, without a mark at its beginning: it is read by programs. */
function rowText(row: FocusRow): string {
  return `${COLUMN_NAMES.map((name) => csvCell(row[name] ?? '')).join(',')}\r\n`;
}
