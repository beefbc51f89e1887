import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { answerPush, type PushAnswer, tokenOf } from '../platform/http/pushed.js';
import { BackupRuns, type Told } from './backup-runs.service.js';

/**
 * Where backup platforms tell what became of their jobs: no person, no session, the token of a registered source of the
 * center that keeps the copies. The same copy told twice is one.
 */
@Controller('backup-runs')
export class BackupSignalsController {
  constructor(private readonly runs: BackupRuns) {}

  @Post()
  @HttpCode(200)
  async push(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PushAnswer<Told>> {
    const token = tokenOf(authorization);
    return answerPush(response, token === undefined ? null : await this.runs.push(token, body));
  }
}
