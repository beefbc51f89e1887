import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { say } from '../kernel/bilingual.js';
import { BackupRuns, type Told } from './backup-runs.service.js';
import type { SignalFault } from './domain/backup-signal.js';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

type Answer =
  | Told
  | { readonly errors: readonly { index: number | null; field: string; message: string; messageEn: string }[] };

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
  ): Promise<Answer> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    const taken = token === undefined ? null : await this.runs.push(token, body);
    if (taken === null) {
      response.status(401);
      return { errors: [told({ index: null, field: 'authorization', message: say('令牌无效', 'No such token') })] };
    }
    if (taken.ok) return taken.value;
    response.status(400);
    return { errors: taken.error.map(told) };
  }
}

function told({ index, field, message }: SignalFault) {
  return { index, field, message: message.zh, messageEn: message.en };
}
