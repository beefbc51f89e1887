import { Inject, Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Notice } from '../kernel/notice.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { ResetRow } from './documents.types.js';
import { stageOfReset, takerOf } from './domain/login-reset.js';
import { LoginResetsRepository } from './login-resets.repository.js';

/** Of one round of the housekeeping. */
const RESETS_AT_ONCE = 200;

/** Tells whoever asked for another password that it holds: guests take minutes or days, and nobody watches a page so long. */
@Injectable()
export class LoginNotices {
  constructor(
    private readonly repository: LoginResetsRepository,
    private readonly resources: ResourcesService,
    private readonly requests: RequestsService,
    private readonly notices: Notices,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the worker's housekeeping; returns how many were told. */
  async tellReady(): Promise<number> {
    const waiting = await this.repository.untold(RESETS_AT_ONCE);
    const machines = await this.resources.rows(waiting.map(({ resourceId }) => resourceId));
    const requests = await this.requests.requestsOf(machines.map((machine) => machine?.requestId ?? ''));
    const ready = waiting.flatMap((reset, at) => {
      const [machine, request] = [machines[at], requests[at]];
      if (!machine || !request || stageOfReset(reset, machine, this.clock.now()).stage !== 'SET') return [];
      return [{ reset, notice: readyNotice(reset, machine, request) }];
    });
    await eachAlone(ready, ({ reset, notice }) =>
      this.unitOfWork.run(async (tx) => {
        // Of several workers one says it; what was fetched meanwhile nobody needs to hear of.
        if (!(await this.repository.told(tx, reset.id))) return;
        await this.notices.tell(tx, notice);
        tx.changed('request', notice.subject.id);
      }),
    );
    return ready.length;
  }
}

function readyNotice(
  reset: ResetRow,
  { code, name }: ResourceRow,
  { id, applicantId }: { readonly id: string; readonly applicantId: string },
): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Request', id },
    audience: { userIds: [takerOf(reset, applicantId)] },
    text: say(
      `${code} ${name} 的新口令已生效，请在“开通确认”中领取（仅显示一次）`,
      `The new password of ${code} ${name} holds: fetch it under “Delivery”, where it is shown once`,
    ),
    onceKey: null,
  };
}
