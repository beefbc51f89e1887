import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { HttpCallers, httpError } from '../identity/http-callers.service.js';
import { say } from '../kernel/bilingual.js';
import { uuidOf } from '../kernel/node-id.js';
import { Gate } from '../platform/concurrency/gate.js';
import { QueueFull } from '../platform/concurrency/turns.js';
import { FormsService, type PrintedFile } from './forms.service.js';

/** A page takes some ten milliseconds of the one thread that answers everybody; others wait their turn. */
const PRINTS_AT_ONCE = 2;
const PRINTS_WAITING_MAX = 64;

/** What is printed goes beside GraphQL, as files do. */
@Controller('papers')
export class PapersController {
  private readonly gate = new Gate(PRINTS_AT_ONCE, PRINTS_WAITING_MAX);

  constructor(
    private readonly forms: FormsService,
    private readonly callers: HttpCallers,
  ) {}

  @Get('requests/:id/form.pdf')
  async form(@Param('id') nodeId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { viewer, locale } = await this.callers.callerOf(request);
    const id = uuidOf('Request', nodeId);
    try {
      const file = id === undefined ? null : await this.gate.pass(() => this.forms.print(viewer, id));
      if (!file)
        throw httpError(
          404,
          'NOT_FOUND',
          say('找不到这张申请单，或您无权查看。', 'There is no such request, or you may not see it.'),
          locale,
        );
      send(response, file);
    } catch (error) {
      if (error instanceof QueueFull)
        throw httpError(
          503,
          'INTERNAL',
          say('打印的人太多，请稍后再试', 'Too many people print; try again in a moment'),
          locale,
        );
      throw error;
    }
  }
}

function send(response: Response, { name, bytes }: PrintedFile): void {
  response
    .attachment(name)
    .set({
      'Content-Type': 'application/pdf',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    })
    .send(bytes);
}
