import { Inject, Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import { after, type RequestMove } from './domain/request-state.js';
import { RequestsRepository } from './requests.repository.js';
import { done, unknownRequest } from './requests.service.js';
import type { RequestRow } from './requests.types.js';

/** Requests whose holds are given back by one call; the next minute takes the rest. */
const EXPIRIES_PER_RUN = 200;

/** What happens to a request without a person: its machines run, its machines are gone, its hold runs out. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly resources: ResourcesService,
    private readonly allocation: AllocationService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by provisioning in the transaction in which a machine came into use: the last one delivers the request. */
  async resourceDelivered(tx: Tx, requestId: string): Promise<void> {
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (!request) return;
    const states = await this.resources.statesOfRequest(tx, requestId);
    if (states.every((s) => s === 'IN_USE' || s === 'RELEASING' || s === 'RELEASED'))
      await this.moveBySystem(tx, request, 'DELIVER');
  }

  /** Called by provisioning in the transaction in which a machine's objects were gone: the last one closes the request. */
  async resourceReleased(tx: Tx, requestId: string): Promise<void> {
    const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
    if (!request) return;
    const states = await this.resources.statesOfRequest(tx, requestId);
    if (states.every((s) => s === 'RELEASED')) await this.moveBySystem(tx, request, 'CLOSE');
    else if (states.every((s) => s === 'IN_USE' || s === 'RELEASING' || s === 'RELEASED'))
      await this.moveBySystem(tx, request, 'DELIVER');
  }

  /** Gives back holds that ran out; a request under review ends as expired. Returns how many requests it settled. */
  async expireHolds(actor: Actor): Promise<number> {
    const due = await this.allocation.requestsWithExpiredHolds(this.clock.now(), EXPIRIES_PER_RUN);
    for (const requestId of due)
      await this.acts.perform({ name: 'request.expire', actor, input: { requestId } }, async (tx) => {
        const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
        if (!request) return refuse([unknownRequest()]);
        // Meanwhile it may have been submitted anew, returned, approved or settled by another worker.
        if (request.holdExpiresAt === null || request.holdExpiresAt > tx.now) return refuse([notDue(request.code)]);
        const { giveBackLast } = await this.allocation.releaseHeld(tx, requestId);
        await this.repository.update(tx, requestId, { heldSince: null, holdExpiresAt: null });
        await this.moveBySystem(tx, request, 'EXPIRE');
        tx.changed('request', requestId);
        return ok({
          ...done(
            requestId,
            request.departmentId,
            say(`${request.code} 预占到期，容量已归还`, `The hold of ${request.code} ran out; its capacity went back`),
            { state: request.state },
            { state: after(request.state, 'EXPIRE') ?? request.state },
          ),
          last: async () => {
            await giveBackLast();
            return ok(undefined);
          },
        });
      });
    return due.length;
  }

  /** Moves the state where the table allows it; a request that has moved on already stays as it is. */
  private async moveBySystem(tx: Tx, request: RequestRow, move: RequestMove): Promise<void> {
    const to = after(request.state, move);
    if (to === undefined) return;
    await this.repository.update(tx, request.id, { state: to, stateSince: tx.now, version: request.version + 1 });
    await this.repository.appendStep(tx, request.id, {
      actorId: null,
      actorName: '集云',
      actorRole: null,
      action: move,
      opinion: null,
      fromState: request.state,
      toState: to,
    });
    tx.changed('request', request.id);
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
