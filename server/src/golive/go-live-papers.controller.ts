import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Printing } from '../documents/printing.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { AcceptanceSheets } from './acceptance-sheets.service.js';

@Controller('papers')
export class GoLivePapersController {
  constructor(
    private readonly sheets: AcceptanceSheets,
    private readonly printing: Printing,
  ) {}

  @Get('go-lives/:id/acceptance-sheet.pdf')
  async sheet(@Param('id') nodeId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const id = uuidOf('GoLiveCase', nodeId);
    await this.printing.answer(request, response, id, (viewer, caseId) => this.sheets.print(viewer, caseId));
  }
}
