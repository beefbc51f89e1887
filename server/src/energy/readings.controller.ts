import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { say } from '../kernel/bilingual.js';
import type { PushFault } from './domain/push.js';
import { type Pushed, Readings } from './readings.service.js';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

type Answer =
  | Pushed
  | { readonly errors: readonly { index: number | null; field: string; message: string; messageEn: string }[] };

/**
 * Where 动环 and PDUs push what they measure: no person, no session, a token of its own. Readings are signals, written
 * without an audit row each; what they are about is bounded, and the same reading twice is one.
 */
@Controller('readings')
export class ReadingsController {
  constructor(private readonly readings: Readings) {}

  @Post()
  @HttpCode(200)
  async push(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    const taken = token === undefined ? null : await this.readings.take(token, body);
    if (taken === null) {
      response.status(401);
      return { errors: [told({ index: null, field: 'authorization', message: say('令牌无效', 'No such token') })] };
    }
    if (taken.ok) return taken.value;
    response.status(400);
    return { errors: taken.error.map(told) };
  }
}

function told({ index, field, message }: PushFault) {
  return { index, field, message: message.zh, messageEn: message.en };
}
