import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, scopeFor, type Viewer } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import { ServerLogins } from '../servers/server-logins.service.js';
import type { ServerLoginRow } from '../servers/server-logins.types.js';
import { ServersService } from '../servers/servers.service.js';
import type { FirstLoginNode } from './deliveries.graphql.js';
import { revealServerObstacle, serverLoginUntil, stateOfServerLogin } from './domain/server-login.js';
import { HandOverRepository } from './hand-over.repository.js';

/** Of one round of the housekeeping. */
const DESTROYED_AT_ONCE = 200;
const DAY_MS = 24 * 60 * 60_000;

/**
 * First passwords of servers as they are handed over: to whoever asked for the installation, once. After that one is in no
 * row, no answer under an idempotency key and no log.
 */
@Injectable()
export class ServerFirstLogins {
  constructor(
    private readonly logins: ServerLogins,
    private readonly servers: ServersService,
    private readonly requests: RequestsService,
    private readonly handOver: HandOverRepository,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As whoever looks is shown it; callers have let them see the server. One statement however many are shown. */
  async shown(ctx: RequestContext, login: ServerLoginRow, applicantId: string): Promise<FirstLoginNode> {
    const { userId: viewerId } = ctx.requireViewer();
    const days = await ctx.loader(this.daysOf).load('');
    const now = this.clock.now();
    const { revealedAt, revealedBy, username } = login;
    return {
      ...{ state: stateOfServerLogin(login), username, revealedAt, revealedBy },
      expiresAt: serverLoginUntil(login, days, now),
      mayReveal: revealServerObstacle(login, { applicantId, viewerId, days, now }) === null,
      // A server has no agent that could set another.
      mayReset: false,
      reset: null,
    };
  }

  private readonly daysOf = async (keys: readonly string[]): Promise<number[]> => {
    const { loginDays } = await this.handOver.policy();
    return keys.map(() => loginDays);
  };

  /** Batch for loaders: the requests that these were delivered by. */
  readonly requestsOf = async (codes: readonly string[]): Promise<(RequestRow | null)[]> =>
    this.requests.byCodes(codes);

  /** Of any number of presses at the same moment one is answered with it. */
  async reveal(
    viewer: Viewer,
    serverId: string,
    idempotencyKey: string,
  ): Promise<Result<{ username: string; password: string }, readonly Refusal[]>> {
    const scope = scopeFor(viewer, 'SERVER', 'READ');
    const server = scope ? await this.servers.inScope(scope, serverId) : null;
    if (!server) return refuse([unknownServer()]);
    const [[login = null], { loginDays: days }] = await Promise.all([
      this.logins.presentOf([server.id]),
      this.handOver.policy(),
    ]);
    const [request = null] = login?.requestCode ? await this.requests.byCodes([login.requestCode]) : [];
    const facts = { applicantId: request?.applicantId ?? '', viewerId: viewer.userId, days };
    let taken: Buffer | null = null;
    const done = await this.acts.perform(
      { name: 'document.revealServerLogin', actor: viewer, idempotencyKey, input: { serverId: server.id } },
      async (tx) => {
        taken = null;
        const obstacle = revealServerObstacle(login, { ...facts, now: tx.now });
        if (obstacle) return refuse([obstacle]);
        if (login) taken = await this.logins.take(tx, login, viewer.name);
        if (!login || !taken) return refuse([goneMeanwhile(login, facts, tx.now)]);
        tx.changed('server', server.id);
        return ok({
          value: { serverId: server.id },
          audit: {
            objectType: 'Server',
            objectId: server.id,
            departmentId: server.departmentId,
            summary: say(
              `领取服务器 ${server.assetNumber} 的初始口令（仅此一次）`,
              `Took the first password of server ${server.assetNumber}, once and for all`,
            ),
            after: { requestCode: login.requestCode, username: login.username, installation: login.imageRound },
          },
        });
      },
    );
    if (!done.ok) return done;
    // The same press again: what it answered with is gone.
    if (!login || !taken) return refuse([goneMeanwhile(login, facts, this.clock.now())]);
    return ok({ username: login.username, password: await this.logins.open(login, taken) });
  }

  /** What nobody fetched in its term goes. Called by the worker's housekeeping. */
  async destroyExpired(actor: Actor): Promise<number> {
    const { loginDays } = await this.handOver.policy();
    const readyBefore = new Date(this.clock.now().getTime() - loginDays * DAY_MS);
    const due = await this.logins.unfetched(readyBefore, DESTROYED_AT_ONCE);
    const servers = await this.servers.servers(due.map(({ serverId }) => serverId));
    await eachAlone(due.entries(), async ([index, login]) => {
      const { imageRound, serverId, useId } = login;
      const input = { serverId, useId, imageRound };
      await this.acts.perform({ name: 'document.destroyServerLogin', actor, input }, async (tx) => {
        if (!(await this.logins.destroy(tx, login))) return refuse([unknownServer()]);
        tx.changed('server', serverId);
        const name = servers[index]?.assetNumber ?? serverId;
        return ok({
          value: null,
          audit: {
            objectType: 'Server',
            objectId: serverId,
            departmentId: servers[index]?.departmentId ?? null,
            summary: say(
              `服务器 ${name} 的初始口令逾期未领取，已销毁`,
              `Nobody fetched the first password of server ${name} in time; it was destroyed`,
            ),
          },
        });
      });
    });
    return due.length;
  }
}

/** Somebody was faster, or this press was answered before. */
function goneMeanwhile(
  login: ServerLoginRow | null,
  facts: { readonly applicantId: string; readonly viewerId: string; readonly days: number },
  now: Date,
): Refusal {
  const revealed = login && { ...login, revealedAt: login.revealedAt ?? now };
  return revealServerObstacle(revealed, { ...facts, now }) ?? unknownServer();
}

function unknownServer(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['resourceId'],
    message: say('找不到这台服务器，或不属于您的单位', 'There is no such server, or it is not your department’s'),
  };
}
