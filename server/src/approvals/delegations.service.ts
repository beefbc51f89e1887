import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { PeopleRights, type PersonWithRights } from '../identity/people-rights.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DelegationsRepository } from './delegations.repository.js';
import { type Delegation, type DelegationWish, seesWhatHeDecides, wrongDelegation } from './domain/delegation.js';
import type { Voice } from './domain/standing.js';
import { STEP_ROLES } from './domain/step-roles.js';

/** Most rows of one's own page; what is older is in the audit. */
const SHOWN_MAX = 50;
/** Most names that one search answers. */
const PEOPLE_MAX = 20;

/** 委托: who may speak for whom. A delegate has the delegator's rights as they are at that moment, and none that were given to him. */
@Injectable()
export class DelegationsService {
  constructor(
    private readonly repository: DelegationsRepository,
    private readonly people: PeopleRights,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In whose names the viewer may speak now, his own first. Asked before a unit of work begins. */
  async voicesOf(viewer: Viewer): Promise<Voice[]> {
    const running = await this.repository.runningFor(viewer.userId, this.clock.now());
    const self: Voice = { ...viewer, delegationId: null };
    if (running.length === 0) return [self];
    const rights = new Map((await this.people.of(running.map((d) => d.delegatorId))).map((one) => [one.userId, one]));
    return [
      self,
      ...running.flatMap(({ id, delegatorId }): Voice[] => {
        const delegator = rights.get(delegatorId);
        return delegator?.active ? [{ ...delegator, delegationId: id }] : [];
      }),
    ];
  }

  /** Within the act: the same voices without those that were revoked since they were read. */
  async stillValid(tx: Tx, voices: readonly Voice[]): Promise<Voice[]> {
    const [self] = voices;
    if (!self || voices.length === 1) return [...voices];
    const running = new Set((await this.repository.runningFor(self.userId, tx.now, tx.manager)).map((d) => d.id));
    return voices.filter((voice) => voice.delegationId === null || running.has(voice.delegationId));
  }

  of(viewer: Viewer): Promise<Delegation[]> {
    return this.repository.of(viewer.userId, SHOWN_MAX);
  }

  /** null = not there, or between two others. */
  async own(viewer: Viewer, id: string): Promise<Delegation | null> {
    const found = await this.repository.byId(id);
    return found && (found.delegatorId === viewer.userId || found.delegateId === viewer.userId) ? found : null;
  }

  /** People to whom the viewer could delegate, by name. */
  async candidates(viewer: Viewer, search: string | null): Promise<PersonWithRights[]> {
    const holders = await this.people.holders([...STEP_ROLES, 'APPLICANT'], search, PEOPLE_MAX * 5);
    return holders
      .filter((person) => person.userId !== viewer.userId && seesWhatHeDecides(viewer, person))
      .slice(0, PEOPLE_MAX);
  }

  async delegate(
    viewer: Viewer,
    wish: DelegationWish & { readonly delegateId: string | undefined; readonly idempotencyKey: string },
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, delegateId, from, until, reason } = wish;
    const [delegate = null] = delegateId === undefined ? [] : await this.people.of([delegateId]);
    return this.acts.perform(
      {
        name: 'approval.delegate',
        actor: viewer,
        idempotencyKey,
        input: { delegateId: delegateId ?? null, from: from.toISOString(), until: until.toISOString(), reason },
      },
      async (tx) => {
        const others = await this.repository.openOf(tx, [viewer.userId, delegateId ?? '']);
        const wrong = wrongDelegation(viewer, delegate, wish, others, tx.now);
        if (wrong.length > 0 || !delegate) return refuse(wrong);
        const delegation: Delegation = {
          id: newId(tx.now.getTime()),
          delegatorId: viewer.userId,
          delegatorName: viewer.name,
          delegateId: delegate.userId,
          delegateName: delegate.name,
          from,
          until,
          reason: reason.trim(),
          createdAt: tx.now,
          revokedAt: null,
        };
        await this.repository.insert(tx, delegation);
        return ok({
          value: { id: delegation.id },
          audit: {
            objectType: 'Delegation',
            objectId: delegation.id,
            departmentId: viewer.departmentId,
            summary: say(`委托 ${delegate.name} 代为审批`, `Delegated approvals to ${delegate.name}`),
            after: { delegateId, from: from.toISOString(), until: until.toISOString(), reason },
          },
        });
      },
    );
  }

  /** From now on the delegate speaks no more for him; what he decided stands. */
  async revoke(
    viewer: Viewer,
    id: string | undefined,
    idempotencyKey: string,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.acts.perform(
      { name: 'approval.revokeDelegation', actor: viewer, idempotencyKey, input: { id: id ?? null } },
      async (tx) => {
        const found = id === undefined ? null : await this.repository.locked(tx, id);
        if (!found || found.delegatorId !== viewer.userId)
          return refuse([
            {
              code: 'UNKNOWN_REFERENCE',
              path: ['id'],
              message: say('没有这项委托，或不是您委托的', 'There is no such delegation of yours'),
            },
          ]);
        if (found.revokedAt !== null || found.until <= tx.now)
          return refuse([
            {
              code: 'ILLEGAL_TRANSITION',
              path: [],
              state: found.revokedAt === null ? 'ENDED' : 'REVOKED',
              action: 'REVOKE',
              message: say('这项委托已经结束', 'This delegation has ended'),
            },
          ]);
        await this.repository.revoke(tx, found.id);
        return ok({
          value: { id: found.id },
          audit: {
            objectType: 'Delegation',
            objectId: found.id,
            departmentId: viewer.departmentId,
            summary: say(`撤销对 ${found.delegateName} 的委托`, `Revoked the delegation to ${found.delegateName}`),
            before: { until: found.until.toISOString() },
          },
        });
      },
    );
  }
}
