import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import type { TaskState } from './domain/task.js';
import { ResourceTaskConnection, ResourceTaskNode, TaskStateEnum } from './resource-tasks.graphql.js';
import { ResourceTasks } from './resource-tasks.service.js';
import { ResourcesService } from './resources.service.js';
import { ResourceNode } from './resources.types.js';

/** 任务日志: what the workers do and did. */
@Resolver(() => ResourceTaskNode)
export class ResourceTasksResolver implements OnModuleInit {
  constructor(
    private readonly tasks: ResourceTasks,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ResourceTask', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.tasks.inScope(scope, id));
      return row ? new ResourceTaskNode(row) : null;
    });
  }

  @Query(() => ResourceTaskConnection, { description: 'What the workers do and did, the newest wish first.' })
  async resourceTasks(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('centerId', { type: () => ID, nullable: true }) centerId: string | null,
    @Args('resourceId', { type: () => ID, nullable: true }) resourceId: string | null,
    @Args('states', { type: () => [TaskStateEnum], nullable: true }) states: TaskState[] | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const filter = {
      centerId: idOf('Center', centerId),
      resourceId: idOf('Resource', resourceId),
      states: states ?? [],
      search: searchText(search),
    };
    const page = await this.tasks.page(scope, filter, pageRequest(args, 1));
    return toConnection(
      page,
      (row) => new ResourceTaskNode(row),
      (row) => [row.id],
    );
  }

  @ResolveField(() => String, { description: 'Where it stands, in a sentence.' })
  text(@Context() ctx: RequestContext, @Parent() { row }: ResourceTaskNode): string {
    return ctx.say(row.text);
  }

  @ResolveField(() => ResourceNode)
  async resource(@Context() ctx: RequestContext, @Parent() { row }: ResourceTaskNode): Promise<ResourceNode> {
    const resource = await ctx.loader(this.resources.rows).load(row.resourceId);
    if (resource === null) throw new Error(`task ${row.id} names no resource`);
    return new ResourceNode(resource);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: ResourceTaskNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }
}

/** What is no id of that type is nobody's. */
function idOf(type: string, nodeId: string | null): string | null {
  return nodeId ? (uuidOf(type, nodeId) ?? '-') : null;
}
