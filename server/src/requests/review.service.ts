import { Injectable } from '@nestjs/common';
import { RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { ChangeLocks } from './change-locks.service.js';
import { DecisionsService } from './decisions.service.js';
import { checkOpinion, decideAct, unknownRequest } from './domain/decide.js';
import { actingRole, type RequestAction } from './domain/request-state.js';
import { HoldKeeping } from './hold-keeping.service.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestChains } from './request-chains.service.js';
import { RequestsRepository } from './requests.repository.js';
import { SubmissionService } from './submission.service.js';

type SimpleAction = Extract<RequestAction, 'SEND_FOR_SIGN_OFF' | 'RETURN' | 'REJECT' | 'WITHDRAW'>;

/** What one batch approves at most: a page of the queue. */
export const BATCH_MAX = 50;

export interface BatchWish {
  readonly items: readonly Pick<ActWish, 'requestId' | 'expectedVersion'>[];
  readonly opinion: string | null;
  readonly idempotencyKey: string;
}

export type BatchAnswer = readonly Awaited<Answer>[];

/** Acts of people on a request that was sent on. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly decisions: DecisionsService,
    private readonly submission: SubmissionService,
    private readonly keeping: HoldKeeping,
    private readonly locks: ChangeLocks,
    private readonly rounds: RoundsService,
    private readonly chains: RequestChains,
    private readonly acts: Acts,
  ) {}

  move(viewer: Viewer, scope: TenantScope, action: SimpleAction, wish: ActWish): Answer {
    switch (action) {
      case 'SEND_FOR_SIGN_OFF':
        return this.submission.send(viewer, scope, wish);
      case 'WITHDRAW':
        return this.withdraw(viewer, scope, wish);
      case 'RETURN':
      case 'REJECT':
        return this.decisions.decide(viewer, scope, action, wish);
    }
  }

  /** One signature; the last one of the chain allocates what is held and makes the machines' records. */
  approve(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    return this.decisions.decide(viewer, scope, 'APPROVE', wish);
  }

  /**
   * Each stands alone: its own act, audit row and answer, in the order given. A head's batch signs off, everybody else's
   * approves. Pressed again with the same key, what was done is not done twice.
   */
  async approveMany(
    viewer: Viewer,
    scope: TenantScope,
    wish: BatchWish,
  ): Promise<Result<BatchAnswer, readonly Refusal[]>> {
    const { items, opinion, idempotencyKey } = wish;
    if (items.length === 0 || items.length > BATCH_MAX)
      return refuse([
        {
          code: 'INVALID_INPUT',
          path: ['items'],
          rule: 'range',
          message: say(`一次办理 1 至 ${BATCH_MAX} 张申请单`, `1 to ${BATCH_MAX} requests at once`),
        },
      ]);
    // One opinion for all of them: without it none is signed.
    const unsaid = checkOpinion(opinion, true);
    if (unsaid) return refuse([unsaid]);
    const answers: Awaited<Answer>[] = [];
    for (const [index, item] of items.entries()) {
      const one: ActWish = { ...item, opinion, idempotencyKey: `${idempotencyKey}/${index}` };
      answers.push(await this.decisions.decide(viewer, scope, 'SIGN', one));
    }
    return ok(answers);
  }

  private async withdraw(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    const ground = await this.chains.ground(viewer);
    return this.acts.perform(
      { name: 'request.withdraw', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const round = await this.rounds.running(tx, request.id);
        const approval = await this.chains.factsIn(tx, round, ground);
        const allowed = decideAct(viewer, request, 'WITHDRAW', wish, approval);
        if (!allowed.ok) return allowed;
        const { to } = allowed.value;
        if (round) await this.rounds.end(tx, round, 'WITHDRAW');
        const { giveBackLast, holdExpiresAt } = await this.keeping.settle(
          tx,
          request,
          to,
          ground.calendar,
          viewer.name,
        );
        await this.locks.free(tx, request);
        const opinion = wish.opinion?.trim() || null;
        await this.repository.update(tx, request.id, {
          state: to,
          stateSince: tx.now,
          version: request.version + 1,
          holdExpiresAt,
          dueAt: null,
        });
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: viewer.name,
          actorRole: actingRole(viewer.roles),
          action: 'WITHDRAW',
          opinion,
          fromState: request.state,
          toState: to,
        });
        tx.changed('request', request.id);
        return ok({
          ...done(
            request.id,
            request.departmentId,
            say(`撤回 ${request.code}`, `Withdraw ${request.code}`),
            { state: request.state, version: request.version },
            { state: to, version: request.version + 1, opinion },
          ),
          last: giveBackLast,
        });
      },
    );
  }
}
