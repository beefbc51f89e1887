import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { forbidden } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CatalogService } from './catalog.service.js';
import { CatalogNode, ImageNode, OfferNode } from './catalog.types.js';
import { mayReadCatalog } from './domain/catalog.js';

@Resolver(() => CatalogNode)
export class CatalogResolver implements OnModuleInit {
  constructor(
    private readonly catalog: CatalogService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Offer', async (ctx, id) => {
      if (!mayReadCatalog(ctx.requireViewer())) return null;
      const offer = await ctx.loader(this.catalog.offers).load(id);
      return offer && new OfferNode(offer);
    });
    this.nodes.register('Image', async (ctx, id) => {
      if (!mayReadCatalog(ctx.requireViewer())) return null;
      const image = await ctx.loader(this.catalog.images).load(id);
      return image && new ImageNode(image);
    });
  }

  @Query(() => CatalogNode, { name: 'catalog' })
  async read(
    @Context() ctx: RequestContext,
    @Args('includeWithdrawn', { type: () => Boolean, defaultValue: false }) includeWithdrawn: boolean,
  ): Promise<CatalogNode> {
    if (!mayReadCatalog(ctx.requireViewer())) throw forbidden(ctx.locale, 'CATALOG', 'READ');
    return new CatalogNode(await this.catalog.catalog(includeWithdrawn), includeWithdrawn, ctx.locale);
  }
}
