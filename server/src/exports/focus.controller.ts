import { Controller, Get, Logger, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';
import { DownloadLog } from './download-log.service.js';
import { ExportCallers } from './export-callers.service.js';
import { FocusExport } from './focus-export.service.js';
import { idIn, refusedDownload, sideIn, textIn } from './question.js';
import { send } from './sending.js';

/** Each asks the database page by page and builds text; more at once would only make all of them slower. */
const FILES_AT_ONCE = 2;
const FILES_WAITING_MAX = 16;

/** FOCUS goes beside GraphQL, as files do: it is longer than any answer. */
@Controller('exports')
export class FocusController {
  private readonly gate = new Gate(FILES_AT_ONCE, FILES_WAITING_MAX);
  private readonly logger = new Logger(FocusController.name);

  constructor(
    private readonly callers: ExportCallers,
    private readonly focus: FocusExport,
    private readonly log: DownloadLog,
  ) {}

  @Get('focus.csv')
  async download(@Req() request: Request, @Res() response: Response): Promise<void> {
    const caller = await this.callers.callerOf(request, 'FOCUS');
    const question = {
      ...{ month: textIn(request, 'month') ?? '', side: sideIn(request) },
      departmentId: idIn(request, 'department', 'Department'),
      centerId: idIn(request, 'center', 'Center'),
    };
    try {
      await this.gate.pass(async () => {
        const found = await this.focus.of(caller.scope, question);
        if (!found.ok) throw refusedDownload(found.error, caller.locale);
        const { amount, lines, name, text } = found.value;
        await this.log.keep(caller, 'FOCUS', name, question.departmentId);
        response.attachment(name).set({
          'Content-Type': 'text/csv; charset=utf-8',
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'private, no-store',
          // So that whoever takes it knows that it is whole: a file that broke off has fewer.
          'X-Jiyun-Rows': String(lines),
          'X-Jiyun-Billed-Fen': amount.toString(),
        });
        await send(text(), response, this.logger);
      });
    } catch (error) {
      if (error instanceof QueueFull)
        throw httpError(
          503,
          'INTERNAL',
          say('导出的人太多，请稍后再试', 'Too many exports run; try again in a moment'),
          caller.locale,
        );
      throw error;
    }
  }
}
