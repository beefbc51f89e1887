import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { HOST_ACTIONS, hostActBecause, hostActNeedsName, hostActNeedsReason, isOfTheUser } from './domain/host.js';
import type { WipeEvidence } from './domain/host-record.js';
import { hostStagesOf } from './domain/host-stages.js';
import { wipeMethodText } from './domain/host-words.js';
import { HostActs } from './host-acts.service.js';
import {
  ActOnServerHostInput,
  HostActionNode,
  type HostWipeNode,
  ServerChange,
  ServerHostNode,
} from './server-hosts.graphql.js';
import { ServerHosts } from './server-hosts.service.js';
import { ServerNode, ServerPayload } from './servers.graphql.js';
import { ServersService } from './servers.service.js';

@Resolver(() => ServerNode)
export class ServerHostsResolver {
  constructor(
    private readonly hosts: ServerHosts,
    private readonly servers: ServersService,
    private readonly acts: HostActs,
    private readonly feed: ChangeFeed,
  ) {}

  @ResolveField(() => ServerHostNode, { nullable: true, description: 'Null where people do everything to it.' })
  async host(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerHostNode | null> {
    const host = await ctx.loader(this.hosts.ofServers).load(row.id);
    if (host === null) return null;
    const isOurs = scopeFor(ctx.requireViewer(), 'SERVER', 'READ')?.kind === 'PROVINCE';
    return {
      ...host,
      statusText: ctx.say(host.statusText),
      imageName: host.image?.name ?? null,
      stages: hostStagesOf(host, row.departmentId !== null),
      // What the former user left is no business of the next one.
      wipe: isOurs && host.wipe !== null ? wipeNode(host.wipe, host.wipedAt, ctx) : null,
    };
  }

  @ResolveField(() => [HostActionNode], {
    description: 'What the viewer may do to its host, and what something is in the way of.',
  })
  async hostActions(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<HostActionNode[]> {
    const viewer = ctx.requireViewer();
    const isEngineer = scopeFor(viewer, 'SERVER', 'EDIT') !== null && scopeFor(viewer, 'SERVER', 'EDIT') !== undefined;
    const isUser = Boolean(scopeFor(viewer, 'RESOURCE', 'RELEASE'));
    if (!isEngineer && !isUser) return [];
    const host = await ctx.loader(this.hosts.ofServers).load(row.id);
    return HOST_ACTIONS.flatMap((action): HostActionNode[] => {
      if (!isEngineer && !isOfTheUser(action)) return [];
      const because = hostActBecause(action, { ...row, hasHost: row.clusterHost !== null }, host);
      if (because === undefined) return [];
      return [
        {
          action,
          disabledReason: because && ctx.say(because),
          needsReason: hostActNeedsReason(action),
          needsName: hostActNeedsName(action),
        },
      ];
    });
  }

  @Mutation(() => ServerPayload, {
    description: 'Power and installation of a server by its users and who runs the place; registration by the latter.',
  })
  async actOnServerHost(
    @Context() ctx: RequestContext,
    @Args('input') input: ActOnServerHostInput,
  ): Promise<ServerPayload> {
    const viewer = ctx.requireViewer();
    const engineers = scopeFor(viewer, 'SERVER', 'EDIT');
    const scope =
      engineers ?? (isOfTheUser(input.action) ? ctx.require('RESOURCE', 'RELEASE') : ctx.require('SERVER', 'EDIT'));
    const id = uuidOf('Server', input.id);
    const { action, expectedVersion, idempotencyKey } = input;
    const imageId = input.imageId ? uuidOf('Image', input.imageId) : null;
    const wish = { id, action, expectedVersion, idempotencyKey, imageId, reason: input.reason ?? null };
    const result = await this.acts.act(viewer, scope, { ...wish, confirmed: input.confirmed ?? null });
    if (!result.ok) return { server: null, errors: toUserErrors(result.error, ctx.locale) };
    return { server: await this.find(ctx, result.value.id), errors: [] };
  }

  @Subscription(() => ServerChange, {
    description: "The server's node, at once and again after each change of its life or of its host.",
    resolve(this: ServerHostsResolver, hint: { subjectId: string }, _args: unknown, ctx: RequestContext) {
      return this.find(ctx, hint.subjectId).then((server) => ({ server }));
    },
  })
  async serverChanged(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) nodeId: string) {
    const { row } = await this.find(ctx, uuidOf('Server', nodeId));
    return changesOf(this.feed, 'server', row.id);
  }

  private async find(ctx: RequestContext, id: string | undefined): Promise<ServerNode> {
    const row = id === undefined ? null : await this.servers.inScope(ctx.require('SERVER', 'READ'), id);
    if (!row) throw notFound(ctx.locale);
    return new ServerNode(row);
  }
}

function wipeNode(wipe: WipeEvidence, keptAt: Date | null, ctx: RequestContext): HostWipeNode {
  const at = (text: string | null) => (text === null ? null : new Date(text));
  return { method: ctx.say(wipeMethodText(wipe)), startedAt: at(wipe.startedAt), endedAt: at(wipe.endedAt), keptAt };
}
