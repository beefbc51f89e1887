import { Inject, Injectable } from '@nestjs/common';
import { currentStep, isHolding } from '../approvals/domain/round.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { ChangeLocks } from './change-locks.service.js';
import { unknownRequest } from './domain/decide.js';
import { after } from './domain/request-state.js';
import { FollowUpService } from './follow-up.service.js';
import { HoldKeeping } from './hold-keeping.service.js';
import { done } from './request-acts.js';
import { RequestNews } from './request-news.service.js';
import { RequestsRepository } from './requests.repository.js';

/** Requests that one call settles; the next minute takes the rest. */
const SETTLED_PER_RUN = 200;

/** What time does to requests: holds run out, and steps pass their deadlines. Called by the worker's housekeeping. */
@Injectable()
export class DeadlinesService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly followUp: FollowUpService,
    private readonly keeping: HoldKeeping,
    private readonly locks: ChangeLocks,
    private readonly rounds: RoundsService,
    private readonly news: RequestNews,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Gives back holds that ran out. A request whose round holds ends as expired; one that is back with its department, or
   * on its way to the center again, goes on and holds anew. Each in an act of its own: one that fails keeps no other
   * waiting, and is tried again by the next run. Returns how many requests it looked at.
   */
  async expireHolds(actor: Actor): Promise<number> {
    const due = await this.repository.withExpiredHolds(this.clock.now(), SETTLED_PER_RUN);
    await eachAlone(due, (requestId) =>
      this.acts.perform({ name: 'request.expire', actor, input: { requestId } }, async (tx) => {
        const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
        if (!request) return refuse([unknownRequest()]);
        // Meanwhile it may have been submitted anew, returned, approved or settled by another worker.
        if (request.holdExpiresAt === null || request.holdExpiresAt > tx.now) return refuse([notDue(request.code)]);
        const giveBackLast = await this.keeping.giveBack(tx, requestId, actor.name);
        const round = await this.rounds.running(tx, requestId);
        const ends = round !== null && isHolding(round);
        if (ends) await this.rounds.end(tx, round, 'EXPIRE');
        if (ends) await this.locks.free(tx, request);
        const nothingHeld = { heldSince: null, holdExpiresAt: null };
        if (ends) {
          await this.followUp.moveBySystem(tx, request, 'EXPIRE', { ...nothingHeld, dueAt: null });
          await this.news.moved(tx, request, 'EXPIRE');
        } else await this.repository.update(tx, requestId, nothingHeld);
        tx.changed('request', requestId);
        return ok({
          ...done(
            requestId,
            request.departmentId,
            say(`${request.code} 预占到期，容量已归还`, `The hold of ${request.code} ran out; its capacity went back`),
            { state: request.state },
            { state: ends ? (after(request.state, 'EXPIRE') ?? request.state) : request.state },
          ),
          last: giveBackLast,
        });
      }),
    );
    return due.length;
  }

  /** Marks steps that are past their deadline, once, and tells their escalation role. Returns how many it looked at. */
  async escalateOverdue(actor: Actor): Promise<number> {
    const due = await this.rounds.overdue(this.clock.now(), SETTLED_PER_RUN);
    await eachAlone(due, (requestId) =>
      this.acts.perform({ name: 'request.escalate', actor, input: { requestId } }, async (tx) => {
        const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
        const round = request && (await this.rounds.running(tx, requestId));
        const step = round && currentStep(round);
        if (!request || !step || !(await this.rounds.escalate(tx, round, actor))) return refuse([unknownRequest()]);
        await this.followUp.moveBySystem(tx, request, 'ESCALATE', {}, step.title.zh);
        await this.news.stepIsLate(tx, request, round);
        return ok(
          done(
            requestId,
            request.departmentId,
            say(
              `${request.code} ${step.title.zh}超时，已督办`,
              `${request.code} is overdue (${step.title.en}), escalated`,
            ),
            { step: step.key, dueAt: step.dueAt?.toISOString() ?? null },
            { escalatesTo: step.escalatesTo },
          ),
        );
      }),
    );
    return due.length;
  }
}

/** Answered to nobody: the loop goes on. */
function notDue(code: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: 'HELD',
    action: 'EXPIRE',
    message: say(`${code} 的预占尚未到期`, `The hold of ${code} has not run out`),
  };
}
