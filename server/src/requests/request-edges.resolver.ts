import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CatalogService } from '../catalog/catalog.service.js';
import { ImageNode, OfferNode } from '../catalog/catalog.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import { RequestLineNode, RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => RequestLineNode)
export class RequestLineEdgesResolver {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly catalog: CatalogService,
    private readonly resourcesService: ResourcesService,
  ) {}

  @ResolveField(() => OfferNode)
  async offer(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<OfferNode | null> {
    const offer = await ctx.loader(this.catalog.offers).load(row.offerId);
    return offer && new OfferNode(offer);
  }

  @ResolveField(() => ImageNode)
  async image(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<ImageNode | null> {
    const image = await ctx.loader(this.catalog.images).load(row.imageId);
    return image && new ImageNode(image);
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [ResourceNode])
  async resources(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<ResourceNode[]> {
    const resources = await ctx.loader(this.resourcesService.ofRequests).load(row.requestId);
    return resources.filter((r) => r.lineId === row.id).map((r) => new ResourceNode(r));
  }
}

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
