import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LINE_KINDS } from '../allocation/domain/line-kind.js';
import { HttpCallers, httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { scopeFor } from '../kernel/viewer.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { batchTemplate } from './batch-template.js';
import { KIND_NAMES } from './domain/batch-columns.js';

const FILE = /^([a-z]{1,10})\.xlsx$/;
const SERVICE_FILE = /^([a-z0-9.-]{1,63})\.xlsx$/;
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Tables of lines to fill in, with lists of what is offered now. */
@Controller('requests/templates')
export class BatchTemplatesController {
  constructor(
    private readonly choices: BatchChoicesService,
    private readonly callers: HttpCallers,
  ) {}

  @Get(':file')
  async template(@Param('file') file: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    const [, name = ''] = FILE.exec(file) ?? [];
    const kind = LINE_KINDS.find((one) => one === name.toUpperCase());
    if (!kind || !scopeFor(viewer, 'REQUEST', 'CREATE'))
      throw httpError(404, 'NOT_FOUND', say('找不到这个模板。', 'There is no such template.'), locale);
    const bytes = await batchTemplate(kind, await this.choices.of(kind), locale);
    send(
      response,
      say(`批量申请模板-${KIND_NAMES[kind].zh}`, `Request template - ${KIND_NAMES[kind].en}`)[locale],
      bytes,
    );
  }

  /** Of one service, each of whose questions is a column. */
  @Get('services/:file')
  async serviceTemplate(
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    const [, code = ''] = SERVICE_FILE.exec(file) ?? [];
    const choices = await this.choices.of('SERVICE');
    const service = [...choices.services.values()].find((one) => one.offered && one.code === code);
    if (!service || !scopeFor(viewer, 'REQUEST', 'CREATE'))
      throw httpError(404, 'NOT_FOUND', say('找不到这个模板。', 'There is no such template.'), locale);
    const title = say(`批量申请模板-${service.name.zh}`, `Request template - ${service.name.en}`);
    send(response, title[locale], await batchTemplate('SERVICE', choices, locale, service));
  }
}

function send(response: Response, title: string, bytes: Buffer): void {
  response
    .attachment(`${title}.xlsx`)
    .set({
      'Content-Type': XLSX_TYPE,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    })
    .send(bytes);
}
