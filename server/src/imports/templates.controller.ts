import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { HttpCallers, httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { ImportsService } from './imports.service.js';
import { csvTemplate, xlsxTemplate } from './template.js';

const FILE = /^([a-z0-9-]{1,40})\.(xlsx|csv)$/;
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Workbooks to fill in, made from the columns of the kind, so that they cannot say anything else than the check does. */
@Controller('imports/templates')
export class TemplatesController {
  constructor(
    private readonly imports: ImportsService,
    private readonly callers: HttpCallers,
  ) {}

  @Get(':file')
  async template(@Param('file') file: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    const [, name, extension] = FILE.exec(file) ?? [];
    const kind = name === undefined ? null : this.imports.kindOf(viewer, name);
    if (kind?.source !== 'TABLE')
      throw httpError(404, 'NOT_FOUND', say('找不到这个模板。', 'There is no such template.'), locale);
    response
      .attachment(`${kind.title[locale]}.${extension}`)
      .set({
        'Content-Type': extension === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      .send(extension === 'csv' ? csvTemplate(kind, locale) : await xlsxTemplate(kind, locale));
  }
}
