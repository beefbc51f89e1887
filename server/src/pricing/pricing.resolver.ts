import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CatalogNode, OfferNode } from '../catalog/catalog.types.js';
import type { Fen } from '../kernel/money.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { PricingService } from './pricing.service.js';
import { UnitPriceNode } from './pricing.types.js';

/** Who reads the catalog reads its prices: the form shows the cost while it is being filled in. */
@Resolver(() => CatalogNode)
export class CatalogPricesResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => [UnitPriceNode])
  async unitPrices(): Promise<UnitPriceNode[]> {
    const prices = await this.pricing.unitPrices();
    return prices.map((price) => new UnitPriceNode(price));
  }
}

@Resolver(() => OfferNode)
export class OfferPriceResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'Per machine and month, without disks; null = no price.',
  })
  async monthlyPrice(@Context() ctx: RequestContext, @Parent() offer: OfferNode): Promise<Fen | null> {
    const { architecture, vcpu, memoryMib } = offer;
    const quote = await ctx.loader(this.pricing.quotes).load({ architecture, vcpu, memoryMib, disk: null });
    return quote.ok ? quote.value.monthly : null;
  }
}
