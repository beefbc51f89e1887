import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { FIRST_USER } from '../kernel/first-user.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, scopeFor, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { drawnPassword } from '../platform/crypto/drawn-password.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { LoginRow, ResetRow } from './documents.types.js';
import { fetchedUntil } from './domain/first-login.js';
import {
  checkResetReason,
  holdsBusinessOf,
  isReplaceable,
  resetObstacle,
  revealResetObstacle,
  stageOfReset,
} from './domain/login-reset.js';
import { FirstLoginsRepository } from './first-logins.repository.js';
import { HandOverRepository } from './hand-over.repository.js';
import { LoginResetsRepository } from './login-resets.repository.js';
import { resetContextOf } from './machine-logins.service.js';

const DAY_MS = 24 * 60 * 60_000;
/** Of one round of the housekeeping. */
const DESTROYED_AT_ONCE = 200;

/** A machine's newest reset beside what its cluster last said of it. */
export interface ResetState {
  readonly reset: ResetRow | null;
  readonly machine: ResourceRow | null;
}

/**
 * 口令重置: what was handed over once and lost. Another password is drawn, goes to the machine's guest by its agent, is
 * handed to the applicant once when it holds, and leaves the cluster after that.
 */
@Injectable()
export class LoginResets {
  constructor(
    private readonly repository: LoginResetsRepository,
    private readonly logins: FirstLoginsRepository,
    private readonly handOver: HandOverRepository,
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly moves: ResourceMoves,
    private readonly acts: Acts,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Batch for loaders; callers have already been let see the machines. */
  readonly statesOf = async (resourceIds: readonly string[]): Promise<ResetState[]> => {
    const [resets, machines] = await Promise.all([
      this.repository.latestOf(resourceIds),
      this.resources.rows(resourceIds),
    ]);
    const inOrder = inOrderOf(resourceIds, resets, (row) => row.resourceId);
    return resourceIds.map((_, at) => ({ reset: inOrder[at] ?? null, machine: machines[at] ?? null }));
  };

  async latest(resourceId: string): Promise<ResetRow | null> {
    const [row] = await this.repository.latestOf([resourceId]);
    return row ?? null;
  }

  /** Whether this viewer may have the machine's password set anew now. */
  obstacle(viewer: Viewer, request: RequestRow, login: LoginRow | null, { reset, machine }: ResetState) {
    return machine
      ? resetObstacle(login, reset, machine, askerOf(viewer, request, this.clock.now()))
      : unknownMachine();
  }

  stage({ reset, machine }: ResetState) {
    return reset && machine && stageOfReset(reset, machine, this.clock.now());
  }

  async ask(
    viewer: Viewer,
    wish: { readonly resourceId: string | undefined; readonly reason: string; readonly idempotencyKey: string },
  ): Promise<Result<{ requestId: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'RESOURCE', 'READ');
    const seen = scope && wish.resourceId ? await this.resources.inScope(scope, wish.resourceId) : null;
    const requestScope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = seen && requestScope ? await this.requests.inScope(requestScope, seen.requestId) : null;
    if (!scope || !seen || !request) return refuse([unknownMachine()]);
    const { loginDays } = await this.handOver.policy();
    const password = drawnPassword();
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'document.resetLogin', actor: viewer, idempotencyKey, input }, async (tx) => {
      const wrong = checkResetReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      const machine = await this.moves.locked(tx, scope, seen.id);
      if (!machine) return refuse([unknownMachine()]);
      await this.repository.lockLogin(tx, seen.id);
      const [made] = await this.logins.byResources([seen.id], tx.manager);
      const [before = null] = await this.repository.latestOf([seen.id], tx.manager);
      const expiresAt = made && fetchedUntil(made, machine.deliveredAt, loginDays, tx.now);
      const login = made && expiresAt ? { ...made, expiresAt } : null;
      const asker = askerOf(viewer, request, tx.now);
      const obstacle = resetObstacle(login, before, machine, asker);
      if (obstacle) return refuse([obstacle]);
      // What waits for a colleague is void: two passwords for one account, and nobody would know which holds.
      const replaced = before && isReplaceable(before, asker) ? before : null;
      if (replaced) await this.repository.destroy(tx, replaced.id);
      const number = (before?.number ?? 0) + 1;
      const reason = wish.reason.trim();
      await this.repository.insert(tx, {
        id: newId(tx.now.getTime()),
        resourceId: seen.id,
        number,
        reason,
        askedBy: viewer.name,
        askedById: viewer.userId,
        sealed: await this.crypto.seal(Buffer.from(password), resetContextOf(seen.id, number)),
        expiresAt: new Date(tx.now.getTime() + loginDays * DAY_MS),
      });
      const text = say(`申请重置登录口令（第 ${number} 次）`, `A reset of its password was asked (no. ${number})`);
      await this.moves.applyAgain(tx, machine, 'LOGIN_RESET', { text, by: viewer.name });
      return ok({
        value: { requestId: request.id },
        audit: {
          ...aboutOf(machine),
          summary: say(
            `申请重置 ${machine.code} ${machine.name} 的登录口令`,
            `Asked to reset the password of ${machine.code} ${machine.name}`,
          ),
          after: { requestCode: request.code, number, reason, replaces: replaced?.number ?? null },
        },
      });
    });
  }

  /** Like a first password: shown to who asked for it, once, and after that nowhere. */
  async reveal(
    viewer: Viewer,
    seen: { readonly resource: ResourceRow; readonly request: RequestRow; readonly reset: ResetRow },
    idempotencyKey: string,
  ): Promise<Result<{ resourceId: string; username: string; password: string }, readonly Refusal[]>> {
    const { request, reset, resource } = seen;
    let taken: Buffer | null = null;
    const input = { resourceId: resource.id, reset: reset.number };
    const done = await this.acts.perform(
      { name: 'document.revealReset', actor: viewer, idempotencyKey, input },
      async (tx) => {
        taken = null;
        const machine = await this.moves.locked(tx, WHOLE_PROVINCE, resource.id);
        if (!machine) return refuse([unknownMachine()]);
        const asker = { applicantId: request.applicantId, viewerId: viewer.userId, now: tx.now };
        const obstacle = revealResetObstacle(reset, machine, asker);
        if (obstacle) return refuse([obstacle]);
        taken = await this.repository.take(tx, reset.id, viewer.name);
        if (!taken) return refuse([goneMeanwhile(reset, machine, asker)]);
        // Its cluster has it no longer than it must.
        const text = say('领取重置后的登录口令', 'The password that was set anew was fetched');
        await this.moves.applyAgain(tx, machine, 'LOGIN_FETCHED', { text, by: viewer.name });
        return ok({
          value: { resourceId: resource.id },
          audit: {
            ...aboutOf(machine),
            summary: say(
              `领取 ${machine.code} ${machine.name} 重置后的口令（仅此一次）`,
              `Took the password of ${machine.code} ${machine.name} that was set anew, once and for all`,
            ),
            after: { requestCode: request.code, number: reset.number },
          },
        });
      },
    );
    if (!done.ok) return done;
    // The same press again: what it answered with is gone.
    const now = this.clock.now();
    if (!taken)
      return refuse([
        goneMeanwhile(reset, resource, { applicantId: request.applicantId, viewerId: viewer.userId, now }),
      ]);
    const password = await this.crypto.open(taken, resetContextOf(resource.id, reset.number));
    if (!password) throw new Error(`the new password of ${resource.code} cannot be opened: its key is gone`);
    return ok({ resourceId: resource.id, username: FIRST_USER, password: password.toString() });
  }

  /** What nobody fetched in its term goes, from the cluster too. Called by the worker's housekeeping. */
  async destroyExpired(actor: Actor): Promise<number> {
    const due = await this.repository.expired(this.clock.now(), DESTROYED_AT_ONCE);
    await eachAlone(due, async ({ id, resourceId }) => {
      await this.acts.perform({ name: 'document.destroyReset', actor, input: { resourceId } }, async (tx: Tx) => {
        const machine = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
        if (!machine || !(await this.repository.destroy(tx, id))) return refuse([unknownMachine()]);
        const summary = say(
          `${machine.code} 重置后的口令逾期未领取，已销毁`,
          `Nobody fetched the password of ${machine.code} that was set anew; it was destroyed`,
        );
        if (machine.state !== 'RELEASED')
          await this.moves.applyAgain(tx, machine, 'LOGIN_DESTROYED', { text: summary, by: actor.name });
        return ok({ value: null, audit: { ...aboutOf(machine), summary } });
      });
    });
    return due.length;
  }
}

function askerOf(viewer: Viewer, { applicantId, departmentId }: RequestRow, now: Date) {
  return { applicantId, viewerId: viewer.userId, holdsBusiness: holdsBusinessOf(departmentId, viewer), now };
}

function aboutOf({ id, departmentId }: ResourceRow) {
  return { objectType: 'Resource', objectId: id, departmentId };
}

function goneMeanwhile(
  reset: ResetRow,
  machine: ResourceRow,
  asker: Parameters<typeof revealResetObstacle>[2],
): Refusal {
  const gone = { ...reset, revealedAt: reset.revealedAt ?? asker.now };
  return revealResetObstacle(gone, machine, asker) ?? unknownMachine();
}

function unknownMachine(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['resourceId'],
    message: say('找不到这台资源，或不属于您的单位', 'There is no such resource, or it is not your department’s'),
  };
}
