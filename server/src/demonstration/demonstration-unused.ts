import { Injectable } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { LineCaseOpening } from '../reclaim/line-case-opening.service.js';
import { GivingBackLines } from '../requests/giving-back-lines.service.js';
import { RequestsService } from '../requests/requests.service.js';
import { done, own, type People } from './journey-people.js';

/** Of a request with two services that people set up: the center asks about the first, its department needs the last no more. */
@Injectable()
export class DemonstrationUnused {
  constructor(
    private readonly requests: RequestsService,
    private readonly cases: LineCaseOpening,
    private readonly givingBack: GivingBackLines,
  ) {}

  async run({ applicant, allocator }: People, requestId: string): Promise<void> {
    const [lines = []] = await this.requests.linesOf([requestId]);
    const [half, over] = [lines.at(0), lines.at(-1)];
    if (!half || !over) throw new Error('the request has no lines');
    await done(
      this.cases.open(allocator, WHOLE_PROVINCE, {
        lineId: half.id,
        text: '安全平台核对：已开通 20 台主机防护，仅 6 台注册客户端，其余 14 台从未上线。',
        figures: [
          { label: '已开通', value: '20 台' },
          { label: '已注册客户端', value: '6 台' },
          { label: '防护流量（开通以来）', value: '0.2 GiB' },
        ],
        fileIds: [],
        idempotencyKey: newId(),
      }),
    );
    const request = await this.requests.inScope(own(applicant), requestId);
    await done(
      this.givingBack.giveBack(applicant, own(applicant), {
        lineId: over.id,
        expectedVersion: request?.version ?? 0,
        reason: '专题活动已结束，域名不再使用',
        idempotencyKey: newId(),
      }),
    );
  }
}
