import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type PrintedFile, Printing } from '../documents/printing.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { packSheets, printPack } from './paper/self-evaluation-pack.js';
import { printUsageNotice, usageNoticeSheet } from './paper/usage-notice-paper.js';
import { SelfEvaluations } from './self-evaluations.service.js';
import { UsageNotices } from './usage-notices.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Notices of use and self-evaluation packs, as files. */
@Controller('papers')
export class PerformancePapersController {
  constructor(
    private readonly notices: UsageNotices,
    private readonly tasks: SelfEvaluations,
    private readonly printing: Printing,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('usage-notices/:id/notice.pdf')
  notice(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answerNotice(id, request, response, async (viewer, uuid) => {
      const row = await this.noticeOf(viewer, uuid);
      const bytes = row && (await printUsageNotice(row, this.clock.now(), viewer.name));
      return row && bytes ? { name: `资源使用通报_${row.departmentName}_${row.month}.pdf`, bytes } : null;
    });
  }

  @Get('usage-notices/:id/notice.xlsx')
  noticeSheet(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answerNotice(id, request, response, async (viewer, uuid) => {
      const row = await this.noticeOf(viewer, uuid);
      const bytes = row && (await usageNoticeSheet(row));
      return row && bytes ? { name: `资源使用通报_${row.departmentName}_${row.month}.xlsx`, type: XLSX, bytes } : null;
    });
  }

  @Get('self-evaluations/:id/pack.pdf')
  pack(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.printing.answer(request, response, uuidOf('SelfEvaluation', id), async (viewer, uuid) => {
      const task = await this.taskOf(viewer, uuid);
      if (!task) return null;
      const bytes = await printPack(task, await this.tasks.contentOf(task), this.clock.now(), viewer.name);
      return { name: `自评价材料_${task.systemName}.pdf`, bytes };
    });
  }

  @Get('self-evaluations/:id/pack.xlsx')
  packSheet(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.printing.answer(request, response, uuidOf('SelfEvaluation', id), async (viewer, uuid) => {
      const task = await this.taskOf(viewer, uuid);
      if (!task) return null;
      const bytes = await packSheets(task, await this.tasks.contentOf(task));
      return { name: `自评价材料_${task.systemName}.xlsx`, type: XLSX, bytes };
    });
  }

  private answerNotice(
    id: string,
    request: Request,
    response: Response,
    print: (viewer: Viewer, uuid: string) => Promise<PrintedFile | null>,
  ): Promise<void> {
    return this.printing.answer(request, response, uuidOf('UsageNotice', id), print);
  }

  private async noticeOf(viewer: Viewer, id: string) {
    const scope = scopeFor(viewer, 'PERFORMANCE', 'READ');
    return scope ? this.notices.inScope(scope, id) : null;
  }

  private async taskOf(viewer: Viewer, id: string) {
    const scope = scopeFor(viewer, 'PERFORMANCE', 'READ');
    return scope ? this.tasks.inScope(scope, id) : null;
  }
}
