import type { OnModuleInit } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CatalogService } from './catalog.service.js';
import { CatalogNode } from './catalog.types.js';
import { CabinetOfferNode, ServerOfferNode, ServiceDefinitionNode, ServiceOfferNode } from './catalog-kinds.types.js';
import { mayReadCatalog } from './domain/catalog.js';
import type { ServiceOffer } from './domain/entries.js';
import type { ServiceDefinition } from './domain/service-definition.js';

/** Lists of the kinds beside machines and images; each is read only when it is asked for. */
@Resolver(() => CatalogNode)
export class CatalogKindsResolver implements OnModuleInit {
  constructor(
    private readonly catalog: CatalogService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    const register = <T>(
      type: string,
      batch: (ids: readonly string[]) => Promise<(T | null)[]>,
      toNode: (row: T, ctx: RequestContext) => object | Promise<object>,
    ): void =>
      this.nodes.register(type, async (ctx, id) => {
        const row = mayReadCatalog(ctx.requireViewer()) ? await ctx.loader(batch).load(id) : null;
        return row && toNode(row, ctx);
      });
    register('ServerOffer', this.catalog.serverOffers, (offer) => new ServerOfferNode(offer));
    register('CabinetOffer', this.catalog.cabinetOffers, (offer) => new CabinetOfferNode(offer));
    register('ServiceOffer', this.catalog.serviceOffers, (offer, ctx) => serviceNode(this.catalog, ctx, offer));
    register(
      'ServiceDefinition',
      this.catalog.definitions,
      (definition, ctx) => new ServiceDefinitionNode(definition, ctx.locale),
    );
  }

  @ResolveField(() => [ServerOfferNode])
  async serverOffers(@Parent() catalog: CatalogNode): Promise<ServerOfferNode[]> {
    return (await this.catalog.servers(catalog.withdrawnToo)).map((offer) => new ServerOfferNode(offer));
  }

  @ResolveField(() => [CabinetOfferNode])
  async cabinetOffers(@Parent() catalog: CatalogNode): Promise<CabinetOfferNode[]> {
    return (await this.catalog.cabinets(catalog.withdrawnToo)).map((offer) => new CabinetOfferNode(offer));
  }

  @ResolveField(() => [ServiceOfferNode])
  async services(@Context() ctx: RequestContext, @Parent() catalog: CatalogNode): Promise<ServiceOfferNode[]> {
    const offers = await this.catalog.services(catalog.withdrawnToo);
    return Promise.all(offers.map((offer) => serviceNode(this.catalog, ctx, offer)));
  }
}

@Resolver(() => ServiceOfferNode)
export class ServiceOffersResolver {
  constructor(private readonly catalog: CatalogService) {}

  @ResolveField(() => ServiceDefinitionNode, { description: 'What requests are made by now.' })
  async definition(@Context() ctx: RequestContext, @Parent() offer: ServiceOfferNode): Promise<ServiceDefinitionNode> {
    const versions = await ctx.loader(this.catalog.definitionsOf).load(offer.uuid);
    return new ServiceDefinitionNode(currentOf(versions, offer.definitionNumber), ctx.locale);
  }

  @ResolveField(() => [ServiceDefinitionNode], { description: 'Every version, the newest first.' })
  async definitions(
    @Context() ctx: RequestContext,
    @Parent() offer: ServiceOfferNode,
  ): Promise<ServiceDefinitionNode[]> {
    const versions = await ctx.loader(this.catalog.definitionsOf).load(offer.uuid);
    return versions.map((definition) => new ServiceDefinitionNode(definition, ctx.locale));
  }
}

/** A service is called what its current definition says. */
export async function serviceNode(
  catalog: CatalogService,
  ctx: RequestContext,
  offer: ServiceOffer,
): Promise<ServiceOfferNode> {
  const versions = await ctx.loader(catalog.definitionsOf).load(offer.id);
  return new ServiceOfferNode(offer, currentOf(versions, offer.definitionNumber).name[ctx.locale]);
}

function currentOf(versions: readonly ServiceDefinition[], number: number): ServiceDefinition {
  const current = versions.find((version) => version.number === number) ?? versions[0];
  if (!current) throw new Error('a service has a definition from its first moment on');
  return current;
}
