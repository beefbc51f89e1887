import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { answerPush, type PushAnswer, tokenOf } from '../platform/http/pushed.js';
import { type Pushed, Readings } from './readings.service.js';

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
  ): Promise<PushAnswer<Pushed>> {
    const token = tokenOf(authorization);
    return answerPush(response, token === undefined ? null : await this.readings.take(token, body));
  }
}
