import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditService } from '../audit/audit.service.js';
import { type PrintedFile, Printing } from '../documents/printing.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { DrillViews } from './drill-views.service.js';
import { printDrillReport } from './paper/drill-report.js';

/** The frozen report as a file; there is none before the drill is closed. */
@Controller('papers')
export class DrillPapersController {
  constructor(
    private readonly views: DrillViews,
    private readonly printing: Printing,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('dr-drills/:id/report.pdf')
  report(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.printing.answer(request, response, uuidOf('DrDrill', id), (viewer, uuid) => this.print(viewer, uuid));
  }

  private async print(viewer: Viewer, id: string): Promise<PrintedFile | null> {
    const scope = scopeFor(viewer, 'DR_GROUP', 'READ');
    const row = scope ? await this.views.byId(scope, id) : null;
    if (!row?.report || !row.reportHash) return null;
    const bytes = await printDrillReport({
      ...{ report: row.report, reportHash: row.reportHash },
      ...{ signature: row.signature ?? '', signatureKeyId: row.signatureKeyId ?? '' },
      ...{ printedAt: this.clock.now(), printedBy: viewer.name },
      link: row.closedAt && (await this.audit.linkOf(row.id, row.closedAt)),
    });
    return { name: `容灾演练报告_${row.code}.pdf`, bytes };
  }
}
