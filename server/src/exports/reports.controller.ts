import { Controller, Get, Inject, Logger, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SHARE_NAMES } from '../allocation/domain/dr-shares.js';
import { CostNames } from '../costs/cost-names.service.js';
import type { CostNarrowArgs } from '../costs/costs.graphql.js';
import { COST_DIMENSIONS } from '../costs/domain/pivot.js';
import { httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { METERED_KINDS } from '../metering/domain/intervals.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';
import { BudgetReports } from './budget-report.service.js';
import { CostReports } from './cost-report.service.js';
import { layOutReport, REPORT_UNITS, type Report } from './domain/report-layout.js';
import type { ExportName } from './domain/token.js';
import { DownloadLog } from './download-log.service.js';
import { type ExportCaller, ExportCallers } from './export-callers.service.js';
import { tooLong } from './export-refusals.js';
import { idIn, oneOf, refusedDownload, sideIn, textIn } from './question.js';
import { MEDIA_TYPES, PAPER_LINES_MAX, REPORT_FORMATS, reportFile, TABLE_LINES_MAX } from './report-files.js';
import { send } from './sending.js';
import { SpendReports } from './spend-reports.service.js';
import { StatementReports } from './statement-report.service.js';

/** A workbook or a paper is made by the one thread that answers everybody. */
const REPORTS_AT_ONCE = 2;
const REPORTS_WAITING_MAX = 32;

/** `most`: lines that the file may have; whoever reads rows asks first how many there are. */
type Making = (caller: ExportCaller, request: Request, most: number) => Promise<Result<Report, readonly Refusal[]>>;

/** Tables on government paper: one layout for workbook, CSV and PDF (`GET /exports/<name>.<format>?unit=…`). */
@Controller('exports')
export class ReportsController {
  private readonly gate = new Gate(REPORTS_AT_ONCE, REPORTS_WAITING_MAX);
  /** Others: who reads slowly keeps nobody from a paper. */
  private readonly streams = new Gate(REPORTS_AT_ONCE, REPORTS_WAITING_MAX);
  private readonly logger = new Logger(ReportsController.name);

  constructor(
    private readonly callers: ExportCallers,
    private readonly statements: StatementReports,
    private readonly costs: CostReports,
    private readonly budgets: BudgetReports,
    private readonly spend: SpendReports,
    private readonly names: CostNames,
    private readonly log: DownloadLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As CSV and in 元 a department's statement has every line, however many; in 万元 lines only add up where all are there. */
  @Get('statement.:format')
  statement(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const month = textIn(request, 'month') ?? '';
    const departmentId = idIn(request, 'department', 'Department');
    const isYuan = oneOf(request, 'unit', REPORT_UNITS, 'YUAN') === 'YUAN';
    if (format === 'csv' && departmentId !== null && isYuan) return this.annex(request, response, month, departmentId);
    return this.answer('STATEMENT', format, request, response, ({ scope }, _, most) =>
      this.statements.of(scope, month, departmentId, sideIn(request), most),
    );
  }

  @Get('costs.:format')
  cost(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer('COSTS', format, request, response, async ({ scope }) =>
      this.costs.of(scope, {
        rows: oneOf(request, 'rows', COST_DIMENSIONS, 'DEPARTMENT'),
        columns: oneOf(request, 'columns', COST_DIMENSIONS, null),
        ...{ from: textIn(request, 'from') ?? '', to: textIn(request, 'to') ?? '' },
        basis: oneOf(request, 'basis', ['CHARGED', 'USED'], 'CHARGED'),
        ...(await this.names.narrowOf(narrowIn(request))),
        budgetCode: textIn(request, 'budget'),
        departmentId: idIn(request, 'department', 'Department'),
      }),
    );
  }

  @Get('budgets.:format')
  budget(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer('BUDGETS', format, request, response, ({ scope }, _, most) =>
      this.budgets.of(scope, yearIn(request), idIn(request, 'department', 'Department'), sideIn(request), most),
    );
  }

  @Get('reconciliation.:format')
  reconciliation(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer('RECONCILIATION', format, request, response, ({ scope }) =>
      this.spend.reconciled(scope, yearIn(request)),
    );
  }

  @Get('contracts.:format')
  contracts(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer('CONTRACTS', format, request, response, ({ scope }, _, most) =>
      this.spend.contractsInForce(scope, textIn(request, 'search'), most),
    );
  }

  @Get('payments.:format')
  payments(@Param('format') format: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer('PAYMENTS', format, request, response, ({ scope }, _, most) =>
      this.spend.payments(scope, textIn(request, 'search'), most),
    );
  }

  private async annex(request: Request, response: Response, month: string, departmentId: string): Promise<void> {
    const caller = await this.callers.callerOf(request, 'STATEMENT');
    await this.inTurn(this.streams, caller, async () => {
      const made = await this.statements.annex(caller.scope, month, departmentId);
      if (!made.ok) throw refusedDownload(made.error, caller.locale);
      await this.log.keep(caller, 'STATEMENT', made.value.name, departmentId);
      response.attachment(made.value.name).set({ 'Content-Type': MEDIA_TYPES.csv, ...HEADERS });
      await send(made.value.text(), response, this.logger);
    });
  }

  private async inTurn(gate: Gate, { locale }: ExportCaller, work: () => Promise<void>): Promise<void> {
    try {
      await gate.pass(work);
    } catch (error) {
      if (error instanceof QueueFull)
        throw httpError(
          503,
          'INTERNAL',
          say('导出的人太多，请稍后再试', 'Too many exports run; try again in a moment'),
          locale,
        );
      throw error;
    }
  }

  private async answer(
    name: ExportName,
    asked: string,
    request: Request,
    response: Response,
    make: Making,
  ): Promise<void> {
    const caller = await this.callers.callerOf(request, name);
    const format = REPORT_FORMATS.find((one) => one === asked);
    if (!format)
      throw httpError(404, 'NOT_FOUND', say('只有 xlsx、csv、pdf', 'There is xlsx, csv and pdf'), caller.locale);
    const most = format === 'pdf' ? PAPER_LINES_MAX : TABLE_LINES_MAX;
    await this.inTurn(this.gate, caller, async () => {
      const made = await make(caller, request, most);
      if (!made.ok) throw refusedDownload(made.error, caller.locale);
      const now = this.clock.now();
      const unit = oneOf(request, 'unit', REPORT_UNITS, 'YUAN');
      const laid = layOutReport(made.value, unit, calendarDate(now));
      const file = `${laid.title}-${laid.subtitle.replace(/[（，“].*$/, '').trim()}.${format}`;
      if (laid.lines.length > most) throw refusedDownload([tooLong(most)], caller.locale);
      const bytes = await reportFile(laid, format, now);
      await this.log.keep(caller, name, file, idIn(request, 'department', 'Department'));
      response
        .attachment(file)
        .set({ 'Content-Type': MEDIA_TYPES[format], ...HEADERS })
        .send(bytes);
    });
  }
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cache-Control': 'private, no-store',
};

function yearIn(request: Request): number {
  const text = textIn(request, 'year') ?? '';
  return /^\d{4}$/.test(text) ? Number(text) : Number.NaN;
}

/** What the page is narrowed to, by the words of its own address. */
function narrowIn(request: Request): CostNarrowArgs {
  return {
    ...{ side: sideIn(request), departmentId: textIn(request, 'department'), systemId: textIn(request, 'system') },
    ...{ projectId: textIn(request, 'project'), centerId: textIn(request, 'center') },
    budgetCode: textIn(request, 'budget'),
    share: oneOf(request, 'share', SHARE_NAMES, null),
    kind: oneOf(request, 'kind', METERED_KINDS, null),
    onlyDr: oneOf(request, 'dr', ['1'], null) === '1',
  };
}
