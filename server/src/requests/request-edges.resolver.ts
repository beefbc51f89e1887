import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourceNode } from '../resources/resources.types.js';
import { RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

/** A resource is an earlier feature and knows only the id of its request; the edge is added here. */
@Resolver(() => ResourceNode)
export class ResourceRequestResolver {
  constructor(private readonly requests: RequestsService) {}

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: 'Null where the viewer may read the resource but not its request.',
  })
  async request(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<RequestNode | null> {
    const request = await ctx.loader(this.requests.requestsOf).load(row.requestId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }
}
