import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PlacementCandidateNode, PlacementCheckNode } from '../allocation/allocation.types.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { ImageNode, OfferNode } from '../catalog/catalog.types.js';
import {
  CabinetOfferNode,
  ServerOfferNode,
  ServiceDefinitionNode,
  ServiceOfferNode,
} from '../catalog/catalog-kinds.types.js';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import { BeyondQuotaUses } from './beyond-quota-uses.service.js';
import { centerOf } from './center-of.js';
import {
  CabinetLineNode,
  LineShareNode,
  RequestLineNode,
  ServerLineNode,
  ServiceLineNode,
  SharePreviewNode,
  VmLineNode,
} from './request-lines.graphql.js';

@Resolver(() => RequestLineNode)
export class RequestLineEdgesResolver {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly resourcesService: ResourcesService,
    private readonly figures: CapacityFigures,
    private readonly beyond: BeyondQuotaUses,
  ) {}

  @ResolveField(() => Int, {
    description:
      '超出定额自付: how many it holds or has that draw no quota, because the department pays for them itself.',
  })
  beyondQuotaCount(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<number> {
    return ctx.loader(this.beyond.countsOfLines).load(row.id);
  }

  @ResolveField(() => [PlacementCandidateNode], {
    description:
      'Of machines: the pools that were compared at submit. Empty for a city: it is told whether, not how much.',
  })
  async candidates(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestLineNode,
  ): Promise<PlacementCandidateNode[]> {
    return (await this.figures.shownTo(ctx)) ? (row.candidates ?? []).map(PlacementCandidateNode.of) : [];
  }

  @ResolveField(() => [PlacementCheckNode], { description: 'The criteria that it passed at submit; empty before.' })
  checks(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): PlacementCheckNode[] {
    return row.checks.map((check) => PlacementCheckNode.of(check, (text) => ctx.say(text)));
  }

  @ResolveField(() => CenterNode, {
    nullable: true,
    description: 'As asked; null = the best one by placement, or both. Where it went is in the shares.',
  })
  async center(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<CenterNode | null> {
    return centerOf(this.facilities, ctx, row.centerId);
  }

  @ResolveField(() => [ResourceNode])
  async resources(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<ResourceNode[]> {
    if (row.kind !== 'VM') return [];
    const resources = await ctx.loader(this.resourcesService.ofRequests).load(row.requestId);
    return resources.filter((r) => r.lineId === row.id).map((r) => new ResourceNode(r));
  }
}

@Resolver(() => VmLineNode)
export class VmLineResolver {
  constructor(private readonly catalog: CatalogService) {}

  @ResolveField(() => OfferNode)
  async offer(@Context() ctx: RequestContext, @Parent() { row }: VmLineNode): Promise<OfferNode | null> {
    const offer = await ctx.loader(this.catalog.offers).load(row.offerId);
    return offer && new OfferNode(offer);
  }

  @ResolveField(() => ImageNode)
  async image(@Context() ctx: RequestContext, @Parent() { row }: VmLineNode): Promise<ImageNode | null> {
    const image = await ctx.loader(this.catalog.images).load(row.imageId ?? '');
    return image && new ImageNode(image);
  }
}

@Resolver(() => ServerLineNode)
export class ServerLineResolver {
  constructor(private readonly catalog: CatalogService) {}

  @ResolveField(() => ServerOfferNode)
  async offer(@Context() ctx: RequestContext, @Parent() { row }: ServerLineNode): Promise<ServerOfferNode | null> {
    const offer = await ctx.loader(this.catalog.serverOffers).load(row.offerId);
    return offer && new ServerOfferNode(offer);
  }

  @ResolveField(() => ImageNode, { nullable: true, description: 'null = nobody chose: what its center installs.' })
  async image(@Context() ctx: RequestContext, @Parent() { row }: ServerLineNode): Promise<ImageNode | null> {
    const image = row.imageId === null ? null : await ctx.loader(this.catalog.images).load(row.imageId);
    return image && new ImageNode(image);
  }
}

@Resolver(() => CabinetLineNode)
export class CabinetLineResolver {
  constructor(private readonly catalog: CatalogService) {}

  @ResolveField(() => CabinetOfferNode)
  async offer(@Context() ctx: RequestContext, @Parent() { row }: CabinetLineNode): Promise<CabinetOfferNode | null> {
    const offer = await ctx.loader(this.catalog.cabinetOffers).load(row.offerId);
    return offer && new CabinetOfferNode(offer);
  }
}

@Resolver(() => ServiceLineNode)
export class ServiceLineResolver {
  constructor(private readonly catalog: CatalogService) {}

  @ResolveField(() => ServiceOfferNode)
  async offer(@Context() ctx: RequestContext, @Parent() { row }: ServiceLineNode): Promise<ServiceOfferNode | null> {
    const [offer, definition] = await Promise.all([
      ctx.loader(this.catalog.serviceOffers).load(row.offerId),
      ctx.loader(this.catalog.definitions).load(row.definitionId ?? ''),
    ]);
    return offer && definition && new ServiceOfferNode(offer, ctx.say(definition.name));
  }

  @ResolveField(() => ServiceDefinitionNode, { description: 'The version that was answered.' })
  async definition(
    @Context() ctx: RequestContext,
    @Parent() { row }: ServiceLineNode,
  ): Promise<ServiceDefinitionNode | null> {
    const definition = await ctx.loader(this.catalog.definitions).load(row.definitionId ?? '');
    return definition && new ServiceDefinitionNode(definition, ctx.locale);
  }
}

@Resolver(() => LineShareNode)
export class LineShareResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode, {
    nullable: true,
    description: 'null = it is owed, and there is no such center yet.',
  })
  center(@Context() ctx: RequestContext, @Parent() share: LineShareNode): Promise<CenterNode | null> {
    return centerOf(this.facilities, ctx, share.centerId);
  }
}

@Resolver(() => SharePreviewNode)
export class SharePreviewResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode, { nullable: true })
  center(@Context() ctx: RequestContext, @Parent() share: SharePreviewNode): Promise<CenterNode | null> {
    return centerOf(this.facilities, ctx, share.centerId);
  }
}
