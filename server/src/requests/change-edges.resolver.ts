import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import { ChangeRecord } from './change-record.service.js';
import {
  ChangeableServiceNode,
  ChangeableThingsNode,
  ChangedResourceNode,
  ChangeGroupNode,
} from './changes.graphql.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => RequestLineNode)
export class RequestChangesResolver {
  constructor(private readonly changes: ChangeRecord) {}

  @ResolveField(() => [ChangedResourceNode], {
    name: 'changes',
    description: 'Of a change request, resource by resource.',
  })
  async changesOf(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<ChangedResourceNode[]> {
    const changes = await ctx.loader(this.changes.ofRequests).load(row.requestId);
    return changes.filter(({ lineId }) => lineId === row.id).map((change) => new ChangedResourceNode(change));
  }
}

@Resolver(() => ChangedResourceNode)
export class ChangedResourceResolver {
  constructor(private readonly resources: ResourcesService) {}

  /** Whoever reads the request reads its resources: both go by the same department and system. */
  @ResolveField(() => ResourceNode, { nullable: true })
  async resource(@Context() ctx: RequestContext, @Parent() { row }: ChangedResourceNode): Promise<ResourceNode | null> {
    const resource = await ctx.loader(this.resources.rows).load(row.resourceId);
    return resource && new ResourceNode(resource);
  }
}

@Resolver(() => ChangeableServiceNode)
export class ChangeableServiceResolver {
  @ResolveField(() => RequestLineNode)
  line(@Parent() { service }: ChangeableServiceNode): RequestLineNode {
    return new RequestLineNode(service.line);
  }

  @ResolveField(() => RequestNode)
  request(@Parent() { service }: ChangeableServiceNode): RequestNode {
    return new RequestNode(service.request);
  }
}

@Resolver(() => ChangeableThingsNode)
export class ChangeableThingsResolver {
  @ResolveField(() => RequestLineNode)
  line(@Parent() { things }: ChangeableThingsNode): RequestLineNode {
    return new RequestLineNode(things.line);
  }

  @ResolveField(() => RequestNode)
  request(@Parent() { things }: ChangeableThingsNode): RequestNode {
    return new RequestNode(things.request);
  }
}

@Resolver(() => ChangeGroupNode)
export class ChangeGroupResolver {
  @ResolveField(() => [ResourceNode], { description: 'By code.' })
  resources(@Parent() { group }: ChangeGroupNode): ResourceNode[] {
    return group.rows.map((row) => new ResourceNode(row));
  }
}

/** A resource is an earlier feature and knows only the id of the request that changes it. */
@Resolver(() => ResourceNode)
export class ResourceOpenChangeResolver {
  constructor(private readonly requests: RequestsService) {}

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: '变更: the change request that is under way for it.',
  })
  async openChange(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<RequestNode | null> {
    if (row.openChangeId === null) return null;
    const request = await ctx.loader(this.requests.requestsOf).load(row.openChangeId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }
}
