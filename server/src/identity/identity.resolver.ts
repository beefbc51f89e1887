import { Inject, type OnModuleInit, Optional } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { consoleVersion } from '../platform/config/version.js';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { DEMONSTRATION, type Demonstration } from './domain/demonstration.js';
import { SESSION_COOKIE } from './domain/session-cookie.js';
import { IdentityService } from './identity.service.js';
import {
  ConsoleInfoType,
  type SignedInViewer,
  SignInInput,
  SignInPayload,
  SignOutPayload,
  ViewerNode,
} from './identity.types.js';

@Resolver(() => ViewerNode)
export class IdentityResolver implements OnModuleInit {
  constructor(
    private readonly identity: IdentityService,
    private readonly nodes: NodeRegistry,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly quorum: DatabaseQuorum,
    @Optional() @Inject(DEMONSTRATION) private readonly demonstration?: Demonstration,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Viewer', async (ctx, id) => (ctx.viewer?.userId === id ? nodeOf(ctx) : null));
  }

  @Query(() => ConsoleInfoType)
  async console(): Promise<ConsoleInfoType> {
    const { mode, province } = this.configuration;
    // Passwords are told only where nobody else's data can be.
    const accounts = mode === 'DEMO' ? await this.demonstration?.accounts() : undefined;
    const database = this.quorum.state();
    return { mode, province, version: consoleVersion(), database, demonstrationAccounts: [...(accounts ?? [])] };
  }

  @Query(() => ViewerNode, { nullable: true, description: 'Null = not signed in.' })
  viewer(@Context() ctx: RequestContext): ViewerNode | null {
    return nodeOf(ctx);
  }

  @Mutation(() => SignInPayload)
  async signIn(@Context() ctx: RequestContext, @Args('input') input: SignInInput): Promise<SignInPayload> {
    const { address, traceId } = ctx.actor;
    const outcome = await this.identity.signIn(input, { address, traceId }, ctx.viewer);
    if (!outcome.ok) return { viewer: null, errors: toUserErrors(outcome.error, ctx.locale) };
    ctx.response?.cookie(SESSION_COOKIE, outcome.value.token, cookieOptions(ctx));
    return { viewer: new ViewerNode(outcome.value.viewer), errors: [] };
  }

  @Mutation(() => SignOutPayload)
  async signOut(@Context() ctx: RequestContext): Promise<SignOutPayload> {
    const signedOut = ctx.viewer !== undefined && (await this.identity.signOut(ctx.viewer));
    ctx.response?.clearCookie(SESSION_COOKIE, cookieOptions(ctx));
    return { signedOut };
  }
}

/** The root puts what `viewerOfCookie` gave into the context. */
function nodeOf(ctx: RequestContext): ViewerNode | null {
  return ctx.viewer ? new ViewerNode(ctx.viewer as SignedInViewer) : null;
}

/** Without a date: the browser forgets it when it is closed. */
function cookieOptions(ctx: RequestContext) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: ctx.response?.req.secure ?? false } as const;
}
