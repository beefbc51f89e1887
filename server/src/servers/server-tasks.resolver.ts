import type { OnModuleInit } from '@nestjs/common';
import {
  Args,
  Context,
  Field,
  ID,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
  registerEnumType,
} from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { connectionOf, Node, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import {
  SERVER_TASK_KINDS,
  SERVER_TASK_STATES,
  type ServerTaskKind,
  type ServerTaskState,
} from './domain/server-task.js';
import { type ServerTaskRow, ServerTasks } from './server-tasks.service.js';
import { ServerNode } from './servers.graphql.js';
import { ServersService } from './servers.service.js';

const ServerTaskKindEnum = enumOf(SERVER_TASK_KINDS);
registerEnumType(ServerTaskKindEnum, { name: 'ServerTaskKind', description: 'What a task does to its server.' });
const ServerTaskStateEnum = enumOf(SERVER_TASK_STATES);
registerEnumType(ServerTaskStateEnum, {
  name: 'ServerTaskState',
  valuesMap: {
    QUEUED: { description: 'As many hosts as may are being installed; it waits in line.' },
    FAILED: { description: 'A person must look.' },
    SUPERSEDED: { description: 'A newer wish took its place.' },
  },
});

@ObjectType('ServerTask', {
  implements: () => [Node],
  description: 'One wish of a server’s host, and how its carrying out goes.',
})
class ServerTaskNode extends Node {
  /** The row behind the node, for field resolvers; not part of the API. */
  row: ServerTaskRow;
  @Field(() => ServerTaskKindEnum)
  kind: ServerTaskKind;
  @Field(() => ServerTaskStateEnum)
  state: ServerTaskState;
  @Field(() => Int, { nullable: true, description: '0 to 100, while it is known.' })
  progressPercent: number | null;
  @Field(() => Int, { description: 'Failed installations of the present image.' })
  tries: number;
  @Field(() => Date)
  begunAt: Date;
  @Field(() => Date)
  changedAt: Date;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;

  constructor(row: ServerTaskRow) {
    super();
    this.row = row;
    this.id = toNodeId('ServerTask', row.id);
    this.kind = row.kind;
    this.state = row.state;
    this.progressPercent = row.progressPercent;
    this.tries = row.tries;
    this.begunAt = row.begunAt;
    this.changedAt = row.changedAt;
    this.endedAt = row.endedAt;
  }
}

const ServerTaskConnection = connectionOf(ServerTaskNode, 'ServerTask');

/** 任务日志 of servers: what the workers do and did to their hosts. */
@Resolver(() => ServerTaskNode)
export class ServerTasksResolver implements OnModuleInit {
  constructor(
    private readonly tasks: ServerTasks,
    private readonly servers: ServersService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ServerTask', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'SERVER', 'READ');
      const row = scope && (await this.tasks.inScope(scope, id));
      return row ? new ServerTaskNode(row) : null;
    });
  }

  @Query(() => ServerTaskConnection, { description: 'What the workers do and did to servers, the newest wish first.' })
  async serverTasks(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('centerId', { type: () => ID, nullable: true }) centerId: string | null,
    @Args('serverId', { type: () => ID, nullable: true }) serverId: string | null,
    @Args('states', { type: () => [ServerTaskStateEnum], nullable: true }) states: ServerTaskState[] | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ) {
    const scope = ctx.require('SERVER', 'READ');
    const filter = {
      centerId: idOf('Center', centerId),
      serverId: idOf('Server', serverId),
      states: states ?? [],
      search: searchText(search),
    };
    return toConnection(
      await this.tasks.page(scope, filter, pageRequest(args, 1)),
      (row) => new ServerTaskNode(row),
      (row) => [row.id],
    );
  }

  @ResolveField(() => String, { description: 'Where it stands, in a sentence.' })
  text(@Context() ctx: RequestContext, @Parent() { row }: ServerTaskNode): string {
    return ctx.say(row.text);
  }

  @ResolveField(() => ServerNode)
  async server(@Context() ctx: RequestContext, @Parent() { row }: ServerTaskNode): Promise<ServerNode> {
    const server = await ctx.loader(this.servers.servers).load(row.serverId);
    if (server === null) throw new Error(`task ${row.id} names no server`);
    return new ServerNode(server);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: ServerTaskNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }
}

/** What is no id of that type is nobody's. */
function idOf(type: string, nodeId: string | null): string | null {
  return nodeId ? (uuidOf(type, nodeId) ?? '-') : null;
}
