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
  ServiceNowNode,
} from './changes.graphql.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';
import { ServiceRecord } from './service-record.service.js';

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

/** A line stays as it was signed; what changes have made of its service since is said beside it. */
@Resolver(() => RequestLineNode)
export class ServiceNowResolver {
  constructor(
    private readonly services: ServiceRecord,
    private readonly requests: RequestsService,
  ) {}

  @ResolveField(() => ServiceNowNode, {
    nullable: true,
    description: 'Of a service that changes were carried out of; null = it is as it was asked for.',
  })
  async serviceNow(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<ServiceNowNode | null> {
    if (row.kind !== 'SERVICE' || row.changedLineId) return null;
    const changes = await ctx.loader(this.services.changesOf).load(row.id);
    const last = changes.at(-1);
    return last ? new ServiceNowNode(last, changes.length) : null;
  }

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: 'Of a service: the change that is under way for it.',
  })
  openChange(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<RequestNode | null> {
    return seenRequest(ctx, this.requests, row.openChangeId ?? null);
  }
}

@Resolver(() => ServiceNowNode)
export class ServiceNowChangeResolver {
  constructor(private readonly requests: RequestsService) {}

  @ResolveField(() => RequestNode, { nullable: true, description: 'The last change; null = not for this viewer.' })
  change(@Context() ctx: RequestContext, @Parent() { row }: ServiceNowNode): Promise<RequestNode | null> {
    return seenRequest(ctx, this.requests, row.requestId);
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
    return seenRequest(ctx, this.requests, row.openChangeId);
  }
}

async function seenRequest(
  ctx: RequestContext,
  requests: RequestsService,
  id: string | null,
): Promise<RequestNode | null> {
  if (id === null) return null;
  const request = await ctx.loader(requests.requestsOf).load(id);
  const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
  return request && reaches(scope, request) ? new RequestNode(request) : null;
}
