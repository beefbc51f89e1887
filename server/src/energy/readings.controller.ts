import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type PushFault, parsePush } from './domain/push.js';
import { EnergyRepository } from './energy.repository.js';
import { ReadingSources } from './reading-sources.service.js';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

type Answer =
  | { readonly accepted: number; readonly alreadyKnown: number }
  | { readonly errors: readonly { index: number | null; field: string; message: string; messageEn: string }[] };

/**
 * Where 动环 and PDUs push what they measure: no person, no session, a token of its own. Readings are signals, written
 * without an audit row each; what they are about is bounded, and the same reading twice is one.
 */
@Controller('readings')
export class ReadingsController {
  constructor(
    private readonly sources: ReadingSources,
    private readonly repository: EnergyRepository,
    private readonly facilities: FacilitiesService,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  async push(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    const sourceId = token === undefined ? null : await this.sources.sourceOf(token);
    if (sourceId === null) {
      response.status(401);
      return { errors: [told({ index: null, field: 'authorization', message: say('令牌无效', 'No such token') })] };
    }
    const { readings, faults } = parsePush(body, this.clock.now());
    const codes = new Set((await this.facilities.centers()).map((center) => center.code));
    const unknown = readings.flatMap(({ subject }, index): PushFault[] =>
      codes.has(subject.split('/')[0] ?? '')
        ? []
        : [{ index, field: 'subject', message: say('没有这个数据中心', 'There is no such center') }],
    );
    // Places are only those of the list while every reading of it is well formed.
    const wrong = faults.length > 0 ? faults : unknown;
    if (wrong.length > 0) {
      response.status(400);
      return { errors: wrong.map(told) };
    }
    const accepted = await this.unitOfWork.run((tx) => this.repository.push(tx, sourceId, readings));
    return { accepted, alreadyKnown: readings.length - accepted };
  }
}

function told({ index, field, message }: PushFault) {
  return { index, field, message: message.zh, messageEn: message.en };
}
