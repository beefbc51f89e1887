import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { FIRST_USER } from '../kernel/first-user.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, scopeFor, type Viewer } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { LoginRow } from './documents.types.js';
import { fetchedUntil, revealObstacle } from './domain/first-login.js';
import { FirstLoginsRepository } from './first-logins.repository.js';
import { HandOverRepository } from './hand-over.repository.js';
import { LoginResets } from './login-resets.service.js';
import { contextOf, MachineLogins } from './machine-logins.service.js';

/** Of one round of the housekeeping. */
const DESTROYED_AT_ONCE = 200;

/**
 * First passwords as they are handed over: to the applicant, once. After that it is in no row, no answer under an
 * idempotency key and no log.
 */
@Injectable()
export class FirstLogins {
  constructor(
    private readonly repository: FirstLoginsRepository,
    private readonly machines: MachineLogins,
    private readonly handOver: HandOverRepository,
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly resets: LoginResets,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Shows the password to the applicant, once: of any number of presses at the same moment one is answered with it. The
   * act's own answer, which is kept under its key, does not hold it; a press whose answer was lost needs a reset.
   */
  async reveal(
    viewer: Viewer,
    resourceId: string | undefined,
    idempotencyKey: string,
  ): Promise<Result<{ resourceId: string; username: string; password: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'RESOURCE', 'READ');
    const resource = scope && resourceId ? await this.resources.inScope(scope, resourceId) : null;
    const requestScope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = resource && requestScope ? await this.requests.inScope(requestScope, resource.requestId) : null;
    if (!resource || !request) return refuse([unknownResource()]);
    const reset = await this.resets.latest(resource.id);
    if (reset) return this.resets.reveal(viewer, { resource, request, reset }, idempotencyKey);
    const [[made = null], { loginDays }] = await Promise.all([
      this.machines.loginsOf([resource.id]),
      this.handOver.policy(),
    ]);
    const expiresAt = made && fetchedUntil(made, resource.deliveredAt, loginDays, this.clock.now());
    const login = made && expiresAt && { ...made, expiresAt };
    let taken: Buffer | null = null;
    const done = await this.acts.perform(
      { name: 'document.revealLogin', actor: viewer, idempotencyKey, input: { resourceId: resource.id } },
      async (tx) => {
        taken = null;
        const facts = { applicantId: request.applicantId, viewerId: viewer.userId, now: tx.now };
        const obstacle = revealObstacle(login, { ...facts, delivered: resource.deliveredAt !== null });
        if (obstacle) return refuse([obstacle]);
        taken = await this.repository.take(tx, resource.id, viewer.name);
        if (!taken) return refuse([goneMeanwhile(login, facts, resource.deliveredAt)]);
        tx.changed('request', request.id);
        return ok({
          value: { resourceId: resource.id },
          audit: {
            objectType: 'Resource',
            objectId: resource.id,
            departmentId: resource.departmentId,
            summary: say(
              `领取 ${resource.code} ${resource.name} 的初始口令（仅此一次）`,
              `Took the first password of ${resource.code} ${resource.name}, once and for all`,
            ),
            after: { requestCode: request.code, username: login?.username ?? null },
          },
        });
      },
    );
    if (!done.ok) return done;
    // The same press again: what it answered with is gone.
    if (!taken)
      return refuse([
        goneMeanwhile(login, { applicantId: viewer.userId, viewerId: viewer.userId, now: this.clock.now() }, null),
      ]);
    const password = await this.crypto.open(taken, contextOf(resource.id));
    if (!password) throw new Error(`the first password of ${resource.code} cannot be opened: its key is gone`);
    return ok({ resourceId: resource.id, username: login?.username ?? FIRST_USER, password: password.toString() });
  }

  /** What nobody fetched in its term goes. Called by the worker's housekeeping. */
  async destroyExpired(actor: Actor): Promise<number> {
    const now = this.clock.now();
    const { loginDays } = await this.handOver.policy();
    const due = await this.machines.loginsOf(await this.repository.expired(now, DESTROYED_AT_ONCE));
    const rows = await this.resources.rows(due.map((login) => login?.resourceId ?? ''));
    await eachAlone(due.entries(), async ([index, login]) => {
      const resource = rows[index];
      if (!login) return;
      const { resourceId } = login;
      const until =
        resource && resource.state !== 'RELEASED' && fetchedUntil(login, resource.deliveredAt, loginDays, now);
      if (until && until > now) {
        await this.repository.prolong(resourceId, until);
        return;
      }
      await this.acts.perform({ name: 'document.destroyLogin', actor, input: { resourceId } }, async (tx) => {
        if (!(await this.repository.destroy(tx, resourceId))) return refuse([unknownResource()]);
        if (resource) tx.changed('request', resource.requestId);
        return ok({
          value: null,
          audit: {
            objectType: 'Resource',
            objectId: resourceId,
            departmentId: resource?.departmentId ?? null,
            summary: say(
              `${resource?.code ?? resourceId} 的初始口令逾期未领取，已销毁`,
              `Nobody fetched the first password of ${resource?.code ?? resourceId} in time; it was destroyed`,
            ),
          },
        });
      });
    });
    return due.length;
  }
}

function goneMeanwhile(
  login: LoginRow | null,
  facts: { applicantId: string; viewerId: string; now: Date },
  deliveredAt: Date | null,
): Refusal {
  const revealed = login && { ...login, revealedAt: login.revealedAt ?? facts.now };
  return revealObstacle(revealed, { ...facts, delivered: deliveredAt !== null }) ?? unknownResource();
}

function unknownResource(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['resourceId'],
    message: say('找不到这台资源，或不属于您的单位', 'There is no such resource, or it is not your department’s'),
  };
}
