import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import type { RequestRow } from '../requests/requests.types.js';
import { ServerLogins } from '../servers/server-logins.service.js';
import type { FirstLoginNode, LoginResetNode } from './deliveries.graphql.js';
import type { LoginRow } from './documents.types.js';
import { revealObstacle, stateOfLogin } from './domain/first-login.js';
import { isResetOpen, takerOf } from './domain/login-reset.js';
import type { SheetItem } from './domain/sheet-content.js';
import { kindOfThing } from './domain/sheet-items.js';
import { LoginResets, type ResetState } from './login-resets.service.js';
import { MachineLogins } from './machine-logins.service.js';
import { ServerFirstLogins } from './server-first-logins.service.js';

/** First passwords as a sheet shows them to whoever looks: what may be fetched, what may be set anew, how far that is. */
@Injectable()
export class LoginNodes {
  constructor(
    private readonly machines: MachineLogins,
    private readonly resets: LoginResets,
    private readonly serverLogins: ServerLogins,
    private readonly servers: ServerFirstLogins,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = the console has set none. A sheet of any length costs the same statements. */
  async of(ctx: RequestContext, item: SheetItem, request: RequestRow): Promise<FirstLoginNode | null> {
    if (kindOfThing(item) === 'SERVER') return this.ofServer(ctx, item, request);
    const login = await ctx.loader(this.machines.loginsOf).load(item.resourceId);
    if (!login) return null;
    const state = await ctx.loader(this.resets.statesOf).load(item.resourceId);
    const mayReset = this.resets.obstacle(ctx.requireViewer(), request, login, state) === null;
    return { ...this.shown(ctx, item, request, login, state), mayReset };
  }

  /** While its server is still the one that this request got: the next user's is none of its business. */
  private async ofServer(ctx: RequestContext, item: SheetItem, request: RequestRow): Promise<FirstLoginNode | null> {
    const login = await ctx.loader(this.serverLogins.presentOf).load(item.resourceId);
    if (login?.requestCode !== request.code) return null;
    return this.servers.shown(ctx, login, request.applicantId);
  }

  private shown(
    ctx: RequestContext,
    item: SheetItem,
    { applicantId }: RequestRow,
    login: LoginRow,
    state: ResetState,
  ): Omit<FirstLoginNode, 'mayReset'> {
    const { userId: viewerId } = ctx.requireViewer();
    const { username } = login;
    const stage = this.resets.stage(state);
    const { reset } = state;
    if (!reset || !stage) {
      const { expiresAt, revealedAt, revealedBy } = login;
      const facts = { applicantId, viewerId, delivered: item.deliveredAt !== null, now: this.clock.now() };
      const mayReveal = revealObstacle(login, facts) === null;
      return { state: stateOfLogin(login), username, expiresAt, revealedAt, revealedBy, mayReveal, reset: null };
    }
    const { number, reason, askedAt, askedBy, expiresAt, revealedAt, revealedBy } = reset;
    const node: LoginResetNode = {
      number,
      reason,
      askedAt,
      askedBy,
      stage: stage.stage,
      stageText: ctx.say(stage.text),
    };
    const mayReveal = stage.stage === 'SET' && takerOf(reset, applicantId) === viewerId;
    const shown = stage.stage === 'SET' ? 'READY' : isResetOpen(reset) ? 'RESETTING' : stateOfLogin(reset);
    return { state: shown, username, expiresAt, revealedAt, revealedBy, mayReveal, reset: node };
  }
}
