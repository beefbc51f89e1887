import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { uuidOf } from '../kernel/node-id.js';
import { FormsService } from './forms.service.js';
import { Printing } from './printing.service.js';
import { SheetsService } from './sheets.service.js';

/** What is printed goes beside GraphQL, as files do. */
@Controller('papers')
export class PapersController {
  constructor(
    private readonly forms: FormsService,
    private readonly sheets: SheetsService,
    private readonly printing: Printing,
  ) {}

  @Get('requests/:id/form.pdf')
  async form(@Param('id') nodeId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const id = uuidOf('Request', nodeId);
    await this.printing.answer(request, response, id, (viewer, requestId) => this.forms.print(viewer, requestId));
  }

  @Get('requests/:id/delivery-sheet.pdf')
  async sheet(@Param('id') nodeId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const id = uuidOf('Request', nodeId);
    await this.printing.answer(request, response, id, (viewer, requestId) => this.sheets.print(viewer, requestId));
  }
}
