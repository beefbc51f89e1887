import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ServerLogins } from '../servers/server-logins.service.js';
import { ServerNode } from '../servers/servers.graphql.js';
import { FirstLoginNode } from './deliveries.graphql.js';
import { ServerFirstLogins } from './server-first-logins.service.js';

@Resolver(() => ServerNode)
export class ServerFirstLoginsResolver {
  constructor(
    private readonly logins: ServerLogins,
    private readonly handOver: ServerFirstLogins,
  ) {}

  @ResolveField(() => FirstLoginNode, {
    nullable: true,
    description:
      'Of what it has installed, or is being given, now; null = the console has set none, or it is not for these eyes.',
  })
  async firstLogin(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<FirstLoginNode | null> {
    const viewer = ctx.requireViewer();
    if (row.departmentId === null || !scopeFor(viewer, 'REQUEST', 'READ')) return null;
    const login = await ctx.loader(this.logins.presentOf).load(row.id);
    if (!login) return null;
    const request = login.requestCode ? await ctx.loader(this.handOver.requestsOf).load(login.requestCode) : null;
    return this.handOver.shown(ctx, login, request?.applicantId ?? '');
  }
}
